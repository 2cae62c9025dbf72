"""How was a due date counted? The sum behind it, told only where counting again gives the same day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.definitions.model.workflows import Duration, Unit
from app.engine import calendar
from app.engine.deadlines import last_day_for
from app.engine.durations import WORKING
from app.engine.model.people import Calendar

_RULE = re.compile(r"(\d+) (working|calendar)? ?(hour|day|week|month)s?(?: from ([a-z0-9_.]+))?")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """``duration`` counted from ``begun`` (a local day). ``skipped``: the days from Monday to Friday in between that do
    not count; ``weekend``: a Saturday or Sunday lay in between; ``earlier``: the day the term ends on, when that is no
    working day and the work is to be done before it."""

    duration: Duration
    begun: date
    skipped: tuple[date, ...] = ()
    weekend: bool = False
    earlier: date | None = None


def counted(
    cal: Calendar, due_on: date | None, rule: str, *, entered: datetime, received: datetime
) -> Counted | None:
    """The sum of ``rule`` (a deadline as its author wrote it) that gives ``due_on``; ``None`` where it was set
    otherwise: moved by hand, by a next attempt, by a date somebody agreed on."""
    match = _RULE.fullmatch(rule.strip())
    if match is None or due_on is None or match[4] not in (None, "entered", "received"):
        return None
    start = received if match[4] == "received" else entered
    duration = Duration(int(match[1]), Unit(f"{match[2]} {match[3]}s" if match[2] else f"{match[3]}s"))
    end = calendar.term_after(cal, start, duration)
    if duration.unit not in WORKING:
        done = last_day_for(cal, end, entered)
        found = Counted(duration, start.astimezone(cal.zone).date(), earlier=end if done != end else None)
        return found if done == due_on else None
    begun = calendar.day_zero(cal, start)
    between = [begun + _DAY * n for n in range(1, (due_on - begun).days)]
    return (
        Counted(
            duration,
            begun,
            tuple(day for day in between if day.weekday() < 5 and not calendar.is_working_day(cal, day)),
            any(day.weekday() >= 5 for day in between),
        )
        if end == due_on
        else None
    )
