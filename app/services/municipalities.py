"""Which municipalities live here, and which one does a host name belong to?"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from app.storage.database import memory, reading, transaction
from app.storage.models import Municipality


@dataclass(frozen=True, slots=True)
class Known:
    """A municipality of this installation; ``hosts`` are the names it is reached by."""

    id: str
    name: str
    hosts: tuple[str, ...] = ()


def listed() -> tuple[Known, ...]:
    """All municipalities, by slug; read anew."""
    with transaction("", readonly=True) as tx:
        rows = tx.execute(
            sa.select(Municipality.id, Municipality.name, Municipality.settings).order_by(Municipality.id)
        )
        return tuple(Known(row.id, row.name, tuple(row.settings.get("hosts", ()))) for row in rows)


def by_host(host: str) -> str | None:
    """The slug behind a host name (no port); the only municipality answers to every name.

    ``None`` for a name nobody has. Remembered by this process once there is a municipality.
    """
    known: list[tuple[Known, ...]] = memory("municipalities", list)
    if not known:
        found = listed()
        if not found:
            return None
        known.append(found)
    if len(known[0]) == 1:
        return known[0][0].id
    return next((item.id for item in known[0] if host.lower() in item.hosts), None)


def name_of(municipality: str) -> str:
    """Its name as people write it; the slug when there is none."""
    with reading(municipality) as tx:
        found = tx.scalar(sa.select(Municipality.name).where(Municipality.id == municipality))
        return str(found or municipality)


def forget() -> None:
    """A municipality was added or changed: look again."""
    memory("municipalities", list).clear()
