"""What a case has open follows another version of its workflow: terms, sub-tasks, and the task of a state it stays in.

A timer is only set anew where its ladder changed. Tasks of those who look along already keep their place under a key
of their own, so that a rung of the new ladder is not taken for one that rang.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.definitions.model.workflows import AlsoRule, DeadlineKind, Every, Limit
from app.engine import calendar
from app.engine.deadlines import Started, due, term
from app.engine.entering import ring, set_next, stamp
from app.engine.limits import limit_key
from app.engine.messages import fill
from app.engine.model.cases import CancelTimers, CloseTasks, MoveTask, RenameTask, SetLimit, SetTimer
from app.engine.tasks import (
    MAIN,
    TimerKey,
    close_main,
    escalations,
    ladder_of,
    main_deadline,
    onlookers_of,
    open_main,
    read_key,
    reminders,
    started,
)
from app.engine.turn import Turn

WAS = "was"
"""Begins the key of a sub-task whose rule is gone: it stays to be done, and nobody is woken for it."""
_DAY = timedelta(days=1)


def soon(turn: Turn, at: datetime) -> datetime:
    """``at``, or the next working morning when that has passed."""
    if at > turn.now:
        return at
    today = turn.reading.moment.today
    this = calendar.digest_after(turn.calendar, today)
    return this if this > turn.now else calendar.digest_after(turn.calendar, today + _DAY)


# Ladders ---------------------------------------------------------------------------------------------------


def _climb(
    before: Turn, turn: Turn, keys: tuple[str, str], task: tuple[date, str], *, since: datetime | None = None
) -> None:
    """Set the timers of a ladder that changed. ``keys``: what its task was called and is called now; ``task``: its date
    and assignee. Who looks along by the old ladder is not asked a second time."""
    old, new = keys
    due_on, assignee = task
    rungs = ladder_of(before, old).escalate
    looking = {rungs[rung].to for rung in _rung(turn, old) if rung < len(rungs)}
    _set_apart(turn, old, new)
    _silence(turn, old)
    turn.emit(*reminders(turn, new, due_on, assignee))
    for rung, timer in escalations(turn, new, due_on, since=since):
        if rung.to not in looking:
            turn.emit(replace(timer, at=soon(turn, timer.at)))


def _rung(turn: Turn, task_key: str) -> Iterator[int]:
    """The rungs for which somebody looks along already."""
    for item in turn.case.tasks:
        key = read_key(item.key) if item.key.startswith(f"escalate:{task_key}:") else None
        if key is not None and key.task == task_key:
            yield key.rung


def _set_apart(turn: Turn, old: str, new: str) -> None:
    """Give the tasks of who looks along a key of their own, still beside the task they are about."""
    prefix = f"escalate:{old}:"
    for key in {item.key: None for item in turn.case.tasks if item.key.startswith(prefix)}:
        tail = key.removeprefix(prefix)
        apart = f"escalate:{new}:{tail}" + (f".{turn.case.version}" if read_key(key) is not None else "")
        if apart != key:
            turn.emit(RenameTask(key, apart))


def _silence(turn: Turn, task_key: str, kinds: tuple[str, ...] = ("remind", "escalate")) -> None:
    turn.emit(*(CancelTimers(f"{kind}:{task_key}:") for kind in kinds))


# Terms -----------------------------------------------------------------------------------------------------


def follow_limits(before: Turn, turn: Turn) -> None:
    """A term that runs keeps its date; one that is gone ends; one that is new counts from where it says."""
    olds = {limit.id: limit for limit in before.workflow.limits}
    news = {limit.id for limit in turn.workflow.limits}
    for limit in before.workflow.limits:
        if limit.id in turn.case.limits and limit.id not in news:
            if limit.until not in turn.case.marks:
                _end_limit(turn, limit)
            left = {name: day for name, day in turn.case.limits.items() if name != limit.id}
            turn.case = replace(turn.case, limits=left)
    for limit in turn.workflow.limits:
        _follow_limit(before, turn, limit, olds.get(limit.id))


def _follow_limit(before: Turn, turn: Turn, limit: Limit, old: Limit | None) -> None:
    marks = turn.case.marks
    ran = old is not None and limit.id in turn.case.limits and old.until not in marks
    if limit.until in marks:
        if ran:
            _end_limit(turn, limit)
        return
    key, end = limit_key(limit), turn.case.limits.get(limit.id)
    if end is None:
        end = _counted(turn, limit)
        if end is None:
            return
        turn.emit(SetLimit(limit.id, end))
    if not ran:
        over = calendar.overdue_at(turn.calendar, end)
        turn.emit(SetTimer("limit", str(TimerKey("over", key, end, 0)), soon(turn, over)))
    elif ladder_of(before, key) == ladder_of(turn, key):
        return
    _climb(before, turn, (key, key), (end, turn.case.holder))


def _counted(turn: Turn, limit: Limit) -> date | None:
    """The date of a new term; one that says nothing else counts from the receipt, as it would have at the start."""
    case = turn.case
    received = case.received_at or turn.now
    return term(turn.calendar, limit.deadline, Started(received, received, case.marks, case.answers))


def _end_limit(turn: Turn, limit: Limit) -> None:
    key = limit_key(limit)
    _silence(turn, key, ("remind", "escalate", "over"))
    late = onlookers_of(turn.case, key)
    if late:
        turn.emit(CloseTasks(late, "cancelled"))


# Sub-tasks -------------------------------------------------------------------------------------------------


def follow_subtasks(before: Turn, turn: Turn) -> None:
    """Open sub-tasks stay; one hangs on its rule by that rule's number, which may be another one now."""
    open_ = [item for item in turn.case.tasks if item.open and item.kind == "sub"]
    renamed: dict[str, str] = {}
    for item in open_:
        found = _key_now(before, turn, item.key)
        if found != item.key:
            renamed[item.key] = found
            _silence(turn, item.key)
            _set_apart(turn, item.key, found)
    for place, key in enumerate(renamed):  # in two steps: two rules may have changed places
        turn.emit(RenameTask(key, f"{WAS}:{place}"))
    for place, key in enumerate(renamed.values()):
        turn.emit(RenameTask(f"{WAS}:{place}", key))
    for item in open_:
        key = renamed.get(item.key, item.key)
        moved = key != item.key or ladder_of(before, item.key) != ladder_of(turn, key)
        if moved and item.due_on is not None:
            _climb(before, turn, (item.key, key), (item.due_on, item.assignee))


