from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app.channels.handed_over import HandedOver
from app.channels.mail import Message
from app.engine.model.people import Absence
from app.services.cases import case_page
from app.services.errors import NotFound
from app.services.follow_up import caught_mail, digest
from app.services.follow_up.caught_mail import Mail
from app.services.follow_up.outgoing import Outgoing, configure, current
from app.services.people import referrer_page
from app.services.staff import staff_absences
from app.services.tasks import overview, queue
from app.storage import clock, ids, outbox
from app.storage.database import transaction
from app.storage.repositories import outbox_rows
from tests.support.bound import MUNICIPALITY
from tests.support.mail_server import MailServer
from tests.support.town import CARD, actor, asked, leases_run_out, local, press, send_card, settle

MONDAY = local("2026-11-09 09:40")


@pytest.fixture(autouse=True)
def _outgoing(town: object) -> Iterator[None]:
    before = current()
    configure(
        Outgoing(base_url="https://zandlede.example", sender="meernet@zandlede.example", host="z.example")
    )
    yield
    configure(before)


def caught() -> list[Mail]:
    return list(caught_mail.page(actor("mira_lauwers")).mails)


def test_the_referrer_gets_a_receipt_with_number_date_and_who_can_tell_more() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        settle()
    (mail,) = caught()
    assert mail.recipient == "peeters@praktijk.example"
    assert card.number in mail.subject
    assert "24/11/2026" in mail.body
    assert "Joris Maes, 0400 00 00 11" in mail.body


def test_no_mail_says_what_a_case_is_about() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card(dringend="vandaag")
        settle()
        press(card.case, "wenst_geen_hulp", reason="wenst_geen_hulp")
        settle()
    with clock.stopped_at(local("2026-11-10 09:00")):
        digest.plan(MUNICIPALITY)
        settle()
    everything = "".join(mail.subject + mail.body for mail in caught())
    assert caught()
    for told in ("Maria", "Canariebos", "kat", "eenzaam", "Eenzaam", "Oosthoek", CARD["contact.tel"]):
        assert told not in everything


def test_a_same_day_case_mails_its_person_at_once() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card(dringend="vandaag")
        settle()
    mail = next(item for item in caught() if item.recipient == "lotte.pauwels@zandlede.example")
    assert mail.subject == f"Vandaag nog: {card.number}"
    assert f"https://zandlede.example/dossiers/{card.case}" in mail.body


def test_a_referrer_without_address_has_the_receipt_on_the_screen_and_is_called_about_feedback_once() -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        card = send_card(verwijzer__email=None)
        settle()
        assert calls() == []
        press(card.case, "bereikt", asked(card.case, "bereikt"))
        settle()
        assert calls() == [f"Bel de verwijzer van {card.number}"]
        _once_more(card.case)
        settle()
        assert calls() == [f"Bel de verwijzer van {card.number} (2 berichten)"]
        page = case_page.show(joris, card.case)
    assert caught() == []
    assert [item.state for item in page.messages] == [
        "getoond bij het versturen",
        "geen e-mailadres: bellen",
        "geen e-mailadres: bellen",
    ]
    told = [line.text for line in page.timeline if line.code in {"no_address", "not_sent"}]
    assert told == ["De verwijzer heeft geen e-mailadres: bellen."] * 2


def test_stopped_messages_stay_stopped() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        press(card.case, "overleden")
        settle()
        page = case_page.show(actor("joris_maes"), card.case)
    assert [item.state for item in page.messages] == ["geannuleerd"]
    assert caught() == []


def test_recalled_links_are_dead_and_what_the_button_says_still_goes_out() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        settle()
        press(card.case, "bereikt", asked(card.case, "bereikt"))
        press(card.case, "intrekken")
        settle()
        with pytest.raises(NotFound):
            referrer_page.look_up(MUNICIPALITY, card.number, card.status_code)
    to_referrer = [mail for mail in caught() if mail.recipient == "peeters@praktijk.example"]
    assert {mail.subject for mail in to_referrer} == {
        f"Kaart {card.number} is goed aangekomen",
        f"Kaart {card.number}",
    }
    last = next(mail for mail in to_referrer if mail.subject == f"Kaart {card.number}")
    assert "zelf een keuze" in last.body
    assert "/opvolgen" not in last.body


