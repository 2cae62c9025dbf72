"""Which periods may a report be read for, and when do they begin and end?

One way to cut time for each report: quarters of a year that a reader may also cut in months would give the small
numbers away between them (ADR 27).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.definitions.model.reports import Compared, PeriodLength, Report
from app.reporting.frames import time_of
from app.reporting.results import Period
from app.services.errors import NotFound

MONTHS = {
    PeriodLength.MONTH: 1,
    PeriodLength.QUARTER: 3,
    PeriodLength.YEAR: 12,
    PeriodLength.ROLLING: 12,
    PeriodLength.LONG: 60,
    PeriodLength.TODAY: 1,
}
YEAR = 12
OFFERED = {
    PeriodLength.MONTH: 24,
    PeriodLength.QUARTER: 12,
    PeriodLength.YEAR: 6,
    PeriodLength.ROLLING: 1,
    PeriodLength.LONG: 1,
    PeriodLength.TODAY: 1,
}
ROLLING = (PeriodLength.ROLLING, PeriodLength.LONG)
"""Those that end today, whenever they are read; asked for by their own name."""
_KEYS = {
    PeriodLength.MONTH: re.compile(r"(\d{4})-(0[1-9]|1[0-2])"),
    PeriodLength.QUARTER: re.compile(r"(\d{4})-Q([1-4])"),
    PeriodLength.YEAR: re.compile(r"(\d{4})()"),
}


def period_of(length: PeriodLength, key: str, today: date) -> Period:
    """The period that is asked for by its key; empty: the one that runs. Raises ``NotFound``."""
    if length in (*ROLLING, PeriodLength.TODAY):
        if key not in ("", length.value):
            raise NotFound
        if length is PeriodLength.TODAY:
            return Period(length.value, today, today, running=True)
        return _period(length, _month(today) - MONTHS[length] + 1, today)
    if not key:
        return _period(length, _month(today) // MONTHS[length] * MONTHS[length], today)
    found = _KEYS[length].fullmatch(key)
    if found is None or not 1900 < int(found[1]) < 2200:
        raise NotFound
    first = int(found[1]) * YEAR + (int(found[2]) - 1) * MONTHS[length] if found[2] else int(found[1]) * YEAR
    if first > _month(today):
        raise NotFound
    return _period(length, first, today)


def offered(length: PeriodLength, today: date, since: date | None = None) -> tuple[Period, ...]:
    """Those to choose from, the newest first; ``since`` is when the first case came in."""
    found: list[Period] = []
    period = period_of(length, "", today)
    while len(found) < OFFERED[length] and (not found or since is None or period.last >= since):
        found.append(period)
        period = _period(length, _month(period.first) - MONTHS[length], today)
    return tuple(found)


def compared(report: Report, period: Period, today: date) -> Period | None:
    """The period that a reading stands beside; ``None`` without one."""
    if report.compare is Compared.NOTHING:
        return None
    length = MONTHS[report.period] if report.compare is Compared.BEFORE else YEAR
    return _period(report.period, _month(period.first) - length, today)


def keys_between(by: str, period: Period) -> Iterator[str]:
    """The months, quarters or years of a period, in order, each once."""
    yield from dict.fromkeys(time_of(by, month) for month in period.months)


def _month(day: date) -> int:
    return day.year * YEAR + day.month - 1


def _period(length: PeriodLength, month: int, today: date) -> Period:
    first, end = first_of(month), first_of(month + MONTHS[length])
    key = f"{first:%Y-%m}"
    if length in ROLLING:
        key = length.value if end > today else f"{key}+{MONTHS[length]}"
    elif length in (PeriodLength.QUARTER, PeriodLength.YEAR):
        key = time_of(length.value, key)
    return Period(key, first, end - timedelta(days=1), running=end > today)


def first_of(month: int) -> date:
    """The first day of a month, counted from the year 0."""
    return date(month // YEAR, month % YEAR + 1, 1)
