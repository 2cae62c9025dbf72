"""Does whoever referred hear in words, and in words only, that it began and that it ended?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.services.access import accounts
from app.services.cases import case_page
from app.services.follow_up import digest
from app.services.intake.submit_form import Receipt, submit
from app.services.people import partner_page, referrer_links, referrer_page
from app.services.people.referrer_page import CardStatus
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.referring import CAW, mails_to, referrals_of, registered, replied, sent, talk, visit
from tests.support.town import actor, card, holder_of, local, press, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
TOLD = ("Maria", "Canariebos", "kat", "eenzaam", "Eenzaam", "Fatima", "CAW", "praten", "psychisch")
SPOKEN = {"wijze": "bureau", "privacy_info": "blad"}


def by_link(name: str) -> Receipt:
    """A card sent by somebody with a personal link."""
    _, token = referrer_links.make(accounts.operator(MUNICIPALITY), name)
    came = referrer_links.open_link(MUNICIPALITY, token)
    request = card()
    return submit(replace(request, actor=came.actor, link=came.link))


def status(receipt: Receipt) -> CardStatus:
    return referrer_page.look_up(MUNICIPALITY, receipt.number, receipt.status_code)


@pytest.mark.parametrize("way", ["link", "email"])
def test_started_and_finished_reach_a_referrer_by_mail_and_on_the_page(way: str) -> None:
    with clock.stopped_at(MONDAY):
        receipt = by_link("Praktijk Peeters") if way == "link" else submit(card())
        settle()
        assert (status(receipt).status, len(status(receipt).feedback)) == ("ontvangen", 1)
        press(receipt.case, "bereikt", SPOKEN)
        settle()
        assert "samen begonnen" in status(receipt).feedback[-1][1]
        press(receipt.case, "afronden", reason="beantwoord")
        settle()
        end = status(receipt)
    assert end.status == "klaar"
    assert "afgerond" in end.feedback[-1][1]
    subjects = [mail.subject for mail in reversed(mails_to("peeters@praktijk.example"))]
    assert [subject.rpartition(" ")[2] for subject in subjects] == ["aangekomen", "opgestart", "afgerond"]
    everything = str(end) + str(mails_to("peeters@praktijk.example"))
    assert not [word for word in TOLD if word in everything]


def test_a_card_for_another_municipality_does_not_end_in_silence() -> None:
    with clock.stopped_at(MONDAY):
        receipt = submit(card(buurt="andere_gemeente"))
        press(receipt.case, "doorgestuurd", reason="niet_voor_deze_dienst")
        settle()
    assert "waar de persoon woont" in status(receipt).feedback[-1][1]


def test_what_a_partner_does_tells_the_referrer_nothing_of_its_own() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        receipt = submit(card())
        press(receipt.case, "bereikt", SPOKEN)
        (referral,) = referrals_of(talk(parent=receipt.case).case)
        came = visit(referral, sent(referral))
        for action in ("aanvaarden", "starten", "afronden"):
            partner_page.answer(came, replied(partner_page.show(came), action))
        settle()
        before = len(mails_to("peeters@praktijk.example"))
        press(receipt.case, "afronden", reason="doorverwezen")
        settle()
    assert (before, len(mails_to("peeters@praktijk.example"))) == (2, 3)
    everything = str(status(receipt)) + str(mails_to("peeters@praktijk.example"))
    assert not [word for word in TOLD if word in everything]
    assert case_page.show(holder_of(referral), referral).ended


def test_an_organisation_is_looked_over_by_who_said_so() -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        registered(review_on=date(2026, 11, 10), owner=joris.account)
        registered(key="later", name="Later", review_on=date(2027, 11, 10), owner=joris.account)
    for day, lines in (("2026-11-10", 1), ("2026-11-12", 1), ("2026-11-17", 2)):
        with clock.stopped_at(local(f"{day} 08:00")):
            digest.plan(MUNICIPALITY)
        with clock.stopped_at(local(f"{day} 08:45")):
            settle()
        told = [mail for mail in mails_to("joris.maes@zandlede.example") if CAW.name in mail.body]
        assert len(told) == lines, day
    assert "Later" not in str(told)