def calls() -> list[str]:
    """The open tasks of Joris to call the referrer."""
    return [row.label for row in queue.page(actor("joris_maes")).rows if "verwijzer" in row.label]


def _once_more(case: str) -> None:
    """The last message to the referrer is promised a second time."""
    key = ids.from_text(case)
    with transaction(MUNICIPALITY) as tx:
        last = outbox_rows.of_case(tx, key, "mail")[-1]
        outbox.emit(tx, "mail", "mail:again", last["payload"], case=key)


def test_the_morning_mail_goes_once_a_working_day_and_lists_what_is_due() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        settle()
        digest.plan(MUNICIPALITY)
    with clock.stopped_at(local("2026-11-10 08:32")):
        settle()
        assert digests() == []
    with clock.stopped_at(local("2026-11-12 17:30")):
        digest.plan(MUNICIPALITY)
        digest.plan(MUNICIPALITY)
    with clock.stopped_at(local("2026-11-13 08:32")):
        settle()
        settle()
    (mail,) = digests()
    assert mail.recipient == "joris.maes@zandlede.example"
    assert f"- {card.number}: vandaag" in mail.body
    assert mail.subject == "1 taak vraagt je aandacht"


def test_who_replaces_somebody_absent_finds_the_tasks_in_the_morning_mail() -> None:
    with clock.stopped_at(MONDAY):
        send_card()
        joris, nele = actor("joris_maes"), actor("nele_lambrecht")
        day = date(2026, 11, 13)
        staff_absences.save(joris, Absence(joris.account, day, day, nele.account))
    with clock.stopped_at(local("2026-11-12 17:30")):
        digest.plan(MUNICIPALITY)
    with clock.stopped_at(local("2026-11-13 08:32")):
        settle()
        assert [row.stands_in_for for row in queue.page(nele, scope="substitute").rows] == ["Joris Maes"]
    assert [mail.recipient for mail in digests()] == ["nele.lambrecht@zandlede.example"]
    assert "in de plaats van Joris Maes" in digests()[0].body


def test_a_mail_that_was_refused_becomes_a_call() -> None:
    with MailServer() as server, clock.stopped_at(MONDAY):
        configure(replace(current(), mail_url=server.url))
        card = send_card(verwijzer__email="unknown@praktijk.example")
        settle()
        labels = [row.label for row in queue.page(actor("joris_maes")).rows]
        seen = overview.show(actor("karin_thijs"))
    assert any(card.number in label and "kwam niet aan" in label for label in labels)
    assert seen.dead_messages == 1


def test_a_busy_server_is_tried_again_with_the_same_message_id() -> None:
    with MailServer() as server, clock.stopped_at(MONDAY):
        configure(replace(current(), mail_url=server.url))
        server.answers.append("451 later")
        send_card()
        settle()
        assert server.mails == []
        with clock.stopped_at(local("2026-11-09 09:50")):
            settle()
        (message_id,) = server.message_ids
    assert message_id.endswith(".zandlede@z.example>")
    mail = message_from_bytes(server.mails[0], policy=policy.default)
    assert mail["From"] == "Zandlede <meernet@zandlede.example>"


class Killed(BaseException):
    """The process is gone."""


@dataclass(frozen=True, slots=True)
class DiesThen(HandedOver):
    """The process is killed in the moment that the mail server said yes."""

    def remember(self, message: Message) -> None:
        HandedOver.remember(self, message)
        raise Killed


def test_a_mail_that_was_accepted_before_the_process_died_is_not_sent_again(tmp_path: Path) -> None:
    with MailServer() as server:
        configure(replace(current(), mail_url=server.url, handed_over=DiesThen(tmp_path)))
        with clock.stopped_at(MONDAY):
            send_card()
            with pytest.raises(Killed):
                settle()
        configure(replace(current(), handed_over=HandedOver(tmp_path)))
        leases_run_out()
        with clock.stopped_at(MONDAY):
            settle()
        assert len(server.mails) == 1
        with transaction(MUNICIPALITY, readonly=True) as tx:
            states = [state for kind, state, _ in outbox_rows.states(tx) if kind == "mail"]
    assert states == ["done"]
    assert list(tmp_path.iterdir()) == []


def digests() -> list[Mail]:
    return [
        mail for mail in caught() if mail.recipient.endswith("@zandlede.example") and "taak" in mail.subject
    ]
