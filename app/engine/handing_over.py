"""Who is responsible from now on, and which small task is done?"""

from __future__ import annotations

from dataclasses import replace

from app.engine.calendar import local
from app.engine.entering import claim_by, look_again
from app.engine.facts_of import SHOWN_CLASS
from app.engine.model.cases import (
    Assign,
    CancelTimers,
    CloseTasks,
    HandedOver,
    OpenTask,
    ReassignTasks,
    TaskAdded,
    TaskDone,
    TaskView,
    Why,
)
from app.engine.model.people import Worker
from app.engine.policy import can_carry, can_do_tasks
from app.engine.staff import substitutes_of
from app.engine.subtasks import CONFIDENTIAL
from app.engine.tasks import MAIN, onlookers_of
from app.engine.turn import Refused, Turn

CLAIM = "claim"
CLAIMED, RELEASED = "claimed", "released"
GROUP = frozenset({CLAIMED, RELEASED})
"""Out of a group queue and back into it, also where that changes nothing of who is responsible."""
OWN, ADDED = "own", "added"
REGULAR = "regular"
"""Kind of a task that somebody added, and how it came to whom it is with."""


def handed_over(turn: Turn, event: HandedOver) -> None:
    """Move the case to one other person, with the open tasks that were its holder's; an ended case only while it has
    open tasks.

    The reason is not told here: somebody's own words may be confidential, services keep them sealed.
    """
    case = turn.case
    if turn.state.end and not any(item.open for item in case.tasks):
        raise Refused("ended")
    old = event.of or case.holder
    worker = _who_may_get_it(turn, event, old)
    why = Why(contact_point=case.contact_point, neighbourhood=case.neighbourhood, code=event.code)
    keys = tuple(item.key for item in case.tasks if item.open and item.assignee == old)
    if old != case.holder:
        _only_tasks(turn, keys, event, why)
        return
    turn.emit(Assign(event.to, case.contact_point, case.neighbourhood, why))
    if keys and event.to != old:
        turn.emit(ReassignTasks(keys, event.to, why))
    if event.code == RELEASED:
        claim_by(turn)
    else:
        _no_longer_unclaimed(turn)
    turn.note(event.code, name=worker.name, old=turn.name(old))


def _who_may_get_it(turn: Turn, event: HandedOver, old: str) -> Worker:
    worker = turn.worker(event.to)
    if worker is None or not worker.active:
        raise Refused("unknown_person", name=event.to)
    if event.to in turn.not_to:
        raise Refused("not_to", name=worker.name)
    if event.to == old and event.code not in GROUP:
        raise Refused("same_holder", name=worker.name)
    if not (can_carry if old == turn.case.holder else can_do_tasks)(worker.roles):
        raise Refused("cannot_carry", name=worker.name)
    return worker


def _only_tasks(turn: Turn, keys: tuple[str, ...], event: HandedOver, why: Why) -> None:
    """Somebody else stays responsible."""
    if keys:
        turn.emit(ReassignTasks(keys, event.to, why))
        turn.note("tasks_handed_over", name=turn.name(event.to), old=turn.name(event.of))


def _no_longer_unclaimed(turn: Turn) -> None:
    point = turn.points.get(turn.case.contact_point)
    if point is not None and point.group:
        turn.emit(CancelTimers(CLAIM))
    if turn.task(CLAIM) is not None:
        turn.emit(CloseTasks((CLAIM,), "done"))


def task_done(turn: Turn, event: TaskDone) -> None:
    """Tick off or give up a small task; the main task only ends by a button."""
    task = next((item for item in turn.case.tasks if event.task and event.task in (item.id, item.key)), None)
    if task is None:
        raise Refused("unknown_task")
    if not task.open:
        raise Refused("task_closed")
    if task.key == MAIN:
        raise Refused("main_by_action")
    if not _may_tick(turn, task, event.by):
        raise Refused("not_yours", name=turn.name(task.assignee))
    turn.emit(CloseTasks((task.key, *onlookers_of(turn.case, task.key)), event.outcome))
    turn.note("task_done" if event.outcome == "done" else "task_cancelled", name=turn.name(event.by))
    look_again(turn)


def task_added(turn: Turn, event: TaskAdded) -> None:
    """Open a task that no workflow asks for; the one who gets it must be able to have something of this case."""
    worker = turn.worker(event.to)
    if turn.state.end:
        raise Refused("ended")
    if worker is None or not worker.active:
        raise Refused("unknown_person", name=event.to)
    if event.to in turn.not_to:
        raise Refused("not_to", name=worker.name)
    if not can_do_tasks(worker.roles):
        raise Refused("cannot_carry", name=worker.name)
    if event.due_on < local(turn.calendar, turn.now).today:
        raise Refused("task_past")
    why = Why(contact_point=turn.case.contact_point, neighbourhood=turn.case.neighbourhood, code=ADDED)
    if event.regular is not None:
        why = replace(why, code=REGULAR, source="/".join(str(number) for number in event.regular))
    turn.emit(
        OpenTask(
            event.key,
            OWN,
            event.label,
            event.to,
            event.due_on,
            why,
            contact_point=turn.case.contact_point,
            privacy=CONFIDENTIAL if event.told else SHOWN_CLASS,
            told=event.told,
        )
    )
    day = f"{event.due_on:%d/%m/%Y}"
    if event.regular is not None:
        turn.note("regular_missed", to=worker.name, day=day)
    else:
        turn.note("task_added", name=turn.name(event.by), to=worker.name, day=day)


def _may_tick(turn: Turn, task: TaskView, by: str) -> bool:
    """Its assignee, the responsible person, and who stands in for either."""
    case = turn.case
    allowed = {task.assignee, case.holder}
    for account in (task.assignee, case.holder):
        allowed |= substitutes_of(account, case.contact_point, case.neighbourhood, turn.world, turn.now)
    return by in allowed - turn.not_to
