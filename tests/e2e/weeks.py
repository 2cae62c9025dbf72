"""Zandlede for one week: who sits where, at what moment, and the numbers that go from hand to hand.

``Week`` keeps one browser for each person and moves the clock for everybody. ``MEERNET_KEEP_WEEK`` names an empty
folder: what the week leaves behind stays there, and ``MEERNET_DATA_DIR=<folder> make run`` goes on from it.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e.product import PASSWORD, Product
from tests.support.pages import DESK, Screen, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KEPT = "MEERNET_KEEP_WEEK"
LIST = "formdefs/lists/zorgen.yaml"
"""What Tom changes."""
PRIVATE = ("alleen sinds de zomer", "koffie", "Eenzaam")
"""What was said between two people, and nobody else may read."""


def folder_of_the_week(otherwise: Path) -> Path:
    """Where the week is lived: the folder to keep, which must be empty, or one that goes away."""
    wanted = os.environ.get(KEPT)
    if not wanted:
        return otherwise
    folder = Path(wanted).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    assert not any(folder.iterdir()), f"{folder} is not empty: the week starts from nothing"
    return folder


@dataclass
class Week:
    """Zandlede that week; ``told`` is what people know of each other: numbers, codes, links."""

    product: Product
    browser: Browser
    desks: ExitStack = field(default_factory=ExitStack)
    told: dict[str, str] = field(default_factory=dict)

    def at(self, moment: str) -> None:
        """Everybody closes their browser, and it is later."""
        self.desks.close()
        self.product.at(moment)

    def enter(self, who: str = "", *, size: tuple[int, int] = DESK, scripts: bool = True) -> Screen:
        """Somebody sits down, and signs in."""
        opened: AbstractContextManager[Screen] = watched(
            self.browser, self.product.url, size=size, scripts=scripts
        )
        screen = self.desks.enter_context(opened)
        if who:
            screen.sign_in(f"{who}@zandlede.example", PASSWORD)
        return screen

    def task(self, screen: Screen, number: str) -> None:
        """Open the first task about a number in one's own list."""
        screen.go("/werk?toon=all")
        screen.main.locator("[data-row]").filter(has_text=number).get_by_role("link").first.click()
        screen.sees(number)
