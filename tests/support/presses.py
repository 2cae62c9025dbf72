"""How many clicks, taps and keys does a job take? Counted in the browser, over all pages the job goes through."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.support.pages import Screen

LISTENS = """
addEventListener("pointerdown", (event) => { if (event.isTrusted) window.meernetPressed("clicks"); }, true);
addEventListener("keydown", (event) => { if (event.isTrusted && !event.repeat) window.meernetPressed("keys"); }, true);
"""


@dataclass
class Presses:
    """What was pressed so far: ``clicks`` (or taps) and ``keys``, the letters of a text among them."""

    counts: Counter[str] = field(default_factory=Counter)

    def heard(self, what: str) -> None:
        """One more, from the browser."""
        self.counts[what] += 1

    @property
    def clicks(self) -> int:
        """Clicks or taps."""
        return self.counts["clicks"]

    @property
    def keys(self) -> int:
        """Keys."""
        return self.counts["keys"]


def counting(screen: Screen) -> Presses:
    """Begin to count in this browser; pages that are open already are not counted."""
    presses = Presses()
    screen.context.expose_function("meernetPressed", presses.heard)
    screen.context.add_init_script(LISTENS)
    return presses
