"""When is something due, and at which hour does somebody hear of it? The municipality's working calendar.

Instants are aware UTC, dates are local to the municipality. Day 0 is the day of receipt, or the next working day when
the counter is closed by then; day 1 is the working day after it (``language.md`` decisions 5, 6, 10, 21-23).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from app.definitions.model.workflows import Duration, Unit
from app.engine.durations import WORKING, shift
from app.engine.model.answers import Moment
from app.engine.model.people import Calendar

DIGEST = time(8, 30)
"""Local time at which reminders and escalations go out."""
_DAY = timedelta(days=1)


@cache
def legal_holidays(year: int) -> frozenset[date]:
    """The Belgian legal holidays of a year."""
    return frozenset(_holidays(year, ""))


def holiday_names(year: int, language: str = "nl") -> tuple[tuple[date, str], ...]:
    """The legal holidays of a year with what they are called (``nl``, ``fr`` or ``de``), in order."""
    return tuple(sorted(_holidays(year, language).items()))


def _holidays(year: int, language: str) -> dict[date, str]:
    # Found by name and not at the top: loading the package takes a third of a second.
    found = importlib.import_module("holidays").country_holidays("BE", years=year, language=language or None)
    return dict(found)


# Days ------------------------------------------------------------------------------------------------------


def closing_time(cal: Calendar, day: date) -> time | None:
    """When the counter closes on ``day``: ``None`` when it does not open, earlier than usual on a half closing day."""
    if day.weekday() >= 5 or day in legal_holidays(day.year):
        return None
    closes = cal.closes
    for closing in cal.closing_days:
        if closing.day == day:
            if closing.from_time is None or closing.from_time <= cal.opens:
                return None
            closes = min(closes, closing.from_time)
    return closes


def is_working_day(cal: Calendar, day: date) -> bool:
    """Whether ``day`` counts: Monday to Friday, no legal holiday, no whole local closing day."""
    return closing_time(cal, day) is not None


def on_or_after(cal: Calendar, day: date) -> date:
    """The first working day from ``day`` on."""
    while not is_working_day(cal, day):
        day += _DAY
    return day


def on_or_before(cal: Calendar, day: date) -> date:
    """The last working day up to and with ``day``."""
    while not is_working_day(cal, day):
        day -= _DAY
    return day


def move(cal: Calendar, day: date, n: int) -> date:
    """``n`` working days after ``day`` (before it when negative); ``day`` itself need not be one."""
    step = _DAY if n >= 0 else -_DAY
    for _ in range(abs(n)):
        day += step
        while not is_working_day(cal, day):
            day += step
    return day


def day_zero(cal: Calendar, start: datetime) -> date:
    """From which working day a term counts for something that came in at ``start``."""
    here = start.astimezone(cal.zone)
    closes = closing_time(cal, here.date())
    if closes is None:
        return on_or_after(cal, here.date())
    return here.date() if here.time() < closes else on_or_after(cal, here.date() + _DAY)


def waits_until(cal: Calendar, start: datetime) -> date | None:
    """The working day on which somebody sees what came in at ``start``; ``None`` when that is the day itself."""
    day = day_zero(cal, start)
    return day if day != start.astimezone(cal.zone).date() else None


def add_working_days(cal: Calendar, start: datetime, n: int) -> date:
    """The ``n``-th working day after day zero of ``start``."""
    return move(cal, day_zero(cal, start), n)


def working_days_between(cal: Calendar, first: date, last: date) -> int:
    """How many working days after ``first`` is ``last``? 0 on the day itself, and on closed days right after it."""
    days = 0
    while first < last:
        first += _DAY
        days += is_working_day(cal, first)
    return days


def same_distance(before: Calendar, after: Calendar, today: date, due_on: date) -> date:
    """The day as many working days from ``today`` on a new calendar as ``due_on`` was on the old one; never earlier."""
    days = working_days_between(before, today, due_on)
    found = move(after, today, days) if days else on_or_after(after, due_on)
    return max(found, due_on)


# Instants --------------------------------------------------------------------------------------------------


def instant(cal: Calendar, day: date, at: time) -> datetime:
    """A local time as UTC. One that does not exist moves on by the gap; of one that occurs twice the first counts."""
    return datetime.combine(day, at, cal.zone).astimezone(UTC)


def end_of(cal: Calendar, day: date) -> datetime:
    """24.00 of ``day``: the first instant that is past it."""
    return instant(cal, day + _DAY, time(0))


def opening(cal: Calendar, day: date) -> datetime:
    """The first hour of a working day; ``day`` moves on to one."""
    return instant(cal, on_or_after(cal, day), cal.opens)


def reminder_at(cal: Calendar, day: date) -> datetime:
    """8.30 on ``day``, or on the last working day before it."""
    return instant(cal, on_or_before(cal, day), DIGEST)


def digest_after(cal: Calendar, day: date) -> datetime:
    """8.30 on ``day``, or on the first working day after it."""
    return instant(cal, on_or_after(cal, day), DIGEST)


def local(cal: Calendar, now: datetime) -> Moment:
    """``now`` with the date on the wall."""
    return Moment(now=now, today=now.astimezone(cal.zone).date())


def half_day(cal: Calendar, now: datetime) -> str:
    """The half day of an attempt: ``2026-11-13:am`` or ``:pm`` (from noon)."""
    here = now.astimezone(cal.zone)
    return f"{here.date().isoformat()}:{'am' if here.hour < 12 else 'pm'}"


def is_open(cal: Calendar, now: datetime) -> bool:
    """Whether the counter is open at ``now``."""
    here = now.astimezone(cal.zone)
    closes = closing_time(cal, here.date())
    return closes is not None and cal.opens <= here.time() < closes


def _open_stretches(cal: Calendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Opening hours from ``start`` on, as UTC instants."""
    day = start.astimezone(cal.zone).date()
    while True:
        closes = closing_time(cal, day)
        if closes is not None:
            opens_at, closes_at = instant(cal, day, cal.opens), instant(cal, day, closes)
            if start < closes_at:
                yield max(start, opens_at), closes_at
        day += _DAY


