"""Is there a place in the session that somebody chose, also when two choose the last one in the same moment?

Judged here, at submission, with the session held: the page that was open before only showed what was true then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.definitions.model.sessions import BY_ITSELF, Sessions
from app.definitions.model.workflows import Workflow
from app.engine import calendar, sessions
from app.engine.model.answers import Answers, FieldError
from app.engine.model.cases import Acted
from app.engine.sessions import Crowd, Seat
from app.services.cases import session_links
from app.services.cases.load_case import Desk, Pinned, load
from app.services.cases.move_case import move
from app.services.cases.open_case import Opened
from app.services.errors import Invalid
from app.services.gatherings import called
from app.storage import clock
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, moment_rows

CLOSED, FULL = "session_closed", "session_full"


@dataclass(frozen=True, slots=True)
class Taken:
    """The session somebody registers for, what they get there, and who they are (a keyed hash)."""

    session: Mapping[str, Any]
    rules: Sessions
    standing: Seat
    who: str
    walks_in: bool = False


def named(desk: Desk, pinned: Pinned, answers: Answers) -> Answers:
    """``answers`` with the session as we call it, whatever the page said. Raises Invalid when there is no such one."""
    workflow = _sessions_of(desk, pinned)
    rules = workflow.sessions if workflow is not None else None
    value = answers.get(rules.by) if rules is not None else None
    if rules is None or workflow is None or not isinstance(value, str):
        return answers
    with transaction(desk.municipality, readonly=True) as tx:
        row = moment_rows.numbered(tx, called.number_in(value))
    if row is None or row["workflow"] != workflow.id:
        raise _refused(rules, CLOSED)
    return {**answers, rules.by: called.value_of(row)}


def seat(tx: Transaction, desk: Desk, pinned: Pinned, answers: Answers, *, walks_in: bool) -> Taken | None:
    """What somebody gets in the session they chose, which is held from here on; ``None`` for a form without one.

    Raises Invalid beside the field: ``session_closed`` (not open, or not any more), ``session_full`` (no places left
    and no waiting list).
    """
    workflow = _sessions_of(desk, pinned)
    chosen = answers.get(workflow.sessions.by) if workflow and workflow.sessions else None
    if workflow is None or workflow.sessions is None or not isinstance(chosen, str):
        return None
    found = moment_rows.numbered(tx, called.number_in(chosen))
    held = case_rows.get(tx, found["case"], lock=True) if found is not None else None
    row = moment_rows.get(tx, found["case"]) if found is not None else None
    if held is None or row is None:
        raise _refused(workflow.sessions, CLOSED)
    rules = session_links.rules_of(desk, held) or workflow.sessions
    who = session_links.who_of(tx, pinned.form, answers)
    if walks_in:
        return Taken(held, rules, Seat.PLACED, who, walks_in=True)
    today = calendar.local(desk.world.calendar, clock.now()).today
    if not sessions.is_open(rules, held["state"], row["open_until"], today):
        raise _refused(rules, CLOSED)
    taken, waiting = moment_rows.counts(tx, [row["case"]])[row["case"]]
    standing = sessions.seat(Crowd(row["places"], taken, waiting), may_wait=rules.full is not None)
    if standing is Seat.REFUSED:
        raise _refused(rules, FULL)
    return Taken(held, rules, standing, who)


def enter(
    tx: Transaction, desk: Desk, pinned: Pinned, opened: Opened, taken: Taken | None, *, by: str
) -> Opened:
    """Write what a registration that was opened just now is to its session: it takes a place, waits, or is there."""
    if taken is None:
        return opened
    moment_rows.enter(
        tx, session=taken.session["id"], case=opened.key, who=taken.who, walked_in=taken.walks_in
    )
    press = _pressed(taken, by)
    if press is None:
        return opened
    moved = move(tx, desk, load(tx, desk, opened.key, lock=True), press, by=by)
    return replace(opened, case=moved.case, wake=opened.wake + moved.wake)


def _pressed(taken: Taken, by: str) -> Acted | None:
    """The button that says what they got."""
    if taken.walks_in and taken.rules.attendance is not None:
        return Acted(taken.rules.attendance.present, by=by)
    if taken.standing is Seat.WAITING and taken.rules.full is not None:
        return Acted(taken.rules.full.press, role=BY_ITSELF)
    return None


def _sessions_of(desk: Desk, pinned: Pinned) -> Workflow | None:
    """The live workflow of the sessions this form registers for."""
    return session_links.workflow_for(desk, pinned.form.id) if session_links.registers(pinned.form) else None


def _refused(rules: Sessions, code: str) -> Invalid:
    return Invalid(code, errors=(FieldError(rules.by, code),))
