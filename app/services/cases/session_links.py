"""A session or a registration for one was opened or moved: what stands in the calendar, and who hears of it?

Here only rows change and promises are made, in the transaction of the change. What it means for other cases (who moves
up, who is told) is carried out from the outbox, one case at a time, so that nobody waits for anybody.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from app.definitions.model.forms import FieldType, Form
from app.definitions.model.sessions import Reached, Sessions
from app.definitions.model.workflows import Duration, Unit, Workflow
from app.engine import calendar, sessions, values
from app.engine.model.answers import Answers
from app.engine.model.cases import Acted, Case, Event
from app.services.cases.load_case import Desk, Loaded, Pinned
from app.services.people import residents
from app.storage import ids, outbox
from app.storage.database import Transaction
from app.storage.repositories import case_rows, moment_rows

MOMENT = "moment"
"""Kind of the outbox row that carries on what a session asks of the cases that belong to it."""
MOVE_UP, OVER, OFF, DONE, MISSED, REMIND = "move_up", "over", "off", "done", "missed", "remind"
PLACE_MOST = 200


def workflow_for(desk: Desk, form: str) -> Workflow | None:
    """The live workflow of the sessions for which ``form`` registers somebody."""
    every = (version.workflow for version in desk.catalog.workflows.values())
    return next((found for found in every if found.sessions and found.sessions.registers == form), None)


def registers(form: Form) -> bool:
    """Whether a form asks for a session at all."""
    return any(field.type is FieldType.SESSION for field in form.fields())


def rules_of(desk: Desk, row: Mapping[str, Any]) -> Sessions | None:
    """The rules that a session (its row) runs on."""
    return desk.catalog.workflow_version(row["workflow_version"]).workflow.sessions


def who_of(tx: Transaction, form: Form, answers: Answers) -> str:
    """The same for the same name at every session, and nothing else: a keyed hash; ``""`` without a name."""
    name = unicodedata.normalize("NFKD", residents.full_name(form, answers).casefold())
    plain = "".join(sign for sign in name if sign.isalnum())
    return tx.sealer.index("moment_who", plain) if plain else ""


def keep(tx: Transaction, pinned: Pinned, key: int, case: Case) -> None:
    """Put a session in the calendar as its answers and state say; nothing for another case or without a day."""
    rules = pinned.workflow.sessions
    day = case.answers.get(rules.date) if rules is not None else None
    if rules is None or not isinstance(day, date):
        return
    hour, until = case.answers.get(rules.time), case.answers.get(rules.opens.until)
    places = case.answers.get(rules.places)
    told = [_shown(pinned, case.answers, name) for name in rules.shows]
    moment_rows.keep(
        tx,
        key,
        {
            "workflow": pinned.workflow.id,
            "on_day": day,
            "from_hour": hour if isinstance(hour, time) else None,
            "neighbourhood": case.neighbourhood,
            "place": _shown(pinned, case.answers, rules.place)[:PLACE_MOST],
            "told": "\n".join(text for text in told if text),
            "places": places if isinstance(places, int) else None,
            "open_until": until if isinstance(until, date) else day,
            "is_open": case.state in rules.opens.states,
            "off": rules.cancelled is not None and case.state in rules.cancelled.states,
        },
    )
    _remind_before(tx, pinned, key, rules, day)


def _remind_before(tx: Transaction, pinned: Pinned, key: int, rules: Sessions, day: date) -> None:
    """Promise the reminder of this day, once; who registers after that moment need not be reminded."""
    if rules.remind is None:
        return
    cal = pinned.world.calendar
    before = Duration(rules.remind.amount, Unit(rules.remind.unit))
    at = calendar.reminder_at(cal, calendar.term_before(cal, day, before))
    if at > tx.now:
        payload = {"session": ids.to_text(key), "what": REMIND, "day": day.isoformat()}
        outbox.emit(
            tx, MOMENT, f"{MOMENT}:{REMIND}:{ids.to_text(key)}:{day.isoformat()}", payload, at, case=key
        )


def _shown(pinned: Pinned, answers: Answers, name: str) -> str:
    field, value = pinned.form.field(name), answers.get(name)
    if field is None or value is None:
        return ""
    text = values.show(field, value)
    if field.type is FieldType.NEIGHBOURHOOD:
        return pinned.world.staffing.neighbourhoods.get(text, text)
    return text


def follow(tx: Transaction, desk: Desk, loaded: Loaded, after: Case, event: Event) -> tuple[int, ...]:
    """After something happened to a case: outbox ids that are due."""
    wake: tuple[int, ...] = ()
    rules = loaded.pin.workflow.sessions
    if rules is not None:
        keep(tx, loaded.pin, loaded.row["id"], after)
        wake = _session(tx, loaded, rules, after)
    entry = moment_rows.entry_of(tx, loaded.row["id"]) if registers(loaded.pin.form) else None
    return wake + _registration(tx, desk, loaded, entry, (after, event)) if entry is not None else wake


def _session(tx: Transaction, loaded: Loaded, rules: Sessions, after: Case) -> tuple[int, ...]:
    """Who waits may have a place now; a session that was held or called off tells who belongs to it."""
    made = promise(tx, loaded.row["id"], MOVE_UP, str(after.version))
    for reached, what in ((rules.held, OVER), (rules.cancelled, OFF), (rules.closed, DONE)):
        if _arrives(reached, loaded.row["state"], after.state):
            made += promise(tx, loaded.row["id"], what, str(after.version))
    return made


def _arrives(reached: Reached | None, before: str, now: str) -> bool:
    return reached is not None and now in reached.states and before not in reached.states


def _registration(
    tx: Transaction, desk: Desk, loaded: Loaded, entry: Mapping[str, Any], happened: tuple[Case, Event]
) -> tuple[int, ...]:
    """Write what a registration is to its session now; a place that became free is somebody's who waits."""
    after, event = happened
    session = case_rows.get(tx, entry["session"])
    rules = rules_of(desk, session) if session is not None else None
    if session is None or rules is None:
        return ()
    came = entry["came"]
    if isinstance(event, Acted):
        came = sessions.came_now(rules, loaded.pin.workflow, came, (event.action, after.state))
    standing = sessions.standing(rules, loaded.pin.workflow, after.state, came)
    if (standing, came) == (entry["standing"], entry["came"]):
        return ()
    moment_rows.write(tx, entry["id"], standing=standing, came=came)
    number = f"{entry['id']}:{after.version}"
    made: tuple[int, ...] = ()
    if entry["standing"] == moment_rows.PLACED and standing != moment_rows.PLACED:
        made += promise(tx, session["id"], MOVE_UP, number)
    if came == sessions.Came.ABSENT and rules.regulars is not None:
        made += promise(tx, session["id"], MISSED, number, entry=entry["id"])
    return made


def promise(
    tx: Transaction, session: int, what: str, because: str, *, entry: int | None = None
) -> tuple[int, ...]:
    """Let ``what`` be carried out for a session, once for the same ``because``; the outbox id that is due."""
    payload = {"session": ids.to_text(session), "what": what}
    if entry is not None:
        payload["entry"] = ids.to_text(entry)
    key = f"{MOMENT}:{what}:{ids.to_text(session)}:{because}"
    made = outbox.emit(tx, MOMENT, key, payload, case=session)
    return (made,) if made is not None else ()
