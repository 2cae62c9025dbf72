"""A message cannot reach somebody by itself: who calls?

The responsible person, by one small task a case however many messages there are. The task remembers which messages, so
that a call says what the mail would have said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine import calendar
from app.engine.model.cases import OpenTask, Why
from app.services.cases import apply_decision, effects
from app.services.cases.apply_decision import FLAGS, Change
from app.services.cases.load_case import Loaded
from app.services.follow_up import ways
from app.services.follow_up.ways import Reach
from app.storage.database import Transaction
from app.texts import say

CALLS, EVENTS, TO = "calls", "events", "to"
"""Among the flags of such a task: how many messages it is about, which, and whom."""
CALL_REFERRER, CALL_RESIDENT, NOT_ARRIVED = "call_referrer", "call_resident", "mail_failed"
CALL_PARTNER = "call_partner"
CODES = (CALL_REFERRER, CALL_RESIDENT, CALL_PARTNER, NOT_ARRIVED)
_LINES = {CALL_REFERRER: "no_address", CALL_RESIDENT: "call_asked"}
Payload = Mapping[str, Any]
"""What an outbox row says of a message: ``to``, ``message`` and where its words are (``event``)."""


def ask_to_call(  # noqa: PLR0917 - what a task is made of
    tx: Transaction, loaded: Loaded, payload: Payload, code: str, mark: str, reach: Reach | None = None
) -> tuple[int, ...]:
    """Open a task (text ``messages.task.<code>``), or make the one that stands open say how many messages wait; a line
    in the history either way. Returns outbox ids that are due because of it.

    ``mark`` tells such tasks of one case apart; ``reach``: the ways that are left, for who may read the case.
    """
    change = apply_decision.begin(loaded, "")
    standing = [
        (key, task)
        for key, task in apply_decision.open_tasks(change, ())
        if task["key"].startswith(f"note:{code}:")
    ]
    if standing:
        _once_more(tx, loaded, change, *standing[0], code, payload, reach)
    else:
        key = f"note:{code}:{mark}"
        effects.open_task(tx, loaded.pin, change, _task(tx, loaded, key, code, reach))
        _remember(change, key, 1, payload)
    params = {"message": str(payload["message"]), "to": str(payload["to"])}
    apply_decision.tell(change, _LINES.get(code, "not_sent"), params)
    return tuple(apply_decision.write(tx, change))


def _once_more(  # noqa: PLR0917 - the task that stands and what is added to it
    tx: Transaction,
    loaded: Loaded,
    change: Change,
    key: int,
    task: dict[str, Any],
    code: str,
    payload: Payload,
    reach: Reach | None,
) -> None:
    calls = task["why"].get(FLAGS, {}).get(CALLS, 1) + 1
    label = say(f"messages.task.{code}_more", number=loaded.row["number"], n=calls)
    told = _told(label, reach)
    sealed = tx.sealer.seal_json(("task", key, "told"), told) if told else task["told"]
    apply_decision.touch(change, key, {"label": label, "told": sealed})
    _remember(change, task["key"], calls, payload)


def _remember(change: Change, task_key: str, calls: int, payload: Payload) -> None:
    ((key, task),) = apply_decision.open_tasks(change, (task_key,))
    flags = task["why"].get(FLAGS, {})
    events = [*flags.get(EVENTS, ()), *([payload["event"]] if "event" in payload else [])]
    kept = {**flags, TO: payload["to"], EVENTS: events}
    if calls > 1:
        kept[CALLS] = calls
    apply_decision.touch(change, key, {"why": {**task["why"], FLAGS: kept}})


def _task(tx: Transaction, loaded: Loaded, key: str, code: str, reach: Reach | None) -> OpenTask:
    label = say(f"messages.task.{code}", number=loaded.row["number"])
    return note_task(tx, loaded, key, label, told=_told(label, reach))


def _told(label: str, reach: Reach | None) -> str:
    """The label with the ways that are left, for who may read the case."""
    left = ways.other_ways(reach) if reach else ""
    return say("residents.task_with_ways", label=label, ways=left) if left else ""


def note_task(
    tx: Transaction, loaded: Loaded, key: str, label: str, *, told: str = "", days: int = 0
) -> OpenTask:
    """A small task for the responsible person, due ``days`` working days from now (0: today, or the next day that is
    worked)."""
    calendar_of, case = loaded.pin.world.calendar, loaded.row
    today = calendar.on_or_after(calendar_of, tx.now.astimezone(calendar_of.zone).date())
    return OpenTask(
        key=key,
        kind="note",
        label=label,
        assignee=case["holder"],
        due_on=calendar.add_working_days(calendar_of, tx.now, days) if days else today,
        why=Why(contact_point=case["contact_point"], neighbourhood=case["neighbourhood"], code="responsible"),
        contact_point=case["contact_point"],
        told=told,
    )
