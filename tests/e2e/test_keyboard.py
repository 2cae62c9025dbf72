"""Can the work be done without a mouse?"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from app.cli.demo.accounts import PASSWORD
from tests.e2e.conftest import Visit
from tests.e2e.test_card import agree, fill_card
from tests.support.by_keyboard import ByKeyboard

MOST_TABS = 60
FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return "";
  const label = it.labels?.[0]?.innerText ?? it.innerText ?? "";
  const frame = getComputedStyle(it), drawn = it.labels?.[0] ? getComputedStyle(it.labels[0]) : frame;
  const seen = [frame, drawn].some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
  return (seen ? "" : "UNSEEN ") + label.trim();
}"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what begins with these words has the focus; it must be seen there."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        assert not here.startswith("UNSEEN"), f"no visible focus on {here!r}"
        if here.startswith(words):
            return
        passed.append(here)
    raise AssertionError(f"{words!r} cannot be reached; passed {passed}")


def test_a_working_day_needs_no_mouse(visit: Visit) -> None:
    wim = visit()
    wim.go("/kaart/doorverwijskaart")
    fill_card(wim, first="Yvonne", name="Claeys", born="1949")
    agree(wim)
    wim.choose("Handtekening van de bewoner", "Mondeling akkoord")
    wim.fill("Getypte naam", "Wim Segers")
    wim.press("Verstuur")
    wim.sees("DVK-2026-")
    number = wim.fact("Nummer")

    joris = visit(hands=ByKeyboard)
    joris.go("/")
    page, keys = joris.page, joris.page.keyboard
    tab_to(page, "Naar de inhoud")
    keys.press("Enter")
    tab_to(page, "Aanmelden")
    keys.press("Enter")
    expect(page.get_by_label("E-mailadres")).to_be_visible()
    tab_to(page, "E-mailadres")
    keys.type("joris.maes@zandlede.example")
    tab_to(page, "Wachtwoord")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("button", name="Afmelden")).to_be_visible()
    tab_to(page, "Mijn werk")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Mijn werk")).to_be_visible()
    joris.click(joris.main.get_by_role("listitem").filter(has_text=number).get_by_role("link").first)
    expect(page.get_by_role("heading", name="Wat nu")).to_be_visible()
    tab_to(page, "Waarom bij deze persoon?")
    keys.press("Space")
    expect(page.get_by_text("Joris Maes is Aanspreekpunt 65+.").last).to_be_visible()
    for _ in range(MOST_TABS):
        keys.press("Shift+Tab")
        if page.evaluate(FOCUSED) == "Gesproken":
            break
    keys.press("Enter")
    expect(page.get_by_role("group", name="Hoe sprak je de persoon?")).to_be_visible()
    tab_to(page, "Telefoon")
    keys.press("ArrowDown")
    expect(page.get_by_label("Huisbezoek")).to_be_checked()
    tab_to(page, "Mondeling")
    keys.press("Space")
    tab_to(page, "Gesproken")
    keys.press("Enter")
    joris.sees("In opvolging", "Huisbezoek")
