"""What is kept of a case that moves to other versions, and how does it go back to that?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.services.cases import apply_decision
from app.services.cases.apply_decision import TIMER, VERSION, Change, touch
from app.services.cases.load_case import Desk, Loaded
from app.storage import ids, json_codec
from app.storage.database import Transaction
from app.storage.repositories import event_rows, outbox_rows
from app.storage.repositories.event_rows import NewEvent
from app.storage.repositories.outbox_rows import Promise

Row = Mapping[str, Any]
BACK = "version_unmoved"
_COLUMNS = (
    "form_version",
    "workflow_version",
    "submission",
    "state",
    "entered_at",
    "marks",
    "limits",
    "attempts",
)
_MORE = ("escalations", "label", "reason", "means", "row_reasons")
_TASK = ("id", "key", "label", "due_on", "state")
_TIMER = ("payload", "due_at", "key", "task_key")
_NOT_LATE = ("remind", "limit_remind")
"""Timers that are not set again once their moment has passed."""


def taken(tx: Transaction, loaded: Loaded) -> dict[str, Any]:
    """The pins, state, dates, tasks and timers of a case, as plain JSON."""
    timers = outbox_rows.waiting_timers(tx, loaded.row["id"])
    found: dict[str, Any] = json_codec.to_plain(
        {
            "case": {name: loaded.row[name] for name in (*_COLUMNS, *_MORE)},
            "tasks": [{name: task[name] for name in _TASK} for task in loaded.tasks],
            "timers": [{name: timer[name] for name in _TIMER} for timer in timers],
        }
    )
    return found


def happened(tx: Transaction, row: Row, after: int) -> str:
    """Why a case cannot go back: somebody acted on it since, or time did; empty when it can."""
    since = event_rows.since(tx, row["id"], after)
    if any(entry.by for entry in since):
        return "acted"
    return "went_on" if since or row["closed_at"] is not None else ""


def put_back(tx: Transaction, desk: Desk, loaded: Loaded, before: Row, by: str) -> None:
    """Make a case what it was, with a line in its history."""
    change = apply_decision.begin(loaded, by)
    kept = dict(before["case"])
    kept["entered_at"] = datetime.fromisoformat(kept["entered_at"])
    change.columns.update(kept)
    told = versions(desk, loaded, kept["form_version"], kept["workflow_version"])
    change.events.append(NewEvent(BACK, told, by=by))
    change.cancels.append(("", None))
    _timers(tx, change, before["timers"])
    tasks = {task["id"]: task for task in before["tasks"]}
    change.restored = _tasks(tx, change, tasks, loaded.row["neighbourhood"])
    apply_decision.write(tx, change)


def _timers(tx: Transaction, change: Change, timers: list[Row]) -> None:
    for place, timer in enumerate(timers):
        due_at = datetime.fromisoformat(timer["due_at"])
        if due_at <= tx.now and timer["payload"]["kind"] in _NOT_LATE:
            continue
        key = f"timer:{ids.to_text(change.key)}:{change.version + 1}:{place}:{timer['key']}"[:200]
        change.promises.append(
            Promise(TIMER, key, timer["payload"], due_at, key=timer["key"], task_key=timer["task_key"])
        )


def _tasks(
    tx: Transaction, change: Change, before: Mapping[int, Row], place: str
) -> dict[int, dict[str, Any]]:
    """Close what was opened since, and say what becomes of the others."""
    restored: dict[int, dict[str, Any]] = {}
    for key, task in list(change.tasks.items()):
        old = before.get(key)
        if old is None:
            if task["state"] == "open":
                touch(
                    change,
                    key,
                    {"state": "cancelled", "closed_at": tx.now, "closed_by": change.by or None},
                )
            continue
        due_on = date.fromisoformat(old["due_on"])
        if old["state"] == "open":
            fresh = {"state": "open", "closed_at": None, "closed_by": None, "neighbourhood": place}
            restored[key] = {"key": old["key"], "label": old["label"], "due_on": due_on, **fresh}
        elif task["key"] != old["key"]:
            restored[key] = {"key": old["key"]}
    return restored


def versions(desk: Desk, loaded: Loaded, form: int, workflow: int) -> dict[str, str]:
    """From which version to which, for the history: of the process, or of the form where only that changes."""
    old, new = (desk.catalog.workflow_version(key) for key in (loaded.pin.workflow_version, workflow))
    numbers, title = (old.number, new.number), new.workflow.title
    if old.id == new.id:
        before, after = (desk.catalog.form_version(key) for key in (loaded.pin.form_version, form))
        numbers, title = (before.number, after.number), after.form.title
    return {
        "process": title,
        "old": f"{numbers[0]}",
        "new": f"{numbers[1]}",
        VERSION: str(loaded.row["version"] + 1),
    }
