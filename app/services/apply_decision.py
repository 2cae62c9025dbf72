"""How does a decision become rows? The one place, for every service that moves a case.

Effects are gone through in their order and gathered; then everything is written, the counts last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.engine.model import cases as engine
from app.services.load_case import Loaded, Pinned
from app.storage import ids, json_codec, outbox
from app.storage.database import Transaction
from app.storage.models import NEVER
from app.storage.repositories import case_rows, event_rows, outbox_rows, task_rows
from app.storage.repositories.event_rows import NewEvent
from app.storage.repositories.outbox_rows import Promise

TIMER = "timer"
MAIL = "mail"
MESSAGE = "message"
VERSION = "v"
"""In the params of every event: the version of the case that the decision made."""
FLAGS = "flags"
"""Beside the trace in a task's ``why``: what the queue shows with it (``reminder``: code, ``escalated``: who)."""


class Overtaken(Exception):
    """Somebody decided on this case in the meantime."""


@dataclass(slots=True)
class Change:
    """What one decision writes. ``key`` is the case; ``fresh``: it does not exist yet."""

    key: int
    version: int
    by: str = ""
    fresh: bool = False
    columns: dict[str, Any] = field(default_factory=dict)
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Tasks of the case as they are after the effects so far, by key of the row."""
    new_tasks: set[int] = field(default_factory=set)
    touched: dict[int, dict[str, Any]] = field(default_factory=dict)
    counts: task_rows.Changes = field(default_factory=Counter)
    promises: list[Promise] = field(default_factory=list)
    cancels: list[tuple[str, tuple[str, ...] | None]] = field(default_factory=list)
    events: list[NewEvent] = field(default_factory=list)
    sub_cases: list[engine.OpenCase] = field(default_factory=list)
    does: list[str] = field(default_factory=list)


def gather(tx: Transaction, pinned: Pinned, change: Change, decision: engine.Decision) -> None:
    """Go through the effects of ``decision`` and lay them down in ``change``."""
    _plain_fields(pinned, change, decision.case)
    for effect in decision.effects:
        _GATHER[type(effect)](tx, pinned, change, effect)


def write(tx: Transaction, change: Change) -> list[int]:
    """Write it all; ids of the outbox rows that are due now. Raises ``Overtaken``.

    A new case is inserted by who opens it (with its submission), before this.
    """
    if not change.fresh and not case_rows.update(
        tx, change.key, version=change.version, values={**change.columns, "version": change.version + 1}
    ):
        raise Overtaken
    _write_tasks(tx, change)
    for prefix, task_keys in change.cancels:
        outbox.cancel_timers(tx, change.key, prefix=prefix, task_keys=task_keys)
    if "stop_messages" in change.does or "block_content" in change.does:
        outbox.cancel_kind(tx, change.key, [MAIL])
    wake = outbox_rows.emit_all(tx, change.key, change.promises)
    event_rows.append_all(tx, change.key, change.events, first=change.fresh)
    task_rows.count(tx, change.counts)
    return wake


def _write_tasks(tx: Transaction, change: Change) -> None:
    for key, values in change.touched.items():
        if key not in change.new_tasks:
            task_rows.change(tx, [key], values)
    task_rows.insert(tx, [change.tasks[key] for key in sorted(change.new_tasks)])


def _plain_fields(pinned: Pinned, change: Change, after: engine.Case) -> None:
    state = pinned.workflow.states[after.state]
    change.columns.update(
        label={"form": pinned.form.title, "state": state.label},
        state=after.state,
        entered_at=after.entered_at,
        holder=after.holder,
        contact_point=after.contact_point,
        neighbourhood=after.neighbourhood,
        blocked=after.blocked,
        marks=json_codec.to_plain(after.marks),
        limits=json_codec.to_plain(after.limits),
        attempts=json_codec.to_plain(after.attempts),
        escalations=list(after.escalations),
    )


# One function an effect ------------------------------------------------------------------------------------


def _enter(tx: Transaction, pinned: Pinned, change: Change, effect: engine.EnterState) -> None:
    state = pinned.workflow.states[effect.state]
    change.columns.update(state=effect.state, closed_at=tx.now if state.end else None)
    if state.end:
        change.columns.update(reason=effect.reason, means=effect.means, row_reasons=dict(effect.row_reasons))


def _assign(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Assign) -> None:
    change.columns.update(
        holder=effect.account,
        contact_point=effect.contact_point,
        neighbourhood=effect.neighbourhood,
        why=json_codec.to_plain(effect.why),
    )


def open_task(tx: Transaction, pinned: Pinned, change: Change, effect: engine.OpenTask) -> None:
    """Lay down a new task, counted; an urgent one mails its assignee at once."""
    key = ids.new_id()
    due_on = effect.due_on or NEVER
    change.tasks[key] = {
        "municipality": tx.municipality,
        "id": key,
        "case": change.key,
        "key": effect.key,
        "kind": effect.kind,
        "state": "open",
        "label": effect.label,
        "assignee": effect.assignee,
        "contact_point": effect.contact_point,
        "due_on": due_on,
        "due_rule": effect.due_rule,
        "why": json_codec.to_plain(effect.why),
        "onlooker": effect.onlooker,
        "urgent": effect.urgent,
        "claimed": False,
        "not_before": effect.not_before,
        "privacy": effect.privacy,
        "created_at": tx.now,
        "closed_at": None,
        "closed_by": None,
        "note": None,
    }
    change.new_tasks.add(key)
    change.counts[effect.assignee, due_on] += 1
    if effect.urgent:
        _own_mail(change, "urgent", effect.assignee, effect.key)


def _close_tasks(tx: Transaction, pinned: Pinned, change: Change, effect: engine.CloseTasks) -> None:
    keys: set[str] = set()
    for key, task in _open_tasks(change, effect.keys):
        values = {"state": effect.outcome, "closed_at": tx.now, "closed_by": change.by or None}
        _touch(change, key, values)
        change.counts[task["assignee"], task["due_on"]] -= 1
        keys.add(task["key"])
    if keys:
        change.cancels.append(("", tuple(sorted(keys))))
        change.promises = [item for item in change.promises if not item.key or item.task_key not in keys]


def _reassign(tx: Transaction, pinned: Pinned, change: Change, effect: engine.ReassignTasks) -> None:
    for key, task in _open_tasks(change, effect.keys):
        change.counts[task["assignee"], task["due_on"]] -= 1
        change.counts[effect.account, task["due_on"]] += 1
        flags = {FLAGS: task["why"][FLAGS]} if FLAGS in task["why"] else {}
        values: dict[str, Any] = {
            "assignee": effect.account,
            "why": {**json_codec.to_plain(effect.why), **flags},
        }
        if effect.why.code == "claimed":
            values["claimed"] = True
        _touch(change, key, values)


def _set_timer(tx: Transaction, pinned: Pinned, change: Change, effect: engine.SetTimer) -> None:
    place = len(change.promises)
    change.promises.append(
        Promise(
            kind=TIMER,
            idem_key=f"timer:{ids.to_text(change.key)}:{change.version + 1}:{place}:{effect.key}"[:200],
            payload={
                "case": ids.to_text(change.key),
                "kind": effect.kind,
                "key": effect.key,
                "task": effect.task_key,
            },
            due_at=effect.at,
            key=effect.key,
            task_key=effect.task_key,
        )
    )


def _cancel_timers(tx: Transaction, pinned: Pinned, change: Change, effect: engine.CancelTimers) -> None:
    change.cancels.append((effect.prefix, None))
    change.promises = [
        item for item in change.promises if not item.key or not item.key.startswith(effect.prefix)
    ]


def _mark(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Mark) -> None:
    tell(change, "marked", {"mark": effect.name})


def _set_limit(tx: Transaction, pinned: Pinned, change: Change, effect: engine.SetLimit) -> None:
    """The snapshot holds it."""


def _remind(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Remind) -> None:
    wanted = [(key, task) for key, task in _open_tasks(change, ()) if task["key"] == effect.task_key]
    own = [(key, task) for key, task in _open_tasks(change, ()) if task["assignee"] == effect.account]
    for key, task in wanted or own[:1]:
        flags = {**task["why"].get(FLAGS, {}), "reminder": effect.code}
        _touch(change, key, {"why": {**task["why"], FLAGS: flags}})


def _send(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Send) -> None:
    """The words are sealed in the history; the outbox holds only where they are."""
    content = {"text": effect.text, "subject": effect.subject}
    params = {"message": effect.message, "to": effect.to, VERSION: str(change.version + 1)}
    event = NewEvent(MESSAGE, params, by=change.by, content=content)
    change.events.append(event)
    payload = {"case": ids.to_text(change.key), "event": ids.to_text(event.id), "to": effect.to}
    payload["message"] = effect.message
    change.promises.append(Promise(MAIL, f"mail:{ids.to_text(event.id)}", payload))


def _open_case(tx: Transaction, pinned: Pinned, change: Change, effect: engine.OpenCase) -> None:
    change.sub_cases.append(effect)


def _recorded(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Recorded) -> None:
    """The snapshot holds it, the history has the press."""


def _do(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Do) -> None:
    change.does.append(effect.name)
    if effect.name == "block_content":
        change.columns["blocked"] = True
    if effect.name == "cancel_tasks":
        _close_tasks(tx, pinned, change, engine.CloseTasks((), "cancelled"))
    tell(change, "did", {"name": effect.name})


def _note(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Note) -> None:
    tell(change, effect.code, dict(effect.params))


_GATHER: dict[type, Any] = {
    engine.EnterState: _enter,
    engine.Assign: _assign,
    engine.OpenTask: open_task,
    engine.CloseTasks: _close_tasks,
    engine.ReassignTasks: _reassign,
    engine.SetTimer: _set_timer,
    engine.CancelTimers: _cancel_timers,
    engine.Mark: _mark,
    engine.SetLimit: _set_limit,
    engine.Remind: _remind,
    engine.Send: _send,
    engine.OpenCase: _open_case,
    engine.Recorded: _recorded,
    engine.Do: _do,
    engine.Note: _note,
}


def tell(change: Change, code: str, params: Mapping[str, str]) -> None:
    """Add a line to the history: text ``history.<code>`` with ``params``, nothing of class 2-3."""
    change.events.append(NewEvent(code, {**params, VERSION: str(change.version + 1)}, by=change.by))


def _own_mail(change: Change, message: str, account: str, task_key: str) -> None:
    """A mail of its own for what cannot wait for the digest."""
    case = ids.to_text(change.key)
    payload = {"case": case, "to": f"account:{account}", "message": message}
    idem_key = f"mail:{case}:{change.version + 1}:{message}:{account}:{task_key}"[:200]
    if all(item.idem_key != idem_key for item in change.promises):
        change.promises.append(Promise(MAIL, idem_key, payload))


def _open_tasks(change: Change, keys: tuple[str, ...]) -> list[tuple[int, dict[str, Any]]]:
    """Open tasks named by ``keys`` (``()``: all), as they are after the effects so far."""
    return [
        (key, task)
        for key, task in change.tasks.items()
        if task["state"] == "open" and (not keys or task["key"] in keys)
    ]


def _touch(change: Change, key: int, values: dict[str, Any]) -> None:
    change.tasks[key] = {**change.tasks[key], **values}
    change.touched[key] = {**change.touched.get(key, {}), **values}


def claim_all(change: Change) -> None:
    """The open tasks of the case are somebody's now, no longer a group's."""
    for key, _ in _open_tasks(change, ()):
        _touch(change, key, {"claimed": True})


def begin(loaded: Loaded, by: str) -> Change:
    """A change over a stored case."""
    row = loaded.row
    tasks = {task["id"]: dict(task) for task in loaded.tasks}
    return Change(key=row["id"], version=row["version"], by=by, tasks=tasks)
