"""What happened, in an order nobody can rewrite unseen?

Every case has a chain: each event's hash covers the one before it, keyed per municipality, so that a change, a swap or
a removed link shows. Stream 0 is the municipality's own log: sign-ins, staff, publications.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.storage import counters, json_codec
from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import Event

OWN_LOG = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it was written; ``content`` is what was sealed, ``None`` when there was none or it was erased."""

    id: int
    seq: int
    at: datetime
    by: str
    code: str
    params: Mapping[str, Any]
    content: Any = None


def append(
    tx: Transaction,
    case: int | None,
    code: str,
    params: Mapping[str, str] | None = None,
    *,
    by: str = "",
    content: object = None,
) -> int:
    """Add an event to the chain of ``case`` (``None``: the municipality's own log); its id.

    ``params`` hold nothing of class 2-3: that goes into ``content`` (any JSON), which is sealed. The caller has made
    sure nobody else writes to this case (its version was raised in the same transaction).
    """
    stream = case or OWN_LOG
    seq, previous = _head(tx, stream)
    fresh = new_id()
    sealed = None if content is None else tx.sealer.seal_json(("event", fresh, "sealed"), content)
    values: dict[str, Any] = {
        "municipality": tx.municipality,
        "id": fresh,
        "stream": stream,
        "seq": seq + 1,
        "case": case,
        "at": tx.now,
        "by": by,
        "code": code,
        "params": dict(params or {}),
        "sealed_hash": hashlib.sha256(sealed).hexdigest() if sealed else "",
        "previous": previous,
    }
    values["hash"] = _hash(tx, values)
    tx.execute(sa.insert(Event), {**values, "sealed": sealed})
    return fresh


def entries(tx: Transaction, case: int | None, *, limit: int = 500) -> list[Entry]:
    """The events of a case, the last first, opened."""
    query = (
        sa.select(Event.id, Event.seq, Event.at, Event.by, Event.code, Event.params, Event.sealed)
        .where(Event.municipality == tx.municipality, Event.stream == (case or OWN_LOG))
        .order_by(Event.seq.desc())
        .limit(limit)
    )
    return [
        Entry(
            row.id,
            row.seq,
            row.at,
            row.by,
            row.code,
            row.params,
            tx.sealer.open_json(("event", row.id, "sealed"), row.sealed) if row.sealed else None,
        )
        for row in tx.execute(query)
    ]


def verify(tx: Transaction, case: int | None) -> int | None:
    """The first ``seq`` at which the chain of a case is broken; ``None`` when it is whole.

    A tail that was cut off is seen only beside a head kept elsewhere (see ``head``).
    """
    found = next(iter(_breaks(tx, Event.stream == (case or OWN_LOG))), None)
    return found.seq if found and found.broken else None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at every chain of a municipality found: how many, how long, where each broken one breaks first."""

    streams: int
    events: int
    breaks: tuple[tuple[int, int], ...]
    """Stream (0: the own log) and ``seq`` of the first link that does not fit."""


def verify_all(tx: Transaction) -> Checked:
    """Every chain of the municipality. A cut tail or a removed chain shows only beside an anchor (``anchors``)."""
    streams = events = 0
    breaks: list[tuple[int, int]] = []
    for walk in _breaks(tx, sa.true()):
        streams += 1
        events += walk.events
        if walk.broken:
            breaks.append((walk.stream, walk.seq))
    return Checked(streams, events, tuple(breaks))


@dataclass(slots=True)
class _Walk:
    """Along one chain: ``seq`` is where it breaks when ``broken``, else the last one that fits."""

    stream: int
    seq: int = 0
    events: int = 0
    broken: bool = False
    previous: str = ""

    def step(self, tx: Transaction, row: Mapping[Any, Any]) -> None:
        self.events += 1
        if self.broken:
            return
        self.seq += 1
        self.broken = not (
            row["seq"] == self.seq
            and row["previous"] == self.previous
            and hmac.compare_digest(row["hash"], _hash(tx, row))
            and _content_fits(tx, row)
        )
        self.previous = row["hash"]


def _breaks(tx: Transaction, which: sa.ColumnElement[bool]) -> Iterator[_Walk]:
    query = (
        sa.select(Event.__table__)
        .where(Event.municipality == tx.municipality, which)
        .order_by(Event.stream, Event.seq)
        .execution_options(yield_per=1000)
    )
    walk: _Walk | None = None
    for row in tx.execute(query).mappings():
        if walk is None or walk.stream != row["stream"]:
            if walk is not None:
                yield walk
            walk = _Walk(row["stream"])
        walk.step(tx, row)
    if walk is not None:
        yield walk


def _content_fits(tx: Transaction, row: Mapping[Any, Any]) -> bool:
    """Content is erased, as it was written, or sealed again by somebody with the key."""
    sealed = row["sealed"]
    if sealed is None or hashlib.sha256(sealed).hexdigest() == row["sealed_hash"]:
        return True
    return hmac.compare_digest(row["proof"], proof(tx, row["hash"], sealed))


def proof(tx: Transaction, link: str, sealed: bytes) -> str:
    """What goes beside the content of an event that was sealed again; ``link``: the hash of the event."""
    covered = json_codec.canonical([link, hashlib.sha256(sealed).hexdigest()])
    return hmac.digest(tx.sealer.derived("history content"), covered, "sha256").hex()


def head(tx: Transaction, case: int | None) -> tuple[int, str]:
    """Number and hash of the last event: what to keep elsewhere. ``(0, "")`` when there is none."""
    query = (
        sa.select(Event.seq, Event.hash)
        .where(Event.municipality == tx.municipality, Event.stream == (case or OWN_LOG))
        .order_by(Event.seq.desc())
        .limit(1)
    )
    row = tx.execute(query).first()
    return (row.seq, row.hash) if row else (0, "")


def _head(tx: Transaction, stream: int) -> tuple[int, str]:
    if stream == OWN_LOG:
        counters.draw(tx, "log")  # its row is the lock: writers of the own log queue here
    return head(tx, stream or None)


_COVERED = ("municipality", "id", "stream", "seq", "at", "by", "code", "params", "sealed_hash", "previous")


def _hash(tx: Transaction, row: Mapping[Any, Any]) -> str:
    covered = json_codec.canonical([row[name] for name in _COVERED])
    return hmac.digest(tx.sealer.derived("history"), covered, "sha256").hex()


def link(tx: Transaction, row: Mapping[Any, Any]) -> str:
    """The hash of an event that is about to be written: for who adds several at once."""
    return _hash(tx, row)
