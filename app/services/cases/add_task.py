"""How does somebody who works on a case put down a task of their own making, for themselves or a colleague?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.engine.model.cases import Refusal, TaskAdded
from app.engine.policy import Act, Actor
from app.services import once
from app.services.cases import relation
from app.services.cases.act_on_case import ActOutcome, outcome
from app.services.cases.load_case import desk_of, key_of, load
from app.services.cases.move_case import Moved, move
from app.services.cases.open_case import refused
from app.storage import history, ids
from app.storage.database import transaction
from app.texts import say

LONGEST = 200


def add(
    actor: Actor, case_id: str, what: str, *, to: str, due_on: date | None, token: str = ""
) -> ActOutcome:
    """Open a task on a case, counted and in its history. What it says is sealed: lists show that there is one.

    ``token`` was minted with the page: sent twice it is one task. Raises ``Forbidden``, ``NotFound``, ``Invalid``: an
    empty or long text, no or a past date, somebody who may not have it; ``Conflict`` as ``once.first``.
    """
    what = " ".join(what.split())
    if not what or len(what) > LONGEST:
        raise refused(Refusal("task_empty"))
    if due_on is None:
        raise refused(Refusal("task_no_day"))
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, key_of(case_id), lock=True)
        shared = relation.shared_with(
            history.entries(tx, loaded.row["id"]), relation.local_day(loaded.pin, tx.now)
        )
        found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now, shared=shared)
        relation.demand_seen(actor, Act.TASK_ADD, found)
        if once.first(tx, actor, token, case_id, what, to, due_on.isoformat()) is not None:
            return replace(outcome(loaded, Moved(loaded.case, nothing=True)), again=True)
        event = TaskAdded(
            key=f"own:{ids.to_text(ids.new_id())}",
            label=say("working.own_task"),
            to=to or actor.account,
            due_on=due_on,
            by=actor.account,
            told=what,
        )
        return outcome(loaded, move(tx, desk, loaded, event, by=actor.account))
