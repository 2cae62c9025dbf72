"""When are the sessions, who registered for them, and how full are they?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, insert_into, table_of
from app.storage.models import Case, Moment, MomentEntry

_MOMENT, _ENTRY, _CASE = table_of(Moment), table_of(MomentEntry), table_of(Case)
Row = Mapping[str, Any]
PLACED, WAITING, GONE = "placed", "waiting", "gone"
PRESENT = "present"


def keep(tx: Transaction, case: int, values: Row) -> None:
    """What a calendar tells of this session from now on."""
    row = {"municipality": tx.municipality, "id": ids.new_id(), "case": case, **values}
    statement = insert_into(tx.dialect, _MOMENT).values(row)
    tx.execute(statement.on_conflict_do_update(index_elements=["municipality", "case"], set_=dict(values)))


def get(tx: Transaction, case: int) -> dict[str, Any] | None:
    """One session with the number, state and version of its case."""
    return next(iter(_moments(tx, _MOMENT.c.case == case)), None)


def numbered(tx: Transaction, number: str) -> dict[str, Any] | None:
    """The session whose case has that number."""
    return next(iter(_moments(tx, _CASE.c.number == number)), None)


def open_ones(tx: Transaction, workflow: str, today: date, *, most: int) -> list[dict[str, Any]]:
    """The sessions of a workflow for which somebody can register today, the next one first."""
    still = (_MOMENT.c.is_open.is_(True), _MOMENT.c.open_until >= today, _MOMENT.c.on_day >= today)
    return _moments(tx, _MOMENT.c.workflow == workflow, *still, most=most)


def between(tx: Transaction, first: date, last: date, *, most: int) -> list[dict[str, Any]]:
    """All sessions from one day to another, both counted."""
    return _moments(tx, _MOMENT.c.on_day >= first, _MOMENT.c.on_day <= last, most=most)


def past(
    tx: Transaction, workflow: str, neighbourhood: str, until: date, *, most: int
) -> list[dict[str, Any]]:
    """The latest sessions of a workflow in a neighbourhood up to a day that were not called off, from old to new."""
    query = (
        _query(tx)
        .where(
            _MOMENT.c.workflow == workflow,
            _MOMENT.c.neighbourhood == neighbourhood,
            _MOMENT.c.on_day <= until,
            _MOMENT.c.off.is_(False),
        )
        .order_by(_MOMENT.c.on_day.desc(), _MOMENT.c.case.desc())
        .limit(most)
    )
    return [dict(row) for row in tx.execute(query).mappings()][::-1]


def counts(tx: Transaction, sessions: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many places of each are taken, and how many people wait for one."""
    found = dict.fromkeys(sessions, (0, 0))
    query = (
        sa.select(_ENTRY.c.session, _ENTRY.c.standing, sa.func.count())
        .where(_mine(tx), _ENTRY.c.session.in_(sessions), _ENTRY.c.standing != GONE)
        .group_by(_ENTRY.c.session, _ENTRY.c.standing)
    )
    for session, standing, n in tx.execute(query):
        taken, waiting = found[session]
        found[session] = (taken + n, waiting) if standing == PLACED else (taken, waiting + n)
    return found


def enter(tx: Transaction, *, session: int, case: int, who: str, walked_in: bool) -> None:
    """A registration belongs to a session; it takes a place until something else is decided."""
    tx.execute(
        sa.insert(_ENTRY),
        {
            "municipality": tx.municipality,
            "id": ids.new_id(),
            "session": session,
            "case": case,
            "standing": PLACED,
            "came": "",
            "who": who,
            "walked_in": walked_in,
            "since": tx.now,
        },
    )


def write(tx: Transaction, entry: int, *, standing: str, came: str) -> None:
    """What a registration is to its session now, and whether they came."""
    mine = sa.and_(_mine(tx), _ENTRY.c.id == entry)
    tx.execute(sa.update(_ENTRY).where(mine).values(standing=standing, came=came))


def entry_of(tx: Transaction, case: int) -> dict[str, Any] | None:
    """What a registration is to its session; ``None`` for any other case."""
    query = sa.select(_ENTRY).where(_mine(tx), _ENTRY.c.case == case)
    row = tx.execute(query).mappings().first()
    return dict(row) if row else None


def entries(tx: Transaction, sessions: Collection[int]) -> list[dict[str, Any]]:
    """Everybody who ever registered for these sessions, in the order in which they did."""
    query = (
        sa.select(_ENTRY)
        .where(_mine(tx), _ENTRY.c.session.in_(sessions))
        .order_by(_ENTRY.c.since, _ENTRY.c.id)
    )
    return [dict(row) for row in tx.execute(query).mappings()]


def came_before(tx: Transaction, whos: Sequence[str], day: date) -> frozenset[str]:
    """Who of these was present at a session before that day."""
    query = (
        sa.select(_ENTRY.c.who)
        .join(_MOMENT, _joined(_ENTRY.c.session))
        .where(_mine(tx), _ENTRY.c.who.in_(whos), _ENTRY.c.came == PRESENT, _MOMENT.c.on_day < day)
        .distinct()
    )
    return frozenset(tx.execute(query).scalars())


def _joined(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return sa.and_(_MOMENT.c.municipality == _ENTRY.c.municipality, _MOMENT.c.case == column)


def _query(tx: Transaction) -> sa.Select[*tuple[Any, ...]]:
    beside = (_CASE.c.number, _CASE.c.state, _CASE.c.version, _CASE.c.workflow_version, _CASE.c.holder)
    return (
        sa.select(*_MOMENT.c, *beside)
        .join(_CASE, sa.and_(_CASE.c.municipality == _MOMENT.c.municipality, _CASE.c.id == _MOMENT.c.case))
        .where(_MOMENT.c.municipality == tx.municipality)
    )


def _moments(tx: Transaction, *which: sa.ColumnElement[bool], most: int = 1) -> list[dict[str, Any]]:
    query = (
        _query(tx).where(*which).order_by(_MOMENT.c.on_day, _MOMENT.c.from_hour, _MOMENT.c.case).limit(most)
    )
    return [dict(row) for row in tx.execute(query).mappings()]


def _mine(tx: Transaction) -> sa.ColumnElement[bool]:
    return _ENTRY.c.municipality == tx.municipality
