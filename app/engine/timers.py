"""A timer rang: does it still matter, and who hears of it?

Everything is looked at again. A timer of a closed task, another due date or a state that was left does nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.definitions.model.workflows import Escalation
from app.engine import calendar, consenting
from app.engine.entering import look_again, recurring, timed_exit
from app.engine.messages import fill
from app.engine.model.cases import OpenTask, Remind, TaskView, TimerFired, Why
from app.engine.staff import holder_of, onlooker, stand_in
from app.engine.tasks import TimerKey, ladder_of, open_task, read_key
from app.engine.turn import Turn
from app.texts import say

OF_TASKS = frozenset({"remind", "escalate"})
"""What still rings when a case ended: for the sub-tasks that were kept."""


def fired(turn: Turn, event: TimerFired) -> None:
    """Carry out a timer, if it still says something."""
    if not _matters(turn, event):
        return
    simple: Mapping[str, Callable[[Turn, str], None]] = {
        "auto": timed_exit,
        "every": recurring,
        "claim": _unclaimed,
        consenting.TIMER: _consents_over,
        consenting.ASK: consenting.ask_again,
    }
    if event.kind in simple:
        simple[event.kind](turn, event.key)
        return
    key = read_key(event.key)
    if key is None:
        return
    if key.task.startswith("limit:"):
        _limit(turn, key)
        return
    task = turn.task(key.task)
    if task is None or task.due_on != key.due_on:
        return
    if key.kind == "remind":
        _remind(turn, key, task)
    elif key.kind == "escalate":
        _escalate(turn, key, task.assignee)


def _matters(turn: Turn, event: TimerFired) -> bool:
    """Whether anything of a case still rings: of an ended one only the tasks that were kept."""
    if not turn.case.state or turn.case.blocked:
        return False
    return not turn.state.end or event.kind in OF_TASKS


def _consents_over(turn: Turn, key: str) -> None:
    consenting.rang(turn, key)
    look_again(turn)


# Reminders -------------------------------------------------------------------------------------------------


def _remind(turn: Turn, key: TimerKey, task: TaskView) -> None:
    rungs = ladder_of(turn, key.task).remind
    if key.rung < len(rungs):
        code = "on_the_day" if rungs[key.rung].before is None else "before"
        turn.emit(Remind(_hears(turn, task.assignee), key.task, code))


def _hears(turn: Turn, account: str) -> str:
    """Who hears of it today: whoever stands in while somebody is away."""
    place = (turn.case.contact_point, turn.case.neighbourhood)
    return stand_in(account, *place, turn.world, turn.now, not_to=turn.not_to)


# Escalations -----------------------------------------------------------------------------------------------


def _escalate(turn: Turn, key: TimerKey, responsible: str) -> None:
    """Somebody looks along, with a task; the responsible person stays (decision 7)."""
    rungs = ladder_of(turn, key.task).escalate
    if key.rung >= len(rungs) or any(item.key == str(key) for item in turn.case.tasks):
        return
    looking = {
        item.assignee
        for item in turn.case.tasks
        if item.open and item.key.startswith(f"escalate:{key.task}:")
    }
    account, code = _onlooker(turn, rungs[key.rung], frozenset(looking | {responsible, turn.case.holder}))
    turn.emit(Remind(_hears(turn, responsible), key.task, "late", urgent=True, onlooker=account))
    if not account:
        turn.note("no_onlooker", to=rungs[key.rung].to)
        return
    why = Why(contact_point=turn.case.contact_point, neighbourhood=turn.case.neighbourhood, code="escalation")
    label = say("reminders.escalation", task=_label(turn, key.task))
    due_on = calendar.day_zero(turn.calendar, turn.now)
    open_task(
        turn,
        OpenTask(
            str(key),
            "escalation",
            label,
            account,
            due_on,
            why,
            onlooker=True,
            contact_point=turn.case.contact_point,
        ),
    )
    turn.emit(Remind(account, str(key), "escalated", urgent=True))
    turn.note("escalated", name=turn.name(account), to=code)


def _onlooker(turn: Turn, rung: Escalation, exclude: frozenset[str]) -> tuple[str, str]:
    """Who looks along, and as what."""
    away = exclude | turn.not_to
    people = turn.substitutes() if rung.to == "substitute" else ()
    point = turn.points.get(rung.to)
    if point is not None:
        found = holder_of(
            point, turn.case.neighbourhood, turn.world, turn.now, points=turn.points, not_to=turn.not_to
        )
        people = (found.account,)
    seen = onlooker(rung.to, people, turn.world, turn.now, exclude=away)
    return seen.account, rung.to


def _label(turn: Turn, task_key: str) -> str:
    """What is late, in words without content."""
    if task_key.startswith("limit:"):
        found = next((item for item in turn.workflow.limits if f"limit:{item.id}" == task_key), None)
        return (found.label or found.id) if found is not None else task_key
    if task_key == "main":
        return fill(turn, turn.state.task) or turn.state.label
    if task_key.startswith(f"{consenting.TASK}:"):
        return consenting.label_of(turn, task_key)
    return turn.state.label


# Limits ----------------------------------------------------------------------------------------------------


def _limit(turn: Turn, key: TimerKey) -> None:
    limit = next((item for item in turn.workflow.limits if f"limit:{item.id}" == key.task), None)
    if limit is None or limit.until in turn.case.marks or turn.case.limits.get(limit.id) != key.due_on:
        return
    if key.kind == "escalate":
        _escalate(turn, key, turn.case.holder)
    elif key.kind == "over":
        turn.emit(Remind(_hears(turn, turn.case.holder), key.task, "limit_over", urgent=True))
        turn.note("limit_over", limit=limit.label or limit.id)
    elif key.rung < len(limit.remind):
        code = "limit_today" if limit.remind[key.rung].before is None else "limit_before"
        turn.emit(Remind(_hears(turn, turn.case.holder), key.task, code))


# Claims ----------------------------------------------------------------------------------------------------


def _unclaimed(turn: Turn, key: str) -> None:
    """Nobody took it from the group queue in time: the coordinator assigns (decision 29)."""
    point = turn.points.get(turn.case.contact_point)
    if point is None or not point.group or any(item.key == key for item in turn.case.tasks):
        return
    found = onlooker("coordinator", (), turn.world, turn.now, exclude=frozenset(turn.not_to))
    if not found:
        turn.note("no_onlooker", to="coordinator")
        return
    why = Why(contact_point=point.id, neighbourhood=turn.case.neighbourhood, code="unclaimed")
    due_on = calendar.add_working_days(turn.calendar, turn.now, 1)
    label = say("reminders.unclaimed", contact_point=point.label)
    open_task(
        turn,
        OpenTask(key, "escalation", label, found.account, due_on, why, onlooker=True, contact_point=point.id),
    )
    turn.note("unclaimed", name=turn.name(found.account))
