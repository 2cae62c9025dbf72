"""How is something written down on a case without moving it?"""

from __future__ import annotations

from datetime import timedelta

from app.engine.policy import Act, Actor
from app.services.cases import relation
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import Loaded, desk_of, key_of, load
from app.services.errors import Invalid
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import event_rows
from app.storage.repositories.event_rows import NewEvent

LONGEST_NOTE = 4000
NOTE = "note"
TWICE = timedelta(minutes=2)
"""Within this time the same words by the same person are one note."""


def add(actor: Actor, case_id: str, text: str) -> None:
    """Add a note to the history; sealed, class 3. Raises Invalid when empty or longer than ``LONGEST_NOTE``."""
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise Invalid("note_length")
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, key_of(case_id), lock=True)
        shared = relation.shared_with(
            history.entries(tx, loaded.row["id"]), relation.local_day(loaded.pin, tx.now)
        )
        found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now, shared=shared)
        relation.demand_seen(actor, Act.CASE_NOTE, found)
        if _again(tx, actor, text, loaded):
            return
        event_rows.append_all(tx, loaded.row["id"], [note_event(actor, text, loaded)])


def _again(tx: Transaction, actor: Actor, text: str, loaded: Loaded) -> bool:
    """Whether the last thing that happened is this very note: a double click."""
    last = next(iter(history.entries(tx, loaded.row["id"], limit=1)), None)
    return (
        last is not None
        and (last.code, last.by, last.content) == (NOTE, actor.account, {"text": text})
        and tx.now - last.at < TWICE
    )


def note_event(actor: Actor, text: str, loaded: Loaded) -> NewEvent:
    """A note as an event; it does not raise the version of the case."""
    return NewEvent(NOTE, {VERSION: str(loaded.row["version"])}, by=actor.account, content={"text": text})
