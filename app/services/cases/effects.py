"""What does each effect of a decision mean for the rows of a case?

One function an effect, in the order the engine decided them; a later one sees what an earlier one did.
"""

from __future__ import annotations

from typing import Any

from app.engine.model import cases as engine
from app.engine.model.agreeing import Agree
from app.engine.model.asking import AskOthers, StopAsking, TakeAnswer
from app.services.cases import announce, referrals
from app.services.cases.apply_decision import (
    FLAGS,
    LATE,
    MAIL,
    MERGE,
    MESSAGE,
    ONLOOKERS,
    RECEIPT,
    TIMER,
    VERSION,
    Change,
    open_tasks,
    own_mail,
    tell,
    touch,
)
from app.services.cases.asks import Put
from app.services.cases.load_case import Pinned
from app.storage import ids, json_codec
from app.storage.database import Transaction
from app.storage.models import NEVER
from app.storage.repositories import referral_rows
from app.storage.repositories.event_rows import NewEvent
from app.storage.repositories.outbox_rows import Promise


def gather(tx: Transaction, pinned: Pinned, change: Change, decision: engine.Decision) -> None:
    """Go through the effects of ``decision`` and lay them down in ``change``."""
    _plain_fields(pinned, change, decision.case)
    for effect in decision.effects:
        _GATHER[type(effect)](tx, pinned, change, effect)


def _plain_fields(pinned: Pinned, change: Change, after: engine.Case) -> None:
    state = pinned.workflow.states[after.state]
    change.columns.update(
        label={"form": pinned.title, "state": state.label},
        state=after.state,
        entered_at=after.entered_at,
        holder=after.holder,
        contact_point=after.contact_point,
        neighbourhood=after.neighbourhood,
        blocked=after.blocked,
        silent=after.silent,
        marks=json_codec.to_plain(after.marks),
        limits=json_codec.to_plain(after.limits),
        attempts=json_codec.to_plain(after.attempts),
        escalations=list(after.escalations),
    )


# One function an effect ------------------------------------------------------------------------------------


def _enter(tx: Transaction, pinned: Pinned, change: Change, effect: engine.EnterState) -> None:
    state = pinned.workflow.states[effect.state]
    change.columns.update(state=effect.state, closed_at=tx.now if state.end else None)
    change.columns.update(reason=effect.reason, means=effect.means, row_reasons=dict(effect.row_reasons))
    announce.entered(pinned.world.settings, change, ends=state.end)


def _assign(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Assign) -> None:
    change.columns.update(
        holder=effect.account,
        contact_point=effect.contact_point,
        neighbourhood=effect.neighbourhood,
        why=json_codec.to_plain(effect.why),
    )


def open_task(tx: Transaction, pinned: Pinned, change: Change, effect: engine.OpenTask) -> None:
    """Lay down a new task; an urgent one mails its assignee at once."""
    key = ids.new_id()
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
        "neighbourhood": change.columns.get("neighbourhood", change.place),
        "due_on": effect.due_on or NEVER,
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
        "told": tx.sealer.seal_json(("task", key, "told"), effect.told) if effect.told else None,
    }
    change.new_tasks.add(key)
    if effect.urgent:
        own_mail(change, "urgent", effect.assignee, effect.key)


def _close_tasks(tx: Transaction, pinned: Pinned, change: Change, effect: engine.CloseTasks) -> None:
    keys: set[str] = set()
    for key, task in open_tasks(change, effect.keys):
        values = {"state": effect.outcome, "closed_at": tx.now, "closed_by": change.by or None}
        touch(change, key, values)
        keys.add(task["key"])
    if keys:
        change.cancels.append(("", tuple(sorted(keys))))
        change.promises = [item for item in change.promises if not item.key or item.task_key not in keys]


def _reassign(tx: Transaction, pinned: Pinned, change: Change, effect: engine.ReassignTasks) -> None:
    for key, task in open_tasks(change, effect.keys):
        flags = {FLAGS: task["why"][FLAGS]} if FLAGS in task["why"] else {}
        values: dict[str, Any] = {
            "assignee": effect.account,
            "why": {**json_codec.to_plain(effect.why), **flags},
        }
        if effect.why.code == "claimed":
            values["claimed"] = True
        touch(change, key, values)


