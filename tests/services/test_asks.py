"""Are others asked by link, does their answer come back as data, and does a round never tell who said what?"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from app.engine import values
from app.engine.judge import Given
from app.services.cases import ask_page, ask_work, case_page, round_results
from app.services.cases.ask_view import AskLine
from app.services.definitions import catalogs
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.models import AskAnswer, AskPerson
from app.storage.repositories import erase_rows
from tests.support.bound import MUNICIPALITY
from tests.support.referring import mails_to, registered
from tests.support.town import actor, holder_of, local, press, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-16 10:00")
ACTION: Mapping[str, Any] = {
    "aandachtspunt": "Geen winkel in het dorp (buurtanalyse 2026)",
    "doelstelling": "Iedereen raakt aan zijn boodschappen.",
    "actie": "Een bus met vrijwilligers op dinsdag.",
    "bouwsteen": "sociale_netwerken",
    "buurt": "sint_amand_lede",
    "trekker": "staff:bram_de_coster:Bram",
    "partners": [{"partner": "partner:caw:CAW"}, {"naam": "De dorpsraad"}],
    "resultaat": "Elke week een rit",
    "indicator": "Aantal meerijders",
    "streefwaarde": "12",
    "start": "2027-01-11",
    "einde": "2027-12-17",
}
PARTY: Mapping[str, Any] = {
    "persoon.voornaam": "Els",
    "persoon.naam": "Peeters",
    "contact.email": "els@zandlede.example",
    "tweede_naam": "Rik",
    "tweede_tel": "0400 00 00 07",
    "groep": "buren",
    "activiteit": "Straatfeest",
    "plaats": "straat",
    "plaats_naam": "Molenstraat",
    "buurt": "oosthoek",
    "datum": "2027-05-29",
    "aantal": "60",
    "straat_dicht": "ja",
    "straat_welke": "Molenstraat",
    "straat_akkoord": "ja",
    "steun_euro": "nee",
    "dag_van_de_buren": "nee",
}


def hand_in(form: str, answers: Mapping[str, Any], who: str = "nele_lambrecht") -> Receipt:
    version = catalogs.live(MUNICIPALITY).form(form)
    given = values.read_json(version.form, answers)
    token = secrets.token_hex(16)
    return submit(SubmitForm(actor(who), version.id, given, token, "reception"))


def given(form: str, answers: Mapping[str, Any]) -> Given:
    return values.read_json(catalogs.live(MUNICIPALITY).form(form).form, answers)


def the_ask(case: str) -> AskLine:
    return ask_work.of_case(holder_of(case), case)[0]


def state(case: str) -> str:
    return case_page.show(holder_of(case), case).state


def token_for(address: str) -> str:
    """What stands in the link of the last mail to an address."""
    found = re.search(r"/gevraagd/(\w+)", mails_to(address)[0].body)
    assert found is not None
    return found[1]


def invite(case: str, *lines: str, group: str = "") -> list[str]:
    report, _ = ask_work.invite(holder_of(case), case, the_ask(case).id, "\n".join(lines), group)
    return [line.code for line in report]


def round_with(scores: Mapping[str, list[str]], **changes: Any) -> tuple[str, str]:
    """A closed round over the vision, with these scores for one item: case and question."""
    receipt = hand_in("zelfevaluatie", {"kader": "c_visie", "fase": "planning", **changes})
    people = [f"P{place}; p{place}.{receipt.case}@x.example" for place in range(len(scores["overleg"]))]
    assert set(invite(receipt.case, *people, group="kernpartners")) == {"added"}
    settle()
    for place, score in enumerate(scores["overleg"]):
        token = token_for(f"p{place}.{receipt.case}@x.example")
        told = {"visie.overleg": score, "visie.overleg.voorbeeld": f"Voorbeeld {place}"}
        ask_page.answer(MUNICIPALITY, token, given("oordeel_visie", told))
    ask = the_ask(receipt.case).id
    press(receipt.case, "bespreken")
    return receipt.case, ask


def test_a_partner_answers_by_link_and_the_case_goes_on_when_all_agree() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        case = hand_in("actiefiche", ACTION).case
        settle()
        token = token_for("an.peeters@caw.example")
        view = ask_page.show(MUNICIPALITY, token)
        ask_page.answer(MUNICIPALITY, token, given("akkoord_partner", {"akkoord": "ja"}))
        half = state(case)
        (caw, council) = the_ask(case).people
        ask_page.answer_own(holder_of(case), case, council.id, given("akkoord_partner", {"akkoord": "ja"}))
        whole = state(case)
    shown = dict(view.shows)
    assert shown["Wat doen we concreet?"] == "Een bus met vrijwilligers op dinsdag."
    assert "Wie trekt?" not in shown
    assert (caw.name, caw.answered, council.name, council.mail) == ("CAW Zandlede", True, "De dorpsraad", "")
    assert (half, whole) == ("voorgesteld", "akkoord")


def test_a_link_answers_once_and_opens_nothing_when_the_case_went_on() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        case = hand_in("actiefiche", ACTION).case
        settle()
        token = token_for("an.peeters@caw.example")
        told = given("akkoord_partner", {"akkoord": "nee"})
        for _ in range(2):
            ask_page.answer(MUNICIPALITY, token, told)
        lines = [line.text for line in case_page.show(holder_of(case), case).timeline]
        press(case, "niet_akkoord")
        after = ask_page.show(MUNICIPALITY, token)
        with transaction(MUNICIPALITY, readonly=True) as tx:
            kept = tx.execute(sa.select(AskAnswer)).all()
            hashes = {row.token_hash for row in tx.execute(sa.select(AskPerson.token_hash))}
        with pytest.raises(NotFound):
            ask_page.show(MUNICIPALITY, "x" * 40)
    assert (after.state, after.shows, after.form) == ("done", (), None)
    assert sum("CAW Zandlede antwoordde" in line for line in lines) == 1
    assert len(kept) == 1
    assert token not in hashes


def test_who_did_not_answer_is_reminded_and_the_term_closes_the_question() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        case = hand_in("actiefiche", ACTION).case
        settle()
        token = token_for("an.peeters@caw.example")
    with clock.stopped_at(local("2026-11-30 09:00")):
        settle()
        mails = [mail.subject for mail in mails_to("an.peeters@caw.example")]
    with clock.stopped_at(local("2026-12-08 09:00")):
        settle()
        over = ask_page.show(MUNICIPALITY, token).state
        with pytest.raises(Invalid, match="ask_over"):
            ask_page.answer(MUNICIPALITY, token, given("akkoord_partner", {"akkoord": "ja"}))
        line = the_ask(case)
    assert sum(subject.startswith("Herinnering") for subject in mails) == 1
    assert over == "over"
    assert (line.state, line.answered, state(case)) == ("closed", 0, "voorgesteld")


def test_a_colleague_gives_advice_with_a_task() -> None:
    with clock.stopped_at(MONDAY):
        case = hand_in("buurtactiviteit", PARTY, "hilde_claes").case
        press(case, "volledig")
        (ask,) = ask_work.of_case(holder_of(case), case)
        page = case_page.show(holder_of(case), case)
        task = next(line for line in page.tasks if line.label == "Kan de straat dicht?")
        told = given("advies_activiteit", {"advies": "voorwaarden", "uitleg": "Tot 22 uur."})
        ask_page.answer_own(holder_of(case), case, ask.people[0].id, told)
        after = case_page.show(holder_of(case), case)
    assert (task.open, ask.people[0].name) == (True, "Mobiliteit en politie")
    assert not [line for line in after.tasks if line.open and line.label == task.label]
    (person,) = after.asked[0].people
    assert [line.text for line in person.sections[0].lines] == ["Ja, met voorwaarden", "Tot 22 uur."]


def test_pasted_lines_are_each_told_what_became_of_them() -> None:
    with clock.stopped_at(MONDAY):
        case = hand_in("impactmeting", {"buurt": "ter_heide", "moment": "t0"}).case
        codes = invite(
            case,
            "Rik; rik@x.example; bewoners",
            "RIK; Rik@X.example; bewoners",
            "Niemand",
            "Jo; jo@x.example",
        )
        settle()
        mails = [len(mails_to(f"{name}@x.example")) for name in ("rik", "jo")]
        with pytest.raises((Forbidden, NotFound)):
            ask_work.invite(actor("rita_mertens"), case, the_ask(case).id, "A; a@x.example", "bewoners")
    assert codes == ["added", "twice", "no_mail", "no_group"]
    assert mails == [1, 0]


def test_a_round_is_counted_once_it_is_closed_and_forgets_who_was_asked() -> None:
    with clock.stopped_at(MONDAY):
        case = hand_in("zelfevaluatie", {"kader": "c_visie", "fase": "planning"}).case
        with pytest.raises(Conflict, match="round_open"):
            round_results.show(holder_of(case), case, the_ask(case).id)
        case, ask = round_with(
            {"overleg": ["nog_niet", "begonnen", "begonnen", "loopt", "verankerd", "weet_niet"]}
        )
        view = round_results.show(holder_of(case), case, ask)
        line = the_ask(case)
        with transaction(MUNICIPALITY, readonly=True) as tx:
            sealed = tx.execute(sa.select(AskPerson.sealed, AskPerson.who)).all()
            rows = {row.row for row in tx.execute(sa.select(AskAnswer.row))}
    item = view.results.item("visie.overleg")
    assert item is not None
    assert item.whole is not None
    assert item.whole.counts == (1, 2, 1, 1)
    assert view.asked == {"kernpartners": (6, 6)}
    assert {person.name for person in line.people} == {""}
    assert set(sealed) == {(None, None)}
    assert rows == {None}


def test_four_answers_tell_nothing_and_a_second_round_stands_beside_the_first() -> None:
    with clock.stopped_at(MONDAY):
        case, ask = round_with({"overleg": ["loopt"] * 4})
        few = round_results.show(holder_of(case), case, ask).results
    with clock.stopped_at(local("2027-11-15 10:00")):
        case, ask = round_with({"overleg": ["nog_niet"] * 5})
        other, other_ask = round_with({"overleg": ["loopt"] * 5}, buurt="oosthoek")
        series = round_results.show(holder_of(case), case, ask).series
        apart = round_results.show(holder_of(other), other, other_ask).series
    assert (few.n, few.enough, few.items, few.remarks) == (4, False, (), ())
    assert [(one.at.year, one.results.enough) for one in series] == [(2026, False), (2027, True)]
    assert len(apart) == 1


def test_what_was_asked_goes_with_the_case() -> None:
    with clock.stopped_at(MONDAY):
        case, _ = round_with({"overleg": ["loopt"]})
        with transaction(MUNICIPALITY) as tx:
            gone = erase_rows.case(tx, [ids.from_text(case)])
    assert (gone["ask"], gone["ask_person"], gone["ask_answer"]) == (1, 1, 1)
