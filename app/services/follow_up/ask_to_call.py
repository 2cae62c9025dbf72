"""A message cannot reach somebody by mail: who calls?

The responsible person, by one small task a case however many messages there are.
"""

from __future__ import annotations

from typing import Any

from app.engine import calendar
from app.engine.model.cases import OpenTask, Why
from app.services.cases import apply_decision, effects
from app.services.cases.apply_decision import FLAGS, Change
from app.services.cases.load_case import Loaded
from app.storage.database import Transaction
from app.storage.outbox import Leased
from app.texts import say

CALLS = "calls"
"""Among the flags of such a task: how many messages it is about."""
_LINES = {"call_referrer": "no_address"}


def ask_to_call(tx: Transaction, loaded: Loaded, row: Leased, code: str) -> tuple[int, ...]:
    """Open a task (text ``messages.task.<code>``), or make the one that stands open say how many messages wait; a line
    in the history either way. Returns outbox ids that are due because of it."""
    change = apply_decision.begin(loaded, "")
    standing = [
        (key, task)
        for key, task in apply_decision.open_tasks(change, ())
        if task["key"].startswith(f"note:{code}:")
    ]
    if standing:
        _once_more(loaded, change, *standing[0], code)
    else:
        effects.open_task(tx, loaded.pin, change, _task(tx, loaded, row, code))
    params = {"message": row.payload["message"], "to": row.payload["to"]}
    apply_decision.tell(change, _LINES.get(code, "not_sent"), params)
    return tuple(apply_decision.write(tx, change))


def _once_more(loaded: Loaded, change: Change, key: int, task: dict[str, Any], code: str) -> None:
    flags = task["why"].get(FLAGS, {})
    calls = flags.get(CALLS, 1) + 1
    label = say(f"messages.task.{code}_more", number=loaded.row["number"], n=calls)
    apply_decision.touch(
        change, key, {"label": label, "why": {**task["why"], FLAGS: {**flags, CALLS: calls}}}
    )


def _task(tx: Transaction, loaded: Loaded, row: Leased, code: str) -> OpenTask:
    calendar_of, case = loaded.pin.world.calendar, loaded.row
    today = tx.now.astimezone(calendar_of.zone).date()
    return OpenTask(
        key=f"note:{code}:{row.id}",
        kind="note",
        label=say(f"messages.task.{code}", number=case["number"]),
        assignee=case["holder"],
        due_on=calendar.on_or_after(calendar_of, today),
        why=Why(contact_point=case["contact_point"], neighbourhood=case["neighbourhood"], code="responsible"),
        contact_point=case["contact_point"],
    )
