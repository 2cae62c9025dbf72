"""Who looked for which person? What was asked is sealed; searches are counted on the real clock."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import PersonSearch

WINDOW = timedelta(hours=1)


def count(tx: Transaction, account: str, kind: str) -> int:
    """How often somebody looked in the last hour."""
    query = sa.select(sa.func.count()).select_from(PersonSearch)
    mine = sa.and_(
        PersonSearch.municipality == tx.municipality,
        PersonSearch.account == account,
        PersonSearch.kind == kind,
        PersonSearch.at > tx.instant - WINDOW,
    )
    return int(tx.scalar(query.where(mine)))


def add(tx: Transaction, account: str, kind: str, asked: object, found: int) -> None:
    """Write one search down; ``asked`` is JSON."""
    key = new_id()
    values = {
        "municipality": tx.municipality,
        "id": key,
        "account": account,
        "kind": kind,
        "sealed": tx.sealer.seal_json(("person_search", key, "sealed"), asked),
        "found": found,
        "at": tx.instant,
    }
    tx.execute(sa.insert(PersonSearch), values)
