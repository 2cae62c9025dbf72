"""Does somebody who wants to help get a talk, a task that fits, and nothing that costs a benefit?"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Visit
from tests.support.pages import PHONE, Screen

NUMBER = re.compile(r"V[WT]-2026-\d{5}")
REPAIR, MADE = "Meehelpen in het repaircafé", "Meekijken bij de elektricien van het Buurthuis"


def number_of(screen: Screen) -> str:
    """The number on the receipt."""
    shown = screen.page.locator(".receipt-number")
    expect(shown).to_have_text(NUMBER)
    return shown.inner_text()


def ask_for_help(screen: Screen, task: str = REPAIR) -> str:
    """The repair café, without an account."""
    screen.go("/kaart/vrijwilligerstaak")
    screen.fill("Wat is de taak?", task)
    screen.choose("Welke talenten komen van pas?", "Herstellen")
    screen.check(screen.page.get_by_label("Donderdag Namiddag"))
    screen.pick("In welk dorp of welke wijk?", "Statie")
    screen.choose("Welke steun is er?", "Duidelijke uitleg of pictogrammen")
    screen.fill("Welke organisatie of dienst?", "Repaircafé Statie")
    screen.fill("Telefoon", "0400 00 00 71")
    expect(screen.page.get_by_text("Is deze taak nagekeken?")).to_have_count(0)
    screen.press("Verstuur")
    return number_of(screen)


def fill_in(screen: Screen) -> str:
    """Ahmad is an electrician, and lives on a living wage."""
    screen.go("/kaart/vrijwilligersintake")
    screen.fill("Wat doe je graag? Waar vergeet je de tijd bij?", "Herstellen en uitleggen hoe iets werkt.")
    screen.choose("Waar ben je goed in?", "Herstellen")
    screen.fill("Wat heb je vroeger gedaan", "Elektricien")
    screen.fill("Hoe word je graag genoemd?", "Ahmad")
    screen.pick("In welk dorp of welke wijk woon je?", "Statie")
    screen.fill("Gsm", "0400 00 00 04")
    screen.choose("Hoe ben je bij ons gekomen?", "Via een traject van OCMW of VDAB")
    screen.choose("Wat heb je nodig", "Duidelijke uitleg of pictogrammen", "Vervoer")
    screen.check(screen.page.get_by_label("Donderdag Namiddag"))
    screen.choose("Krijg je een uitkering?", "Leefloon")
    expect(screen.page.get_by_text("je maatschappelijk werker van het OCMW")).to_be_visible()
    screen.press("Verstuur")
    number = number_of(screen)
    assert screen.fact("Contactpersoon").startswith("Marleen Baert")
    return number


def open_case(screen: Screen, number: str) -> None:
    """From the queue to the case with that number."""
    screen.go("/werk")
    row = screen.main.get_by_role("listitem").filter(has_text=number).first
    screen.click(row.get_by_role("link").first)


def suggestion(screen: Screen, title: str) -> Locator:
    """One of the tasks that are put forward."""
    found = screen.main.get_by_role("region", name="Wat past hierbij?").get_by_role("listitem")
    return found.filter(has=screen.page.get_by_role("heading", name=title, exact=True))


def test_a_volunteer_starts_when_everything_was_told_and_reported(visit: Visit) -> None:
    task, number = ask_for_help(visit()), fill_in(visit(size=PHONE))
    marleen = visit("marleen.baert")

    # What comes from outside is looked at before it is proposed to anybody.
    open_case(marleen, task)
    marleen.sees(f"Bel en kijk na: {REPAIR}")
    marleen.press("In orde")

    open_case(marleen, number)
    marleen.sees("di 17 nov")
    marleen.press("Uitgenodigd")
    marleen.sees("Gesprek gepland", "Voer het talentgesprek", "di 24 nov")
    marleen.press("Gesprek gehad")
    marleen.choose("Hoe sprak je de persoon?", "Op kantoor")
    marleen.choose("Hoe gaf je de privacy-informatie?", "Blad meegegeven")
    marleen.press("Gesprek gehad")
    marleen.sees("Zoeken naar match")

    # The repair café is put forward, with what fits and what does not; a person decides.
    found = suggestion(marleen, REPAIR)
    for words in ("Talent: herstellen.", "Kan op donderdagnamiddag.", "Zelfde dorp of wijk."):
        expect(found).to_contain_text(words)
    expect(found).to_contain_text("Niet voorzien: vervoer.")
    found.get_by_role("link", name="Stel voor").click()
    expect(marleen.page.get_by_label("Welke taak stel je voor?")).to_have_value(REPAIR)
    expect(marleen.page.get_by_label("Bij wie of waar?")).to_have_value("Repaircafé Statie")
    marleen.press("Voorstel gedaan")
    marleen.sees("Hoor of het voorstel past", task)

    # It does not suit him: it is not put forward again by itself, and the place is free.
    marleen.press("Liever iets anders")
    marleen.choose("Waarom past dit voorstel niet?", "Het moment")
    marleen.press("Liever iets anders")
    expect(suggestion(marleen, REPAIR)).to_have_count(0)
    marleen.page.get_by_text("Waarom een andere niet?").click()
    marleen.sees("Werd al voorgesteld en paste niet.")

    # So a task is made to measure, from what he told.
    marleen.press("Maak een taak op maat")
    expect(marleen.question("Welke talenten komen van pas?").get_by_label("Herstellen")).to_be_checked()
    expect(marleen.page.get_by_label("Donderdag Namiddag")).to_be_checked()
    expect(marleen.question("Welke steun is er?").get_by_label("Vervoer")).not_to_be_checked()
    marleen.fill("Wat is de taak?", MADE)
    marleen.fill("Welke organisatie of dienst?", "Buurthuis")
    marleen.fill("Telefoon", "0400 00 00 72")
    marleen.choose("Is deze taak nagekeken?", "Ja")
    marleen.press("Verstuur")
    number_of(marleen)
    open_case(marleen, number)
    marleen.sees("Werk samen een taak op maat uit")
    expect(suggestion(marleen, MADE)).to_contain_text("Op maat gemaakt")
    suggestion(marleen, MADE).get_by_role("link", name="Stel voor").click()
    marleen.choose("Is het een taak op maat?", "Ja")
    marleen.press("Voorstel gedaan")
    marleen.press("De vrijwilliger wil dit")
    the_gates_open_one_by_one(marleen, "maandag 21 december 2026")


def the_gates_open_one_by_one(marleen: Screen, evaluated: str) -> None:
    """He may not start yet: there is no button, and the page says why."""
    start = marleen.main.get_by_role("button", name="Start proefperiode")
    expect(start).to_have_count(0)
    marleen.sees("Laat eerst de informatienota lezen.")
    marleen.press("Informatienota gelezen")
    marleen.sees("Versie 2026-1", "Verzekeringen.", "Discretie.")
    marleen.choose("Hoe werd de informatie gegeven?", "Samen gelezen")
    marleen.tick("Ik kreeg de informatie voor vrijwilligers (versie 2026-1)")
    marleen.press("Informatienota gelezen")
    marleen.sees("Verwittig eerst het OCMW.")
    marleen.does_not_see("Laat eerst de informatienota lezen.")
    expect(start).to_have_count(0)
    marleen.press("Melding gedaan (C45B, OCMW)")
    marleen.does_not_see("Verwittig eerst het OCMW.")
    marleen.click(start)
    marleen.sees("Proefperiode", "Evaluatiegesprek", evaluated)
