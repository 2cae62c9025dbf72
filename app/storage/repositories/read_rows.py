"""Who opened what, as it was written down?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Account, Case, ReadLog


@dataclass(frozen=True, slots=True)
class Read:
    """One opening: when (UTC), by whom (account, name), of which case (number; empty for a person's record)."""

    at: datetime
    account: str
    who: str
    number: str
    act: str
    ground: str
    reason: str


def of_case(tx: Transaction, case: int, *, most: int) -> list[Read]:
    """Who opened a case, the last first."""
    return _read(tx, ReadLog.case == case, most)


def of_persons(tx: Transaction, persons: Collection[int], cases: Collection[int], *, most: int) -> list[Read]:
    """Who opened one of these records of a person, or one of these cases, the last first."""
    return _read(tx, sa.or_(ReadLog.person.in_(persons), ReadLog.case.in_(cases)), most)


def latest(tx: Transaction, *, act: str, most: int) -> list[Read]:
    """The last readings by one act."""
    return _read(tx, ReadLog.act == act, most)


def _read(tx: Transaction, which: sa.ColumnElement[bool], most: int) -> list[Read]:
    columns = (ReadLog.at, ReadLog.account, Account.name, Case.number, ReadLog.act, ReadLog.ground)
    query = (
        sa.select(*columns, ReadLog.reason, ReadLog.sealed, ReadLog.id)
        .join(Account, sa.and_(Account.municipality == ReadLog.municipality, Account.id == ReadLog.account))
        .outerjoin(Case, sa.and_(Case.municipality == ReadLog.municipality, Case.id == ReadLog.case))
        .where(ReadLog.municipality == tx.municipality, which)
        .order_by(ReadLog.at.desc(), ReadLog.id.desc())
        .limit(most)
    )
    return list(_opened(tx, tx.execute(query)))


def _opened(tx: Transaction, rows: Iterable[sa.Row[*tuple[Any, ...]]]) -> Iterable[Read]:
    for row in rows:
        at, account, who, number, act, ground, plain, sealed, key = row
        reason = tx.sealer.open(("read_log", key, "reason"), sealed).decode() if sealed else plain
        yield Read(at, account, who, number or "", act, ground, reason)
