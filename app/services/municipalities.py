"""Which municipalities live here, and which one does a host name belong to?"""

from __future__ import annotations

from dataclasses import dataclass

from app.storage.database import memory, reading, transaction
from app.storage.repositories import municipality_rows


@dataclass(frozen=True, slots=True)
class Known:
    """A municipality of this installation; ``hosts`` are the names it is reached by."""

    id: str
    name: str
    hosts: tuple[str, ...] = ()


def listed() -> tuple[Known, ...]:
    """All municipalities, by slug; read anew."""
    with transaction("", readonly=True) as tx:
        return tuple(Known(*row) for row in municipality_rows.listed(tx))


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


def remembered_name(municipality: str) -> str:
    """Its name as this process remembers it, for the head of every page; empty before anybody was looked up."""
    known: list[tuple[Known, ...]] = memory("municipalities", list)
    return next((item.name for found in known for item in found if item.id == municipality), "")


def name_of(municipality: str) -> str:
    """Its name as people write it; the slug when there is none."""
    with reading(municipality) as tx:
        return municipality_rows.name(tx) or municipality


def forget() -> None:
    """A municipality was added or changed: look again."""
    memory("municipalities", list).clear()
