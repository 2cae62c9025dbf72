"""How does somebody take a task out of a group queue?"""

from __future__ import annotations

from app.engine.model.cases import HandedOver
from app.engine.policy import Act, Actor
from app.services.cases import relation, told
from app.services.cases.act_on_case import ActOutcome, outcome
from app.services.cases.load_case import desk_of, key_of, load
from app.services.cases.move_case import Moved, move
from app.services.errors import AlreadyDone, NotFound
from app.storage.database import transaction
from app.storage.repositories import task_rows


def claim(actor: Actor, task_id: str) -> ActOutcome:
    """Make a task of a group queue mine; nothing happens when it is. Raises AlreadyDone (``name``) when a colleague was
    first, Forbidden outside the group."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        task = task_rows.get(tx, key_of(task_id))
        if task is None:
            raise NotFound
        loaded = load(tx, desk, task["case"], lock=True)
        if task["state"] != "open" or not relation.unclaimed(loaded.row, loaded.tasks, loaded.pin):
            if loaded.row["holder"] == actor.account:
                return outcome(loaded, Moved(loaded.case, nothing=True))
            relation.demand_seen(
                actor, Act.CASE_FIND, relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
            )
            raise AlreadyDone("claimed_before", name=told.name(loaded.row["holder"], loaded.pin))
        found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
        relation.demand_seen(actor, Act.CASE_CLAIM, found)
        event = HandedOver(to=actor.account, by=actor.account, code="claimed")
        return outcome(loaded, move(tx, desk, loaded, event, by=actor.account, claimed=True))
