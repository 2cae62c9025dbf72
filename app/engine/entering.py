"""What happens when a case enters a state, its first one included?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.definitions.model.workflows import Auto, DeadlineKind, Every, State
from app.engine import calendar, consenting, consents
from app.engine.asking import ask_others, stop_asking
from app.engine.deadlines import Started, due
from app.engine.durations import WORKING, shift
from app.engine.facts_of import words
from app.engine.limits import start_limits
from app.engine.messages import fill, send
from app.engine.model.cases import (
    Assign,
    CancelTimers,
    CloseTasks,
    EnterState,
    OpenTask,
    SetTimer,
    Texts,
)
from app.engine.routing import Routed, direct, route, stays
from app.engine.settling import end
from app.engine.subtasks import open_subtasks
from app.engine.tasks import MAIN, OVERRIDE, close_main, open_main, open_task
from app.engine.turn import Refused, Turn

MOST_EXITS = 20
"""Automatic exits in one go; the checker refuses circles, this stops one that slipped through."""


# Submission ------------------------------------------------------------------------------------------------


def submitted(turn: Turn) -> None:
    """Route a new case, open its first task and everything that goes with it."""
    _fill_in(turn)
    routed = _route(turn)
    if routed is None:
        raise Refused("nobody")
    _assign(turn, routed)
    enter(turn, turn.workflow.start)
    if turn.state.end:
        return
    start_limits(turn)
    open_subtasks(turn)
    claim_by(turn)
    send(turn, turn.workflow.receipt)


def _route(turn: Turn) -> Routed | None:
    """By the rule that opened a sub-case, else by the workflow's own."""
    case = turn.case
    if case.parent and case.holder:
        return stays(case)
    point = turn.points.get(case.contact_point) if case.parent else None
    if point is not None:
        return direct(point, case, now=turn.now, world=turn.world, points=turn.points, not_to=turn.not_to)
    return route(turn.workflow, turn.form, case, now=turn.now, world=turn.world, contact_points=turn.points)


def _fill_in(turn: Turn) -> None:
    """What the answers say about the case itself."""
    case = turn.case
    field = turn.form.meaning("case.neighbourhood")
    there = case.neighbourhood or (words(case.answers.get(field.id)) if field is not None else "")
    turn.case = replace(case, neighbourhood=there, received_at=case.received_at or turn.now)


def _assign(turn: Turn, routed: Routed) -> None:
    turn.why, turn.on_duty = routed.why, routed.on_duty
    turn.emit(Assign(routed.account, routed.contact_point, turn.case.neighbourhood, routed.why))
    if routed.rule.deadline is not None or routed.rule.escalate:
        turn.case = replace(turn.case, escalations=(f"{OVERRIDE}{routed.rule.number}",))
    turn.note("assigned", name=turn.name(routed.account), contact_point=_label(turn, routed.contact_point))


def _label(turn: Turn, contact_point: str) -> str:
    point = turn.points.get(contact_point)
    return point.label if point is not None else contact_point


def claim_by(turn: Turn) -> None:
    """A group queue must be claimed before closing time of the day written."""
    point = turn.points.get(turn.case.contact_point)
    if point is None or not point.group or point.claim is None or turn.task(MAIN) is None:
        return
    if point.claim.unit in WORKING:
        day = calendar.term_after(turn.calendar, turn.now, point.claim)
    else:
        day = calendar.on_or_after(turn.calendar, calendar.term_after(turn.calendar, turn.now, point.claim))
    closes = calendar.closing_time(turn.calendar, day) or turn.calendar.closes
    turn.emit(SetTimer("claim", "claim", calendar.instant(turn.calendar, day, closes)))


# States ----------------------------------------------------------------------------------------------------


def enter(turn: Turn, state_id: str, *, means: str = "", row_reasons: Texts = ()) -> None:
    """Leave the state the case is in and enter another; automatic exits are followed at once."""
    begins = not turn.case.state or turn.state.end
    for _ in range(MOST_EXITS):
        _leave(turn)
        _arrive(turn, state_id, means, row_reasons)
        if turn.state.end:
            end(turn)
            return
        onward = _exit(turn, turn.state)
        if not onward:
            break
        state_id = onward
    open_main(turn)
    _set_every(turn)
    _set_timed(turn)
    if begins and consents.terms(turn.form):
        consenting.set_timers(turn, again=turn.case.version > 0)


def _leave(turn: Turn) -> None:
    left = turn.case.state
    if not left:
        return
    close_main(turn)
    state = turn.workflow.states[left]
    if state.every:
        turn.emit(CancelTimers(f"every:{left}:"))
        returning = tuple(
            item.key for item in turn.case.tasks if item.open and item.key.startswith(f"every:{left}:")
        )
        if returning:
            turn.emit(CloseTasks(returning, "cancelled"))
    if any(item.after for item in state.auto):
        turn.emit(CancelTimers(f"auto:{left}:"))
    stop_asking(turn, state)


