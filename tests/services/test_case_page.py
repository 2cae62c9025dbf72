from __future__ import annotations

from datetime import date

import pytest

from app.engine.model.people import Absence
from app.services.cases import add_note, case_page, hand_over, share_case
from app.services.cases.case_view import CasePage
from app.services.cases.read_log import of_case
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.people import referrer_page
from app.services.staff import staff_absences
from app.storage import clock
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.town import actor, asked, local, press, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
SECRET = "Geheimpje"


def seen_by(name: str, case: str, **more: str) -> CasePage:
    return case_page.show(actor(name), case, **more)


def test_what_is_asked_now_stands_on_top_with_the_reasons() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        page = seen_by("joris_maes", card.case)
    assert [task.label for task in page.asks] == ["Leg contact met de bewoner"]
    assert any("65" in line for line in page.why)
    assert any("13/11/2026" in line for line in page.asks[0].why)
    assert {action.id for action in page.actions} >= {"bereikt", "niet_bereikt", "intrekken"}
    assert all(action.enabled for action in page.actions if action.id == "bereikt")
    assert SECRET in str(page.submissions)
    assert page.called == "Maria Canariebos"


def test_a_closing_button_offers_its_reasons() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        page = seen_by("joris_maes", card.case)
    closing = next(action for action in page.actions if action.id == "wenst_geen_hulp")
    assert closing.ends
    assert len(closing.reasons) > 3
    assert next(action for action in page.actions if action.id == "bereikt").reasons == ()


@pytest.mark.parametrize(
    ("who", "content"),
    [
        ("joris_maes", "full"),
        ("nele_lambrecht", "full"),
        ("karin_thijs", "reason"),
        ("hilde_claes", "metadata"),
    ],
)
def test_who_sees_how_much(who: str, content: str) -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        page = seen_by(who, card.case)
    assert page.content == content
    assert (SECRET in str(page)) == (content == "full")
    assert page.holder.name == "Joris Maes"
    assert bool(page.actions) == (content == "full")


def test_a_lead_reads_with_a_reason_and_every_reading_is_written_down() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        seen_by("karin_thijs", card.case)
        assert seen_by("karin_thijs", card.case, reason="klacht van de familie").content == "full"
        log = of_case(actor("ilse_verbeke"), card.case)
    assert [(line.who, line.reason) for line in log] == [("Karin Thijs", "klacht van de familie")]


def test_a_shared_case_can_be_read_until_it_is_no_longer() -> None:
    joris, an = actor("joris_maes"), actor("an_goethals")
    with clock.stopped_at(MONDAY):
        card = send_card()
        with pytest.raises(Forbidden):
            share_case.share(an, card.case, with_account=an.account, reason="benieuwd", basis="casusoverleg")
        share_case.share(
            joris,
            card.case,
            with_account=an.account,
            reason="samen op huisbezoek",
            basis="gedeeld_beroepsgeheim",
        )
        assert seen_by("an_goethals", card.case).content == "full"
        assert seen_by("an_goethals", card.case).actions == ()
        share_case.unshare(joris, card.case, with_account=an.account)
        assert seen_by("an_goethals", card.case).content == "metadata"


def test_a_note_is_read_by_who_reads_the_case_and_moves_nothing() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        add_note.add(actor("joris_maes"), card.case, "Belt liefst na vier uur")
        full, outside = seen_by("joris_maes", card.case), seen_by("karin_thijs", card.case)
        with pytest.raises(Forbidden):
            add_note.add(actor("an_goethals"), card.case, "x")
        with pytest.raises(Invalid):
            add_note.add(actor("joris_maes"), card.case, "  ")
    assert any(line.text == "Belt liefst na vier uur" for line in full.timeline)
    assert "vier uur" not in str(outside)
    assert full.version == card_version(card.case)


def card_version(case: str) -> int:
    return seen_by("joris_maes", case).version


def test_a_case_gets_another_holder_with_a_reason_and_on_a_fresh_page_only() -> None:
    joris, bram = actor("joris_maes"), actor("bram_de_coster")
    with clock.stopped_at(MONDAY):
        card = send_card()
        names = [item.name for item in hand_over.candidates(joris, card.case)]
        assert names[:2] == ["Bram De Coster", "Nele Lambrecht"]
        assert "Tom Aerts" not in names
        with pytest.raises(Invalid):
            hand_over.hand_over(joris, card.case, to=bram.account, reason=" ", version=1)
        with pytest.raises(Forbidden):
            hand_over.hand_over(actor("an_goethals"), card.case, to=bram.account, reason="zo", version=1)
        done = hand_over.hand_over(joris, card.case, to=bram.account, reason="kent de straat", version=1)
        with pytest.raises(Conflict):
            hand_over.hand_over(bram, card.case, to=joris.account, reason="terug", version=1)
        page = seen_by("bram_de_coster", card.case)
    assert done.version == page.version == 2
    assert page.holder.name == "Bram De Coster"
    assert any("kent de straat" in line.text for line in page.timeline)