def _key_now(before: Turn, turn: Turn, key: str) -> str:
    kind, _, rest = key.partition(":")
    number, colon, row = rest.partition(":")
    old = next((rule for rule in before.workflow.also if f"{rule.number}" == number), None)
    if kind != "also" or old is None:
        return key
    same = [rule for rule in turn.workflow.also if _matter(rule) == _matter(old)]
    found = next(
        (rule for rule in same if rule.task == old.task),
        next((rule for rule in same if rule.number == old.number), None),
    )
    if found is None:
        return f"{WAS}:v{turn.case.version}:{key}"
    return f"also:{found.number}{colon}{row}"


def _matter(rule: AlsoRule) -> tuple[object, ...]:
    return rule.each, rule.target, rule.case


# The state it stays in -------------------------------------------------------------------------------------


def follow_state(before: Turn, turn: Turn) -> None:
    """The task, the recurring tasks and the timed exits of a state that both versions have."""
    _follow_main(before, turn)
    if before.state.every != turn.state.every:
        _follow_every(before, turn)
    timed = [
        [(number, item.after) for number, item in enumerate(state.auto) if item.after]
        for state in (before.state, turn.state)
    ]
    if timed[0] != timed[1]:
        turn.emit(CancelTimers(f"auto:{turn.case.state}:"))
        for number, after in timed[1]:
            at = calendar.wake_after(turn.calendar, turn.case.entered_at or turn.now, after)
            key = f"auto:{turn.case.state}:{stamp(turn)}:{number}"
            turn.emit(SetTimer("auto", key, soon(turn, at)))


def _follow_main(before: Turn, turn: Turn) -> None:
    deadline, task = main_deadline(turn), turn.task(MAIN)
    if deadline is None or (deadline.kind is DeadlineKind.NONE and not turn.state.task):
        close_main(turn, "cancelled")
        return
    if task is None:
        open_main(turn)
        return
    words = [fill(it, it.state.task) or it.state.label for it in (before, turn)]
    if words[0] != words[1]:
        turn.emit(RenameTask(MAIN, MAIN, words[1]))
    due_on = task.due_on
    if due_on is None:
        due_on = due(turn.calendar, deadline, started(turn))
        if due_on is None:
            return
        turn.emit(MoveTask(MAIN, due_on))
    elif ladder_of(before, MAIN) == ladder_of(turn, MAIN):
        return
    same_day = deadline.kind is DeadlineKind.SAME_DAY
    _climb(
        before, turn, (MAIN, MAIN), (due_on, task.assignee), since=turn.case.entered_at if same_day else None
    )


def _follow_every(before: Turn, turn: Turn) -> None:
    """The rhythm goes on from the day the state was entered, from its next time to come."""
    prefix = f"every:{turn.case.state}:"
    turn.emit(CancelTimers(prefix))
    tasks = [item for item in turn.case.tasks if item.key.startswith(prefix)]
    gone = tuple(
        item.key for item in tasks if item.open and int(item.key.split(":")[3]) >= len(turn.state.every)
    )
    if gone:
        turn.emit(CloseTasks(gone, "cancelled"))
    for item in tasks:
        key = item.key if "." in item.key else f"{item.key}.{turn.case.version}"
        if key != item.key:
            turn.emit(RenameTask(item.key, key))
        if item.open and item.key not in gone and item.due_on is not None:
            _climb(before, turn, (item.key, key), (item.due_on, item.assignee))
    for number, every in enumerate(turn.state.every):
        set_next(turn, every, number, _next_time(turn, every))


def _next_time(turn: Turn, every: Every) -> int:
    time = 1
    while ring(turn, every, time) <= turn.now:
        time += 1
    return time
