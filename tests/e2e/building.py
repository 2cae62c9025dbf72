"""What a village builds together: needs bundled in a small project, and a plan with actions."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from tests.e2e.neighbours import number_of
from tests.support.pages import Screen, starts


def begin(screen: Screen, title: str) -> None:
    """Begin a form at the desk."""
    screen.go("/onthaal")
    screen.click(screen.main.get_by_role("button", name=re.compile(rf"^Begin\s*: {re.escape(title)}$")))


def need(screen: Screen, title: str, village: str) -> str:
    """What a village lacks; its number."""
    begin(screen, "Nood of kans in het dorp")
    screen.choose("Is het een nood, een mogelijkheid of een kans?", "Een nood")
    screen.fill("Waarover gaat het?", title)
    screen.fill("Vertel", f"{title}: in het dorp lukt dat niet meer.")
    screen.pick("Welk dorp?", village)
    screen.choose("Welk thema?", "Verkeer en vervoer")
    screen.choose("Is professionele hulp nodig?", "Nee")
    screen.press("Verstuur")
    return number_of(screen, "NK")


def small_project(screen: Screen, name: str, village: str, needs: tuple[str, ...]) -> str:
    """Needs bundled in one project with steps; its number."""
    begin(screen, "Microproject")
    screen.fill("Hoe heet het?", name)
    screen.fill("Doel in één zin", "Elke week een rit naar de winkel.")
    for number in needs:
        _named(screen, number).check()
    screen.pick("Welk dorp?", village)
    screen.fill("Wie doet mee?", "De dorpsraad en drie chauffeurs")
    screen.fill("Waar?", "Aan de kerk")
    screen.fill("Van wanneer?", "01/12/2026")
    steps = screen.question("Stappen")
    screen.fill("Wat", "Een bus vragen", within=steps)
    screen.fill("Wie", "Griet", within=steps)
    screen.press("Verstuur")
    return number_of(screen, "MP")


def _named(screen: Screen, number: str) -> Locator:
    return screen.question("Welke noden en mogelijkheden brengt dit samen?").get_by_label(starts(number))


def action_sheet(screen: Screen, leads: str, village: str) -> str:
    """An action of the plan of a neighbourhood; its number."""
    begin(screen, "Actiefiche buurtplan")
    screen.fill("Uit welk aandachtspunt komt dit?", "Geen winkel in het dorp (buurtanalyse 2026)")
    screen.fill("Wat willen we bereiken?", "Iedereen raakt aan zijn boodschappen.")
    screen.fill("Wat doen we concreet?", "Een bus met vrijwilligers op dinsdag.")
    screen.choose("Bouwsteen", "Sociale netwerken")
    screen.pick("Buurt (", village)  # not the building block of that name
    screen.pick("Wie trekt?", leads)
    screen.fill("Of een andere naam", "De dorpsraad")
    screen.choose("Rol van het bestuur", "Ondersteuner")
    screen.fill("Welk resultaat verwachten we?", "Elke week een rit")
    screen.fill("Hoe meten we dat?", "Aantal meerijders")
    screen.fill("Streefwaarde", "12")
    screen.fill("Start", "01/12/2026")
    screen.fill("Einde", "17/12/2027")
    screen.press("Verstuur")
    return number_of(screen, "AF")


def self_assessment(screen: Screen, framework: str, phase: str) -> str:
    """A round of one of the three frameworks begins; its number."""
    begin(screen, "Toetsingskader: waar staan we?")
    screen.choose("Welk kader?", framework)
    screen.choose("In welke fase zitten we?", phase)
    screen.press("Verstuur")
    return number_of(screen, "ZE")


def invites(screen: Screen, *people: str) -> None:
    """Whoever follows the round asks people by mail."""
    screen.press("Nodig uit en volg op")
    lines = [f"{name}; {name.lower().replace(' ', '.')}@zandlede.example" for name in people]
    screen.fill("Wie nodig je uit?", "\n".join(lines))
    screen.pick("Groep voor wie er geen heeft", "College")
    screen.press("Nodig uit")
    screen.sees("De uitnodigingen vertrekken.")
