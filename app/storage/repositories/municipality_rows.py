"""How are municipalities, and the processes that serve them, listed?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Heartbeat, Municipality


def listed(tx: Transaction) -> list[tuple[str, str, tuple[str, ...]]]:
    """Slug, name and host names of every municipality, by slug."""
    query = sa.select(Municipality.id, Municipality.name, Municipality.settings).order_by(Municipality.id)
    return [(row.id, row.name, tuple(row.settings.get("hosts", ()))) for row in tx.execute(query)]


def insert(tx: Transaction, name: str, hosts: Sequence[str]) -> bool:
    """Make the municipality of ``tx``; False when it is there."""
    values = {"id": tx.municipality, "name": name, "settings": {"hosts": list(hosts)}, "created_at": tx.now}
    return tx.insert_new(Municipality, values)


def name(tx: Transaction) -> str | None:
    """Its name; ``None`` when there is no such municipality."""
    found: str | None = tx.scalar(sa.select(Municipality.name).where(Municipality.id == tx.municipality))
    return found


def staffing_version(tx: Transaction) -> int | None:
    """Rises with every change of staff; ``None`` when there is no such municipality."""
    query = sa.select(Municipality.staffing_version).where(Municipality.id == tx.municipality)
    found: int | None = tx.scalar(query)
    return found


def answers(tx: Transaction) -> bool:
    """Whether the database does."""
    return bool(tx.scalar(sa.select(1)) == 1)


def beat(tx: Transaction, process: str) -> None:
    """A process shows itself now."""
    if not tx.insert_new(Heartbeat, {"name": process, "at": tx.instant}):
        tx.execute(sa.update(Heartbeat).where(Heartbeat.name == process).values(at=tx.instant))


def beats(tx: Transaction) -> dict[str, datetime]:
    """When each process last showed itself."""
    return {row.name: row.at for row in tx.execute(sa.select(Heartbeat.name, Heartbeat.at))}