def test_a_substitute_takes_over_and_a_coordinator_spreads_work() -> None:
    nele, karin = actor("nele_lambrecht"), actor("karin_thijs")
    with clock.stopped_at(MONDAY):
        cards = [send_card() for _ in range(3)]
        taken = hand_over.take_over(nele, cards[0].case, reason="Joris is ziek", version=1)
        tasks = tuple(seen_by("joris_maes", card.case).asks[0].id for card in cards[1:])
        moved = hand_over.reassign(karin, tasks, to=nele.account, reason="te druk")
        assert taken.version == 2
        assert moved.moved == 2
        assert {case_page.holder(MUNICIPALITY, card.case) for card in cards} == {nele.account}


def test_an_absent_holder_is_announced_with_who_replaces() -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        card = send_card()
        nele = actor("nele_lambrecht").account
        staff_absences.save(joris, Absence(joris.account, date(2026, 11, 9), date(2026, 11, 13), nele))
        page = seen_by("nele_lambrecht", card.case)
    assert page.absence_notice == "Joris Maes is er tot 13/11/2026 niet, Nele Lambrecht vervangt."
    assert page.relation == "substitute"
    assert page.asks


def test_every_wrong_card_code_is_the_same_miss() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        good = referrer_page.look_up(MUNICIPALITY, card.number, card.status_code)
        for number, code in (
            (card.number, "0" * 13),
            (card.number, ""),
            ("DVK-2026-99999", card.status_code),
            ("", ""),
        ):
            with pytest.raises(NotFound):
                referrer_page.look_up(MUNICIPALITY, number, code)
        with pytest.raises(NotFound):
            referrer_page.look_up(NEIGHBOUR, card.number, card.status_code)
    assert (good.status, good.contact.name) == ("ontvangen", "Joris Maes")
    assert SECRET not in str(good)


@pytest.mark.parametrize("case", ["", "x", "0000000000000", "zzzzzzzzzzzzz"])
def test_an_id_that_is_none_is_not_found(case: str) -> None:
    with pytest.raises(NotFound):
        seen_by("joris_maes", case)


def test_history_says_who_did_something_and_names_nobody_for_what_followed() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        press(card.case, "bereikt", asked(card.case, "bereikt"))
        page = seen_by("joris_maes", card.case)
    told = {line.text: line.who for line in page.timeline}
    assert told["Gekozen: Gesproken."] == "Joris Maes"
    assert told["Stap: In opvolging."] == ""
    assert told["Mijlpaal: Eerste contact."] == ""
    assert told[f"Bericht 'Kaart {card.number} is opgestart' aan de verwijzer."] == ""


def test_messages_are_listed_by_what_their_reader_saw() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        page = seen_by("joris_maes", card.case)
    assert [message.title for message in page.messages] == [f"Kaart {card.number} is goed aangekomen"]


def test_a_milestone_without_a_term_is_called_after_its_button() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        press(card.case, "bereikt", asked(card.case, "bereikt"))
        press(card.case, "wacht_partner")
        press(card.case, "aangekomen")
        page = seen_by("joris_maes", card.case)
    assert "Mijlpaal: 'De partner is gestart'." in [line.text for line in page.timeline]


def test_the_title_has_the_name_used_and_the_family_name_for_who_may_read_it() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card(persoon__roepnaam="Ria")
        names = {who: seen_by(who, card.case).called for who in ("joris_maes", "karin_thijs", "hilde_claes")}
    assert names == {"joris_maes": "Ria Canariebos", "karin_thijs": "", "hilde_claes": ""}


def test_a_status_code_is_short_enough_to_copy_and_forgives_how_it_is_copied() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
    code = card.status_code
    assert len(code) == 13
    assert not set(code) & set("oilu")
    worn = f" {code[:4]}-{code[4:8]} {code[8:]}".upper().replace("0", "O").replace("1", "I")
    assert referrer_page.look_up(MUNICIPALITY, card.number, worn).number == card.number
