"""How is an exercise emptied, to be filled again?"""

from __future__ import annotations

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import METADATA
from app.storage.repositories import municipality_rows

EXERCISE = "exercise"
_STAYS = frozenset({"municipality", "data_key", "account", "publication", "current_definition"})
"""Beside these the published definitions stay too: versions are never made undone."""
_ALSO = "definition_"
_WORK = frozenset({"definition_work", "definition_draft"})


def empty(tx: Transaction) -> None:
    """Take every case, person and holder out of the exercise of ``tx``; accounts and published definitions stay.

    Raises ``ValueError`` anywhere else; the database refuses it there too.
    """
    if municipality_rows.kind(tx) != EXERCISE:
        raise ValueError("not an exercise")
    for table in reversed(METADATA.sorted_tables):
        kept = table.name in _STAYS or (table.name.startswith(_ALSO) and table.name not in _WORK)
        if "municipality" in table.c and not kept:
            tx.execute(sa.delete(table).where(table.c.municipality == tx.municipality))
