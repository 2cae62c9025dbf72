"""What does a page of taking over somebody's work show? Dates are local, instants aware UTC, ids text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.storage.repositories.takeover_rows import Work


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of somebody's work: what is due by ``before`` (None: all), of one contact point (``""``: all)."""

    before: date | None = None
    contact_point: str = ""

    def holds(self, work: Work) -> bool:
        """Whether a case is meant."""
        soon = self.before is None or work.due_on <= self.before
        return soon and self.contact_point in ("", work.contact_point)


@dataclass(frozen=True, slots=True)
class Absent:
    """A colleague whose work the actor may take: ``until`` when away, ``suggested`` first."""

    account: str
    name: str
    open: int
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go: how many cases, how many of them late or due today.

    ``points`` are all contact points of what is open: id, label, number.
    """

    of: str
    name: str
    cases: int
    late: int
    today: int
    points: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Stayed:
    """A case that stays where it is: text ``working.stays.<reason>``."""

    case: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a takeover is. ``back`` is how many can still go back."""

    id: str
    of: str
    of_name: str
    to_name: str
    by_name: str
    reason: str
    at: datetime
    total: int
    moved: int
    waiting: int
    returned: int
    back: int
    stays: tuple[Stayed, ...] = ()
