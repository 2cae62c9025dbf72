"""How many taps is it from the poster to "goed aangekomen", and does a button ever cover what has the focus?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Visit
from tests.support.pages import PHONE, Screen

POSTER = "/kaart/buurtsignaal?buurt=oosthoek"
MOST_TAPS = 4
"""Kind, words, telephone, send. The neighbourhood is that of the poster."""
LEAST_HEIGHT = 48
COVERED = """element => {
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const own = element === top || element.contains(top) || top?.contains(element);
  return !own && top?.closest("label")?.control !== element;
}"""


class Thumb:
    """Taps, and counts them."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.taps = 0

    def tap(self, target: Locator) -> None:
        """One tap on something big enough for a thumb."""
        box = target.bounding_box()
        assert box
        assert box["height"] >= LEAST_HEIGHT
        self.taps += 1
        target.click()

    def write(self, label: str, words: str) -> None:
        """A tap in a box, and words."""
        box = self.screen.page.get_by_role("textbox", name=label)
        self.tap(box)
        expect(box).to_be_focused()
        self.screen.page.keyboard.type(words)


@pytest.mark.parametrize("scripts", [True, False])
def test_something_seen_in_the_street_is_told_in_four_taps(visit: Visit, scripts: bool) -> None:
    screen = visit(size=PHONE, scripts=scripts)
    screen.page.emulate_media(reduced_motion="reduce")  # else it lands where the box was
    screen.go(POSTER)
    thumb = Thumb(screen)
    thumb.tap(screen.page.locator("label", has_text="Over de buurt").first)
    thumb.write("Wat zie of hoor je?", "Het pad naar de bus is donker.")
    thumb.write("Telefoon", "0400 00 00 08")
    thumb.tap(screen.page.get_by_role("button", name="Verstuur"))
    expect(screen.page.locator(".receipt-number")).to_have_text(re.compile(r"SI-2026-\d{5}"))
    expect(screen.page.get_by_role("heading", name="Goed aangekomen")).to_be_visible()
    assert thumb.taps <= MOST_TAPS


def test_this_device_knows_the_neighbourhood_and_nothing_else_the_next_time(visit: Visit) -> None:
    screen = visit(size=PHONE)
    screen.go("/kaart/ik_doe_mee")
    screen.fill("Je naam", "Rik Peeters")
    screen.fill("Telefoon", "0400 00 00 43")
    screen.pick("In welk dorp of welke wijk?", "Statie")
    screen.press("Verstuur")
    expect(screen.page.locator(".receipt-number")).to_be_visible()
    screen.go("/kaart/buurtsignaal")
    expect(screen.page.get_by_label("Waar?")).to_have_value("statie")
    screen.sees("Dit koos je de vorige keer op dit toestel.")
    kept = screen.page.evaluate(
        "() => Object.entries(localStorage).filter(([, text]) => /Rik|0400/.test(text))"
    )
    assert kept == []


@pytest.mark.parametrize("size", [PHONE, (341, 212), (1366, 850)])  # the second is a desk screen at 400 %
def test_nothing_that_has_the_focus_lies_under_the_buttons(visit: Visit, size: tuple[int, int]) -> None:
    screen = visit(size=size)
    screen.page.emulate_media(reduced_motion="reduce")  # else it is still on its way there
    screen.go("/kaart/buurtactiviteit")
    screen.page.get_by_label("Voornaam").focus()
    for _ in range(24):
        screen.page.keyboard.press("Tab")
        focused = screen.page.locator("form[data-form] :focus")
        if focused.count():
            assert not focused.evaluate(COVERED), focused.evaluate("element => element.outerHTML")
