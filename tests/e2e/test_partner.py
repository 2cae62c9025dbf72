"""Does a referral reach a partner on a phone with only what was agreed, and does the answer come back?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_broad_intake import agreement, begin, first_part, number_of, score
from tests.support.accessibility import faults
from tests.support.pages import PHONE, Screen

CAW = "CAW Zandlede"
NUMBER = re.compile(r"VP-2026-\d{5}")
LINK = re.compile(r"/partner/[0-9a-f]{40}")
NOT_SHARED = ("Wonen en energie", "Samen gaan kijken", "Zorgen")


def register(tom: Screen, name: str = CAW) -> None:
    """The partner stands in the register."""
    tom.go("/partners/nieuw")
    tom.fill("Naam", name)
    tom.choose("Soort", "Welzijn")
    tom.fill("Telefoon", "0400 00 00 90")
    tom.fill("E-mail voor verwijzingen", "onthaal@caw.example")
    tom.press("Bewaar")
    tom.sees(f"{name} staat in het register.", "Geen contactpersoon.")


def talk(hilde: Screen, partner: str = CAW) -> None:
    """A broad intake in which somebody agrees to be referred."""
    begin(hilde)
    first_part(hilde, "Noor")
    hilde.choose("Is er vandaag nog iemand nodig?", "Nee")
    hilde.choose("Gaat het (ook) over geld of een uitkering van het OCMW?", "Nee")
    score(hilde, "Wonen en energie", "Zorgen")
    agreement(hilde, 1, "Samen gaan kijken", "Hilde Claes")
    rows = hilde.question("Naar wie mogen we je verwijzen?")
    hilde.click(rows.get_by_role("button", name="Voeg een rij toe"))
    hilde.pick("Partner", partner, within=rows)
    hilde.check(rows.get_by_label(re.compile("krijgt")))
    hilde.press("Verstuur")
    number_of(hilde)


def send(dries: Screen, button: str) -> str:
    """See what leaves, send it, and read the code that is told by telephone."""
    dries.press(button)
    preview = dries.main.get_by_role("region", name="Dit krijgt CAW Zandlede te zien")
    expect(preview).to_contain_text("energiefactuur")
    for text in NOT_SHARED:
        expect(preview).not_to_contain_text(text)
    dries.press(button)
    card = dries.main.get_by_role("region", name="Verwijzing naar CAW Zandlede")
    expect(card).to_contain_text("Verstuurd")
    found = re.search(r"\b\d{6}\b", card.inner_text())
    assert found
    return found[0]


def newest_link(tom: Screen, subject: str, seen: set[str]) -> str:
    """The link in the mail that was not read before."""
    for _ in range(40):
        tom.wait_for_mail(subject)
        links = tom.main.get_by_role("link", name=subject)
        paths = [str(item.get_attribute("href")) for item in links.all()]
        fresh = [path for path in paths if path not in seen]
        if fresh:
            seen.update(paths)
            tom.go(fresh[0])
            tom.does_not_see("Noor", "energiefactuur")
            found = LINK.search(tom.main.inner_text())
            assert found
            return found[0]
        tom.page.wait_for_timeout(250)
    raise AssertionError(f"no new mail {subject!r}")


def enter(phone: Screen, path: str, code: str) -> None:
    """The link from the mail and the code from the telephone."""
    phone.go(path)
    phone.does_not_see("Noor")
    assert faults(phone.page) == []
    phone.fill("Code van zes cijfers", code)
    phone.press("Open de verwijzing")
    phone.sees("Noor", "energiefactuur")
    phone.does_not_see(*NOT_SHARED)
    assert faults(phone.page) == []


@pytest.mark.timeout(300)
def test_a_partner_refuses_with_a_reason_and_the_next_time_helps(visit: Visit) -> None:
    tom, hilde, dries = visit("tom.aerts"), visit("hilde.claes"), visit("dries.vermeulen")
    register(tom)
    talk(hilde)

    dries.go("/werk")
    row = dries.main.get_by_role("listitem").filter(has_text=NUMBER).first
    number = NUMBER.search(row.inner_text())
    assert number
    row.get_by_role("link").first.click()
    code = send(dries, "Verstuur naar de partner")
    case, seen = dries.page.url, set[str]()
    path = newest_link(tom, f"Verwijzing {number[0]}", seen)

    phone = visit(size=PHONE)
    enter(phone, path, code)
    phone.press("Weigeren")
    assert faults(phone.page) == []
    phone.choose("Wat is de reden?", "Geen plaats of een te lange wachttijd")
    phone.press("Weigeren")
    phone.sees("Bedankt, er is nu niets te antwoorden.")

    dries.page.goto(case)
    dries.sees("Geweigerd", "Geen plaats of een te lange wachttijd", "Zoek samen een andere weg")
    again = send(dries, "Verstuur opnieuw")
    assert again != code
    enter(phone, newest_link(tom, f"Verwijzing {number[0]}", seen), again)
    for answer in ("Aanvaarden", "Gestart", "Afgerond"):
        phone.press(answer)
    phone.sees("Deze verwijzing is afgesloten")
    phone.does_not_see("Noor")
    dries.page.goto(case)
    dries.sees("Afgerond", "De partner ziet niets meer.")
