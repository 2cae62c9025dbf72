"""How is the street register read and written?"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from app.engine.streets import StreetRange, fold
from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import Street

_COLUMNS = (Street.street, Street.side, Street.first, Street.last, Street.neighbourhood, Street.postcode)


def named(tx: Transaction, street: str) -> list[StreetRange]:
    """The stretches of the street with that name, however it was typed."""
    query = sa.select(*_COLUMNS).where(_own(tx), Street.folded == fold(street))
    return [StreetRange(*row) for row in tx.execute(query)]


def page(tx: Transaction, search: str, size: int) -> list[tuple[int, StreetRange]]:
    """Key and stretch, by name; those with ``search`` somewhere in their name."""
    query = sa.select(Street.id, *_COLUMNS).where(_own(tx))
    if fold(search):
        query = query.where(Street.folded.contains(fold(search), autoescape=True))
    query = query.order_by(Street.street, Street.first, Street.side, Street.id).limit(size)
    return [(row[0], StreetRange(*row[1:])) for row in tx.execute(query)]


def everything(tx: Transaction) -> list[StreetRange]:
    """The whole register, by name."""
    return [item for _, item in page(tx, "", 1_000_000)]


def count(tx: Transaction) -> dict[str, int]:
    """How many stretches lie in each neighbourhood."""
    query = sa.select(Street.neighbourhood, sa.func.count()).where(_own(tx)).group_by(Street.neighbourhood)
    return {row[0]: int(row[1]) for row in tx.execute(query)}


def standing(tx: Transaction) -> tuple[int, int, int]:
    """How many stretches, the last id and a sum over all ids: rows never change, so these change with the register."""
    told = (sa.func.count(), sa.func.max(Street.id), sa.func.sum(Street.id % 1_000_003))
    row = tx.execute(sa.select(*told).where(_own(tx))).one()
    return int(row[0]), int(row[1] or 0), int(row[2] or 0)


def put(tx: Transaction, ranges: Iterable[StreetRange]) -> None:
    """Replace the whole register."""
    tx.execute(sa.delete(Street).where(_own(tx)))
    rows = [_values(tx, item) for item in ranges]
    if rows:
        tx.execute(sa.insert(Street), rows)


def add(tx: Transaction, item: StreetRange) -> None:
    """One stretch more."""
    tx.execute(sa.insert(Street), _values(tx, item))


def delete(tx: Transaction, key: int) -> bool:
    """Take one out; False when there is none."""
    return tx.execute(sa.delete(Street).where(_own(tx), Street.id == key)).rowcount == 1


def _values(tx: Transaction, item: StreetRange) -> dict[str, object]:
    return {
        "municipality": tx.municipality,
        "id": new_id(),
        "street": item.street,
        "folded": fold(item.street),
        "side": item.side,
        "first": item.first,
        "last": item.last,
        "neighbourhood": item.neighbourhood,
        "postcode": item.postcode,
    }


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return Street.municipality == tx.municipality
