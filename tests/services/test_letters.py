"""Does a message reach somebody without mail: on paper, by telephone, and what when it comes back?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.engine.model.cases import Case, Decision, Send
from app.services.cases import apply_decision, case_page, effects
from app.services.cases.load_case import desk_of, load
from app.services.errors import AlreadyDone, Forbidden, NotFound
from app.services.follow_up import beside_resident, came_back, print_queue
from app.services.follow_up.caught_mail import page as mailbox
from app.services.follow_up.outgoing import Outgoing, configure, current
from app.services.intake.submit_form import Receipt
from app.services.people import resident_codes
from app.services.tasks import queue
from app.storage import clock, ids
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local, press, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
HOME = {"street": "Kerkstraat", "number": "12", "postcode": "9990", "town": "Zandlede"}
WORDS = "We zochten je thuis. Bel je ons even? Vragen: Joris Maes."


@pytest.fixture(autouse=True)
def _outgoing(town: object) -> Iterator[None]:
    before = current()
    configure(Outgoing(base_url="https://zandlede.example", host="z.example"))
    yield
    configure(before)


def tell(receipt: Receipt, words: str = WORDS) -> None:
    """The case has something to say to its resident, as an author's message would."""
    desk = desk_of(MUNICIPALITY)
    with transaction(MUNICIPALITY) as tx:
        loaded = load(tx, desk, ids.from_text(receipt.case), lock=True)
        change = apply_decision.begin(loaded, "")
        send = Send("gezocht", "resident", words, "We zochten je")
        effects.gather(tx, loaded.pin, change, _nothing_but(send, loaded.case))
        apply_decision.write(tx, change)
    settle()


def _nothing_but(send: Send, case: Case) -> Decision:
    return Decision(case, (send,))


def told(**contact: Any) -> Receipt:
    receipt = send_card(**contact)
    settle()
    tell(receipt)
    return receipt


def labels(key: str = "joris_maes") -> list[str]:
    return [row.label for row in queue.page(actor(key)).rows]


def states(receipt: Receipt) -> list[str]:
    page = case_page.show(actor("joris_maes"), receipt.case)
    return [item.state for item in page.messages if item.to == "de bewoner"]


def waiting() -> list[print_queue.LetterLine]:
    return list(print_queue.page(actor("hilde_claes")).waiting)


def printed() -> tuple[str, print_queue.LetterLine]:
    """Print all that waits: the batch, and its first letter."""
    hilde = actor("hilde_claes")
    found = print_queue.page(hilde).waiting
    return print_queue.take(hilde, [item.id for item in found]), found[0]


# Which way ---------------------------------------------------------------------------------------------------


def test_who_has_mail_gets_a_mail_that_names_nobody_and_holds_no_code() -> None:
    with clock.stopped_at(MONDAY):
        receipt = told(contact__email="maria@post.example", adres=HOME)
        with transaction(MUNICIPALITY, readonly=True) as tx:
            code = resident_codes.code_of(tx, ids.from_text(receipt.case))
    mail = next(
        item for item in mailbox(actor("mira_lauwers")).mails if item.recipient == "maria@post.example"
    )
    assert WORDS in mail.body
    assert f"https://zandlede.example/mijn/{receipt.number}" in mail.body
    for secret in (code, "Maria", "Kerkstraat"):
        assert secret not in mail.body + mail.subject
    assert waiting() == []


@pytest.mark.parametrize("voorkeur", [None, "brief"])
def test_without_mail_or_when_a_letter_was_asked_it_goes_on_paper(voorkeur: str | None) -> None:
    email = "maria@post.example" if voorkeur else None
    with clock.stopped_at(MONDAY):
        receipt = told(contact__email=email, contact__voorkeur=voorkeur, adres=HOME)
        assert set(states(receipt)) == {"op papier, in de post"}
        lines = waiting()
    assert {(line.name, line.case_number) for line in lines} == {("Maria Canariebos", receipt.number)}
    assert len(lines) == (
        2 if voorkeur else 1
    )  # the receipt too for who asked for letters; others have it in hand


def test_who_has_neither_or_wants_a_call_is_called_with_the_same_words() -> None:
    with clock.stopped_at(MONDAY):
        receipt = told(contact__voorkeur="bellen", contact__email="maria@post.example", adres=HOME)
        assert f"Bel de bewoner van {receipt.number}" in labels()
        (script,) = beside_resident.of_case(actor("joris_maes"), receipt.case).calls
    assert script.lines == ("We zochten je thuis.", "Bel je ons even?", "Vragen: Joris Maes.")
    assert script.silent
    assert script.reach.phones == ("09 000 00 01",)


def test_only_who_said_a_message_may_be_left_is_left_one() -> None:
    with clock.stopped_at(MONDAY):
        receipt = told(contact__voorkeur="bellen", contact__bericht_ok="ja")
        (script,) = beside_resident.of_case(actor("joris_maes"), receipt.case).calls
    assert not script.silent


def test_two_messages_are_one_call_and_both_are_told() -> None:
    with clock.stopped_at(MONDAY):
        receipt = told()
        tell(receipt, "Nog iets.")
        assert f"Bel de bewoner van {receipt.number} (2 berichten)" in labels()
        (script,) = beside_resident.of_case(actor("joris_maes"), receipt.case).calls
    assert script.lines[-1] == "Nog iets."


