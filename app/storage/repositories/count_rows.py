"""How many open tasks are there of each kind, without counting them?

``task_count`` is changed in the order of its key and last in the transaction, so that two transactions never wait for
each other crosswise. Each task is counted twice: for its assignee, and for everybody together (assignee empty).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.storage.database import Transaction, insert_into, table_of
from app.storage.models import TaskCount
from app.storage.models.tasks import FREE, NEVER_WAITED, ONLOOKING, TAKEN
from app.storage.ready import insert_rows

_COUNT = table_of(TaskCount)
EVERYBODY = ""


class Key(NamedTuple):
    """What a task is counted under, in the order of the table's key."""

    assignee: str
    contact_point: str
    neighbourhood: str
    lane: int
    due_on: date
    not_before: datetime


Changes = Counter[Key]
"""How many open tasks more or fewer."""


class Sum(NamedTuple):
    """How many of an assignee's (empty: everybody's) tasks of one kind are ready, by when, and how many wait."""

    assignee: str
    contact_point: str
    neighbourhood: str
    lane: int
    overdue: int
    today: int
    week: int
    waiting: int
    all: int


def without(tx: Transaction, days: tuple[date, date], tasks: Iterable[Mapping[str, Any]]) -> list[Sum]:
    """What these open tasks count for, to be taken off: sums below zero, as ``sums`` would tell them."""
    found = []
    for task in tasks:
        ready, due = (task["not_before"] or NEVER_WAITED) <= tx.now, task["due_on"]
        late, today, week = (
            -int(ready and part) for part in (due < days[0], due == days[0], days[0] <= due <= days[1])
        )
        found += [
            Sum(
                key.assignee,
                key.contact_point,
                key.neighbourhood,
                key.lane,
                late,
                today,
                week,
                -int(not ready),
                -1,
            )
            for key in _keys(task)
        ]
    return found


def changed(changes: Changes, task: Mapping[str, Any], by: int) -> None:
    """Count ``by`` more of what this task is, when it is open."""
    if task["state"] == "open":
        for key in _keys(task):
            changes[key] += by


def _keys(task: Mapping[str, Any]) -> Iterator[Key]:
    lane = ONLOOKING if task["onlooker"] else TAKEN if task["claimed"] else FREE
    when = task["due_on"], task["not_before"] or NEVER_WAITED
    yield Key(task["assignee"], task["contact_point"], task["neighbourhood"], lane, *when)
    yield Key(EVERYBODY, task["contact_point"], "", lane, *when)


def add(tx: Transaction, changes: Changes) -> None:
    """Add ``changes`` to the counts."""
    rows = [
        {"municipality": tx.municipality, **key._asdict(), "n": n} for key, n in sorted(changes.items()) if n
    ]
    insert_rows(tx, _add(tx.dialect), rows)


@cache
def _add(dialect: str) -> sa.Insert:
    statement = insert_into(dialect, _COUNT)
    return statement.on_conflict_do_update(
        index_elements=list(_COUNT.primary_key), set_={"n": _COUNT.c.n + statement.excluded.n}
    )


def by_person(tx: Transaction, accounts: Collection[str] | None = None) -> list[tuple[str, date, int]]:
    """``(assignee, due_on, n)`` of these accounts (None: everybody who has something), zeros left out."""
    query = sa.select(_COUNT.c.assignee, _COUNT.c.due_on, sa.func.sum(_COUNT.c.n)).where(
        _COUNT.c.municipality == tx.municipality, _COUNT.c.assignee != EVERYBODY, _COUNT.c.n != 0
    )
    if accounts is not None:
        query = query.where(_COUNT.c.assignee.in_(accounts))
    found = tx.execute(query.group_by(_COUNT.c.assignee, _COUNT.c.due_on))
    return [(who, day, int(n)) for who, day, n in found if n]


def sums(
    tx: Transaction,
    days: tuple[date, date],
    *,
    assignees: Collection[str],
    points: Collection[str] | None = (),
) -> list[Sum]:
    """What these assignees have, and what everybody has at these contact points (None: at all of them).

    ``days``: today, and the last day of this week.
    """
    values: dict[str, Any] = {"town": tx.municipality, "now": tx.now, "today": days[0], "last": days[1]}
    values["people"] = list(assignees)
    if points is not None and not points:
        return [Sum(*row) for row in tx.execute(_OWN, values)]
    if points is None:
        return [Sum(*row) for row in tx.execute(_WITH_ALL, values)]
    return [Sum(*row) for row in tx.execute(_WITH_POINTS, {**values, "points": list(points)})]


def _sums(*where: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    due = _COUNT.c.due_on
    today, last = (sa.bindparam(name, type_=due.type) for name in ("today", "last"))
    ready = _COUNT.c.not_before <= sa.bindparam("now", type_=_COUNT.c.not_before.type)
    parts = (
        sa.and_(ready, due < today),
        sa.and_(ready, due == today),
        sa.and_(ready, due >= today, due <= last),
        ~ready,
    )
    kind = (_COUNT.c.assignee, _COUNT.c.contact_point, _COUNT.c.neighbourhood, _COUNT.c.lane)
    # "else 0" and a sum: both databases read the rows once for all five
    return (
        sa.select(
            *kind,
            *(sa.func.sum(sa.case((part, _COUNT.c.n), else_=0)) for part in parts),
            sa.func.sum(_COUNT.c.n),
        )
        .where(_COUNT.c.municipality == sa.bindparam("town"), *where)
        .group_by(*kind)
    )


_OWN = _sums(_COUNT.c.assignee.in_(sa.bindparam("people", expanding=True)))
_TOGETHER = _sums(_COUNT.c.assignee == EVERYBODY)
_WITH_ALL = _OWN.union_all(_TOGETHER)
_WITH_POINTS = _OWN.union_all(
    _TOGETHER.where(_COUNT.c.contact_point.in_(sa.bindparam("points", expanding=True)))
)
"""Made once: every page of the queue asks them."""


def forget_zeros(tx: Transaction, *, most: int = 1000) -> int:
    """Remove rows that count nothing any more, so that the past costs nothing; how many."""
    keys = list(_COUNT.primary_key)
    empty = sa.select(*keys).where(_COUNT.c.municipality == tx.municipality, _COUNT.c.n == 0).limit(most)
    if tx.dialect == "postgresql":
        empty = empty.with_for_update(skip_locked=True)  # somebody is counting there now: another day
    gone = [tuple(row) for row in tx.execute(empty)]
    for row in gone:
        same = (column == value for column, value in zip(keys, row, strict=True))
        tx.execute(sa.delete(_COUNT).where(*same, _COUNT.c.n == 0))
    return len(gone)
