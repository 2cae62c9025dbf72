"""How are cards on paper and their numbers read and written?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import CardBatch, PaperCard

_BATCH = table_of(CardBatch)
_CARD = table_of(PaperCard)


def insert_batch(tx: Transaction, values: dict[str, Any], numbers: Iterable[str]) -> int:
    """A new batch with its cards; its key."""
    key = new_id()
    tx.execute(
        sa.insert(CardBatch), {"municipality": tx.municipality, "id": key, "printed_at": tx.now, **values}
    )
    tx.execute(
        sa.insert(PaperCard),
        [
            {"municipality": tx.municipality, "id": new_id(), "batch": key, "number": number, "void": ""}
            for number in numbers
        ],
    )
    return key


def batches(tx: Transaction, *, size: int) -> list[dict[str, Any]]:
    """The newest batches, each with ``printed``, ``used`` and ``gone`` (how many cards), ``first`` and ``last``."""
    used = sa.func.sum(sa.case((_CARD.c.used_at.is_not(None), 1), else_=0))
    gone = sa.func.sum(sa.case((_CARD.c.void != "", 1), else_=0))
    counted = (
        sa.select(
            _CARD.c.batch,
            sa.func.count().label("printed"),
            used.label("used"),
            gone.label("gone"),
            sa.func.min(_CARD.c.id).label("first_id"),
        )
        .where(_CARD.c.municipality == tx.municipality)
        .group_by(_CARD.c.batch)
        .subquery()
    )
    query = (
        sa.select(_BATCH, counted.c.printed, counted.c.used, counted.c.gone, _CARD.c.number.label("first"))
        .join(counted, counted.c.batch == _BATCH.c.id)
        .join(_CARD, sa.and_(_CARD.c.municipality == tx.municipality, _CARD.c.id == counted.c.first_id))
        .where(_BATCH.c.municipality == tx.municipality)
        .order_by(_BATCH.c.id.desc())
        .limit(size)
    )
    return [dict(row) for row in tx.execute(query).mappings()]


def batch(tx: Transaction, key: int) -> dict[str, Any] | None:
    """One batch."""
    query = sa.select(_BATCH).where(_BATCH.c.municipality == tx.municipality, _BATCH.c.id == key)
    row = tx.execute(query).mappings().first()
    return dict(row) if row else None


def cards(tx: Transaction, key: int) -> list[dict[str, Any]]:
    """The cards of a batch in the order they were printed."""
    query = sa.select(_CARD).where(_CARD.c.municipality == tx.municipality, _CARD.c.batch == key)
    return [dict(row) for row in tx.execute(query.order_by(_CARD.c.id)).mappings()]


def card(tx: Transaction, number: str) -> dict[str, Any] | None:
    """The card with that number, with ``form``, ``contact_point`` and ``neighbourhood`` of its batch."""
    query = (
        sa.select(_CARD, _BATCH.c.form, _BATCH.c.contact_point, _BATCH.c.neighbourhood)
        .join(_BATCH, sa.and_(_BATCH.c.municipality == _CARD.c.municipality, _BATCH.c.id == _CARD.c.batch))
        .where(_CARD.c.municipality == tx.municipality, _CARD.c.number == number)
    )
    row = tx.execute(query).mappings().first()
    return dict(row) if row else None


def known(tx: Transaction, numbers: Iterable[str]) -> set[str]:
    """Which of ``numbers`` were printed and did not come in yet."""
    query = sa.select(_CARD.c.number).where(
        _CARD.c.municipality == tx.municipality, _CARD.c.number.in_(list(numbers)), _CARD.c.used_at.is_(None)
    )
    return {row[0] for row in tx.execute(query)}


def use(tx: Transaction, number: str) -> bool:
    """The card came in; False when it did before or is void."""
    mine = sa.and_(PaperCard.municipality == tx.municipality, PaperCard.number == number)
    free = sa.and_(mine, PaperCard.used_at.is_(None), PaperCard.void == "")
    return tx.execute(sa.update(PaperCard).where(free).values(used_at=tx.now)).rowcount == 1


def set_void(tx: Transaction, number: str, why: str, *, by: str) -> bool:
    """Say that a card is lost or spoilt, or (``why`` empty) that it is not; False when it came in already."""
    mine = sa.and_(PaperCard.municipality == tx.municipality, PaperCard.number == number)
    values = {"void": why, "void_at": tx.now if why else None, "void_by": by or None}
    changed = sa.update(PaperCard).where(mine, PaperCard.used_at.is_(None)).values(**values)
    return tx.execute(changed).rowcount == 1
