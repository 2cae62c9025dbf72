"""How do keys change under a running house, without a moment at which something cannot be read?

A new data key seals from now on; what older ones sealed is sealed again, batch by batch, each in a short transaction
that changes a row only if nobody changed it meanwhile. Whatever breaks it off, the next run finds what is left by
looking at the number in front of every value. An older key is destroyed once nothing needs it and every process has
had time to learn of the new one. Values that do not open are left as they are, and keep their key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.storage import engines, history
from app.storage.database import Transaction, Unavailable, db
from app.storage.models import DataKey, RootKey
from app.storage.sealed_columns import COLUMNS, EVENT, SealedColumn
from app.storage.sealing import FRESH, CannotOpen, Keyring

GRACE = 10 * FRESH
"""How long a newer key stands before an older one may go: ten times what a process needs to learn of it."""
BATCH = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One batch: rows ``sealed`` again, ``stuck`` ones that do not open, and where to go on (``None``: at the end)."""

    sealed: int
    stuck: int
    after: tuple[Any, ...] | None


def numbers(tx: Transaction) -> list[int]:
    """The data keys of the municipality, the newest last."""
    query = sa.select(DataKey.id).where(DataKey.municipality == tx.municipality).order_by(DataKey.id)
    return list(tx.execute(query).scalars())


def add(tx: Transaction) -> int:
    """Make a data key that seals from now on; its number."""
    keyring = _keyring()
    number = max(numbers(tx), default=0) + 1
    keyring.add(tx, number)
    tx.on_commit(lambda: keyring.forget(tx.municipality))
    return number


def look_again(municipality: str) -> None:
    """Whatever this process knew of the keys: it may have been another that made the newest."""
    _keyring().forget(municipality)


def reseal(tx: Transaction, column: SealedColumn, after: Sequence[Any] = (), *, limit: int = BATCH) -> Step:
    """Seal one batch of ``column`` again that an older key sealed, from the row behind ``after`` on."""
    rows = tx.execute(_older(tx, column, after).limit(limit)).mappings().all()
    sealed = stuck = 0
    for row in rows:
        place, old = column.place(dict(row)), row[column.column]
        try:
            fresh = tx.sealer.seal(place, tx.sealer.open(place, old))
        except CannotOpen:
            stuck += 1
            continue
        values: dict[str, Any] = {column.column: fresh}
        if column is EVENT:
            values["proof"] = history.proof(tx, row["hash"], fresh)
        mine = [item == row[item.name] for item in column.key]
        changed = sa.update(column.source).where(_own(tx, column), *mine, column.value == old)
        sealed += tx.execute(changed.values(values)).rowcount
    last = tuple(rows[-1][item.name] for item in column.key) if len(rows) == limit else None
    return Step(sealed, stuck, last)


def left(tx: Transaction) -> dict[tuple[str, str], int]:
    """How many values of which column still need an older key."""
    found = {}
    for column in COLUMNS:
        older = _needs_other(column, _newest(tx))
        query = sa.select(sa.func.count()).select_from(column.source).where(_own(tx, column), older)
        count = int(tx.scalar(query))
        if count:
            found[column.table, column.column] = count
    return found


def destroy(tx: Transaction, *, grace: timedelta = GRACE) -> list[int]:
    """Destroy the older keys when nothing needs them any more and the newest has stood for ``grace``; their numbers."""
    newest = max(numbers(tx))
    made = tx.scalar(
        sa.select(DataKey.created_at).where(DataKey.municipality == tx.municipality, DataKey.id == newest)
    )
    if tx.instant - made < grace or left(tx):
        return []
    keyring = _keyring()
    _keep_root(tx, keyring)
    old = sa.delete(DataKey).where(DataKey.municipality == tx.municipality, DataKey.id < newest)
    gone = list(tx.execute(old.returning(DataKey.id)).scalars())
    tx.on_commit(lambda: keyring.forget(tx.municipality))
    return sorted(gone)


def rewrap(tx: Transaction, master: bytes) -> int:
    """Wrap every key of the municipality by ``master``, whichever known master key wrapped it; how many were not yet.

    Raises ``CannotOpen`` when none of them did.
    """
    keyring = _keyring()
    changed = 0
    for model, key in ((DataKey, DataKey.id), (RootKey, RootKey.municipality)):
        mine = model.municipality == tx.municipality
        for name, wrapped in tx.execute(sa.select(key, model.wrapped).where(mine)).all():
            fresh = keyring.rewrapped(wrapped, master)
            if fresh is not None:
                tx.execute(sa.update(model).where(mine, key == name).values(wrapped=fresh))
                changed += 1
    return changed


def _keep_root(tx: Transaction, keyring: Keyring) -> None:
    """Of a municipality made before there were root keys, the first key goes on as one: indexes hang on it."""
    if not keyring.root(tx):
        keys = keyring.keys(tx)
        wrapped = keyring.wrap(keys[min(keys)])
        tx.insert_new(
            RootKey, {"municipality": tx.municipality, "wrapped": wrapped, "created_at": tx.instant}
        )


def _older(tx: Transaction, column: SealedColumn, after: Sequence[Any]) -> sa.Select[Any]:
    beside = [column.source.c.hash] if column is EVENT else []
    query = sa.select(*column.key, column.value, *beside).where(
        _own(tx, column), _needs_other(column, _newest(tx))
    )
    if after:
        behind = [sa.bindparam(None, value, item.type) for item, value in zip(column.key, after, strict=True)]
        query = query.where(sa.tuple_(*column.key) > sa.tuple_(*behind))
    return query.order_by(*column.key)


def _keyring() -> Keyring:
    return engines.store_of(db.engine).keyring


def _newest(tx: Transaction) -> int:
    """The key everything goes to, which is also the one this process seals with."""
    newest = max(numbers(tx))
    if tx.sealer.newest != newest:  # made by another process a moment ago: next time
        look_again(tx.municipality)
        raise Unavailable
    return newest


def _needs_other(column: SealedColumn, newest: int) -> sa.ColumnElement[bool]:
    number = sa.func.substr(column.value, 2, 4, type_=sa.LargeBinary())
    return sa.and_(column.value.is_not(None), number != newest.to_bytes(4, "big"))


def _own(tx: Transaction, column: SealedColumn) -> sa.ColumnElement[bool]:
    return column.source.c.municipality == tx.municipality
