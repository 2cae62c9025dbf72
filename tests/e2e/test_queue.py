"""Is the list worked through without a mouse: filtered, kept, acted on in place, searched, handed over together?"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_card import NUMBER, agree, fill_card
from tests.support.pages import PHONE, Screen

WIDE = (1366, 850)


def _card(visit: Visit, first: str) -> str:
    """A new card of Joris in Oosthoek; its number."""
    wim = visit()
    wim.go("/kaart/doorverwijskaart")
    fill_card(wim, first=first, name="Roelandt", born="1939")
    agree(wim)
    wim.choose("Handtekening van de bewoner", "Mondeling akkoord")
    wim.fill("Getypte naam", "Wim Segers")
    wim.press("Verstuur")
    found = NUMBER.search(wim.main.inner_text())
    assert found
    return found[0]


def _row(screen: Screen, number: str) -> Locator:
    return screen.main.locator("[data-row]").filter(has_text=number)


def _walk_to(screen: Screen, number: str) -> None:
    """From the top down the list with j until the hands are on this row."""
    screen.page.evaluate("document.activeElement.blur()")
    mine = _row(screen, number).locator(".what > a")
    for _ in range(40):
        screen.page.keyboard.press("j")
        if mine.evaluate("link => link === document.activeElement"):
            return
    raise AssertionError(f"{number} is not reached with j")


def test_a_list_is_worked_through_with_the_keyboard(visit: Visit) -> None:
    first, second = _card(visit, "Firmin"), _card(visit, "Gusta")
    joris = visit("joris.maes", size=WIDE)
    page, keys = joris.page, joris.page.keyboard
    joris.go("/werk")

    # Filter, and keep it under a name.
    keys.press("f")
    expect(page.get_by_label("Soort dossier")).to_be_focused()
    page.get_by_label("Buurt").select_option(label="Oosthoek")
    keys.press("Escape")
    expect(page.get_by_label("Buurt")).to_be_hidden()
    keys.press("f")
    page.get_by_role("button", name="Toon").press("Enter")
    page.wait_for_url("**buurt=oosthoek**")
    joris.sees("Je ziet alleen:", "in Oosthoek")
    joris.follow("Bewaar deze weergave")
    page.get_by_label("Naam").fill("Mijn dorp")
    keys.press("Enter")
    views = page.get_by_role("navigation", name="Weergaven")
    expect(views.get_by_role("link", name="Mijn dorp")).to_have_attribute("aria-current", "page")

    # A try, written down without opening the case; the hands come back to the next row.
    _walk_to(joris, first)
    keys.press("e")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", name="Firmin Roelandt")).to_be_visible()
    panel.get_by_role("link", name="Niet bereikt").press("Enter")
    expect(panel.get_by_label("Geen antwoord")).to_be_visible()
    panel.get_by_role("button", name="Niet bereikt").last.press("Enter")
    page.wait_for_url(re.compile("buurt=oosthoek.*#t-"))
    expect(page.locator("[data-row] .what > a:focus")).to_have_count(1)
    expect(_row(joris, first)).to_contain_text("Wacht tot")

    # Closing the panel gives the focus back; a letter means nothing while one types.
    _walk_to(joris, second)
    keys.press("e")
    expect(panel).to_be_visible()
    keys.press("Escape")
    expect(panel).to_be_hidden()
    expect(_row(joris, second).locator("[data-act]")).to_be_focused()
    keys.press("/")
    keys.type(second.lower().replace("-", " "))
    keys.press("Enter")
    joris.sees("1 dossier gevonden.", "op nummer")
    assert second not in page.url

    # Two at once.
    joris.go("/werk?van=mine")
    for number in (first, second):
        _walk_to(joris, number)
        keys.press("x")
    expect(page.get_by_text("2 gekozen")).to_be_visible()
    page.get_by_role("button", name="Draag over").press("Enter")
    joris.sees("Deze 2 dossiers gaan naar een collega", first, second)
    to = page.get_by_label("Aan wie?")
    nele = to.locator("option").filter(has_text="Nele Lambrecht").get_attribute("value")
    to.select_option(value=nele)
    page.get_by_label("Waarom draag je over?").fill("Ik ben volgende week met verlof.")
    joris.press("Draag deze 2 over")
    joris.sees("2 overgedragen.")

    joris.go("/werk/weergaven")
    page.get_by_role("button", name=re.compile("^Verwijder.*Mijn dorp")).click()
    joris.sees("Je bewaarde nog geen weergave.")


def test_the_list_fits_a_thumb(visit: Visit) -> None:
    _card(visit, "Hilaire")
    joris = visit("joris.maes", size=PHONE)
    joris.go("/werk?van=mine")
    box = joris.main.locator("[data-act]").first.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert joris.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
