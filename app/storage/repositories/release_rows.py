"""What was published of a report, period by period, and what was answered to it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import CouncilAnswer, ReportRelease

_RELEASE, _ANSWER = table_of(ReportRelease), table_of(CouncilAnswer)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Released:
    """One row: the period and what was published of it."""

    report: str
    first: date
    last: date
    content: str
    made_at: datetime


def keep(tx: Transaction, report: str, first: date, last: date, content: str) -> bool:
    """Write down what was published; False when that was done before (what stands there stays)."""
    values = {"municipality": tx.municipality, "report": report, "first": first, "last": last}
    return tx.insert_new(ReportRelease, values | {"content": content, "made_at": tx.now})


def listed(tx: Transaction, report: str) -> list[Released]:
    """All of one report, the newest period first."""
    query = sa.select(_RELEASE).where(_RELEASE.c.municipality == tx.municipality, _RELEASE.c.report == report)
    return [
        Released(row.report, row.first, row.last, row.content, row.made_at)
        for row in tx.execute(query.order_by(_RELEASE.c.first.desc()))
    ]


def one(tx: Transaction, report: str, first: date) -> Released | None:
    """What was published of one period."""
    mine = sa.and_(_RELEASE.c.municipality == tx.municipality, _RELEASE.c.report == report)
    row = tx.execute(sa.select(_RELEASE).where(mine, _RELEASE.c.first == first)).first()
    return None if row is None else Released(row.report, row.first, row.last, row.content, row.made_at)


def there(tx: Transaction) -> set[tuple[str, date]]:
    """The reports and first days of which anything was published."""
    query = sa.select(_RELEASE.c.report, _RELEASE.c.first).where(_RELEASE.c.municipality == tx.municipality)
    return {(row.report, row.first) for row in tx.execute(query)}


def last_day(tx: Transaction, report: str) -> date | None:
    """The last day that was published of it."""
    mine = sa.and_(_RELEASE.c.municipality == tx.municipality, _RELEASE.c.report == report)
    found: date | None = tx.scalar(sa.select(sa.func.max(_RELEASE.c.last)).where(mine))
    return found


def answer(tx: Transaction, values: Row) -> int:
    """Add an answer; its id."""
    fresh = ids.new_id()
    own = {"municipality": tx.municipality, "id": fresh, "made_at": tx.now}
    tx.execute(sa.insert(_ANSWER), [dict(values) | own])
    return fresh


def answers(tx: Transaction, report: str, first: date | None = None) -> list[dict[str, Any]]:
    """What was answered to a report, or to one period of it; the newest first."""
    query = sa.select(_ANSWER).where(_ANSWER.c.municipality == tx.municipality, _ANSWER.c.report == report)
    if first is not None:
        query = query.where(_ANSWER.c.first == first)
    return [dict(row) for row in tx.execute(query.order_by(_ANSWER.c.id.desc())).mappings()]