def _arrive(turn: Turn, state_id: str, means: str, row_reasons: Texts) -> None:
    ends = turn.workflow.states[state_id].end
    turn.emit(
        EnterState(
            state_id,
            reason=turn.reason if ends else "",
            means=means if ends else "",
            row_reasons=row_reasons if ends else (),
        )
    )
    if state_id != turn.workflow.start and turn.case.escalations:
        turn.case = replace(turn.case, escalations=())
    turn.note("entered", state=turn.state.label)
    send(turn, turn.state.on_entry)
    if not ends:
        ask_others(turn)


# Automatic exits -------------------------------------------------------------------------------------------


def _exit(turn: Turn, state: State) -> str:
    """The state that the first automatic exit that holds leads to; ``""`` is stay."""
    for auto in state.auto:
        if auto.after is None and turn.reading.holds(auto.condition):
            return auto.to
    return ""


def look_again(turn: Turn) -> None:
    """After a change: take the automatic exit that holds now."""
    if not turn.case.state or turn.state.end:
        return
    onward = _exit(turn, turn.state)
    if onward:
        enter(turn, onward)


def stamp(turn: Turn) -> str:
    """Tells one stay in a state from the next one."""
    entered = turn.case.entered_at or turn.now
    return f"{int(entered.timestamp())}"


def _set_timed(turn: Turn) -> None:
    for number, auto in enumerate(turn.state.auto):
        if auto.after is not None:
            at = calendar.wake_after(turn.calendar, turn.now, auto.after)
            turn.emit(SetTimer("auto", f"auto:{turn.case.state}:{stamp(turn)}:{number}", at))


def timed_exit(turn: Turn, key: str) -> None:
    """A timed exit came due: take it when the case still stays where it was set and the condition holds."""
    auto = _same_stay(turn, key, turn.state.auto) if not turn.state.end else None
    if isinstance(auto, Auto) and auto.to and turn.reading.holds(auto.condition):
        enter(turn, auto.to)


def _same_stay(turn: Turn, key: str, written: tuple[Auto, ...]) -> Auto | None:
    _, _, rest = key.partition(":")
    state, _, tail = rest.partition(":")
    entered, _, number = tail.partition(":")
    if state != turn.case.state or entered != stamp(turn) or not number.isdigit():
        return None
    return written[int(number)] if int(number) < len(written) else None


# Recurring tasks -------------------------------------------------------------------------------------------


def _set_every(turn: Turn) -> None:
    for number, every in enumerate(turn.state.every):
        set_next(turn, every, number, 1)


def set_next(turn: Turn, every: Every, number: int, time: int) -> None:
    """Wake the case when a recurring task returns for the ``time``-th time since the state was entered."""
    key = f"every:{turn.case.state}:{stamp(turn)}:{number}:{time}"
    turn.emit(SetTimer("every", key, ring(turn, every, time)))


def ring(turn: Turn, every: Every, time: int) -> datetime:
    """8.30 of the working day on which a recurring task returns for the ``time``-th time."""
    entered = turn.case.entered_at or turn.now
    day: date = entered.astimezone(turn.calendar.zone).date()
    if every.period.unit in WORKING:
        return calendar.digest_after(
            turn.calendar, calendar.move(turn.calendar, day, every.period.amount * time)
        )
    return calendar.digest_after(turn.calendar, shift(day, every.period, time))


def recurring(turn: Turn, key: str) -> None:
    """A recurring task came round: open it, unless the last one still stands, and set the next."""
    parts = key.split(":")
    if len(parts) != 5 or parts[1] != turn.case.state or parts[2] != stamp(turn) or turn.state.end:
        return
    number, time = int(parts[3]), int(parts[4])
    if number >= len(turn.state.every) or any(item.key == key for item in turn.case.tasks):
        return
    every = turn.state.every[number]
    standing = any(item.open and item.key.startswith(":".join(parts[:4]) + ":") for item in turn.case.tasks)
    if not standing:
        _open_recurring(turn, every, key)
    set_next(turn, every, number, time + 1)


def _open_recurring(turn: Turn, every: Every, key: str) -> None:
    begun = Started(turn.case.received_at or turn.now, turn.now, turn.case.marks, turn.case.answers)
    same_day = every.deadline.kind is DeadlineKind.SAME_DAY
    open_task(
        turn,
        OpenTask(
            key=key,
            kind="recurring",
            label=fill(turn, every.task),
            assignee=turn.case.holder,
            due_on=due(turn.calendar, every.deadline, begun),
            why=turn.reason_why(),
            due_rule=every.deadline.source,
            urgent=same_day,
            contact_point=turn.case.contact_point,
        ),
    )
