"""Which task stands open, by when, and who is woken when it stays open?

A timer's key says what it hangs on: ``<kind>:<task key>:<due>:<rung>``. When it fires it is read back and compared with
the case as it then stands, so that a timer of a closed or moved task does nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from app.definitions.model.consents import Withdrawn
from app.definitions.model.workflows import (
    Deadline,
    DeadlineKind,
    Duration,
    Escalation,
    Every,
    Reminder,
    RouteRule,
    Unit,
)
from app.engine import calendar
from app.engine.deadlines import Started, due
from app.engine.durations import WORKING
from app.engine.messages import fill
from app.engine.model.answers import Row
from app.engine.model.cases import Case, CloseTasks, OpenTask, SetTimer
from app.engine.staff import works_on
from app.engine.turn import Turn

MAIN = "main"
OVERRIDE = "route:"
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who is woken around a due date: reminders before it, escalations after it."""

    remind: tuple[Reminder, ...] = ()
    escalate: tuple[Escalation, ...] = ()


@dataclass(frozen=True, slots=True)
class TimerKey:
    """What a timer of a task hangs on."""

    kind: str
    task: str
    due_on: date
    rung: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.task}:{self.due_on.isoformat()}:{self.rung}"


def read_key(text: str) -> TimerKey | None:
    """The parts of a timer's key, ``None`` when it is of another kind."""
    head, _, rest = text.partition(":")
    task, _, tail = rest.rpartition(":")
    task, _, day = task.rpartition(":")
    try:
        return TimerKey(head, task, date.fromisoformat(day), int(tail))
    except ValueError:
        return None


# Ladders ---------------------------------------------------------------------------------------------------


def override(turn: Turn) -> RouteRule | None:
    """The route rule whose deadline and escalations replace those of the start state, while the case is in it."""
    if turn.case.state != turn.workflow.start:
        return None
    numbers = {
        int(item.removeprefix(OVERRIDE)) for item in turn.case.escalations if item.startswith(OVERRIDE)
    }
    return next((rule for rule in turn.workflow.route if rule.number in numbers), None)


def ladder_of(turn: Turn, task_key: str) -> Ladder:
    """The reminders and escalations of a task or limit, as written."""
    kind, _, rest = task_key.partition(":")
    if kind == MAIN:
        rule = override(turn)
        escalate = rule.escalate if rule is not None and rule.escalate else turn.state.escalate
        return Ladder(turn.state.remind, escalate)
    if kind == "ask":
        ask = next((item for item in turn.state.asks if item.id == rest.partition(":")[0]), None)
        return Ladder(ask.remind) if ask is not None else Ladder()
    if kind == "also":
        number = int(rest.partition(":")[0])
        found = next((item for item in turn.workflow.also if item.number == number), None)
        return Ladder(found.remind, found.escalate) if found is not None else Ladder()
    if kind == "every":
        every = _every_of(turn, rest)
        return Ladder(every.remind, every.escalate) if every is not None else Ladder()
    if kind == "withdrawn":
        ended = withdrawn_of(turn, rest)
        return Ladder(ended.remind, ended.escalate) if ended is not None else Ladder()
    if kind == "limit":
        limit = next((item for item in turn.workflow.limits if item.id == rest), None)
        return Ladder(limit.remind, limit.escalate) if limit is not None else Ladder()
    return Ladder()


def _every_of(turn: Turn, rest: str) -> Every | None:
    """The recurring task behind ``<state>:<stamp>:<number>:<time>``."""
    state, _, tail = rest.partition(":")
    number = tail.split(":")[1] if tail.count(":") > 1 else ""
    written = turn.workflow.states[state].every if state in turn.workflow.states else ()
    return written[int(number)] if number.isdigit() and int(number) < len(written) else None


def withdrawn_of(turn: Turn, rest: str) -> Withdrawn | None:
    """What is to be done once a consent ended, behind ``<state>:<number>:<consent>:<version>``."""
    state, _, tail = rest.partition(":")
    number = tail.partition(":")[0]
    written = turn.workflow.states[state].withdrawn if state in turn.workflow.states else ()
    return written[int(number)] if number.isdigit() and int(number) < len(written) else None


def set_timers(
    turn: Turn, task_key: str, due_on: date, assignee: str, *, since: datetime | None = None
) -> None:
    """Set what wakes people around a due date; what lies in the past already is not sent (decision 6)."""
    turn.emit(*reminders(turn, task_key, due_on, assignee))
    turn.emit(*(timer for _, timer in escalations(turn, task_key, due_on, since=since)))


def reminders(turn: Turn, task_key: str, due_on: date, assignee: str) -> Iterator[SetTimer]:
    """The reminders that are still to come."""
    for rung, reminder in enumerate(ladder_of(turn, task_key).remind):
        at = _remind_at(turn, due_on, reminder, assignee)
        if at > turn.now:
            yield _timer(TimerKey("remind", task_key, due_on, rung), at)


def escalations(
    turn: Turn, task_key: str, due_on: date, *, since: datetime | None = None
) -> Iterator[tuple[Escalation, SetTimer]]:
    """Every rung with its timer, also one whose moment has passed."""
    for rung, escalation in enumerate(ladder_of(turn, task_key).escalate):
        at = calendar.escalation_at(turn.calendar, due_on, escalation.after, since=since)
        yield escalation, _timer(TimerKey("escalate", task_key, due_on, rung), at)


