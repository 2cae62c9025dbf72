"""Which cases were proposed to each other, and which could be?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import Case, CaseMatch

_MATCH, _CASE = table_of(CaseMatch), table_of(Case)
Row = Mapping[str, Any]


def insert(tx: Transaction, *, seeker: int, other: int, account: str) -> None:
    """``other`` is proposed to ``seeker`` now, by ``account``."""
    tx.execute(
        sa.insert(_MATCH),
        {
            "municipality": tx.municipality,
            "id": ids.new_id(),
            "seeker": seeker,
            "other": other,
            "account": account,
            "made_at": tx.now,
            "ended_by": "",
        },
    )


def end(tx: Transaction, seeker: int, ended_by: str) -> list[int]:
    """What was proposed to ``seeker`` stands no longer; the cases that get their place back."""
    standing = [row["other"] for row in of_seeker(tx, seeker) if row["ended_at"] is None]
    if standing:
        tx.execute(
            sa.update(_MATCH)
            .where(_own(tx), _MATCH.c.seeker == seeker, _MATCH.c.ended_at.is_(None))
            .values(ended_at=tx.now, ended_by=ended_by)
        )
    return standing


def of_seeker(tx: Transaction, seeker: int) -> list[dict[str, Any]]:
    """All that was ever proposed to a case, the newest first."""
    return _links(tx, _MATCH.c.seeker == seeker)


def of_other(tx: Transaction, other: int) -> list[dict[str, Any]]:
    """To whom a case was ever proposed, the newest first."""
    return _links(tx, _MATCH.c.other == other)


def taken(tx: Transaction, others: Collection[int]) -> dict[int, int]:
    """How many places of each are taken."""
    query = (
        sa.select(_MATCH.c.other, sa.func.count())
        .where(_own(tx), _MATCH.c.other.in_(others), _MATCH.c.ended_at.is_(None))
        .group_by(_MATCH.c.other)
    )
    return {row[0]: int(row[1]) for row in tx.execute(query)}


def running(tx: Transaction, workflow: str, states: Sequence[str], *, most: int) -> list[dict[str, Any]]:
    """The cases of a workflow that are in one of these states, who waits longest first."""
    query = (
        sa.select(_CASE)
        .where(
            _CASE.c.municipality == tx.municipality,
            _CASE.c.workflow == workflow,
            _CASE.c.state.in_(states),
            _CASE.c.closed_at.is_(None),
        )
        .order_by(_CASE.c.received_at, _CASE.c.id)
        .limit(most)
    )
    return [dict(row) for row in tx.execute(query).mappings()]


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return _MATCH.c.municipality == tx.municipality


def _links(tx: Transaction, which: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    query = sa.select(_MATCH).where(_own(tx), which).order_by(_MATCH.c.id.desc())
    return [dict(row) for row in tx.execute(query).mappings()]
