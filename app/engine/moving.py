"""A closing day came: which open tasks are due later?

Internal deadlines in working days only, later only; a date that was agreed, a term in calendar days and a limit of the
whole case stay where they are (``language.md`` decisions 8 and 21).
"""

from __future__ import annotations

from app.definitions.model.workflows import Deadline, DeadlineKind
from app.engine import calendar
from app.engine.durations import WORKING
from app.engine.model.cases import CalendarChanged, CancelTimers, MoveTask, TaskView
from app.engine.tasks import MAIN, main_deadline, set_timers
from app.engine.turn import Turn


def calendar_changed(turn: Turn, event: CalendarChanged) -> None:
    """Move what is still open and not late yet to the day that leaves as many working days for it."""
    today = turn.reading.moment.today
    for task in turn.case.tasks:
        if (
            not task.open
            or task.due_on is None
            or task.due_on < today
            or not _counts_days(_deadline(turn, task))
        ):
            continue
        due_on = calendar.same_distance(event.before, turn.calendar, today, task.due_on)
        if due_on <= task.due_on:
            continue
        for kind in ("remind", "escalate"):
            turn.emit(CancelTimers(f"{kind}:{task.key}:{task.due_on.isoformat()}:"))
        turn.emit(MoveTask(task.key, due_on))
        set_timers(turn, task.key, due_on, task.assignee)
        turn.note("moved", day=f"{due_on:%d/%m/%Y}")


def _deadline(turn: Turn, task: TaskView) -> Deadline | None:
    kind, _, rest = task.key.partition(":")
    if kind == MAIN:
        return main_deadline(turn)
    if kind == "also":
        number = rest.partition(":")[0]
        return next((rule.deadline for rule in turn.workflow.also if f"{rule.number}" == number), None)
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