def add_working_hours(cal: Calendar, start: datetime, hours: int) -> datetime:
    """The instant after so many opening hours; nothing counts while the counter is closed."""
    left = timedelta(hours=hours)
    for opens_at, closes_at in _open_stretches(cal, start):
        if opens_at + left <= closes_at:
            return opens_at + left
        left -= closes_at - opens_at
    raise AssertionError("the stretches never end")


# Durations -------------------------------------------------------------------------------------------------


def term_after(cal: Calendar, start: datetime | date, duration: Duration) -> date:
    """The date a duration ends on. Working units count from day zero, calendar units from the day on the wall."""
    day = start.astimezone(cal.zone).date() if isinstance(start, datetime) else start
    if duration.unit not in WORKING:
        return shift(day, duration)
    if duration.unit is Unit.WORKING_HOURS:
        since = start if isinstance(start, datetime) else opening(cal, start)
        return add_working_hours(cal, since, duration.amount).astimezone(cal.zone).date()
    zero = day_zero(cal, start) if isinstance(start, datetime) else on_or_after(cal, day)
    return move(cal, zero, duration.amount)


def term_before(cal: Calendar, day: date, duration: Duration) -> date:
    """The date a duration before ``day``; working units count working days back."""
    if duration.unit not in WORKING:
        return shift(day, duration, -1)
    return move(cal, day, -duration.amount) if duration.unit is Unit.WORKING_DAYS else on_or_before(cal, day)


def wake_after(cal: Calendar, start: datetime, duration: Duration) -> datetime:
    """When the clock rings a duration after ``start``: to the minute for hours, else 8.30 on a working day."""
    if duration.unit is Unit.WORKING_HOURS:
        return add_working_hours(cal, start, duration.amount)
    return digest_after(cal, term_after(cal, start, duration))


def reminder_day(cal: Calendar, due_on: date, before: Duration | None) -> date:
    """The working day to remind on: on the day itself, or so long before it."""
    if before is None or before.unit is Unit.WORKING_HOURS:
        return on_or_before(cal, due_on)
    if before.unit is Unit.WORKING_DAYS:
        return move(cal, due_on, -before.amount)
    return on_or_before(cal, shift(due_on, before, -1))


def overdue_at(cal: Calendar, due_on: date) -> datetime:
    """8.30 on the first working day on which something due on ``due_on`` is late."""
    return digest_after(cal, due_on + _DAY)


def escalation_at(cal: Calendar, due_on: date, after: Duration, *, since: datetime | None = None) -> datetime:
    """When an escalation ``after`` the deadline rings: 8.30 of that working day, and never before it is late.

    Working hours count from the end of the deadline; for a deadline `same day` they count from ``since``, the moment
    the day's task began (or the first opening hour after it), because the day itself is what is being watched.
    """
    if after.unit is Unit.WORKING_HOURS:
        return add_working_hours(cal, since or end_of(cal, due_on), after.amount)
    working = after.unit is Unit.WORKING_DAYS
    day = move(cal, due_on, after.amount) if working else shift(due_on, after)
    return max(digest_after(cal, day), overdue_at(cal, due_on))
