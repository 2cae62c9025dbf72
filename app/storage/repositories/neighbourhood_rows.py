"""What depends on a neighbourhood?"""

from __future__ import annotations

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Case, Holding, Street


def used(tx: Transaction) -> dict[str, tuple[int, int, int]]:
    """Neighbourhood -> stretches of street, holdings, cases."""
    found: dict[str, list[int]] = {}
    for place, (column, owner) in enumerate(
        (
            (Street.neighbourhood, Street.municipality),
            (Holding.neighbourhood, Holding.municipality),
            (Case.neighbourhood, Case.municipality),
        )
    ):
        query = sa.select(column, sa.func.count()).where(owner == tx.municipality, column != "")
        for name, count in tx.execute(query.group_by(column)):
            found.setdefault(name, [0, 0, 0])[place] = int(count)
    return {name: (counts[0], counts[1], counts[2]) for name, counts in found.items()}
