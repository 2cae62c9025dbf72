"""Which periods does a report have? Calendar months, quarters or years that follow each other and never overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTH, QUARTER, YEAR = "month", "quarter", "year"
LENGTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}
"""Months in each."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From ``first`` to ``last``, both days included: whole months."""

    first: date
    last: date

    @property
    def months(self) -> tuple[str, ...]:
        """``2026-11`` for each."""
        found, day = [], self.first
        while day <= self.last:
            found.append(f"{day:%Y-%m}")
            day = _after(day, 1)
        return tuple(found)


def following(unit: str, first: date) -> Iterator[Period]:
    """The periods from the month of ``first`` on. Where the unit was changed half way the first one is shorter: it
    ends where the calendar does."""
    begins = first.replace(day=1)
    while True:
        length = LENGTHS[unit]
        ends = _after(begins, length - (begins.month - 1) % length)
        yield Period(begins, ends - _DAY)
        begins = ends


def _after(day: date, months: int) -> date:
    """The first day of a month so many months later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
