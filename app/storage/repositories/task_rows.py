"""How are tasks opened, changed and closed? What counts them is ``count_rows.py``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.models import Case, Task
from app.storage.ready import insert_rows

Row = Mapping[str, Any]
_TASK = table_of(Task)
_CASE = table_of(Case)


def of_case(tx: Transaction, case: int, *, lock: bool = False) -> list[dict[str, Any]]:
    """All tasks of a case, oldest first."""
    query = sa.select(_TASK).where(_TASK.c.municipality == tx.municipality, _TASK.c.case == case)
    query = query.order_by(_TASK.c.id)
    return [dict(row) for row in tx.execute(query.with_for_update() if lock else query).mappings()]


def get(tx: Transaction, task: int) -> dict[str, Any] | None:
    """One task."""
    query = sa.select(_TASK).where(_TASK.c.municipality == tx.municipality, _TASK.c.id == task)
    row = tx.execute(query).mappings().first()
    return dict(row) if row else None


def insert(tx: Transaction, rows: Sequence[Row]) -> None:
    """New tasks; every row has the same keys."""
    insert_rows(tx, _TASK, rows)


def change(tx: Transaction, tasks: Collection[int], values: Row) -> None:
    """Change open tasks alike."""
    if tasks:
        tx.execute(
            sa.update(_TASK)
            .where(_TASK.c.municipality == tx.municipality, _TASK.c.id.in_(tasks), _TASK.c.state == "open")
            .values(dict(values))
        )


def rename(tx: Transaction, keys: Mapping[int, str]) -> None:
    """Give tasks, closed ones too, another key within their case."""
    for task, key in keys.items():
        tx.execute(
            sa.update(_TASK)
            .where(_TASK.c.municipality == tx.municipality, _TASK.c.id == task)
            .values(key=key)
        )


def restore(tx: Transaction, task: int, values: Row) -> None:
    """Put a task, closed or not, back as it was."""
    tx.execute(
        sa.update(_TASK)
        .where(_TASK.c.municipality == tx.municipality, _TASK.c.id == task)
        .values(dict(values))
    )


def for_digest(tx: Transaction, account: str) -> list[dict[str, Any]]:
    """Open tasks of an account with the number and neighbourhood of their case, the first due first."""
    query = (
        sa.select(
            _TASK.c.case,
            _TASK.c.due_on,
            _TASK.c.why,
            _TASK.c.contact_point,
            _CASE.c.number,
            _CASE.c.neighbourhood,
        )
        .join(_CASE, sa.and_(_CASE.c.municipality == _TASK.c.municipality, _CASE.c.id == _TASK.c.case))
        .where(_TASK.c.municipality == tx.municipality, _TASK.c.assignee == account, _TASK.c.state == "open")
        .where(sa.or_(_TASK.c.not_before.is_(None), _TASK.c.not_before <= tx.now))
        .order_by(_TASK.c.due_on, _TASK.c.id)
        .limit(200)
    )
    return [dict(row) for row in tx.execute(query).mappings()]
