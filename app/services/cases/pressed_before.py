"""What became of a press whose button is no longer there?

The press itself may have taken it away: it was carried out, its answer was lost on the way, and it is sent once more.
Then it is told what it did. Otherwise somebody else was first.
"""

from __future__ import annotations

from app.engine.policy import Act, Actor
from app.services.cases import act_on_case, relation
from app.services.cases.act_on_case import ActOutcome
from app.services.cases.load_case import Loaded, desk_of, key_of, load
from app.services.cases.meanwhile import changed
from app.services.errors import Conflict, NotFound
from app.storage.database import transaction
from app.storage.repositories import token_rows


def look(actor: Actor, case_id: str, action: str, token: str, *, since: int = 0) -> ActOutcome:
    """What the press with this ``token`` did.

    ``since`` is the version of the page. Raises Conflict (``case_changed``) when it did nothing, Forbidden, and
    NotFound for a button this case never has.
    """
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = load(tx, desk, key_of(case_id))
        found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
        if since == loaded.row["version"]:
            relation.demand_seen(actor, Act.CASE_ACT, found)
        relation.demand_seen(actor, Act.CASE_FIND, found)
        follows = relation.allowed(actor, Act.CASE_ACT, found)
        if not _known(loaded, action):
            raise NotFound
        first = token_rows.find(tx, token)
        if first is None or not follows:
            raise Conflict("case_changed", current=changed(tx, loaded, since, follows=follows))
        return act_on_case.first_outcome(case_id, loaded, first)


def _known(loaded: Loaded, action: str) -> bool:
    workflow = loaded.pin.workflow
    return any(action in workflow.actions_of(state) for state in workflow.states)
