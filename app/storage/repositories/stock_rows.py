"""Which cases hold what of the things to lend, and on which day?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import Case, StockHold

_HOLD, _CASE = table_of(StockHold), table_of(Case)


def taken(tx: Transaction, form: str, day: date, *, but: int | None = None) -> dict[str, int]:
    """How much of each thing the running cases hold on a day, without the case ``but``."""
    same = sa.and_(_CASE.c.municipality == _HOLD.c.municipality, _CASE.c.id == _HOLD.c.case)
    query = (
        sa.select(_HOLD.c.item, sa.func.sum(_HOLD.c.many))
        .join(_CASE, same)
        .where(_HOLD.c.municipality == tx.municipality, _HOLD.c.form == form, _HOLD.c.day == day)
        .where(_CASE.c.closed_at.is_(None), _HOLD.c.case != (but or 0))
        .group_by(_HOLD.c.item)
    )
    return {item: int(many) for item, many in tx.execute(query)}


def put(tx: Transaction, case: int, form: str, day: date | None, many: Mapping[str, int]) -> None:
    """A case holds this from now on and nothing else; nothing at all without a day."""
    mine = sa.and_(_HOLD.c.municipality == tx.municipality, _HOLD.c.case == case)
    tx.execute(sa.delete(_HOLD).where(mine))
    rows = [
        {
            "municipality": tx.municipality,
            "id": ids.new_id(),
            "case": case,
            "form": form,
            "item": item,
            "day": day,
            "many": number,
        }
        for item, number in many.items()
    ]
    if rows and day is not None:
        tx.execute(sa.insert(_HOLD), rows)
