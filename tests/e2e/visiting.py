"""A home visit: what was found belongs to nobody, what somebody asks has a name."""

from __future__ import annotations

from tests.e2e.neighbours import number_of
from tests.support.pages import Screen, starts


def findings(screen: Screen, village: str) -> None:
    """The sheet of what was found, which nobody can trace; no number and no name come back."""
    screen.go("/onthaal")
    sheet = screen.main.get_by_role("listitem").filter(has_text="Bevindingen van een huisbezoek").first
    screen.click(sheet.get_by_role("link", name=starts("Invullen")))
    screen.pick("Buurt", village)
    screen.pick("Maand van het bezoek", "November")
    screen.choose("Leeftijdsgroep", "85 of ouder")
    screen.choose("Hoe woont u?", "Alleen")
    screen.choose("Ziet u genoeg mensen?", "Te weinig")
    screen.press("Verstuur")


def asks_for_contact(screen: Screen, first: str, name: str, village: str) -> str:
    """The form that is offered blank afterwards, signed on paper; its number."""
    screen.press("Open: Vraag tot contact na een huisbezoek")
    screen.fill("Voornaam", first)
    screen.fill("Familienaam", name)
    screen.pick("In welk dorp of welke wijk woont u?", village)
    screen.fill("Telefoon", "0400 00 00 32")
    screen.choose("Kruis aan", "Eenzaam, mensen ontmoeten")
    screen.choose("Kan dit wachten tot volgende week?", "Ja")
    screen.tick("Ik vraag dat")
    screen.choose("Handtekening", "Op papier getekend")
    screen.fill("Getypte naam, waar het papier ligt", "In de map van de bezoekers")
    screen.fill("Wie kwam er op bezoek?", "Annemie en Youssef")
    screen.press("Verstuur")
    return number_of(screen, "HB")
