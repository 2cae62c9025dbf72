"""Which municipalities live here, and which one does a host name belong to?"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from app.services.errors import Unavailable
from app.storage.database import memory, reading, transaction
from app.storage.repositories import municipality_rows

LOOK_AGAIN_S = 5.0
"""So soon does every process know of a municipality that was added by another one."""
REAL, DEMO, EXERCISE = "real", "demo", "exercise"


@dataclass(frozen=True, slots=True)
class Known:
    """A municipality of this installation; ``hosts`` are the names it is reached by, ``kind`` is real, demo or
    exercise."""

    id: str
    name: str
    hosts: tuple[str, ...] = ()
    kind: str = REAL


@dataclass(slots=True)
class _Kept:
    """What this process remembers, and when it looked."""

    known: tuple[Known, ...] = ()
    looked: float = field(default=float("-inf"))


def listed() -> tuple[Known, ...]:
    """All municipalities, by slug; read anew."""
    with transaction("", readonly=True) as tx:
        return tuple(Known(*row) for row in municipality_rows.listed(tx))


def by_host(host: str) -> str | None:
    """The slug behind a host name (no port). A municipality that is the only one, but for exercises, answers to every
    name that is not theirs.

    ``None`` for a name nobody has. Remembered by this process for some seconds once there is a municipality.
    """
    known = _remembered()
    named = next((item.id for item in known if host.lower() in item.hosts), None)
    open_to_all = [item.id for item in known if item.kind != EXERCISE]
    return named or (open_to_all[0] if len(open_to_all) == 1 else None)


def remembered_name(municipality: str) -> str:
    """Its name as this process remembers it, for the head of every page; empty before anybody was looked up."""
    kept = memory("municipalities", _Kept)
    return next((item.name for item in kept.known if item.id == municipality), "")


def hosts_of(municipality: str) -> tuple[str, ...]:
    """The host names it is reached by, as this process remembers them."""
    return next((item.hosts for item in _remembered() if item.id == municipality), ())


def anybody_here() -> bool:
    """Whether some municipality lives on this installation."""
    return bool(_remembered())


def _remembered() -> tuple[Known, ...]:
    kept = memory("municipalities", _Kept)
    if not kept.known or time.monotonic() - kept.looked > LOOK_AGAIN_S:
        try:
            kept.known, kept.looked = listed(), time.monotonic()
        except Unavailable:
            if not kept.known:
                raise
    return kept.known


def name_of(municipality: str) -> str:
    """Its name as people write it; the slug when there is none."""
    with reading(municipality) as tx:
        return municipality_rows.name(tx) or municipality


def forget() -> None:
    """A municipality was added or changed: look again."""
    memory("municipalities", _Kept).looked = float("-inf")
