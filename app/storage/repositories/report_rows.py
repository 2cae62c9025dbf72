"""Which cases does a report count, with the submission that opened each, and which changed since it last looked?

Everything that happens to a case leaves an event in the same transaction, its destruction too: events are the news.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import Case, Event, Submission

SETTLED = timedelta(hours=1)
"""What was written longer ago than this is committed by now, or never will be."""
Found = tuple[Mapping[str, Any], Mapping[str, Any]]
"""A case, and the submission that opened it (``id``, ``sealed``)."""

_CASE = table_of(Case)
_SUBMISSION = table_of(Submission)
_EVENT = table_of(Event)
_AT_ONCE = 500
_WANTED = (
    *("id", "form", "workflow", "form_version", "neighbourhood", "contact_point", "state", "reason"),
    *("received_at", "closed_at", "means", "marks", "blocked", "row_reasons", "workflow_version"),
)


def received(tx: Transaction, first: datetime, end: datetime) -> Iterator[Found]:
    """Each case received from ``first`` on and before ``end``, oldest first."""
    period = sa.and_(_CASE.c.received_at >= first, _CASE.c.received_at < end)
    yield from _found(tx, _cases(tx, period).order_by(_CASE.c.received_at, _CASE.c.id))


def of(tx: Transaction, cases: Collection[int]) -> Iterator[Found]:
    """Those of ``cases`` that are still there."""
    wanted = sorted(cases)
    for at in range(0, len(wanted), _AT_ONCE):
        yield from _found(tx, _cases(tx, _CASE.c.id.in_(wanted[at : at + _AT_ONCE])))


def of_form(tx: Transaction, form: str) -> Iterator[Found]:
    """The cases of a form, whenever they came in."""
    yield from _found(tx, _cases(tx, _CASE.c.form == form))


def first_received(tx: Transaction) -> datetime | None:
    """When the first case came in."""
    query = sa.select(_CASE.c.received_at).where(_CASE.c.municipality == tx.municipality)
    found: datetime | None = tx.execute(query.order_by(_CASE.c.received_at).limit(1)).scalar()
    return found


def count(tx: Transaction) -> int:
    """How many cases there are."""
    query = sa.select(sa.func.count()).select_from(_CASE).where(_CASE.c.municipality == tx.municipality)
    return int(tx.scalar(query))


def last_event(tx: Transaction) -> int:
    """The id of the newest event; 0 without any."""
    query = sa.select(sa.func.max(_EVENT.c.id)).where(_EVENT.c.municipality == tx.municipality)
    return tx.execute(query).scalar() or 0


def knows(tx: Transaction, event: int) -> bool:
    """Whether this event is there: not after an older copy was put back."""
    query = sa.select(_EVENT.c.id).where(_EVENT.c.municipality == tx.municipality, _EVENT.c.id == event)
    return tx.execute(query).first() is not None


def events_since(tx: Transaction, event: int) -> dict[int, int]:
    """The case of each event after this one, and of those shortly before it: transactions end in another order than
    they began."""
    since = ids.before(event, SETTLED)
    query = sa.select(_EVENT.c.id, _EVENT.c.stream)
    mine = query.where(_EVENT.c.municipality == tx.municipality, _EVENT.c.id > since, _EVENT.c.stream != 0)
    return {row[0]: row[1] for row in tx.execute(mine)}


def _cases(tx: Transaction, which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    same = sa.and_(_SUBMISSION.c.municipality == _CASE.c.municipality, _SUBMISSION.c.id == _CASE.c.submission)
    sent = [_SUBMISSION.c.id.label("sent"), _SUBMISSION.c.sealed]
    query = sa.select(*(_CASE.c[name] for name in _WANTED), *sent).join(_SUBMISSION, same)
    return query.where(_CASE.c.municipality == tx.municipality, which)


def _found(tx: Transaction, query: sa.Select[Any]) -> Iterator[Found]:
    for row in tx.execute(query).mappings():
        yield dict(row), {"id": row["sent"], "sealed": row["sealed"]}
