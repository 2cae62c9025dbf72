"""Who asked for a copy of what is kept of them, and how far is it? Sealed and opened here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import PrivacyRequest

_REQUEST = table_of(PrivacyRequest)
OPEN, APPROVED, HANDED = "open", "approved", "handed"
COPY = "copy"
Row = dict[str, Any]


def make(tx: Transaction, person: int, *, on: date, due_on: date, by: str, work: Mapping[str, Any]) -> int:
    """A request that nobody worked on yet; its key."""
    key = ids.new_id()
    row = {"municipality": tx.municipality, "id": key, "kind": COPY, "state": OPEN, "person": person}
    row |= {"opened_on": on, "due_on": due_on, "by": by, "handed_how": "", "export": None, "version": 1}
    tx.execute(sa.insert(_REQUEST), row | {"work": _seal(tx, key, "work", work)})
    return key


def get(tx: Transaction, key: int, *, lock: bool = False) -> Row | None:
    """One request, opened."""
    query = sa.select(_REQUEST).where(_own(tx), _REQUEST.c.id == key)
    row = tx.execute(query.with_for_update() if lock else query).mappings().first()
    return _opened(tx, row) if row is not None else None


def listed(tx: Transaction, states: Collection[str], *, most: int = 200) -> list[Row]:
    """Requests in one of these states, the first due first."""
    query = sa.select(_REQUEST).where(_own(tx), _REQUEST.c.state.in_(states))
    rows = tx.execute(query.order_by(_REQUEST.c.due_on, _REQUEST.c.id).limit(most)).mappings()
    return [_opened(tx, row) for row in rows]


def of_persons(tx: Transaction, persons: Collection[int]) -> list[Row]:
    """The requests of these records, the last first."""
    query = sa.select(_REQUEST).where(_own(tx), _REQUEST.c.person.in_(persons))
    return [_opened(tx, row) for row in tx.execute(query.order_by(_REQUEST.c.id.desc())).mappings()]


def change(tx: Transaction, key: int, *, version: int, **values: Any) -> bool:
    """Write columns over version ``version``, ``work`` and ``export`` as JSON; False when somebody was first."""
    for name in ("work", "export"):
        if values.get(name) is not None:
            values[name] = _seal(tx, key, name, values[name])
    mine = sa.and_(_own(tx), _REQUEST.c.id == key, _REQUEST.c.version == version)
    return tx.execute(sa.update(_REQUEST).where(mine).values(**values, version=version + 1)).rowcount == 1


def _seal(tx: Transaction, key: int, column: str, value: Any) -> bytes:
    return tx.sealer.seal_json(("privacy_request", key, column), value)


def _opened(tx: Transaction, row: Mapping[Any, Any]) -> Row:
    found = dict(row)
    for name in ("work", "export"):
        sealed = row[name]
        found[name] = tx.sealer.open_json(("privacy_request", row["id"], name), sealed) if sealed else None
    return found


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    own: sa.ColumnElement[bool] = _REQUEST.c.municipality == tx.municipality
    return own
