"""How are the events of one decision written at once, and those of a kind found again?

The chain is that of ``storage.history``; a decision adds several links with one look at its head.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.storage import history
from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import Event, ReadLog
from app.storage.ready import insert_rows

_EVENT = table_of(Event)
_READ = table_of(ReadLog)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to add. ``params`` are text and hold nothing of class 2-3; ``content`` is sealed.

    ``id`` may be drawn before, by whoever points at it.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    content: object = None
    id: int = field(default_factory=new_id)


def append_all(tx: Transaction, case: int, events: Sequence[NewEvent], *, first: bool = False) -> None:
    """Add events to the chain of ``case``; ``first``: it has none yet."""
    if not events:
        return
    seq, previous = (0, "") if first else history.head(tx, case)
    rows: list[dict[str, Any]] = []
    for event in events:
        seq += 1
        row = _row(tx, case, event, seq, previous)
        rows.append(row)
        previous = row["hash"]
    insert_rows(tx, _EVENT, rows)


def of_code(tx: Transaction, case: int, code: str) -> list[dict[str, Any]]:
    """The events of a case with that code, oldest first, their content unopened."""
    query = sa.select(_EVENT).where(
        _EVENT.c.municipality == tx.municipality, _EVENT.c.stream == case, _EVENT.c.code == code
    )
    return [dict(row) for row in tx.execute(query.order_by(_EVENT.c.seq)).mappings()]


def content(tx: Transaction, event: int) -> Any:
    """What was sealed with one event; None when there was nothing or it was erased."""
    query = sa.select(_EVENT.c.sealed).where(_EVENT.c.municipality == tx.municipality, _EVENT.c.id == event)
    sealed = tx.scalar(query)
    return tx.sealer.open_json(("event", event, "sealed"), sealed) if sealed else None


def since(tx: Transaction, case: int, version: int) -> list[history.Entry]:
    """The events of decisions after ``version`` of the case, oldest first."""
    newer = [
        entry for entry in history.entries(tx, case, limit=100) if int(entry.params.get("v", "0")) > version
    ]
    return newer[::-1]


def log_read(
    tx: Transaction,
    *,
    account: str,
    act: str,
    case: int | None = None,
    person: int | None = None,
    reason: str = "",
    ground: str = "",
) -> None:
    """Write down that somebody opened what a resident told, or the record of a person; the reason is sealed.

    ``ground``: what the case is to them (a relation), ``emergency``, or empty where the act says it all.
    """
    key = new_id()
    tx.execute(
        sa.insert(_READ),
        {
            "municipality": tx.municipality,
            "id": key,
            "account": account,
            "case": case,
            "person": person,
            "act": act,
            "reason": "",
            "ground": ground,
            "sealed": tx.sealer.seal(("read_log", key, "reason"), reason.encode()) if reason else None,
            "at": tx.now,
        },
    )


def _row(tx: Transaction, case: int, event: NewEvent, seq: int, previous: str) -> dict[str, Any]:
    place = ("event", event.id, "sealed")
    sealed = None if event.content is None else tx.sealer.seal_json(place, event.content)
    row: dict[str, Any] = {
        "municipality": tx.municipality,
        "id": event.id,
        "stream": case,
        "seq": seq,
        "case": case,
        "at": tx.now,
        "by": event.by,
        "code": event.code,
        "params": dict(event.params),
        "sealed": sealed,
        "sealed_hash": hashlib.sha256(sealed).hexdigest() if sealed else "",
        "previous": previous,
    }
    row["hash"] = history.link(tx, row)
    return row
