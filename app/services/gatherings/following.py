"""What does a session ask of the registrations that belong to it? Carried out from the outbox, one case at a time.

Somebody moves up, everybody hears that it is called off, what nobody tapped is over, a regular stayed away. Each step
looks anew at what is true and presses a button only where that is still possible: done twice it happens once. The order
in which rows are held is always the registration first, then its session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.definitions.model.sessions import BY_ITSELF, Sessions
from app.engine import sessions
from app.engine.model.cases import Acted
from app.engine.sessions import Crowd
from app.services.cases import session_links
from app.services.cases.load_case import Desk, desk_of, key_of, load
from app.services.cases.move_case import move
from app.services.follow_up.fire_timer import LeaseLost
from app.services.gatherings import staying_away
from app.storage import outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import case_rows, moment_rows

Wake = tuple[int, ...]


def carry_out(municipality: str, row: Leased) -> Wake:
    """Do what one row says; outbox ids that are due because of it. Raises ``LeaseLost``."""
    desk = desk_of(municipality)
    session, what = key_of(row.payload["session"]), row.payload["what"]
    wake: Wake = ()
    if what == session_links.MOVE_UP:
        wake = _move_up(desk, session)
    elif what in (session_links.OFF, session_links.OVER, session_links.DONE):
        wake = _tell_all(desk, session, what)
    elif what == session_links.REMIND:
        wake = _remind(desk, session, row.payload["day"])
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        if what in (session_links.OVER, session_links.MISSED):
            entry = row.payload.get("entry")
            wake += staying_away.look(tx, desk, session, entry=key_of(entry) if entry else None)
    return wake


def _move_up(desk: Desk, session: int) -> Wake:
    """Give the places that are free to who waits longest."""
    wake: Wake = ()
    for entry in _entries(desk, session, moment_rows.WAITING):
        with transaction(desk.municipality) as tx:
            pressed = _one_up(tx, desk, session, entry)
        if pressed is None:
            break
        wake += pressed
    return wake


def _one_up(tx: Transaction, desk: Desk, session: int, entry: Mapping[str, Any]) -> Wake | None:
    """Who waits longest gets a place; ``None`` when there is none, so that nobody behind them need be asked."""
    loaded = load(tx, desk, entry["case"], lock=True)
    held = case_rows.get(tx, session, lock=True)
    moment = moment_rows.get(tx, session)
    rules = session_links.rules_of(desk, held) if held is not None else None
    if moment is None or moment["off"] or rules is None or rules.full is None:
        return None
    taken, waiting = moment_rows.counts(tx, [session])[session]
    if not sessions.moving_up(Crowd(moment["places"], taken, waiting)):
        return None
    now = moment_rows.entry_of(tx, loaded.row["id"])
    if now is None or now["standing"] != moment_rows.WAITING or not _has(loaded, rules.full.moves_up):
        return ()
    return move(tx, desk, loaded, Acted(rules.full.moves_up, role=BY_ITSELF)).wake


def _tell_all(desk: Desk, session: int, what: str) -> Wake:
    """Press, at every registration, the button for a session that was held or called off."""
    with transaction(desk.municipality, readonly=True) as tx:
        held = case_rows.get(tx, session)
        rules = session_links.rules_of(desk, held) if held is not None else None
    press = _press(rules, what)
    wake: Wake = ()
    for entry in _entries(desk, session, moment_rows.PLACED, moment_rows.WAITING) if press else ():
        with transaction(desk.municipality) as tx:
            loaded = load(tx, desk, entry["case"], lock=True)
            if _has(loaded, press):
                wake += move(tx, desk, loaded, Acted(press, role=BY_ITSELF)).wake
    return wake


def _remind(desk: Desk, session: int, day: str) -> Wake:
    """Remind everybody who has a place of a session that is still on that day, each once."""
    wake: Wake = ()
    for entry in _entries(desk, session, moment_rows.PLACED):
        with transaction(desk.municipality) as tx:
            wake += _one_reminded(tx, desk, session, (entry["case"], day))
    return wake


def _one_reminded(tx: Transaction, desk: Desk, session: int, whom: tuple[int, str]) -> Wake:
    case, day = whom
    loaded = load(tx, desk, case, lock=True)
    held = case_rows.get(tx, session, lock=True)
    moment, now = moment_rows.get(tx, session), moment_rows.entry_of(tx, case)
    rules = session_links.rules_of(desk, held) if held is not None else None
    if moment is None or now is None or rules is None or rules.remind is None:
        return ()
    today = tx.now.astimezone(desk.world.calendar.zone).date()
    gone = moment["off"] or moment["on_day"].isoformat() != day or moment["on_day"] < today
    if gone or now["standing"] != moment_rows.PLACED or not _has(loaded, rules.remind.press):
        return ()
    button = loaded.pin.workflow.actions_of(loaded.row["state"])[rules.remind.press]
    if any(mark in loaded.row["marks"] for mark in button.marks):
        return ()
    return move(tx, desk, loaded, Acted(rules.remind.press, role=BY_ITSELF)).wake


def _press(rules: Sessions | None, what: str) -> str:
    if rules is None:
        return ""
    reached = {
        session_links.OFF: rules.cancelled,
        session_links.OVER: rules.held,
        session_links.DONE: rules.closed,
    }[what]
    return reached.press if reached is not None else ""


def _has(loaded: Any, press: str) -> bool:
    """Whether the state the registration is in has that button, for the session itself."""
    button = loaded.pin.workflow.actions_of(loaded.row["state"]).get(press)
    return button is not None and BY_ITSELF in button.by


def _entries(desk: Desk, session: int, *standing: str) -> Sequence[Mapping[str, Any]]:
    with transaction(desk.municipality, readonly=True) as tx:
        return [entry for entry in moment_rows.entries(tx, [session]) if entry["standing"] in standing]
