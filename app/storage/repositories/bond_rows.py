"""Which cases belong to which?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import CaseBond

_BOND = table_of(CaseBond)


def add(tx: Transaction, pairs: Collection[tuple[int, int]], *, field: str, account: str) -> None:
    """Each second case of ``pairs`` belongs to the first from now on."""
    if pairs:
        own = {"municipality": tx.municipality, "field": field, "account": account or None, "made_at": tx.now}
        rows = [{**own, "id": ids.new_id(), "parent": parent, "child": child} for parent, child in pairs]
        tx.execute(sa.insert(_BOND), rows)


def below(tx: Transaction, parent: int) -> list[dict[str, Any]]:
    """What belongs to a case, in the order in which it was chosen."""
    return _bonds(tx, _BOND.c.parent == parent)


def above(tx: Transaction, child: int) -> list[dict[str, Any]]:
    """What a case belongs to."""
    return _bonds(tx, _BOND.c.child == child)


def _bonds(tx: Transaction, which: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    query = sa.select(_BOND).where(_BOND.c.municipality == tx.municipality, which).order_by(_BOND.c.id)
    return [dict(row) for row in tx.execute(query).mappings()]
