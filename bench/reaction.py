"""How soon does somebody see that a key was heard?

The product runs as ``make run`` starts it, on Zandlede with its stories; a real browser presses keys in it. It tells
how long after a press the next picture stood on the screen (Event Timing, in steps of 8 ms), and for a press that leads
to another page how long after it that page showed its first words.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from tests.e2e.product import PASSWORD, Product
from tests.e2e.test_broad_intake import begin
from tests.support.browser import NoBrowser, chromium
from tests.support.pages import DESK, Screen, watched

BUDGET_MS = 100.0
ROUNDS = 15
WATCH = """
window.meernetSeen = [];
new PerformanceObserver((list) => {
  const presses = list.getEntries().filter((entry) => ["keydown", "input"].includes(entry.name));
  window.meernetSeen.push(...presses.map((entry) => entry.duration));
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
FIRST_WORDS = """() => {
  const shown = performance.getEntriesByName("first-contentful-paint")[0];
  return shown ? performance.timeOrigin + shown.startTime : 0;
}"""


@dataclass(frozen=True, slots=True)
class Reaction:
    """Milliseconds from press to picture. ``leads`` when the press led to another page."""

    what: str
    middle: float
    worst: float
    leads: bool = False

    @property
    def within(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        return None if self.leads else self.middle <= BUDGET_MS


def lines() -> Iterator[Reaction]:
    """The queue, a small form and the conversation, key by key. Raises ``NoBrowser``."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        product = Product(Path(folder))
        product.prepare(stories=True)
        try:
            product.start()
            with watched(browser, product.url, size=DESK) as joris:
                joris.context.add_init_script(WATCH)
                joris.sign_in("joris.maes@zandlede.example", PASSWORD)
                yield from _queue(joris)
            with watched(browser, product.url, size=DESK) as hilde:
                hilde.context.add_init_script(WATCH)
                hilde.sign_in("hilde.claes@zandlede.example", PASSWORD)
                yield from _conversation(hilde)
        finally:
            product.stop()


def _queue(screen: Screen) -> Iterator[Reaction]:
    screen.go("/werk?toon=all")
    screen.page.keyboard.press("j")
    yield _pressed(screen.page, "queue: to the next row (j)", lambda turn: "j" if turn % 4 < 2 else "k")
    yield _pressed(screen.page, "queue: choose a row (x)", lambda _: "x")
    yield _led(screen, "queue: open a case (Enter)", "/werk?toon=all", "[data-row] a", "Enter")


def _conversation(screen: Screen) -> Iterator[Reaction]:
    begin(screen)
    notes = screen.page.locator("textarea").first
    notes.focus()
    yield _pressed(screen.page, "conversation: a letter in the notes", lambda _: "e")
    first = screen.page.locator("details.glance summary, .glance summary").first
    first.focus()
    yield _pressed(
        screen.page, "conversation: to the next domain", lambda turn: "ArrowDown" if turn % 2 else "ArrowUp"
    )
    yield _pressed(screen.page, "conversation: score a domain", lambda turn: str(turn % 4 + 1))


def _pressed(page: Page, what: str, key: Callable[[int], str]) -> Reaction:
    found: list[float] = []
    for turn in range(ROUNDS):
        page.evaluate("() => { window.meernetSeen = []; }")
        page.keyboard.press(key(turn))
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)))")
        seen = page.evaluate("() => window.meernetSeen")
        found.append(max(seen, default=16.0))  # what takes less than 16 ms is not told
    return Reaction(what, median(found), max(found))


def _led(screen: Screen, what: str, path: str, link: str, key: str) -> Reaction:
    found: list[float] = []
    for _ in range(ROUNDS):
        screen.go(path)
        screen.page.locator(link).first.focus()
        pressed = float(screen.page.evaluate("() => Date.now()"))
        screen.page.keyboard.press(key)
        screen.page.wait_for_load_state("load")
        screen.page.wait_for_function(
            "() => performance.getEntriesByName('first-contentful-paint').length > 0"
        )
        found.append(float(screen.page.evaluate(FIRST_WORDS)) - pressed)
    return Reaction(what, median(found), max(found), leads=True)


__all__ = ["NoBrowser", "Reaction", "lines"]
