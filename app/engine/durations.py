"""What date is so many days, weeks or months away, by the calendar on the wall?"""

from __future__ import annotations

import calendar as months_of
from datetime import date, timedelta

from app.definitions.model.workflows import Duration, Unit

WORKING = frozenset({Unit.WORKING_HOURS, Unit.WORKING_DAYS})
"""Units that need a working calendar (:mod:`app.engine.calendar`)."""


def add_months(day: date, months: int) -> date:
    """Same day number ``months`` later (or earlier), else the last day of that month: 31/01 + 1 = 28/02."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = months_of.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def shift(day: date, duration: Duration, times: int = 1) -> date:
    """Return ``day`` moved by ``times`` a duration in calendar days, weeks or months; ``times`` may be negative.

    Months count from ``day`` at once, not step by step, so that 31/01 + 2 x 1 month is 31/03. Raises ``ValueError``
    for a working unit.
    """
    amount = duration.amount * times
    if duration.unit is Unit.CALENDAR_DAYS:
        return day + timedelta(days=amount)
    if duration.unit is Unit.WEEKS:
        return day + timedelta(weeks=amount)
    if duration.unit is Unit.MONTHS:
        return add_months(day, amount)
    raise ValueError(duration.unit)
