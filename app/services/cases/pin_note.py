"""Which note must whoever opens the case read first? At most one."""

from __future__ import annotations

from collections.abc import Sequence

from app.engine.policy import Act, Actor
from app.services.cases import relation
from app.services.cases.add_note import NOTE
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import desk_of, key_of, load
from app.services.errors import NotFound
from app.storage import history, ids
from app.storage.database import transaction
from app.storage.history import Entry
from app.storage.repositories import event_rows
from app.storage.repositories.event_rows import NewEvent

PINNED = "pinned"


def pin(actor: Actor, case_id: str, note: str) -> None:
    """Put a note on top of the case; ``note`` empty: none. Raises ``Forbidden``, ``NotFound`` (no note of it)."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, key_of(case_id), lock=True)
        entries = history.entries(tx, loaded.row["id"])
        shared = relation.shared_with(entries, relation.local_day(loaded.pin, tx.now))
        found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now, shared=shared)
        relation.demand_seen(actor, Act.CASE_NOTE, found)
        if note and not any(entry.code == NOTE and ids.to_text(entry.id) == note for entry in entries):
            raise NotFound
        params = {"note": note, VERSION: str(loaded.row["version"])}
        event_rows.append_all(tx, loaded.row["id"], [NewEvent(PINNED, params, by=actor.account)])


def pinned(entries: Sequence[Entry]) -> str:
    """The id of the note that stands on top; empty without one. ``entries``: the last first."""
    return next((str(entry.params.get("note", "")) for entry in entries if entry.code == PINNED), "")
