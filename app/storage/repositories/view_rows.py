"""How are saved views of the queue kept?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.models import SavedView

_VIEW = table_of(SavedView)


@dataclass(frozen=True, slots=True)
class ViewRow:
    """See ``models.SavedView``."""

    id: int
    account: str
    name: str
    choice: dict[str, Any]
    shared: bool
    first: bool


_COLUMNS = (
    _VIEW.c.id,
    _VIEW.c.account,
    _VIEW.c.name,
    _VIEW.c.choice,
    _VIEW.c.shared,
    _VIEW.c["first"],
)


def for_account(tx: Transaction, account: str) -> list[ViewRow]:
    """An account's own views and those that are shared, the oldest first."""
    query = (
        sa.select(*_COLUMNS)
        .where(_VIEW.c.municipality == tx.municipality)
        .where(sa.or_(_VIEW.c.account == account, _VIEW.c.shared))
        .order_by(_VIEW.c.id)
    )
    return [ViewRow(*row) for row in tx.execute(query)]


def get(tx: Transaction, view: int) -> ViewRow | None:
    """One view."""
    row = tx.execute(
        sa.select(*_COLUMNS).where(_VIEW.c.municipality == tx.municipality, _VIEW.c.id == view)
    ).first()
    return ViewRow(*row) if row else None


def insert(tx: Transaction, row: ViewRow) -> None:
    """A new view."""
    values = {"id": row.id, "account": row.account, **_values(row), "choice": row.choice}
    tx.execute(sa.insert(_VIEW).values({"municipality": tx.municipality, "created_at": tx.now, **values}))


def update(tx: Transaction, row: ViewRow) -> None:
    """Its name, whether it is shared, whether its owner begins with it."""
    tx.execute(
        sa.update(_VIEW)
        .where(_VIEW.c.municipality == tx.municipality, _VIEW.c.id == row.id)
        .values(_values(row))
    )


def none_first(tx: Transaction, account: str) -> None:
    """Nothing is what this account begins with."""
    tx.execute(
        sa.update(_VIEW)
        .where(_VIEW.c.municipality == tx.municipality, _VIEW.c.account == account)
        .values({"first": False})
    )


def delete(tx: Transaction, view: int) -> None:
    """Forget a view."""
    tx.execute(sa.delete(_VIEW).where(_VIEW.c.municipality == tx.municipality, _VIEW.c.id == view))


def _values(row: ViewRow) -> dict[str, Any]:
    return {"name": row.name, "shared": row.shared, "first": row.first}
