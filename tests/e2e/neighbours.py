"""What neighbours do with the public forms: a street party, company for a walk, something seen in the street."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.support.pages import Screen
from tests.support.pictures import png

SOUP = png(64, 48)
"""A photo, as small as may be."""


def number_of(screen: Screen, prefix: str) -> str:
    """The number on the receipt, such as BA-2026-00001."""
    shown = screen.page.locator(".receipt-number")
    expect(shown).to_have_text(re.compile(rf"{prefix}-2026-\d{{5}}"))
    return shown.inner_text().strip()


def ask_for_a_party(screen: Screen, day: str) -> str:
    """Els and her neighbours want to close their street; ``day`` as one types it."""
    screen.go("/kaart/buurtactiviteit")
    screen.fill("Voornaam", "Els")
    screen.fill("Familienaam", "Peeters")
    screen.fill("Gsm", "0400 00 00 06")
    screen.fill("E-mail", "els.peeters@zandlede.example")
    screen.fill("Wie kunnen we nog bellen?", "Rik Vanhoutte")
    screen.fill("Telefoon van die persoon", "0400 00 00 07")
    screen.choose("Buurtcomité, vereniging of gewoon buren?", "Gewoon buren")
    screen.fill("Wat ga je doen?", "Soep in de straat")
    screen.choose("Waar?", "Op straat")
    screen.fill("Welke straat of zaal?", "Molenstraat")
    screen.pick("In welk dorp of welke wijk?", "Oosthoek")
    screen.fill("Op welke dag?", day)
    screen.fill("Hoeveel mensen verwacht je?", "60")
    screen.choose("Moet de straat dicht?", "Ja")
    screen.fill("Welke straten, en tussen welke uren?", "Molenstraat, van 14 tot 20 uur")
    screen.choose("Is de meerderheid van de buren akkoord?", "Ja")
    screen.sees("Dat is binnen 30 dagen.")
    screen.press("Verstuur")
    return number_of(screen, "BA")


def look_for_company(screen: Screen, who: tuple[str, str], *, offers: bool = False, village: str) -> str:
    """Somebody wants to walk on Tuesday afternoon, or offers to come along."""
    screen.go("/kaart/buurtgezel")
    screen.choose("Ik zoek of ik bied", "Ik bied" if offers else "Ik zoek")
    screen.choose("Waarvoor?", "Wandelen")
    screen.check(screen.page.get_by_label("Dinsdag Namiddag"))
    screen.choose("Hoe vaak?", "Wekelijks")
    screen.fill("Voornaam", who[0])
    screen.fill("Familienaam", who[1])
    screen.fill("Gsm", "0400 00 00 31")
    screen.fill("In welke straat woon je?", "Kerkweg")
    screen.pick("In welk dorp of welke wijk?", village)
    screen.tick("Ik las de spelregels")
    screen.press("Verstuur")
    return number_of(screen, "BG")


def listed(screen: Screen, number: str) -> Locator:
    """The tasks about a number in one's own list."""
    screen.go("/werk?toon=all")
    return screen.main.locator("[data-row]").filter(has_text=number)


def bring_together(worker: Screen) -> None:
    """Two neighbours on Tuesday afternoon: a person decides, and no name is told before both agree."""
    found = worker.main.get_by_role("region", name="Wat past hierbij?").get_by_role("listitem").first
    for words in ("Past bij de vraag: wandelen.", "Kan op dinsdagnamiddag.", "Zelfde dorp of wijk."):
        expect(found).to_contain_text(words)
    found.get_by_role("link", name="Stel voor").click()
    worker.press("Stel deze buur voor")
    worker.sees("Bel allebei apart", "Bel eerst wie zoekt.")
    expect(worker.main.get_by_role("button", name="Spreek een kennismaking af")).to_have_count(0)
    worker.press("Wie zoekt is akkoord")
    worker.press("Wie helpt is akkoord")
    worker.press("Spreek een kennismaking af")
    worker.sees("Breng ze samen en wees erbij")
    worker.press("Kennisgemaakt")
    worker.press("Het klikt, ik laat los")


def worry_about(screen: Screen, village: str) -> str:
    """Olena is worried about somebody who does not know it: no name goes in, she wants to be called."""
    screen.go("/kaart/buurtsignaal")
    screen.choose("Gaat het over de buurt of over een persoon?", "Over een persoon")
    screen.choose("Weet de persoon dat je dit doorgeeft?", "Nee: bel mij, ik wil overleggen")
    screen.sees("Zonder akkoord bewaren we geen naam.")
    screen.pick("Waar?", village)
    screen.fill("Telefoon", "0400 00 00 08")
    screen.press("Verstuur")
    return number_of(screen, "SI")


def see_a_dark_path(screen: Screen, village: str) -> str:
    """Olena sees something in the street that anybody may know."""
    screen.go("/kaart/buurtsignaal")
    screen.choose("Gaat het over de buurt of over een persoon?", "Over de buurt")
    screen.fill("Wat zie of hoor je?", "Het pad naar de bus is 's avonds donker.")
    screen.pick("Waar?", village)
    screen.fill("E-mail", "olena.kovalenko@zandlede.example")
    screen.press("Verstuur")
    return number_of(screen, "SI")


def tell_a_story(screen: Screen) -> tuple[str, str]:
    """Rik tells of the soup of his neighbour, with a photo; the number, and the code to see it oneself."""
    screen.go("/kaart/verhaal")
    screen.fill("Vertel het verhaal", "Elke donderdag brengt mijn buurvrouw soep.")
    screen.choose("Zijn er andere mensen herkenbaar?", "Nee")
    screen.choose("Welke naam mag erbij?", "Alleen mijn voornaam")
    screen.fill("Voornaam", "Rik")
    screen.fill("E-mail", "rik.vanhoutte@zandlede.example")
    screen.tick("Mijn verhaal mag op de website")
    screen.tick("Mijn verhaal mag in het gemeenteblad")
    screen.page.locator('input[type="file"][name^="foto"]').first.set_input_files(
        {"name": "soep.png", "mimeType": "image/png", "buffer": SOUP}
    )
    screen.fill("Wie staat erop?", "Rik en zijn buurvrouw")
    screen.fill("Wat is er te zien?", "Twee buren met een kom soep")
    screen.choose("Is er iemand jonger dan 18 jaar bij?", "Nee")
    screen.tick("Iedereen op de foto")
    screen.choose("Mogen we inkorten? Je leest na.", "Nee")
    screen.press("Verstuur")
    return number_of(screen, "VH"), screen.fact("Code")
