"""Can this process do its work?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.services.municipalities import listed
from app.storage import outbox
from app.storage.database import Unavailable, table_of, transaction
from app.storage.models import Heartbeat

_TABLE = table_of(Heartbeat)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in the outbox of all municipalities: when the oldest due row came due, and how many were given up."""

    oldest_due: datetime | None
    dead: int


def database_answers() -> bool:
    """Whether the database can be reached and read."""
    try:
        with transaction("", readonly=True) as tx:
            return bool(tx.scalar(sa.select(1)))
    except Unavailable:
        return False


def backlog() -> Backlog:
    """How far behind the work is."""
    waiting: list[datetime] = []
    dead = 0
    for municipality in listed():
        with transaction(municipality.id, readonly=True) as tx:
            oldest = outbox.oldest_due(tx)
            waiting += [oldest] if oldest else []
            dead += outbox.count_dead(tx)
    return Backlog(min(waiting, default=None), dead)


def beat(name: str) -> None:
    """A process (``worker-3``, ``sweep-host``) shows that it is alive."""
    with transaction("") as tx:
        if not tx.insert_new(Heartbeat, {"name": name, "at": tx.instant}):
            tx.execute(sa.update(_TABLE).where(_TABLE.c.name == name).values(at=tx.instant))


def beats() -> dict[str, datetime]:
    """When each process last showed itself."""
    with transaction("", readonly=True) as tx:
        return {row.name: row.at for row in tx.execute(sa.select(Heartbeat.name, Heartbeat.at))}
