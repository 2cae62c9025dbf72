"""Does somebody who wants to help get a talk, a task that fits, and nothing that costs a benefit?"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.support.pages import PHONE, Screen

NUMBER = re.compile(r"VW-2026-\d{5}")


def fill_in(screen: Screen) -> None:
    """Ahmad is an electrician, and lives on a living wage."""
    screen.fill("Hoe word je graag genoemd?", "Ahmad")
    screen.pick("In welk dorp of welke wijk woon je?", "Statie")
    screen.fill("Gsm", "0400 00 00 04")
    screen.choose("Hoe ben je bij ons gekomen?", "Via een traject van OCMW of VDAB")
    screen.fill("Wat doe je graag? Waar vergeet je de tijd bij?", "Herstellen en uitleggen hoe iets werkt.")
    screen.choose("Waar ben je goed in?", "Herstellen")
    screen.fill("Wat heb je vroeger gedaan", "Elektricien")
    screen.choose("Krijg je een uitkering?", "Leefloon")


def test_a_volunteer_starts_when_everything_was_told_and_reported(visit: Visit) -> None:
    ahmad = visit(size=PHONE)
    ahmad.go("/kaart/vrijwilligersintake")
    fill_in(ahmad)
    expect(ahmad.page.get_by_text("je maatschappelijk werker van het OCMW")).to_be_visible()
    ahmad.press("Verstuur")
    expect(ahmad.page.get_by_text(NUMBER)).to_be_visible()
    number = NUMBER.findall(ahmad.main.inner_text())[0]
    assert ahmad.fact("Contactpersoon").startswith("Marleen Baert")

    marleen = visit("marleen.baert")
    marleen.go("/werk")
    row = marleen.main.get_by_role("listitem").filter(has_text=number)
    expect(row).to_contain_text("di 17 nov")
    row.get_by_role("link").first.click()
    marleen.press("Uitgenodigd")
    marleen.sees("Gesprek gepland", "Voer het talentgesprek", "di 24 nov")

    marleen.press("Gesprek gehad")
    marleen.choose("Hoe sprak je de persoon?", "Op kantoor")
    marleen.choose("Hoe gaf je de privacy-informatie?", "Blad meegegeven")
    marleen.press("Gesprek gehad")
    marleen.sees("Zoeken naar match")

    marleen.press("Maak een taak op maat")
    marleen.sees("Werk samen een taak op maat uit")
    marleen.press("Voorstel gedaan")
    marleen.fill("Welke taak stel je voor?", "Meehelpen in het repaircafé")
    marleen.choose("Is het een taak op maat?", "Ja")
    marleen.press("Voorstel gedaan")
    marleen.press("De vrijwilliger wil dit")

    # He may not start yet: there is no button, and the page says why.
    start = marleen.main.get_by_role("button", name="Start proefperiode")
    expect(start).to_have_count(0)
    marleen.sees("Laat eerst de informatienota lezen.")
    marleen.press("Informatienota gelezen")
    marleen.sees("Verwittig eerst het OCMW.")
    marleen.does_not_see("Laat eerst de informatienota lezen.")
    expect(start).to_have_count(0)
    marleen.press("Melding gedaan (C45B, OCMW)")
    marleen.does_not_see("Verwittig eerst het OCMW.")
    start.click()
    marleen.sees("Proefperiode", "Evaluatiegesprek", "maandag 21 december 2026")
