"""Can somebody follow their own question on a phone, and does who helps them hear of it? And by post?"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_card import agree, fill_card
from tests.e2e.test_staff import report
from tests.support.pages import PHONE, Screen

ADDED = "Mijn zus mag mee aan tafel"


def send(screen: Screen, first: str, name: str, *, by_letter: bool = False) -> tuple[str, str]:
    """A card about somebody: its number and the code that goes along with it."""
    screen.go("/kaart/doorverwijskaart")
    fill_card(screen, first=first, name=name, born="1947")
    if by_letter:
        screen.open("Adres")
        for part, text in (
            ("Straat", "Kerkstraat"),
            ("Huisnummer", "12"),
            ("Postcode", "9990"),
            ("Gemeente", "Zandlede"),
        ):
            screen.fill(part, text, within=screen.section("Over wie gaat het?"))
        screen.open("Wanneer en hoe het liefst")
        screen.choose("Hoe contacteren we je het liefst?", "Brief")
    agree(screen)
    screen.choose("Handtekening van de bewoner", "Naam typen")
    screen.fill("Getypte naam", f"{first} {name}")
    screen.press("Verstuur")
    screen.sees("Voor de persoon zelf")
    return screen.fact("Nummer"), screen.fact("Code")


def test_a_resident_sees_who_helps_withdraws_a_consent_and_adds_something(visit: Visit) -> None:
    number, code = send(visit(size=PHONE), "Godelieve", "Verstraete")
    karin = visit("karin.thijs")
    report(karin, "Joris Maes", "2026-11-09", "2026-11-10", instead="Nele Lambrecht")
    karin.press("Bewaar de afwezigheid")
    karin.sees("De afwezigheid van Joris Maes is bewaard.")
    phone = visit(size=PHONE)
    phone.go(f"/mijn/{number}#{code}")  # where the QR code leads
    expect(phone.page).to_have_url(re.compile(f"/mijn/{number}$"))  # the code left the address
    phone.press("Bekijk mijn vraag")
    phone.sees("Dag Godelieve", "Joris Maes is er tot 10/11/2026 niet, Nele Lambrecht vervangt.")
    expect(phone.main.get_by_role("listitem").filter(has_text="Ontvangen").first).to_have_attribute(
        "aria-current", "step"
    )
    karin.go("/beheer/afwezig")
    karin.main.get_by_role("button", name="Is terug Joris Maes").click()
    phone.main.get_by_text("Trek deze toestemming in").first.click()
    phone.sees("We laten de verwijzer niets meer weten.")
    phone.press("Ja, trek in")
    phone.sees("Je toestemming is ingetrokken.")
    phone.does_not_see("De doorverwijzer mag weten")
    phone.open("Iets toevoegen of vragen")
    phone.fill("Wat wil je zeggen?", ADDED)
    phone.press("Verstuur")
    expect(phone.page.get_by_role("status")).to_be_focused()
    phone.sees("Dank je. We hebben het goed ontvangen.", "Joris Maes kijkt dit na")
    joris = visit("joris.maes")
    joris.go("/werk")
    joris.sees(f"De bewoner van {number} trok een toestemming in")
    joris.follow(f"Lees wat de bewoner toevoegde aan {number}")
    joris.sees(f"De bewoner voegde toe: {ADDED}")


def test_who_has_no_mail_gets_a_letter_and_when_it_comes_back_somebody_knows(visit: Visit) -> None:
    number, _ = send(visit(size=PHONE), "Albert", "Verstraete", by_letter=True)
    hilde = visit("hilde.claes")
    row = hilde.main.get_by_role("row").filter(has_text=number)
    for _ in range(40):  # the worker puts it there in its own time
        hilde.go("/onthaal/post")
        if row.count():
            break
        hilde.page.wait_for_timeout(250)
    letter = re.search(r"BR-2026-\d{5}", row.inner_text())
    assert letter is not None
    hilde.press("Druk de gekozen brieven af")
    hilde.follow("Druk af zonder pdf")
    hilde.sees("Beste Albert,", "Je contactpersoon is Joris Maes", number)
    hilde.go("/onthaal/post")
    hilde.press("Ze zijn gepost")
    hilde.sees("Genoteerd: de brieven zijn gepost.")
    hilde.fill("Nummer van de brief", letter[0])
    hilde.page.keyboard.press("Enter")
    hilde.sees("Joris Maes krijgt een taak om een andere weg te proberen.")
    joris = visit("joris.maes")
    joris.go("/werk")
    joris.sees(f"Het bericht over {number} kwam niet aan")
