"""How is a sub-task ticked off?"""

from __future__ import annotations

from app.engine.model.cases import TaskDone
from app.engine.policy import Act, Actor, Relation
from app.services.cases import relation
from app.services.cases.act_on_case import ActOutcome
from app.services.cases.act_on_case import outcome as told
from app.services.cases.add_note import LONGEST_NOTE, note_event
from app.services.cases.load_case import desk_of, key_of, load
from app.services.cases.meanwhile import moment
from app.services.cases.move_case import Moved, move
from app.services.cases.told import name
from app.services.errors import AlreadyDone, Invalid, NotFound
from app.storage.database import transaction
from app.storage.repositories import task_rows

OUTCOMES = frozenset({"done", "cancelled"})


def finish(actor: Actor, task_id: str, *, outcome: str = "done", note: str = "") -> ActOutcome:
    """Tick off a sub-task (``done``) or give it up (``cancelled``, a note is needed then).

    The main task is finished by a button of the case, not here (Invalid). A task that a colleague closed:
    AlreadyDone (``name``, ``moment``).
    """
    note = note.strip()
    if outcome not in OUTCOMES or len(note) > LONGEST_NOTE or (outcome == "cancelled" and not note):
        raise Invalid("note_needed")
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        task = task_rows.get(tx, key_of(task_id))
        if task is None:
            raise NotFound
        loaded = load(tx, desk, task["case"], lock=True)
        found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
        if task["assignee"] == actor.account:
            found |= {Relation.OWN}
        relation.demand_seen(actor, Act.TASK_FINISH, found)
        if task["state"] != "open":
            if task["closed_by"] == actor.account and task["state"] == outcome:
                return told(loaded, Moved(loaded.case, nothing=True))
            by = name(task["closed_by"] or "", loaded.pin)
            raise AlreadyDone("task_closed", name=by, moment=moment(task["closed_at"], loaded))
        event = TaskDone(task=task_id, by=actor.account, outcome=outcome)
        events = [note_event(actor, note, loaded)] if note else []
        return told(loaded, move(tx, desk, loaded, event, by=actor.account, events=events))
