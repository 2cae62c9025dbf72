"""How does a decision become rows? The one place, for every service that moves a case.

``effects.py`` goes through the effects and gathers them in a ``Change``; here it is written, the counts last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.definitions.model.workflows import Workflow
from app.engine.model import cases as engine
from app.services.cases import asks
from app.services.cases.load_case import Loaded
from app.storage import ids, outbox
from app.storage.database import Transaction
from app.storage.repositories import case_rows, count_rows, event_rows, letter_rows, outbox_rows, task_rows
from app.storage.repositories.event_rows import NewEvent
from app.storage.repositories.outbox_rows import Promise

TIMER = "timer"
MAIL = "mail"
MESSAGE = "message"
RECEIPT = "receipt"
"""In the payload of a mail that only repeats what the sender saw on the screen when the case began."""
MERGE = "merge"
REFERRER = "referrer"
VERSION = "v"
"""In the params of every event: the version of the case that the decision made."""
FLAGS = "flags"
"""Beside the trace in a task's ``why``: what the queue shows with it (``reminder``: code, ``onlookers``: accounts)."""
LATE, ONLOOKERS = "late", "onlookers"
"""The reminder of a task that is late, and who looks along since."""


class Overtaken(Exception):
    """Somebody decided on this case in the meantime."""


@dataclass(slots=True)
class Change:
    """What one decision writes. ``key`` is the case; ``fresh``: it does not exist yet."""

    key: int
    version: int
    by: str = ""
    place: str = ""
    """The neighbourhood of the case as it is stored."""
    fresh: bool = False
    columns: dict[str, Any] = field(default_factory=dict)
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Tasks of the case as they are after the effects so far, by key of the row."""
    new_tasks: set[int] = field(default_factory=set)
    touched: dict[int, dict[str, Any]] = field(default_factory=dict)
    renamed: dict[int, str] = field(default_factory=dict)
    """Keys that tasks get, closed ones too; only where a case moves to other versions."""
    restored: dict[int, dict[str, Any]] = field(default_factory=dict)
    """What tasks, closed ones too, get back; only where a case goes back to what it was."""
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    """The tasks as they are stored, for what is counted."""
    promises: list[Promise] = field(default_factory=list)
    cancels: list[tuple[str, tuple[str, ...] | None]] = field(default_factory=list)
    events: list[NewEvent] = field(default_factory=list)
    sub_cases: list[engine.OpenCase] = field(default_factory=list)
    does: list[str] = field(default_factory=list)
    asks: list[tuple[asks.Put, Workflow]] = field(default_factory=list)
    """What is asked of others, or no longer asked, in the order of the decision."""


def write(tx: Transaction, change: Change) -> list[int]:
    """Write it all; ids of the outbox rows that are due now. Raises ``Overtaken``.

    A new case is inserted by who opens it (with its submission), before this.
    """
    if not change.fresh and not case_rows.update(
        tx, change.key, version=change.version, values={**change.columns, "version": change.version + 1}
    ):
        raise Overtaken
    _keep_places(change)
    _write_tasks(tx, change)
    for prefix, task_keys in change.cancels:
        outbox.cancel_timers(tx, change.key, prefix=prefix, task_keys=task_keys)
    _stop_mail(tx, change)
    wake = outbox_rows.emit_all(tx, change.key, change.promises)
    wake += asks.write(tx, change.key, change.asks)
    event_rows.append_all(tx, change.key, change.events, first=change.fresh)
    count_rows.add(tx, _counted(change))
    return wake


def _stop_mail(tx: Transaction, change: Change) -> None:
    """What this decision itself still says is promised after this, and goes out."""
    if {"stop_messages", "block_content"} & set(change.does):
        outbox.cancel_kind(tx, change.key, [MAIL])
        letter_rows.drop(tx, change.key)
    elif "recall_links" in change.does:
        outbox.cancel_kind(tx, change.key, [MAIL], to=REFERRER)
        letter_rows.drop(tx, change.key, recipient=REFERRER)


def _keep_places(change: Change) -> None:
    """Open tasks are in the neighbourhood of their case."""
    place = change.columns.get("neighbourhood")
    for key, task in open_tasks(change, ()):
        if place is None or task["neighbourhood"] == place:
            continue
        if key in change.new_tasks:
            change.tasks[key] = {**task, "neighbourhood": place}
        else:
            touch(change, key, {"neighbourhood": place})


def _counted(change: Change) -> count_rows.Changes:
    """What the tasks count for now that they did not before, and the other way round."""
    changes: count_rows.Changes = Counter()
    for key in sorted(change.new_tasks | change.touched.keys() | change.restored.keys()):
        if key in change.before:
            count_rows.changed(changes, change.before[key], -1)
        count_rows.changed(changes, {**change.tasks[key], **change.restored.get(key, {})}, 1)
    return changes


def _write_tasks(tx: Transaction, change: Change) -> None:
    for key, values in change.restored.items():
        task_rows.restore(tx, key, values)
    for key, values in change.touched.items():
        if key not in change.new_tasks:
            task_rows.change(tx, [key], values)
    task_rows.rename(tx, change.renamed)
    task_rows.insert(tx, [change.tasks[key] for key in sorted(change.new_tasks)])


def tell(change: Change, code: str, params: Mapping[str, str]) -> None:
    """Add a line to the history: text ``history.<code>`` with ``params``, nothing of class 2-3."""
    change.events.append(NewEvent(code, {**params, VERSION: str(change.version + 1)}, by=change.by))


def own_mail(change: Change, message: str, account: str, task_key: str) -> None:
    """A mail of its own for what cannot wait for the digest."""
    case = ids.to_text(change.key)
    payload = {"case": case, "to": f"account:{account}", "message": message}
    idem_key = f"mail:{case}:{change.version + 1}:{message}:{account}:{task_key}"[:200]
    if all(item.idem_key != idem_key for item in change.promises):
        change.promises.append(Promise(MAIL, idem_key, payload))


def open_tasks(change: Change, keys: tuple[str, ...]) -> list[tuple[int, dict[str, Any]]]:
    """Open tasks named by ``keys`` (``()``: all), as they are after the effects so far."""
    return [
        (key, task)
        for key, task in change.tasks.items()
        if task["state"] == "open" and (not keys or task["key"] in keys)
    ]


def touch(change: Change, key: int, values: dict[str, Any]) -> None:
    """Change one task of the case."""
    change.tasks[key] = {**change.tasks[key], **values}
    change.touched[key] = {**change.touched.get(key, {}), **values}


def claim_all(change: Change, *, claimed: bool = True) -> None:
    """The open tasks of the case are somebody's now, no longer a group's; or the group's again."""
    for key, _ in open_tasks(change, ()):
        touch(change, key, {"claimed": claimed})


def begin(loaded: Loaded, by: str) -> Change:
    """A change over a stored case."""
    row = loaded.row
    tasks = {task["id"]: dict(task) for task in loaded.tasks}
    place = row["neighbourhood"]
    return Change(row["id"], row["version"], by, place, tasks=tasks, before=dict(tasks))
