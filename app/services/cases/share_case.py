"""How does a colleague get to see a case that is not theirs?"""

from __future__ import annotations

from app.engine.policy import Act, Actor
from app.services.cases import relation
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import desk_of, key_of, load
from app.services.errors import Invalid, NotFound
from app.storage.database import transaction
from app.storage.repositories import event_rows
from app.storage.repositories.event_rows import NewEvent

SHARED, UNSHARED = "shared", "unshared"


def share(actor: Actor, case_id: str, *, with_account: str, reason: str) -> None:
    """Let one colleague read one case, with a reason, logged. The holder or a substitute decides (Forbidden)."""
    if not reason.strip():
        raise Invalid("reason_needed")
    _write(actor, case_id, SHARED, with_account, reason.strip())


def unshare(actor: Actor, case_id: str, *, with_account: str) -> None:
    """End it."""
    _write(actor, case_id, UNSHARED, with_account, "")


def _write(actor: Actor, case_id: str, code: str, account: str, reason: str) -> None:
    desk = desk_of(actor.municipality)
    if account not in desk.world.staffing.workers:
        raise NotFound
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, key_of(case_id), lock=True)
        found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
        if not relation.allowed(actor, Act.CASE_FIND, found):
            raise NotFound
        relation.demand(actor, Act.CASE_SHARE, found)
        params = {"account": account, VERSION: str(loaded.row["version"])}
        content = {"reason": reason} if reason else None
        event_rows.append_all(
            tx, loaded.row["id"], [NewEvent(code, params, by=actor.account, content=content)]
        )
