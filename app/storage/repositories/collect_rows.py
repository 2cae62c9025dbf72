"""What was collected for which case?"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import Case, Collected

_COLLECTED, _CASE = table_of(Collected), table_of(Case)


def add(tx: Transaction, gatherer: int, item: int) -> None:
    """``item`` belongs to ``gatherer`` from now on."""
    row = {"municipality": tx.municipality, "id": ids.new_id(), "gatherer": gatherer, "item": item}
    tx.execute(sa.insert(_COLLECTED), row)


def of(tx: Transaction, gatherer: int) -> tuple[list[dict[str, Any]], int]:
    """The cases that were collected for a case, the oldest first, and how many of them are no more."""
    mine = sa.and_(_COLLECTED.c.municipality == tx.municipality, _COLLECTED.c.gatherer == gatherer)
    same = sa.and_(_CASE.c.municipality == _COLLECTED.c.municipality, _CASE.c.id == _COLLECTED.c.item)
    query = sa.select(_CASE).join(_COLLECTED, same).where(mine).order_by(_CASE.c.id)
    gone = sa.select(sa.func.count()).where(mine, _COLLECTED.c.item.is_(None))
    return [dict(row) for row in tx.execute(query).mappings()], tx.execute(gone).scalar_one()
