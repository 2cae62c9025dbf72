"""A case ends while sub-tasks are still open: what becomes of them?

Whoever ends it says so for each of them: done, cancelled, or kept by who has it (``language.md`` decision 30). Where
nobody can be asked (a timed or automatic end, somebody outside the house) they are kept: nothing is dropped in silence.
A button that cancels all tasks by itself asks nothing.
"""

from __future__ import annotations

from app.definitions.model.workflows import Action
from app.engine.model.cases import Acted, CancelTimers, Case, CloseTasks
from app.engine.subtasks import task_label
from app.engine.tasks import onlookers_of
from app.engine.turn import BLOCK, Refused, Turn

SUB = "sub"
KEPT = "kept"
OUTCOMES = frozenset({"done", "cancelled", KEPT})
CANCEL_ALL = frozenset({"cancel_tasks", BLOCK})
OF_THE_CASE = ("every:", "auto:", "claim", "consent", "remind:limit:", "escalate:limit:", "over:")
"""The keys of timers that hang on the case itself; those of a task go when it closes and stay when it is kept."""


def open_subtasks(case: Case) -> tuple[str, ...]:
    """The keys of the sub-tasks that are still open, in the order in which they were opened."""
    return tuple(item.key for item in case.tasks if item.open and item.kind == SUB)


def asked_about(turn: Turn, action: Action) -> tuple[str, ...]:
    """The sub-tasks that this button asks about: those open when it ends the case."""
    target = turn.workflow.states.get(action.to)
    if target is None or not target.end or CANCEL_ALL & set(action.does):
        return ()
    return open_subtasks(turn.case)


def settle(turn: Turn, action: Action, event: Acted) -> None:
    """Take what was said of the open sub-tasks; refused while something is not said of one."""
    asked = asked_about(turn, action)
    if turn.worker(event.by) is None:
        return
    missing = [key for key in asked if event.open_tasks.get(key) not in OUTCOMES]
    if missing:
        labels = "; ".join(task_label(turn, key) for key in missing)
        raise Refused("open_tasks", tasks=labels, keys=",".join(missing))
    turn.settled = {key: event.open_tasks[key] for key in asked}


def end(turn: Turn) -> None:
    """Close what an ended case no longer asks: all but the sub-tasks that are kept and who looks along with those."""
    asked = open_subtasks(turn.case)
    kept = {key for key in asked if turn.settled.get(key, KEPT) == KEPT and not turn.case.blocked}
    done = tuple(key for key in asked if turn.settled.get(key) == "done")
    stay = kept | {key for task in kept for key in onlookers_of(turn.case, task)}
    gone = tuple(item.key for item in turn.case.tasks if item.open and item.key not in {*stay, *done})
    for keys, outcome in ((done, "done"), (gone, "cancelled")):
        if keys:
            turn.emit(CloseTasks(keys, outcome))
    turn.emit(*(CancelTimers(prefix) for prefix in (OF_THE_CASE if kept else ("",))))
    if asked:
        left = len(asked) - len(done) - len(kept)
        turn.note("settled", done=str(len(done)), cancelled=str(left), kept=str(len(kept)))
