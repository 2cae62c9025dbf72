"""What does a page show of what is collected for a case? Words are ready to show, dates local."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Side:
    """One option of the target: how many came in, how many of these count by now, how many are wanted (0: any)."""

    id: str
    label: str
    came: int
    counts: int
    wanted: int

    @property
    def short(self) -> int:
        """How many are still to be found."""
        return max(self.wanted - self.came, 0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is. ``per`` is what the sides are called; ``going``: more may come in; ``waits``: how many are still
    worked on; ``dropped``: how many do not count in the end; ``ready``: results may be asked for; ``gone``: some were
    destroyed, so that nothing is shown any more."""

    case: str
    number: str
    title: str
    form: str
    form_title: str
    about: tuple[tuple[str, str], ...]
    until: date | None
    per: str
    sides: tuple[Side, ...]
    came: int
    waits: int
    counts: int
    dropped: int
    release: int
    going: bool
    ready: bool
    gone: bool
