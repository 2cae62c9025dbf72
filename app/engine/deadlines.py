"""When is this task or term due, given its deadline as written and what has happened to the case?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from app.definitions.model.expressions import CaseRef, Expr, FieldRef, ListOf, RowRef
from app.definitions.model.workflows import Deadline, DeadlineKind
from app.engine.calendar import day_zero, local, on_or_before, term_after, term_before
from app.engine.durations import WORKING
from app.engine.evaluate import Facts, reckoned
from app.engine.model.answers import Answers, PartialDate, Row, Value
from app.engine.model.people import Calendar

_NO_MARKS: Mapping[str, datetime] = MappingProxyType({})
_NO_ANSWERS: Answers = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Started:
    """From when a deadline may count. ``entered`` is now for a new task; ``on_duty``: somebody is on duty right now,
    so that `same day` stays today, also when the counter is closed."""

    received: datetime
    entered: datetime
    marks: Mapping[str, datetime] = field(default_factory=lambda: _NO_MARKS)
    answers: Answers = field(default_factory=lambda: _NO_ANSWERS)
    row: Row | None = None
    on_duty: bool = False


def _as_date(value: Value | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, PartialDate) and value.day is not None:
        return value.earliest
    return None


def _read(expr: Expr | None, started: Started, cal: Calendar) -> date | None:
    """The date a deadline points at, ``None`` when it is not filled in; of a list the first that is."""
    if isinstance(expr, ListOf):
        days = (_read(item, started, cal) for item in expr.items)
        return next((day for day in days if day is not None), None)
    if isinstance(expr, FieldRef):
        return _as_date(started.answers.get(expr.field))
    if isinstance(expr, RowRef):
        return _as_date((started.row or {}).get(expr.name))
    if isinstance(expr, CaseRef) and expr.name in started.marks:
        return _as_date(started.marks[expr.name])
    return None if expr is None else _reckoned(expr, started, cal)


def _reckoned(expr: Expr, started: Started, cal: Calendar) -> date | None:
    """A date with days added or taken away: ``datum - 15``."""
    facts = Facts(started.answers, local(cal, started.entered), started.row, marks=frozenset(started.marks))
    found = reckoned(expr, facts)
    return found if isinstance(found, date) else None


def read_date(deadline: Deadline, started: Started, cal: Calendar) -> date | None:
    """The date that a deadline `{date: ...}` points at; ``None`` when it is not filled in."""
    found = _read(deadline.date, started, cal)
    return found if found is None or deadline.before is None else term_before(cal, found, deadline.before)


def _since(deadline: Deadline, started: Started) -> datetime | date | None:
    """Where the deadline counts from; ``None`` while that has not happened."""
    if deadline.since == "entered":
        return started.entered
    if deadline.since == "received":
        return started.received
    return started.marks.get(deadline.since) or _as_date(started.answers.get(deadline.since))


def term(cal: Calendar, deadline: Deadline, started: Started) -> date | None:
    """The date of a term, exactly as counted: a calendar-day term may end on a Sunday. ``None``: no deadline, or what
    it counts from has not happened yet."""
    if deadline.kind is DeadlineKind.NONE:
        return None
    if deadline.kind is DeadlineKind.SAME_DAY:
        return _same_day(cal, started)
    if deadline.kind is DeadlineKind.DATE:
        found = read_date(deadline, started, cal)
        if found is not None and deadline.before and found < started.entered.astimezone(cal.zone).date():
            found = None if deadline.duration is not None else found  # too late for that day already: `or`
        if found is not None or deadline.duration is None:
            return found
    since = _since(deadline, started)
    if since is None or deadline.duration is None:
        return None
    return term_after(cal, since, deadline.duration)


def _same_day(cal: Calendar, started: Started) -> date:
    if started.on_duty:
        return started.entered.astimezone(cal.zone).date()
    return day_zero(cal, started.entered)


def due(cal: Calendar, deadline: Deadline, started: Started) -> date | None:
    """The date a task is due on: the last working day of its term, but never before the day the task began.

    ``None`` only for `deadline: none`. A deadline whose beginning is unknown counts from the entry of the state.
    """
    if deadline.kind is DeadlineKind.NONE:
        return None
    end = term(cal, deadline, started)
    if end is None:
        end = (
            term_after(cal, started.entered, deadline.duration)
            if deadline.duration
            else day_zero(cal, started.entered)
        )
    if deadline.kind is DeadlineKind.SAME_DAY:
        return end
    working = deadline.duration is not None and deadline.duration.unit in WORKING
    if deadline.kind is DeadlineKind.AFTER and working:
        return end
    return last_day_for(cal, end, started.entered)


def last_day_for(cal: Calendar, end: date, begun: datetime) -> date:
    """The day to work towards when a term ends on ``end``: the last working day on or before it, else ``end`` itself
    when that would lie before the work began; never in the past of ``begun``."""
    today = begun.astimezone(cal.zone).date()
    rolled = on_or_before(cal, end)
    return rolled if rolled >= today else max(end, today)
