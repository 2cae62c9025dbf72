"""Can this process do its work?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.services.municipality.municipalities import listed
from app.storage import outbox
from app.storage.database import Unavailable, transaction
from app.storage.repositories import municipality_rows


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in the outbox of all municipalities: when the oldest due row came due, and how many were given up."""

    oldest_due: datetime | None
    dead: int


def database_answers() -> bool:
    """Whether the database can be reached and read."""
    try:
        with transaction("", readonly=True) as tx:
            return municipality_rows.answers(tx)
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
        municipality_rows.beat(tx, name)


def beats() -> dict[str, datetime]:
    """When each process last showed itself."""
    with transaction("", readonly=True) as tx:
        return municipality_rows.beats(tx)