def test_who_may_not_read_the_case_gets_no_script() -> None:
    with clock.stopped_at(MONDAY):
        receipt = told()
        with pytest.raises(NotFound):
            beside_resident.of_case(actor("sofie_wouters"), receipt.case)


# Printing ----------------------------------------------------------------------------------------------------


def test_a_letter_says_what_the_mail_would_say_with_a_greeting_a_name_to_call_and_the_code() -> None:
    with clock.stopped_at(MONDAY):
        receipt = told(adres=HOME, persoon__roepnaam="Mia")
        batch, line = printed()
        (letter,) = print_queue.of_batch(actor("hilde_claes"), batch)
        with transaction(MUNICIPALITY, readonly=True) as tx:
            code = resident_codes.code_of(tx, ids.from_text(receipt.case))
    assert letter.addressee == ("Maria Canariebos", "Kerkstraat 12", "9990 Zandlede")
    assert letter.salutation == "Beste Mia,"
    assert letter.paragraphs[0] == WORDS
    assert (letter.contact, letter.phone) == ("Joris Maes", "0400 00 00 11")
    assert (letter.number, letter.code) == (line.number, code)
    assert print_queue.batch_pdf(actor("hilde_claes"), batch).startswith(b"%PDF")


def test_nobody_prints_what_a_colleague_printed_and_a_second_print_says_the_same() -> None:
    with clock.stopped_at(MONDAY):
        told(adres=HOME)
        chosen = [item.id for item in waiting()]
        batch, _ = printed()
        assert print_queue.take(actor("karin_thijs"), chosen) == ""
        first = print_queue.of_batch(actor("hilde_claes"), batch)
    with clock.stopped_at(local("2026-11-20 10:00")):
        assert print_queue.of_batch(actor("karin_thijs"), batch) == first


def test_posting_can_be_undone_and_a_misprint_waits_again() -> None:
    hilde = actor("hilde_claes")
    with clock.stopped_at(MONDAY):
        receipt = told(adres=HOME)
        batch, line = printed()
        assert print_queue.post(hilde, batch) == 1
        assert print_queue.post(hilde, batch) == 0
        history = [item.text for item in case_page.show(actor("joris_maes"), receipt.case).timeline]
        assert f"Brief {line.number} is gepost." in history
        assert print_queue.page(hilde).printed == ()
        assert print_queue.unpost(hilde, batch) == 1
        assert print_queue.put_back(hilde, batch) == 1
        assert [item.number for item in waiting()] == [line.number]


def test_what_waits_is_dropped_when_messages_stop() -> None:
    with clock.stopped_at(MONDAY):
        receipt = told(adres=HOME)
        press(receipt.case, "overleden")
        assert waiting() == []


def test_a_contact_person_does_not_handle_the_post() -> None:
    for do in (
        print_queue.page,
        lambda who: print_queue.take(who, []),
        lambda who: came_back.came_back(who, "X"),
    ):
        with pytest.raises(Forbidden):
            do(actor("joris_maes"))


# What comes back ---------------------------------------------------------------------------------------------


def test_a_letter_that_comes_back_is_a_task_with_the_ways_that_are_left_and_the_next_message_is_a_call() -> (
    None
):
    with clock.stopped_at(MONDAY):
        receipt = told(adres=HOME, contact__via="Buurvrouw Rita", contact__via_tel="09 000 00 09")
        batch, line = printed()
        print_queue.post(actor("hilde_claes"), batch)
        back = came_back.came_back(actor("hilde_claes"), f" {line.number.lower()} ")
        assert (back.what, back.holder, back.task) == ("letter", "Joris Maes", True)
        task = next(
            item
            for item in case_page.show(actor("joris_maes"), receipt.case).asks
            if "kwam niet aan" in item.label
        )
        assert task.label.endswith("Kan nog: bellen op 09 000 00 01; via Buurvrouw Rita, 09 000 00 09")
        assert not any("Rita" in label for label in labels())
        with pytest.raises(AlreadyDone):
            came_back.came_back(actor("hilde_claes"), line.number)
        tell(receipt)
        assert waiting() == []
        assert f"Bel de bewoner van {receipt.number}" in labels()


def test_a_mail_that_bounces_later_is_one_task_an_address_and_the_next_message_goes_on_paper() -> None:
    hilde = actor("hilde_claes")
    with clock.stopped_at(MONDAY):
        receipt = told(adres=HOME, contact__email="maria@post.example")
        assert came_back.came_back(hilde, receipt.number, to="resident").task
        assert not came_back.came_back(hilde, receipt.number, to="resident").task
        assert len([label for label in labels() if "kwam niet aan" in label]) == 1
        tell(receipt)
        assert [item.case_number for item in waiting()] == [receipt.number]


@pytest.mark.parametrize(("number", "to"), [("BR-2026-99999", "resident"), ("DVK-2026-99999", "resident")])
def test_what_never_left_cannot_come_back(number: str, to: str) -> None:
    with clock.stopped_at(MONDAY):
        receipt = send_card()
        settle()
        for wanted in (number, receipt.number):  # nothing was ever sent to this resident
            with pytest.raises(NotFound):
                came_back.came_back(actor("hilde_claes"), wanted, to=to)
