"""How are accounts read and written?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

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


def work_of(
    tx: Transaction, accounts: Collection[str]
) -> dict[str, tuple[int, int, frozenset[tuple[str, str]]]]:
    """Of these accounts, those with open work: cases, tasks, and the contact points and neighbourhoods of the tasks."""
    if not accounts:
        return {}
    held = (
        sa.select(Case.holder, sa.func.count())
        .where(Case.municipality == tx.municipality, Case.holder.in_(accounts), Case.closed_at.is_(None))
        .group_by(Case.holder)
    )
    assigned = (
        sa.select(Task.assignee, Task.contact_point, Case.neighbourhood, sa.func.count())
        .join(Case, sa.and_(Case.municipality == Task.municipality, Case.id == Task.case))
        .where(Task.municipality == tx.municipality, Task.assignee.in_(accounts), Task.state == "open")
        .group_by(Task.assignee, Task.contact_point, Case.neighbourhood)
    )
    cases = {row[0]: int(row[1]) for row in tx.execute(held)}
    tasks: dict[str, int] = {}
    places: dict[str, set[tuple[str, str]]] = {}
    for assignee, point, place, n in tx.execute(assigned):
        tasks[assignee] = tasks.get(assignee, 0) + int(n)
        places.setdefault(assignee, set()).add((point, place))
    return {
        name: (cases.get(name, 0), tasks.get(name, 0), frozenset(places.get(name, ())))
        for name in cases.keys() | tasks.keys()
    }


class OpenTask(NamedTuple):
    """One open task of somebody."""

    task: int
    case: int
    contact_point: str
    neighbourhood: str
    due_on: date
    urgent: bool


def open_tasks_of(tx: Transaction, account: str) -> list[OpenTask]:
    """What somebody still has to do, the first due first."""
    query = (
        sa.select(Task.id, Task.case, Task.contact_point, Case.neighbourhood, Task.due_on, Task.urgent)
        .join(Case, sa.and_(Case.municipality == Task.municipality, Case.id == Task.case))
        .where(Task.municipality == tx.municipality, Task.assignee == account, Task.state == "open")
        .order_by(Task.due_on, Task.id)
    )
    return [OpenTask(*row) for row in tx.execute(query)]


def cases_touched(tx: Transaction, account: str, limit: int, *, but: Collection[int] = ()) -> list[int]:
    """Cases that are somebody's, or hold an open task of theirs; the oldest first."""
    with_task = sa.exists().where(
        Task.municipality == Case.municipality,
        Task.case == Case.id,
        Task.assignee == account,
        Task.state == "open",
    )
    mine = sa.and_(Case.holder == account, Case.closed_at.is_(None))
    query = sa.select(Case.id).where(Case.municipality == tx.municipality, sa.or_(mine, with_task))
    if but:
        query = query.where(Case.id.not_in(but))
    return [row.id for row in tx.execute(query.order_by(Case.id).limit(limit))]


def lock_staff(tx: Transaction, seen: int | None) -> int | None:
    """The staff's new version, with the row held until the end; ``None`` when it is not ``seen`` any more."""
    mine = [Municipality.id == tx.municipality]
    if seen is not None:
        mine.append(Municipality.staffing_version == seen)
    raised = sa.update(Municipality).where(*mine).values(staffing_version=Municipality.staffing_version + 1)
    found: int | None = tx.scalar(raised.returning(Municipality.staffing_version))
    return found


def staff_changed(tx: Transaction) -> None:
    """Every process reads the staff again with its next request."""
    tx.execute(
        sa.update(Municipality)
        .where(Municipality.id == tx.municipality)
        .values(staffing_version=Municipality.staffing_version + 1)
    )


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return Account.municipality == tx.municipality
