"""How does one decision promise several effects at once, and what was promised for a case?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import Case, Outbox
from app.storage.ready import insert_rows

_OUTBOX = table_of(Outbox)
_CASE = table_of(Case)


@dataclass(frozen=True, slots=True)
class Promise:
    """One effect to come; as ``storage.outbox.emit``. ``due_at`` None is now."""

    kind: str
    idem_key: str
    payload: Mapping[str, Any]
    due_at: datetime | None = None
    key: str = ""
    task_key: str = ""
    id: int = field(default_factory=new_id)


def emit_all(tx: Transaction, case: int, promises: Sequence[Promise]) -> list[int]:
    """Write promises whose ``idem_key`` cannot have been used before; the ids of those due now."""
    if not promises:
        return []
    rows: list[dict[str, Any]] = [
        {
            "municipality": tx.municipality,
            "id": promise.id,
            "kind": promise.kind,
            "idem_key": promise.idem_key,
            "payload": dict(promise.payload),
            "due_at": promise.due_at or tx.now,
            "state": "pending",
            "case": case,
            "key": promise.key,
            "task_key": promise.task_key,
            "created_at": tx.now,
        }
        for promise in promises
    ]
    insert_rows(tx, _OUTBOX, rows)
    return [row["id"] for row in rows if row["due_at"] <= tx.now]


def expected(tx: Transaction, until: datetime) -> list[tuple[str, str, int]]:
    """Who is responsible, what (``every``: a talk that comes back, ``over``: a term that ends) and how many there are,
    of the timers that ring by ``until``."""
    what = sa.case((_OUTBOX.c.key.startswith("every:"), "every"), else_="over")
    query = (
        sa.select(_CASE.c.holder, what.label("what"), sa.func.count())
        .join(_CASE, sa.and_(_CASE.c.municipality == _OUTBOX.c.municipality, _CASE.c.id == _OUTBOX.c.case))
        .where(
            _OUTBOX.c.municipality == tx.municipality, _OUTBOX.c.state == "pending", _OUTBOX.c.due_at <= until
        )
        .where(sa.or_(_OUTBOX.c.key.startswith("every:"), _OUTBOX.c.key.startswith("over:")))
        .group_by(_CASE.c.holder, what)
    )
    return [(row[0], row[1], int(row[2])) for row in tx.execute(query)]


def of_case(tx: Transaction, case: int, kind: str) -> list[dict[str, Any]]:
    """What was promised for a case, oldest first."""
    query = sa.select(_OUTBOX).where(
        _OUTBOX.c.municipality == tx.municipality, _OUTBOX.c.case == case, _OUTBOX.c.kind == kind
    )
    return [dict(row) for row in tx.execute(query.order_by(_OUTBOX.c.id)).mappings()]


def waiting_timers(tx: Transaction, case: int) -> list[dict[str, Any]]:
    """The timers of a case that have not rung, oldest first."""
    query = sa.select(_OUTBOX).where(
        _OUTBOX.c.municipality == tx.municipality,
        _OUTBOX.c.case == case,
        _OUTBOX.c.state == "pending",
        _OUTBOX.c.key != "",
    )
    return [dict(row) for row in tx.execute(query.order_by(_OUTBOX.c.id)).mappings()]


def states(tx: Transaction) -> list[tuple[str, str, datetime]]:
    """Kind, state and due instant of everything promised, oldest first."""
    query = sa.select(_OUTBOX.c.kind, _OUTBOX.c.state, _OUTBOX.c.due_at).where(
        _OUTBOX.c.municipality == tx.municipality
    )
    return [(kind, state, due_at) for kind, state, due_at in tx.execute(query.order_by(_OUTBOX.c.id))]


def age_hints(tx: Transaction, by: timedelta) -> None:
    """Pretend every hint was given so much earlier: for whoever cannot wait for the real clock."""
    rows = sa.select(_OUTBOX.c.id, _OUTBOX.c.hinted_at).where(
        _OUTBOX.c.municipality == tx.municipality, _OUTBOX.c.hinted_at.is_not(None)
    )
    for key, hinted_at in tx.execute(rows).all():
        tx.execute(
            sa.update(_OUTBOX)
            .where(_OUTBOX.c.municipality == tx.municipality, _OUTBOX.c.id == key)
            .values(hinted_at=hinted_at - by)
        )
