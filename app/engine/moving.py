"""A closing day came, or another day was agreed: which terms and open tasks are due then?

Internal ones that count in working days, later only and with a line in the history; a date that was agreed and a term
in calendar days stay where they are, a statutory term always does, and no task moves past one (``language.md``
decision 21).
"""

from __future__ import annotations

from datetime import date

from app.definitions.model.workflows import Deadline, DeadlineKind, Limit
from app.engine import calendar
from app.engine.deadlines import due
from app.engine.durations import WORKING
from app.engine.facts_of import field_refs
from app.engine.limits import limit_key
from app.engine.messages import running_limits
from app.engine.model.cases import CalendarChanged, CancelTimers, MoveTask, SetLimit, SetTimer, TaskView
from app.engine.model.people import Calendar
from app.engine.tasks import MAIN, TimerKey, main_deadline, set_timers, started
from app.engine.turn import Turn


def calendar_changed(turn: Turn, event: CalendarChanged) -> None:
    """Move what is still running and not late yet to the day that leaves as many working days for it."""
    ends = dict(running_limits(turn))
    for limit in turn.workflow.limits:
        if limit.id in ends and not limit.statutory and _counts_days(limit.deadline):
            _move_limit(turn, limit, _later(turn, event.before, ends[limit.id]))
    for task in turn.case.tasks:
        if task.open and task.due_on is not None and _counts_days(_deadline(turn, task)):
            _move_task(turn, task, task.due_on, _later(turn, event.before, task.due_on))


def _later(turn: Turn, before: Calendar, due_on: date) -> date:
    """As many working days from now as it was; never earlier, and what is late stays late."""
    today = turn.reading.moment.today
    return (
        max(calendar.same_distance(before, turn.calendar, today, due_on), due_on)
        if due_on >= today
        else due_on
    )


def _move_limit(turn: Turn, limit: Limit, end: date) -> None:
    if end <= turn.case.limits[limit.id]:
        return
    key = limit_key(limit)
    for kind in ("remind", "escalate", "over"):
        turn.emit(CancelTimers(f"{kind}:{key}:"))
    turn.emit(SetLimit(limit.id, end))
    set_timers(turn, key, end, turn.case.holder)
    turn.emit(SetTimer("limit", str(TimerKey("over", key, end, 0)), calendar.overdue_at(turn.calendar, end)))
    turn.note("limit_moved", limit=limit.label or limit.id, day=f"{end:%d/%m/%Y}")


def _move_task(turn: Turn, task: TaskView, old: date, due_on: date) -> None:
    for _, end in running_limits(turn):
        if old <= end:
            due_on = min(due_on, max(calendar.on_or_before(turn.calendar, end), old))
    if due_on <= old:
        return
    for kind in ("remind", "escalate"):
        turn.emit(CancelTimers(f"{kind}:{task.key}:{old.isoformat()}:"))
    turn.emit(MoveTask(task.key, due_on))
    set_timers(turn, task.key, due_on, task.assignee)
    turn.note("moved", day=f"{due_on:%d/%m/%Y}")


def redate(turn: Turn, form_id: str) -> None:
    """A form behind a button that stays in the state gave the date by which its task is due: the latest counts."""
    deadline, task = main_deadline(turn), turn.task(MAIN)
    if deadline is None or task is None or task.due_on is None or not form_id:
        return
    if not any(name.startswith(f"{form_id}.") for name in field_refs(deadline.date)):
        return
    due_on = due(turn.calendar, deadline, started(turn))
    if due_on is None or due_on == task.due_on:
        return
    for kind in ("remind", "escalate"):
        turn.emit(CancelTimers(f"{kind}:{MAIN}:"))
    turn.emit(MoveTask(MAIN, due_on))
    set_timers(turn, MAIN, due_on, task.assignee)
    turn.note("dated", day=f"{due_on:%d/%m/%Y}")


def _deadline(turn: Turn, task: TaskView) -> Deadline | None:
    kind, _, rest = task.key.partition(":")
    if kind == MAIN:
        return main_deadline(turn)
    if kind == "also":
        number = rest.partition(":")[0]
        return next((rule.deadline for rule in turn.workflow.also if f"{rule.number}" == number), None)
    if kind == "every":
        state, _, tail = rest.partition(":")
        return turn.workflow.states[state].every[int(tail.split(":")[1])].deadline
    return None


def _counts_days(deadline: Deadline | None) -> bool:
    if deadline is None:
        return False
    if deadline.kind is DeadlineKind.SAME_DAY:
        return True
    return (
        deadline.kind is DeadlineKind.AFTER
        and deadline.duration is not None
        and deadline.duration.unit in WORKING
    )
