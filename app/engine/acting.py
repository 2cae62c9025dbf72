"""What does a press on a button do, and when can it not be pressed?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.definitions.model.workflows import Action, Again, State
from app.engine import calendar
from app.engine.durations import WORKING
from app.engine.entering import enter, look_again
from app.engine.facts_of import pressed
from app.engine.limits import mark
from app.engine.messages import running_limits, send
from app.engine.model.cases import (
    Acted,
    Attempt,
    CloseTasks,
    Do,
    OpenTask,
    Recorded,
    Refusal,
    Texts,
)
from app.engine.model.people import AccountId
from app.engine.moving import redate
from app.engine.settling import settle
from app.engine.staff import onlooker, substitutes_of, with_role
from app.engine.tasks import MAIN, close_main, next_attempt, not_earlier, open_main, open_task
from app.engine.turn import BLOCK, Refused, Turn
from app.texts import say

REOPEN = "reopen"
"""The id of the button that every end state with ``reopen:`` has."""
HOLDERS = ("holder", "substitute")
_REOPENERS = (*HOLDERS, "reception", "coordinator", "team_lead", "head_of_service")
DPO_TASK = "dpo"


@dataclass(frozen=True, slots=True)
class Presser:
    """Who presses: an account, or somebody outside in a ``role`` (resident by link)."""

    account: AccountId
    role: str = ""


def buttons(turn: Turn) -> dict[str, Action]:
    """The buttons of the state the case is in, `reopen` included."""
    found = dict(turn.workflow.actions_of(turn.case.state))
    if turn.state.end and turn.state.reopen is not None:
        found[REOPEN] = Action(REOPEN, say("history.reopen"), to=turn.state.reopen.to, by=_REOPENERS)
    return found


# May it be pressed -----------------------------------------------------------------------------------------


def refusal_of(turn: Turn, action: Action, presser: Presser) -> Refusal | None:
    """Why a button cannot be pressed by this person now; ``None`` when it can."""
    if not _allowed(turn, action, presser):
        return Refusal("not_yours", (("name", turn.name(turn.case.holder)),))
    if action.id == REOPEN and _too_late(turn):
        return Refusal("reopen_too_late")
    unmet = [need.message for need in action.needs if not turn.reading.holds(need.condition)]
    return Refusal("needs", (("message", " ".join(unmet)),)) if unmet else None


def _allowed(turn: Turn, action: Action, presser: Presser) -> bool:
    worker = turn.worker(presser.account)
    mine = {presser.role} - {"", *HOLDERS}  # who holds the case is looked up, never claimed
    if worker is not None:
        mine |= worker.roles
    if presser.account and presser.account == turn.case.holder:
        mine.add("holder")
    if presser.account in _stand_ins(turn):
        mine.add("substitute")
    allowed = set(action.by or HOLDERS)
    if "holder" in allowed:
        allowed.add("substitute")  # a substitute acts with the holder's rights on that case
    return bool(mine & allowed)


def _stand_ins(turn: Turn) -> frozenset[AccountId]:
    case = turn.case
    found = substitutes_of(case.holder, case.contact_point, case.neighbourhood, turn.world, turn.now)
    return found - turn.not_to


def _too_late(turn: Turn) -> bool:
    reopen, closed = turn.state.reopen, turn.case.entered_at
    if reopen is None or closed is None:
        return True
    last = calendar.term_after(turn.calendar, closed, reopen.within)
    return turn.now >= calendar.end_of(turn.calendar, last)


# Pressing --------------------------------------------------------------------------------------------------


def acted(turn: Turn, event: Acted) -> None:
    """Press a button: check, count, mark, tell, move."""
    action = buttons(turn).get(event.action)
    if action is None:
        raise Refused("unknown_action", action=event.action, state=turn.state.label)
    turn.role, turn.reason = event.role, event.reason
    refusal = refusal_of(turn, action, Presser(event.by, event.role))
    if refusal is not None:
        raise Refused(refusal.code, **dict(refusal.params))
    if action.form or event.answers:
        known = pressed(turn.form, turn.case.answers, action.form or action.id, event.answers)
        turn.case = replace(turn.case, answers=known)
    if action.again is not None:
        _again(turn, action, action.again)
        return
    means, row_reasons = _reasons(turn, action, event)
    settle(turn, action, event)
    _press(turn, action, means, row_reasons)


def _press(turn: Turn, action: Action, means: str, row_reasons: Texts) -> None:
    turn.note("acted", action=action.label)
    for name in action.marks:
        mark(turn, name)
    send(turn, action.feedback)  # before messages stop: what this button says still goes out
    _do(turn, action)
    if action.to:
        _forget_attempts(turn)
        enter(turn, action.to, means=means, row_reasons=row_reasons)
    else:
        redate(turn, action.form)
        look_again(turn)
    if BLOCK in action.does:
        _tell_dpo(turn)


def _forget_attempts(turn: Turn) -> None:
    """Leaving a state by another button makes its attempts count from nothing again (decision 9)."""
    kept = tuple(item for item in turn.case.attempts if item.state != turn.case.state)
    turn.case = replace(turn.case, attempts=kept)


def _do(turn: Turn, action: Action) -> None:
    for name in action.does:
        turn.emit(Do(name))
        if name == "cancel_tasks":
            keys = tuple(item.key for item in turn.case.tasks if item.open and item.key != MAIN)
            if keys:
                turn.emit(CloseTasks(keys, "cancelled"))


def _tell_dpo(turn: Turn) -> None:
    """Consent was withdrawn: one task to the DPO, who lists what had left the house (decision 25)."""
    found = onlooker("dpo", with_role(turn.world, "dpo"), turn.world, turn.now, exclude=frozenset())
    due_on = calendar.add_working_days(turn.calendar, turn.now, 1)
    label = say("reminders.dpo", number=turn.case.number)
    why = turn.reason_why(code="dpo")
    open_task(
        turn, OpenTask(DPO_TASK, "note", label, found.account or turn.case.holder, due_on, why, urgent=True)
    )


# Reasons ---------------------------------------------------------------------------------------------------


def _reasons(turn: Turn, action: Action, event: Acted) -> tuple[str, Texts]:
    """What the closing reason means, and the reasons a row; refused when one is missing or unknown."""
    target = turn.workflow.states.get(action.to)
    if target is None or not target.end:
        return "", ()
    means = ""
    if target.reasons is not None:
        if not event.reason:
            raise Refused("reason_missing")
        option = target.reasons.get(event.reason)
        if option is None:
            raise Refused("reason_unknown", reason=event.reason)
        means = option.columns.get("means", "")
    return means, _row_reasons(turn, target, event)


def _row_reasons(turn: Turn, target: State, event: Acted) -> Texts:
    if target.reason_each is None:
        return ()
    wanted = reasons_each(turn, target)
    missing = [key for key in wanted if not event.row_reasons.get(key)]
    if missing:
        raise Refused("row_reason_missing", rows=", ".join(missing))
    for reason in event.row_reasons.values():
        if target.reasons is not None and target.reasons.get(reason) is None:
            raise Refused("reason_unknown", reason=reason)
    return tuple((key, event.row_reasons[key]) for key in wanted)


def reasons_each(turn: Turn, target: State) -> tuple[str, ...]:
    """The rows that need a closing reason of their own in an end state."""
    each = target.reason_each
    if each is None:
        return ()
    return tuple(
        row.key for row in turn.reading.rows(each.of) if turn.reading.holds(each.condition, row.values)
    )


# Again -----------------------------------------------------------------------------------------------------


def _again(turn: Turn, action: Action, again: Again) -> None:
    """Count an attempt; the n-th leads to ``then``, an earlier one makes the next a task one deadline later."""
    before = _counted(turn, action, again)
    part = calendar.half_day(turn.calendar, turn.now)
    turn.emit(Recorded(Attempt(action.id, turn.case.state, turn.now, part)))
    count = _counted(turn, action, again)
    turn.note("attempt", action=action.label, number=str(count), at_most=str(again.at_most))
    if count == before:
        look_again(turn)
        return
    for name in action.marks:
        mark(turn, name)
    send(turn, action.feedback)
    if count >= again.at_most:
        enter(turn, again.then)
        return
    task = turn.task(MAIN)
    close_main(turn)
    due_on = next_attempt(
        turn, task.due_on if task is not None else None, [day for _, day in running_limits(turn)]
    )
    later = not_earlier(turn, again.not_before, again.other_part_of_day, due_on)
    open_main(turn, due_on=due_on, not_before=later)
    look_again(turn)


def _counted(turn: Turn, action: Action, again: Again) -> int:
    """How many attempts count: those on one half day once, and none sooner after the last than written."""
    last: datetime | None = None
    parts: set[str] = set()
    for attempt in turn.case.attempts:
        if (attempt.action, attempt.state) != (action.id, turn.case.state) or attempt.part in parts:
            continue
        if last is not None and _too_soon(turn, again, last, attempt.at):
            continue
        last = attempt.at
        parts.add(attempt.part)
    return len(parts)


def _too_soon(turn: Turn, again: Again, last: datetime, at: datetime) -> bool:
    wait = again.not_before
    if wait is None:
        return False
    earliest = calendar.term_after(turn.calendar, last, wait)
    if wait.unit not in WORKING:
        return at.astimezone(turn.calendar.zone).date() < earliest
    return calendar.day_zero(turn.calendar, at) < earliest
