"""Which figures from elsewhere are there, and which were there before?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import FigureSeries, FigureValue

_SERIES, _VALUE = table_of(FigureSeries), table_of(FigureValue)
REPLACED, WITHDRAWN = "replaced", "withdrawn"
Row = Mapping[str, Any]
Values = Mapping[tuple[str, int], float | None]


def insert(tx: Transaction, values: Row, numbers: Values) -> int:
    """Add a series with its numbers; its id."""
    fresh = ids.new_id()
    own = {"municipality": tx.municipality, "id": fresh, "made_at": tx.now, "ended_how": "", "why": ""}
    tx.execute(sa.insert(_SERIES), [dict(values) | own])
    tx.execute(
        sa.insert(_VALUE),
        [
            {
                "municipality": tx.municipality,
                "series": fresh,
                "neighbourhood": place,
                "year": year,
                "value": value,
            }
            for (place, year), value in numbers.items()
        ],
    )
    return fresh


def end(tx: Transaction, *, series: int, account: str, how: str, why: str = "") -> bool:
    """A series counts no longer; False when it did not."""
    standing = sa.and_(
        _SERIES.c.municipality == tx.municipality, _SERIES.c.id == series, _SERIES.c.ended_at.is_(None)
    )
    ended = {"ended_at": tx.now, "ended_by": account, "ended_how": how, "why": why}
    return tx.execute(sa.update(_SERIES).where(standing).values(ended)).rowcount == 1


def listed(tx: Transaction, *, ended: bool = True) -> list[dict[str, Any]]:
    """All series by label, what counts before what does not, the newest first; ``ended``: also what counts no more."""
    query = sa.select(_SERIES).where(_SERIES.c.municipality == tx.municipality)
    if not ended:
        query = query.where(_SERIES.c.ended_at.is_(None))
    order = (_SERIES.c.label, _SERIES.c.ended_at.is_not(None), _SERIES.c.id.desc())
    return [dict(row) for row in tx.execute(query.order_by(*order)).mappings()]


def numbers(tx: Transaction, series: Sequence[int]) -> dict[int, dict[tuple[str, int], float | None]]:
    """The numbers of each, by neighbourhood and year."""
    found: dict[int, dict[tuple[str, int], float | None]] = {key: {} for key in series}
    query = sa.select(_VALUE).where(_VALUE.c.municipality == tx.municipality, _VALUE.c.series.in_(series))
    for row in tx.execute(query):
        found[row.series][(row.neighbourhood, row.year)] = row.value
    return found