def _timer(key: TimerKey, at: datetime) -> SetTimer:
    """A timer of a task is tied to it; that of a limit hangs on the case."""
    limit = key.task.startswith("limit:")
    return SetTimer(f"limit_{key.kind}" if limit else key.kind, str(key), at, "" if limit else key.task)


def _remind_at(turn: Turn, due_on: date, reminder: Reminder, assignee: str) -> datetime:
    """8.30 on the day; for somebody who does not work on that weekday the last day before it that they do."""
    day = calendar.reminder_day(turn.calendar, due_on, reminder.before)
    earlier = day
    for _ in range(7):
        if works_on(turn.world, assignee, earlier) and calendar.is_working_day(turn.calendar, earlier):
            at = calendar.reminder_at(turn.calendar, earlier)
            return at if at > turn.now else calendar.reminder_at(turn.calendar, day)
        earlier = date.fromordinal(earlier.toordinal() - 1)
    return calendar.reminder_at(turn.calendar, day)


# Opening ---------------------------------------------------------------------------------------------------


def started(turn: Turn, row: Row | None = None) -> Started:
    """From when a deadline of a task that begins now may count."""
    case = turn.case
    return Started(case.received_at or turn.now, turn.now, case.marks, case.answers, row, turn.on_duty)


def open_task(turn: Turn, task: OpenTask, *, since: datetime | None = None) -> None:
    """Open a task with its timers."""
    turn.emit(task)
    if task.due_on is not None:
        set_timers(turn, task.key, task.due_on, task.assignee, since=since)


def main_deadline(turn: Turn) -> Deadline | None:
    """The deadline of the state, or that of the route rule which replaces it."""
    rule = override(turn)
    return rule.deadline if rule is not None and rule.deadline is not None else turn.state.deadline


def open_main(turn: Turn, *, due_on: date | None = None, not_before: datetime | None = None) -> None:
    """Open the task of the state the case is in; a state without task or deadline asks nothing."""
    deadline = main_deadline(turn)
    state = turn.state
    if deadline is None or (deadline.kind is DeadlineKind.NONE and not state.task):
        return
    same_day = deadline.kind is DeadlineKind.SAME_DAY
    task = OpenTask(
        key=MAIN,
        kind=MAIN,
        label=fill(turn, state.task) or state.label,
        assignee=turn.case.holder,
        due_on=due_on or due(turn.calendar, deadline, started(turn)),
        why=turn.reason_why(),
        due_rule=deadline.source,
        not_before=not_before,
        urgent=same_day,
        contact_point=turn.case.contact_point,
    )
    open_task(turn, task, since=turn.now if same_day else None)


def close_main(turn: Turn, outcome: str = "done") -> None:
    """Close the main task and what its lateness had opened."""
    if turn.task(MAIN) is not None:
        turn.emit(CloseTasks((MAIN, *onlookers_of(turn.case, MAIN)), outcome))


def onlookers_of(case: Case, task_key: str) -> tuple[str, ...]:
    """The open tasks of those who look along because a task is late."""
    prefix = f"escalate:{task_key}:"
    return tuple(item.key for item in case.tasks if item.open and item.key.startswith(prefix))


def _one_later(turn: Turn, old: date) -> date:
    """One state deadline after ``old`` (or after today, when ``old`` has passed)."""
    deadline = main_deadline(turn)
    base = max(old, calendar.day_zero(turn.calendar, turn.now))
    duration = deadline.duration if deadline is not None else None
    if duration is None or duration.unit is Unit.WORKING_HOURS:
        duration = Duration(1, Unit.WORKING_DAYS)
    end = calendar.term_after(turn.calendar, base, duration)
    return end if duration.unit in WORKING else calendar.on_or_before(turn.calendar, end)


def next_attempt(turn: Turn, old: date | None, limits: Iterable[date]) -> date:
    """When the next attempt is due: one state deadline later, never past a running limit (decision 8)."""
    zero = calendar.day_zero(turn.calendar, turn.now)
    found = max(_one_later(turn, old or zero), zero)
    for limit in limits:
        found = min(found, max(calendar.on_or_before(turn.calendar, limit), zero))
    return found


def not_earlier(turn: Turn, wait: Duration | None, other_part: bool, due_on: date) -> datetime | None:
    """From when the next attempt makes sense: so long later, on another part of the day than now."""
    if wait is None and not other_part:
        return None
    day = (
        calendar.term_after(turn.calendar, turn.now, wait)
        if wait is not None
        else calendar.day_zero(turn.calendar, turn.now)
    )
    day = min(calendar.on_or_after(turn.calendar, day), due_on)
    morning = calendar.half_day(turn.calendar, turn.now).endswith(":am")
    at_noon = other_part and morning
    closes = calendar.closing_time(turn.calendar, day)
    if at_noon and closes is not None and closes > _NOON:
        return calendar.instant(turn.calendar, day, _NOON)
    return calendar.opening(turn.calendar, day)