def _move_task(tx: Transaction, pinned: Pinned, change: Change, effect: engine.MoveTask) -> None:
    for key, _ in open_tasks(change, (effect.key,)):
        touch(change, key, {"due_on": effect.due_on})


def _rename_task(tx: Transaction, pinned: Pinned, change: Change, effect: engine.RenameTask) -> None:
    for key, task in list(change.tasks.items()):
        if task["key"] != effect.key:
            continue
        if effect.to != effect.key:
            change.tasks[key] = {**task, "key": effect.to}
            change.renamed[key] = effect.to
        if effect.label and task["state"] == "open":
            touch(change, key, {"label": effect.label})


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
    wanted = [(key, task) for key, task in open_tasks(change, ()) if task["key"] == effect.task_key]
    own = [(key, task) for key, task in open_tasks(change, ()) if task["assignee"] == effect.account]
    for key, task in wanted or own[:1]:
        before = task["why"].get(FLAGS, {})
        flags = {**before, "reminder": effect.code}
        if effect.code == LATE:
            flags[ONLOOKERS] = [*before.get(ONLOOKERS, ()), *filter(None, [effect.onlooker])]
        touch(change, key, {"why": {**task["why"], FLAGS: flags}})


def _send(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Send) -> None:
    """The words are sealed in the history; the outbox holds only where they are."""
    content = {"text": effect.text, "subject": effect.subject}
    params = {"message": effect.message, "to": effect.to, VERSION: str(change.version + 1)}
    event = NewEvent(MESSAGE, params, by=change.by, content=content)
    change.events.append(event)
    payload = {"case": ids.to_text(change.key), "event": ids.to_text(event.id), "to": effect.to}
    payload["message"] = effect.message
    if change.fresh:
        payload[RECEIPT] = "yes"
    change.promises.append(Promise(MAIL, f"mail:{ids.to_text(event.id)}", payload))


def _open_case(tx: Transaction, pinned: Pinned, change: Change, effect: engine.OpenCase) -> None:
    change.sub_cases.append(effect)


def _recorded(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Recorded) -> None:
    """The snapshot holds it, the history has the press."""


def _agree(tx: Transaction, pinned: Pinned, change: Change, effect: Agree) -> None:
    """Kept with the answers, by who moves the case."""


def _do(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Do) -> None:
    change.does.append(effect.name)
    if effect.name == "recall_links":
        change.columns["recalled"] = True
        referral_rows.recall(tx, change.key)
    if effect.name == referrals.INVITE:
        referrals.invite(tx, change.key)
    if effect.name == "cancel_tasks":
        _close_tasks(tx, pinned, change, engine.CloseTasks((), "cancelled"))
    if effect.name != MERGE:  # into which case, is told by who knows it
        tell(change, "did", {"name": effect.name})


def _note(tx: Transaction, pinned: Pinned, change: Change, effect: engine.Note) -> None:
    tell(change, effect.code, dict(effect.params))


def _ask(tx: Transaction, pinned: Pinned, change: Change, effect: Put) -> None:
    change.asks.append((effect, pinned.workflow))


def _take_answer(tx: Transaction, pinned: Pinned, change: Change, effect: TakeAnswer) -> None:
    """Kept by who heard it."""


_GATHER: dict[type, Any] = {
    engine.EnterState: _enter,
    engine.Assign: _assign,
    engine.OpenTask: open_task,
    engine.CloseTasks: _close_tasks,
    engine.ReassignTasks: _reassign,
    engine.MoveTask: _move_task,
    engine.RenameTask: _rename_task,
    engine.SetTimer: _set_timer,
    engine.CancelTimers: _cancel_timers,
    engine.Mark: _mark,
    engine.SetLimit: _set_limit,
    engine.Remind: _remind,
    engine.Send: _send,
    engine.OpenCase: _open_case,
    engine.Recorded: _recorded,
    Agree: _agree,
    engine.Do: _do,
    AskOthers: _ask,
    StopAsking: _ask,
    TakeAnswer: _take_answer,
    engine.Note: _note,
}
