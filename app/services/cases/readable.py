"""How much of a case may somebody see, and do they read what it tells without giving a reason first?"""

from __future__ import annotations

from collections.abc import Collection

from app.engine.policy import Act, Actor, Relation
from app.services.cases import relation
from app.services.cases.load_case import Desk, Loaded, load
from app.storage import history
from app.storage.database import Transaction

FULL, REASON, METADATA = "full", "reason", "metadata"


def content_of(actor: Actor, loaded: Loaded, found: Collection[Relation], reason: str) -> str:
    """How much this person sees: the whole, the whole after a reason, or that it exists and who has it."""
    if loaded.row["blocked"]:
        return _with_reason(reason) if relation.allowed(actor, Act.CASE_READ_BLOCKED, found) else METADATA
    if relation.restricted(loaded.row, loaded.pin):
        return FULL if relation.allowed(actor, Act.CASE_READ_RESTRICTED, found) else METADATA
    if relation.allowed(actor, Act.CASE_READ, found):
        return FULL
    if relation.allowed(actor, Act.CASE_READ_WITH_REASON, found):
        return _with_reason(reason)
    return METADATA


def _with_reason(reason: str) -> str:
    return FULL if reason else REASON


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
