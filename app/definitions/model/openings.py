"""When in the year may a form be handed in?"""

from __future__ import annotations

from dataclasses import dataclass

from app.definitions.model.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day as an author writes it: ``1 january``, ``last friday of may``, ``3 weeks before last friday of may``.

    ``day`` is the day of the ``month``, or 0 where ``weekday`` (0 is Monday) counts: the ``nth`` of the month (-1: the
    last). ``year`` is 0 for a day that comes back each year. It lies ``amount`` of ``unit`` (as a duration is written)
    before that day, or ``after`` it.
    """

    month: int
    day: int = 0
    weekday: int = 0
    nth: int = 0
    year: int = 0
    amount: int = 0
    unit: str = ""
    after: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Opens:
    """The first and the last day of the season, both open. A season may go on into the next year."""

    start: YearDay
    end: YearDay
    span: Span = NOWHERE

    @property
    def every_year(self) -> bool:
        """Whether it comes back."""
        return not self.start.year
