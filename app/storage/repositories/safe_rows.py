"""How is it written down when the installation was copied, and that its outbox is held?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Municipality, Outbox, OutboxHold, Safekeeping


@dataclass(frozen=True, slots=True)
class Note:
    """What was last done under a name, when, and what came of it."""

    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing leaves since ``since``; what waits is as old as the copy of ``copied_at``."""

    since: datetime
    copied_at: datetime


def put_note(tx: Transaction, name: str, facts: Mapping[str, Any], *, at: datetime | None = None) -> None:
    """Write down under ``name`` what was done now, over what stood there. For the transaction of no municipality."""
    take_note(tx, name)
    values = {"municipality": tx.municipality, "name": name, "at": at or tx.instant, "facts": dict(facts)}
    tx.execute(sa.insert(Safekeeping).values(values))


def take_note(tx: Transaction, name: str) -> None:
    """Forget what stood under ``name``."""
    tx.execute(
        sa.delete(Safekeeping).where(Safekeeping.municipality == tx.municipality, Safekeeping.name == name)
    )


def notes(tx: Transaction) -> dict[str, Note]:
    """Everything that was written down."""
    query = sa.select(Safekeeping.name, Safekeeping.at, Safekeeping.facts)
    mine = query.where(Safekeeping.municipality == tx.municipality)
    return {row.name: Note(row.at, row.facts) for row in tx.execute(mine)}


def empty(tx: Transaction) -> bool:
    """Whether nobody lives in this database yet."""
    return not tx.scalar(sa.select(sa.func.count()).select_from(Municipality))


def put_hold(connection: sa.Connection, municipality: str, since: datetime, copied_at: datetime) -> None:
    """Hold the outbox of a municipality, in whose transaction ``connection`` is."""
    values = {"municipality": municipality, "since": since, "copied_at": copied_at}
    connection.execute(sa.insert(OutboxHold).values(values))


def hold(tx: Transaction) -> Hold | None:
    """Since when the outbox is held; ``None`` when it is not."""
    query = sa.select(OutboxHold.since, OutboxHold.copied_at)
    row = tx.execute(query.where(OutboxHold.municipality == tx.municipality)).first()
    return Hold(row.since, row.copied_at) if row else None


def take_hold(tx: Transaction) -> bool:
    """Let the outbox go; False when it was not held."""
    held = sa.delete(OutboxHold).where(OutboxHold.municipality == tx.municipality)
    return tx.execute(held).rowcount == 1


def waiting(tx: Transaction) -> dict[str, int]:
    """How many rows are due now, by kind."""
    query = (
        sa.select(Outbox.kind, sa.func.count())
        .where(Outbox.municipality == tx.municipality, Outbox.state == "pending", Outbox.due_at <= tx.now)
        .group_by(Outbox.kind)
        .order_by(Outbox.kind)
    )
    return {kind: int(n) for kind, n in tx.execute(query)}


def drop_waiting(tx: Transaction, kinds: tuple[str, ...], until: datetime) -> int:
    """Cancel what is due by ``until`` of these kinds; how many."""
    chosen = (
        Outbox.municipality == tx.municipality,
        Outbox.state == "pending",
        Outbox.kind.in_(kinds),
        Outbox.due_at <= until,
    )
    dropped = {"state": "cancelled", "finished_at": tx.now, "error": "restored"}
    return tx.execute(sa.update(Outbox).where(*chosen).values(dropped)).rowcount
