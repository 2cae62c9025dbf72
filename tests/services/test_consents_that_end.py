"""Consents of a stored case: taken back or over, kept with what was sent, and found in the register."""

from __future__ import annotations

import secrets

import pytest

from app.services.cases import case_page, record_consent
from app.services.cases.record_consent import RENEW, WITHDRAW, Heard
from app.services.errors import Conflict, Forbidden, Invalid
from app.services.people import resident_changes, resident_codes, resident_page
from app.services.people.resident_asks import From
from app.services.privacy import consent_register
from app.storage import clock, ids
from app.storage.database import transaction
from tests.engine.test_consenting import STORY
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, press, send, settle

pytestmark = pytest.mark.usefixtures("town")
FRIDAY, LATER, OVER = (local(f"{day} 10:00") for day in ("2026-11-13", "2026-11-20", "2027-01-04"))


@pytest.fixture
def story() -> str:
    """A story on the website and on a poster, published, up to the end of the year."""
    with clock.stopped_at(FRIDAY):
        case = send("verhaal", STORY).case
        press(case, "bedankt")
        press(case, "ongewijzigd")
        press(case, "publiceer", {"verschenen": ["website", "affiche"], "titel": "Soep"})
    return case


def teller(case: str) -> From:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        code = resident_codes.code_of(tx, ids.from_text(case))
    number = case_page.show(holder_of(case), case).number
    return From(resident_codes.enter(MUNICIPALITY, number, code), secrets.token_hex(8))


def heard(case: str, consent: str, what: str, how: str = "spoken") -> Heard:
    page = case_page.show(holder_of(case), case)
    line = next(item for item in page.consents if item.name == consent)
    return Heard(consent, what, how, shown=line.shown)


def states(who: str = "ilse_verbeke") -> dict[str, str]:
    found = consent_register.read(actor(who))
    return {line.consent: line.state for line in found.lines if line.form == "Verhaal insturen"}


def test_taken_back_on_the_own_page_gives_the_task_of_the_workflow_and_no_other(story: str) -> None:
    with clock.stopped_at(LATER):
        told = resident_changes.take_back(teller(story), "kanaal_affiche")
        page = case_page.show(holder_of(story), story)
        asked = [task.label for task in page.tasks if task.open]
        assert asked == ["Haal weg: Affiche"]
        assert (told.name, told.by) == (page.holder.name, page.tasks[0].due_on)
        mine = {item.label: item.over for item in resident_page.show(teller(story).key).agreed}
        assert mine == {"Website": "", "Affiche": "withdrawn"}
        assert states() == {"Website": "holds", "Affiche": "withdrawn"}


def test_what_is_over_is_over_once_and_everywhere(story: str) -> None:
    with clock.stopped_at(OVER):
        assert set(states().values()) == {"expired"}  # also before anybody looked at the clock
        settle()
        settle()
        page = case_page.show(holder_of(story), story)
        assert page.state == "te_stoppen"
        labels = [task.label for task in page.tasks]
        assert labels.count("Haal weg: Website") == 1
        assert {item.over for item in page.consents} == {"expired"}
        assert set(states().values()) == {"expired"}


def test_who_gives_it_again_keeps_it_and_the_first_words(story: str) -> None:
    with clock.stopped_at(LATER):
        resident_changes.take_back(teller(story), "kanaal_affiche")
        assert resident_changes.give_again(teller(story), "kanaal_affiche", "2027-06-30").what == "again"
        assert resident_changes.give_again(teller(story), "kanaal_affiche", "2027-06-30").what == "same"
        with pytest.raises(Invalid):
            resident_changes.give_again(teller(story), "kanaal_website", "2026-01-01")
    with clock.stopped_at(OVER):
        settle()
        agreed = {item.label: item for item in resident_page.show(teller(story).key).agreed}
        assert (agreed["Affiche"].over, agreed["Website"].over) == ("", "expired")
        assert agreed["Affiche"].text == "Mijn verhaal mag op een affiche staan."


def test_a_colleague_writes_down_what_was_heard(story: str) -> None:
    with clock.stopped_at(LATER):
        who, stale = holder_of(story), heard(story, "kanaal_affiche", RENEW)
        record_consent.record(who, story, heard(story, "kanaal_affiche", WITHDRAW, "written"), token="een")
        record_consent.record(who, story, heard(story, "kanaal_affiche", WITHDRAW, "written"), token="een")
        with pytest.raises(Conflict):
            record_consent.record(who, story, stale)
        with pytest.raises(Invalid):
            record_consent.record(who, story, heard(story, "kanaal_website", RENEW, "gehoord"))
        record_consent.record(who, story, heard(story, "kanaal_website", RENEW, "paper"))
        found = {line.consent: line for line in consent_register.read(actor("ilse_verbeke")).lines}
        assert (found["Affiche"].ended_how, found["Website"].how) == ("written", "paper")
        with pytest.raises(Forbidden):
            record_consent.record(actor("joris_maes"), story, heard(story, "kanaal_website", RENEW))


def test_the_register_names_nobody_but_to_who_follows_the_case(story: str) -> None:
    with clock.stopped_at(LATER):
        dpo = consent_register.read(actor("ilse_verbeke"))
        assert {line.name for line in dpo.lines} == {""}
        assert dpo.counts["holds"] == len(dpo.lines) == 2
        only = consent_register.read(actor("ilse_verbeke"), kind="verhaal/kanaal_website")
        assert [line.consent for line in only.lines] == ["Website"]
        assert "Website" in consent_register.as_csv(actor("ilse_verbeke"), state="holds")
        assert "Rik" not in consent_register.as_csv(actor("ilse_verbeke"))
        with pytest.raises(Forbidden):
            consent_register.read(actor("joris_maes"))
