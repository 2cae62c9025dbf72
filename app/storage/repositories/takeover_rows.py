"""What went from one colleague to another in one go, and what went back?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import Case, TakenOver, Takeover, Task
from app.storage.ready import insert_rows

_OVER = table_of(Takeover)
_ITEM = table_of(TakenOver)
_CASE = table_of(Case)
_TASK = table_of(Task)
WAITING, MOVED, STAYS, RETURNED = "waiting", "moved", "stays", "returned"


@dataclass(frozen=True, slots=True)
class Kept:
    """One takeover as it was kept; ``reason`` is opened."""

    id: int
    of: str
    to: str
    by: str
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """An open case in which somebody has something to do: ``due_on`` of their first open task there."""

    case: int
    number: str
    contact_point: str
    due_on: date


def work_of(tx: Transaction, account: str) -> list[Work]:
    """The open work of somebody, a line a case, the first due first; a case of theirs without a task of theirs too."""
    mine = sa.and_(
        _TASK.c.municipality == tx.municipality,
        _TASK.c.assignee == account,
        _TASK.c.state == "open",
        ~_TASK.c.onlooker,
    )
    query = (
        sa.select(_CASE.c.id, _CASE.c.number, _CASE.c.contact_point, sa.func.min(_TASK.c.due_on))
        .join(_TASK, sa.and_(_TASK.c.municipality == _CASE.c.municipality, _TASK.c.case == _CASE.c.id))
        .where(mine, _CASE.c.municipality == tx.municipality)
        .group_by(_CASE.c.id, _CASE.c.number, _CASE.c.contact_point)
        .order_by(sa.func.min(_TASK.c.due_on), _CASE.c.id)
    )
    return [Work(*row) for row in tx.execute(query)]


def insert(tx: Transaction, *, of: str, to: str, by: str, reason: str, cases: Sequence[int]) -> int:
    """A new takeover of these cases, that all wait; its key."""
    key = new_id()
    sealed = tx.sealer.seal(("takeover", key, "reason"), reason.encode())
    values = {"municipality": tx.municipality, "id": key, "of": of, "to": to, "by": by, "reason": sealed}
    tx.execute(sa.insert(_OVER), {**values, "created_at": tx.now})
    insert_rows(
        tx,
        _ITEM,
        [
            {
                "municipality": tx.municipality,
                "takeover": key,
                "case": case,
                "standing": WAITING,
                "reason": "",
            }
            for case in cases
        ],
    )
    return key


def get(tx: Transaction, key: int) -> Kept | None:
    """One takeover."""
    query = sa.select(_OVER).where(_OVER.c.municipality == tx.municipality, _OVER.c.id == key)
    row = tx.execute(query).first()
    return _kept(tx, row) if row is not None else None


def latest(tx: Transaction, accounts: Iterable[str] | None, *, most: int = 20) -> list[Kept]:
    """The last takeovers from or to one of these accounts (None: all), of which something can still go back."""
    moved = sa.exists().where(
        _ITEM.c.municipality == _OVER.c.municipality,
        _ITEM.c.takeover == _OVER.c.id,
        _ITEM.c.standing.in_((MOVED, WAITING)),
    )
    query = sa.select(_OVER).where(_OVER.c.municipality == tx.municipality, moved)
    if accounts is not None:
        names = tuple(accounts)
        query = query.where(sa.or_(_OVER.c.of.in_(names), _OVER.c.to.in_(names), _OVER.c.by.in_(names)))
    return [_kept(tx, row) for row in tx.execute(query.order_by(_OVER.c.id.desc()).limit(most))]


def items(
    tx: Transaction, key: int, standing: str, *, most: int = 500
) -> list[tuple[int, str, str, datetime | None]]:
    """Key and number of its cases that stand so, with the reason and when the case was closed, oldest first."""
    query = (
        sa.select(_ITEM.c.case, _CASE.c.number, _ITEM.c.reason, _CASE.c.closed_at)
        .join(_CASE, sa.and_(_CASE.c.municipality == _ITEM.c.municipality, _CASE.c.id == _ITEM.c.case))
        .where(_ITEM.c.municipality == tx.municipality, _ITEM.c.takeover == key, _ITEM.c.standing == standing)
        .order_by(_ITEM.c.case)
        .limit(most)
    )
    return [(row[0], row[1], row[2], row[3]) for row in tx.execute(query)]


def stands(tx: Transaction, key: int) -> dict[str, int]:
    """How many of its cases stand how."""
    query = (
        sa.select(_ITEM.c.standing, sa.func.count())
        .where(_ITEM.c.municipality == tx.municipality, _ITEM.c.takeover == key)
        .group_by(_ITEM.c.standing)
    )
    return {row[0]: int(row[1]) for row in tx.execute(query)}


def stand(tx: Transaction, key: int, case: int, standing: str, reason: str = "") -> None:
    """Write down what became of one case."""
    tx.execute(
        sa.update(_ITEM)
        .where(_ITEM.c.municipality == tx.municipality, _ITEM.c.takeover == key, _ITEM.c.case == case)
        .values(standing=standing, reason=reason[:40])
    )


def _kept(tx: Transaction, row: sa.Row[tuple[object, ...]]) -> Kept:
    told = row._mapping
    reason = tx.sealer.open(("takeover", told["id"], "reason"), told["reason"]).decode()
    return Kept(told["id"], told["of"], told["to"], told["by"], reason, told["created_at"])
