"""May somebody read what a case tells, without giving a reason first?"""

from __future__ import annotations

from app.engine.policy import Act, Actor
from app.services.cases import relation
from app.services.cases.case_page import FULL, content_of
from app.services.cases.load_case import Desk, Loaded, load
from app.storage import history
from app.storage.database import Transaction


def read(tx: Transaction, desk: Desk, actor: Actor, key: int) -> Loaded | None:
    """A case with its answers; ``None`` for who may not read them now."""
    loaded = load(tx, desk, key)
    return loaded if reads(tx, actor, loaded) else None


def reads(tx: Transaction, actor: Actor, loaded: Loaded) -> bool:
    """Whether ``actor`` reads what a case tells."""
    entries = history.entries(tx, loaded.row["id"])
    shared = relation.shared_with(entries, relation.local_day(loaded.pin, tx.now))
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now, shared=shared)
    return relation.allowed(actor, Act.CASE_FIND, found) and content_of(actor, loaded, found, "") == FULL
