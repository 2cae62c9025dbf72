"""Who looked for which person? What was asked is sealed; searches are counted on the real clock."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import Account, PersonSearch

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


def latest(tx: Transaction, *, most: int) -> list[tuple[datetime, str, str, Any, int]]:
    """When, who (name), where, what was asked and how many were seen, the last first."""
    query = (
        sa.select(
            PersonSearch.id,
            PersonSearch.at,
            PersonSearch.kind,
            PersonSearch.sealed,
            PersonSearch.found,
            Account.name,
        )
        .join(
            Account,
            sa.and_(Account.municipality == PersonSearch.municipality, Account.id == PersonSearch.account),
        )
        .where(PersonSearch.municipality == tx.municipality)
        .order_by(PersonSearch.id.desc())
        .limit(most)
    )
    return [
        (at, name, kind, tx.sealer.open_json(("person_search", key, "sealed"), sealed), found)
        for key, at, kind, sealed, found, name in tx.execute(query)
    ]


def forget(tx: Transaction, names: Collection[str]) -> int:
    """Remove the searches in which one of these names (any case) was asked; how many."""
    wanted = {name.casefold() for name in names if name.strip()}
    mine = PersonSearch.municipality == tx.municipality
    gone = [
        key
        for key, sealed in tx.execute(sa.select(PersonSearch.id, PersonSearch.sealed).where(mine))
        if any(
            name in str(tx.sealer.open_json(("person_search", key, "sealed"), sealed)).casefold()
            for name in wanted
        )
    ]
    for batch in (gone[at : at + 500] for at in range(0, len(gone), 500)):
        tx.execute(sa.delete(PersonSearch).where(mine, PersonSearch.id.in_(batch)))
    return len(gone)


def forget_older(tx: Transaction, age: timedelta) -> int:
    """Remove searches of longer ago; how many."""
    old = sa.and_(PersonSearch.municipality == tx.municipality, PersonSearch.at < tx.instant - age)
    return tx.execute(sa.delete(PersonSearch).where(old)).rowcount
