"""What does a resident see and do with number and code, and what becomes of it?"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.engine.model.people import Absence
from app.services.cases import case_files, case_page
from app.services.errors import Invalid, NotFound
from app.services.intake.submit_form import Receipt
from app.services.people import (
    link_case,
    resident_asks,
    resident_changes,
    resident_codes,
    resident_page,
    resident_proof,
)
from app.services.people.resident_asks import From
from app.services.people.resident_codes import ResidentKey
from app.services.people.resident_view import ResidentPage
from app.services.staff import staff_absences
from app.services.tasks import queue
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.repositories import person_rows
from tests.support.bound import MUNICIPALITY
from tests.support.referring import referrals_of, registered, talk
from tests.support.town import actor, holder_of, local, press, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
REACH = {"contact__voorkeur": "brief", "contact__email": "maria@post.example"}


def code_of(receipt: Receipt) -> str:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return resident_codes.code_of(tx, ids.from_text(receipt.case))


def enter(receipt: Receipt, code: str = "") -> ResidentKey:
    return resident_codes.enter(MUNICIPALITY, receipt.number, code or code_of(receipt))


def card(**changes: Any) -> tuple[Receipt, ResidentKey]:
    """A card of this Monday, and the key of who it is about."""
    with clock.stopped_at(MONDAY):
        receipt = send_card(**changes)
        settle()
        return receipt, enter(receipt)


def seen(key: ResidentKey, at: str = "2026-11-09 10:00") -> ResidentPage:
    with clock.stopped_at(local(at)):
        return resident_page.show(key)


def sender(key: ResidentKey, token: str = "") -> From:
    return From(key, token or secrets.token_hex(8))


def tasks_of(key: str) -> list[str]:
    return [row.label for row in queue.page(actor(key)).rows]


# What is seen ------------------------------------------------------------------------------------------------


def test_the_page_says_who_helps_how_it_stands_and_before_when() -> None:
    receipt, key = card()
    page = seen(key)
    assert (page.number, page.status, page.called) == (receipt.number, "ontvangen", "Maria")
    assert (page.contact.name, page.contact.phone) == ("Joris Maes", "0400 00 00 11")
    assert page.next_on == date(2026, 11, 24)
    assert page.next_line == "Joris Maes neemt contact met je op."
    assert seen(key, "2026-11-25 10:00").next_late


def test_while_the_contact_person_is_away_the_page_says_until_when_and_who_replaces() -> None:
    _, key = card()
    joris, nele = actor("joris_maes"), actor("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        staff_absences.save(
            joris, Absence(joris.account, date(2026, 11, 10), date(2026, 11, 13), nele.account)
        )
    away = seen(key, "2026-11-12 10:00")
    assert away.absence == "Joris Maes is er tot 13/11/2026 niet, Nele Lambrecht vervangt."
    assert away.stand_in is not None
    assert away.stand_in.name == "Nele Lambrecht"
    assert seen(key, "2026-11-16 10:00").absence == ""


def test_answers_of_class_one_are_read_back_confidential_ones_after_proof_health_and_notes_of_others_never() -> (
    None
):
    _, key = card()
    labels = {line.label for line in seen(key).answers}
    assert "Voornaam" in labels
    told = {line.text for line in seen(replace(key, proven=True)).answers}
    for hidden in ("Dokter Peeters", "Geheimpje over de kat", "Eenzaam"):
        assert not any(hidden in text for text in told)


def test_the_second_step_asks_what_the_paper_does_not_tell() -> None:
    _, key = card(contact__bericht_ok="ja")
    page = seen(key)
    assert (page.more, page.provable) == (True, True)
    assert not any("1941" in line.text for line in page.answers)
    with pytest.raises(NotFound):
        resident_proof.prove(key, "1940")
    proven = resident_proof.prove(key, "1941")
    assert len(seen(proven).answers) > len(page.answers)


# What is done ------------------------------------------------------------------------------------------------


def test_what_a_resident_adds_is_a_task_for_the_contact_person_and_stands_sealed_in_the_history() -> None:
    receipt, key = card()
    with clock.stopped_at(MONDAY):
        heard = resident_asks.add(sender(key), "Mijn zus is verhuisd.")
        label = f"Lees wat de bewoner toevoegde aan {receipt.number}"
        assert label in tasks_of("joris_maes")
        page = case_page.show(actor("joris_maes"), receipt.case)
        seen_by_others = case_page.show(actor("karin_thijs"), receipt.case)
    assert (heard.name, heard.by) == ("Joris Maes", date(2026, 11, 13))
    assert any("Mijn zus is verhuisd." in line.text for line in page.timeline)
    assert not any("zus" in line.text for line in seen_by_others.timeline)
    assert [item.text for item in seen(key).done] == ["Je voegde iets toe."]


def test_the_same_page_sent_twice_adds_once_and_more_of_the_same_stays_one_task() -> None:
    receipt, key = card()
    with clock.stopped_at(MONDAY):
        once = sender(key)
        resident_asks.add(once, "Iets.")
        assert resident_asks.add(once, "Iets.").again
        resident_asks.add(sender(key), "Nog iets.")
        mine = [label for label in tasks_of("joris_maes") if "toevoegde" in label]
    assert mine == [f"Lees wat de bewoner toevoegde aan {receipt.number} (nog eens)"]
    assert len(seen(key).done) == 2


def test_a_picture_that_is_added_belongs_to_the_case_and_another_kind_is_refused() -> None:
    receipt, key = card()
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 30 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    with clock.stopped_at(MONDAY):
        resident_asks.add(sender(key), "", name="brief.png", content=png)
        with pytest.raises(Invalid):
            resident_asks.add(sender(key), "", name="x.exe", content=b"MZ" + b"\x00" * 100)
        resident_changes.reach(sender(key), {"preference": "brief"})  # the answers are a later revision now
        (paper,) = case_page.show(actor("joris_maes"), receipt.case).files
        assert (paper.name, paper.by) == ("brief.png", "")
        assert case_files.opened(actor("joris_maes"), receipt.case, paper.id)[2] == png


def test_nothing_and_too_much_are_refused() -> None:
    _, key = card()
    for text in ("  ", "x" * 2001):
        with pytest.raises(Invalid):
            resident_asks.add(sender(key), text)


def test_a_question_about_data_is_a_task_of_the_officer_with_one_month() -> None:
    receipt, key = card()
    with clock.stopped_at(local("2027-01-31 10:00")):
        heard = resident_asks.ask_for(sender(key), "copy")
        assert f"Geef de bewoner van {receipt.number} een kopie van de gegevens" in tasks_of("ilse_verbeke")
    assert heard.name == "Ilse Verbeke"
    assert heard.by == date(2027, 2, 26)  # 28 February is a Sunday


def test_who_asks_to_be_called_is_called_the_next_working_day() -> None:
    receipt, key = card()
    with clock.stopped_at(local("2026-11-10 15:00")):
        heard = resident_asks.call_back(sender(key), "Na vier uur")
        assert f"Bel de bewoner van {receipt.number} terug" in tasks_of("joris_maes")
    assert heard.by == date(2026, 11, 12)  # the eleventh is a holiday


def test_another_way_to_be_reached_stands_on_the_case_and_nobody_can_become_unreachable() -> None:
    receipt, key = card()
    with clock.stopped_at(MONDAY):
        heard = resident_changes.reach(
            sender(key), {"mobile": "0400 00 00 77", "preference": "brief", "email": ""}
        )
        page = case_page.show(actor("joris_maes"), receipt.case)
        with pytest.raises(Invalid):
            resident_changes.reach(sender(key), {"mobile": "", "phone": ""})
        with pytest.raises(Invalid):
            resident_changes.reach(sender(key), {"email": "geen adres"})
    texts = {line.text for item in page.submissions for part in item.sections for line in part.lines}
    assert {"0400 00 00 77", "Brief"} <= texts
    assert heard.what == "reached"
    assert resident_changes.reach(sender(key), {"preference": "brief"}).what == "same"


def test_a_consent_taken_back_stops_what_went_because_of_it_and_help_goes_on() -> None:
    receipt, key = card()
    with clock.stopped_at(MONDAY):
        agreed = {item.id: item for item in resident_page.show(key).agreed}
        assert agreed["akkoord_contact"].all
        assert "We laten de verwijzer niets meer weten." in agreed["akkoord_terug"].follows
        resident_changes.take_back(sender(key), "akkoord_terug")
        press(receipt.case, "bereikt", {"wijze": "bellen", "privacy_info": "mondeling"})
        settle()
        page = case_page.show(actor("joris_maes"), receipt.case)
        assert [item.id for item in resident_page.show(key).agreed] == ["akkoord_contact"]
    assert page.state == "in_opvolging"
    assert not any("opgestart" in item.title for item in page.messages)
    assert any("trok in: Akkoord om terug te koppelen" in line.text for line in page.timeline)
    with pytest.raises(NotFound):
        resident_changes.take_back(sender(key), "akkoord_terug")


def test_a_consent_in_a_row_taken_back_takes_that_referral_back_and_no_other() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        registered(key="buurthuis", name="Buurthuis", email="dag@buurthuis.example")
        receipt = talk("caw", "buurthuis")
        key = resident_codes.enter(MUNICIPALITY, receipt.number, receipt.resident_code)
        consents = [item.id for item in resident_page.show(key).agreed]
        assert consents == ["doorverwijzen.0.akkoord", "doorverwijzen.1.akkoord"]
        resident_changes.take_back(sender(key), consents[0])
        states = [case_page.show(holder_of(case), case).ended for case in referrals_of(receipt.case)]
        assert states == [True, False]
        assert [item.id for item in resident_page.show(key).agreed] == ["doorverwijzen.1.akkoord"]


def test_stopping_everything_blocks_the_case_and_its_page_answers_like_an_unknown_one() -> None:
    receipt, key = card()
    with clock.stopped_at(MONDAY):
        (stop,) = resident_page.show(key).stops
        resident_changes.stop(sender(key), stop.id)
        page = case_page.show(actor("joris_maes"), receipt.case)
        assert page.blocked
        assert any(receipt.number in label for label in tasks_of("ilse_verbeke"))
        for ask in (
            lambda: resident_page.show(key),
            lambda: enter(receipt),
            lambda: resident_asks.add(sender(key), "x"),
        ):
            with pytest.raises(NotFound):
                ask()


def test_a_button_that_is_not_the_residents_cannot_be_pressed() -> None:
    _, key = card()
    with pytest.raises(NotFound):
        resident_changes.stop(sender(key), "overleden")


def test_many_asks_in_an_hour_are_too_many() -> None:
    _, key = card()
    with clock.stopped_at(MONDAY):
        for number in range(30):
            resident_asks.add(sender(key), f"Bericht {number}")
        with pytest.raises(Invalid, match="sent_too_many"):
            resident_asks.add(sender(key), "Nog een")


def test_who_took_the_second_step_lets_a_new_number_count_for_later_too() -> None:
    receipt, key = card()
    with clock.stopped_at(MONDAY):
        person = link_case.make(holder_of(receipt.case), receipt.case)
        proven = replace(key, proven=True)
        resident_changes.reach(sender(key), {"mobile": "0470 00 00 91"}, everywhere=True)
        assert "mobile" not in _kept(person)
        resident_changes.reach(sender(proven), {"mobile": "0470 00 00 92"}, everywhere=True)
        assert _kept(person)["mobile"] == "+32470000092"
        resident_changes.reach(sender(proven), {"mobile": "0470 00 00 93"})
        assert _kept(person)["mobile"] == "+32470000092"


def _kept(person: str) -> dict[str, str]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        found = person_rows.get(tx, ids.from_text(person))
    assert found is not None
    return found.kept
