"""Which terms run over the whole case, and what stops them?"""

from __future__ import annotations

from app.definitions.model.workflows import Limit
from app.engine import calendar
from app.engine.deadlines import term
from app.engine.model.cases import CancelTimers, CloseTasks, Mark, SetLimit, SetTimer
from app.engine.tasks import TimerKey, onlookers_of, set_timers, started
from app.engine.turn import Turn


def limit_key(limit: Limit) -> str:
    """The key a limit's timers and tasks hang on."""
    return f"limit:{limit.id}"


def start_limits(turn: Turn) -> None:
    """Set the limits that can be counted by now and were not set before; a limit never moves (decision 8)."""
    for limit in turn.workflow.limits:
        if limit.id in turn.case.limits or limit.until in turn.case.marks:
            continue
        end = term(turn.calendar, limit.deadline, started(turn))
        if end is None:
            continue
        turn.emit(SetLimit(limit.id, end))
        set_timers(turn, limit_key(limit), end, turn.case.holder)
        over = TimerKey("over", limit_key(limit), end, 0)
        turn.emit(SetTimer("limit", str(over), calendar.overdue_at(turn.calendar, end)))


def mark(turn: Turn, name: str) -> None:
    """Reach a milestone, once; stop the limits that ran until it and start those that count from it."""
    if name in turn.case.marks:
        return
    turn.emit(Mark(name))
    for limit in turn.workflow.limits:
        if limit.until == name and limit.id in turn.case.limits:
            _stop(turn, limit)
    start_limits(turn)


def _stop(turn: Turn, limit: Limit) -> None:
    for kind in ("remind", "escalate", "over"):
        turn.emit(CancelTimers(f"{kind}:{limit_key(limit)}:"))
    late = onlookers_of(turn.case, limit_key(limit))
    if late:
        turn.emit(CloseTasks(late, "done"))
