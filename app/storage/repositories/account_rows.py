"""How are accounts read and written?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Account, Case, Municipality, Task

Line = tuple[str, str, str, str, str, list[str], str, bool, str]
"""Id, key, name, email, phone, roles, controller, active, password hash."""


def insert(tx: Transaction, values: Mapping[str, Any]) -> bool:
    """A new account; False when its address or key is taken."""
    return tx.insert_new(Account, {"municipality": tx.municipality, **values, "created_at": tx.now})


def update(tx: Transaction, account: str, **values: object) -> bool:
    """Change one; False when there is none."""
    return (
        tx.execute(sa.update(Account).where(_own(tx), Account.id == account).values(**values)).rowcount == 1
    )


def lines(tx: Transaction, account: str | None = None) -> list[Line]:
    """Everybody by name, or the one with that id."""
    query = sa.select(
        Account.id,
        Account.key,
        Account.name,
        Account.email,
        Account.phone,
        Account.roles,
        Account.controller,
        Account.active,
        Account.password,
    ).where(_own(tx))
    if account is not None:
        query = query.where(Account.id == account)
    return [
        (row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8])
        for row in tx.execute(query.order_by(Account.name, Account.id))
    ]


def by_email(tx: Transaction, email: str) -> tuple[str, str, bool] | None:
    """Id, password hash and whether it is open, of the account with that address (lower case)."""
    query = sa.select(Account.id, Account.password, Account.active).where(_own(tx), Account.email == email)
    row = tx.execute(query).first()
    return (row[0], row[1], row[2]) if row else None


def by_key(tx: Transaction, key: str) -> str | None:
    """The account that staffing files call ``key``."""
    found: str | None = tx.scalar(sa.select(Account.id).where(_own(tx), Account.key == key))
    return found


def open_work(tx: Transaction, account: str) -> tuple[int, int]:
    """How many open cases and tasks somebody has."""
    count = sa.select(sa.func.count())
    cases = count.select_from(Case).where(
        Case.municipality == tx.municipality, Case.holder == account, Case.closed_at.is_(None)
    )
    tasks = count.select_from(Task).where(
        Task.municipality == tx.municipality, Task.assignee == account, Task.state == "open"
    )
    return int(tx.scalar(cases)), int(tx.scalar(tasks))


def staff_changed(tx: Transaction) -> None:
    """Every process reads the staff again with its next request."""
    tx.execute(
        sa.update(Municipality)
        .where(Municipality.id == tx.municipality)
        .values(staffing_version=Municipality.staffing_version + 1)
    )


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return Account.municipality == tx.municipality
