"""Which consents stand in the register of a municipality, and in what state?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import Case, CaseConsent

_CONSENT, _CASE = table_of(CaseConsent), table_of(Case)
HOLDS, SOON, WITHDRAWN, EXPIRED = "holds", "soon", "withdrawn", "expired"
STATES = (HOLDS, SOON, WITHDRAWN, EXPIRED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: empty means all. ``today`` and ``soon`` are local days: what ends up to ``soon`` ends soon.

    ``holder``: only cases of this account. ``hidden``: contact points whose cases show only to ``viewer``, their
    responsible person."""

    today: date
    soon: date
    form: str = ""
    consent: str = ""
    state: str = ""
    holder: str = ""
    viewer: str = ""
    hidden: Collection[str] = field(default=())


def put(tx: Transaction, case: int, form: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let the register say this of a case; each row has the other columns. What it does not name stays, and so does
    when and how somebody agreed to what is over."""
    mine = sa.and_(_CONSENT.c.municipality == tx.municipality, _CONSENT.c.case == case)
    known = set(tx.execute(sa.select(_CONSENT.c.name).where(mine)).scalars()) if rows else set()
    fresh = [row for row in rows if row["name"] not in known]
    if fresh:
        own = {"municipality": tx.municipality, "case": case, "form": form}
        tx.execute(sa.insert(_CONSENT), [{**own, "id": ids.new_id(), **row} for row in fresh])
    for row in rows:
        if row["name"] in known:
            kept = ("given_on", "how") if row["ended"] else ()
            values = {name: value for name, value in row.items() if name not in kept}
            tx.execute(sa.update(_CONSENT).where(mine, _CONSENT.c.name == row["name"]).values(values))


def first(tx: Transaction, case: int, form: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """The same of a case that just began."""
    own = {"municipality": tx.municipality, "case": case, "form": form}
    if rows:
        tx.execute(sa.insert(_CONSENT), [{**own, "id": ids.new_id(), **row} for row in rows])


def listed(tx: Transaction, wanted: Wanted, *, most: int, skip: int = 0) -> list[dict[str, Any]]:
    """The lines with their case, what ends first on top, what never ends last."""
    query = (
        _joined(
            tx,
            wanted,
            _CONSENT,
            _CASE.c.number,
            _CASE.c.label,
            _CASE.c.closed_at,
            _CASE.c.holder,
            _CASE.c.contact_point,
            _CASE.c.submission,
            _CASE.c.blocked,
            _state(wanted).label("standing"),
        )
        .order_by(_CONSENT.c.until.is_(None), _CONSENT.c.until, _CASE.c.number, _CONSENT.c.name)
        .limit(most)
        .offset(skip)
    )
    return [dict(row) for row in tx.execute(query).mappings()]


def counted(tx: Transaction, wanted: Wanted) -> dict[str, int]:
    """How many lines in each state, whatever state is wanted."""
    state = _state(wanted)
    query = _joined(tx, wanted, state.label("standing"), sa.func.count().label("n"), any_state=True)
    found = {str(row.standing): int(row.n) for row in tx.execute(query.group_by(state))}
    return {name: found.get(name, 0) for name in STATES}


def kinds(tx: Transaction, wanted: Wanted) -> list[tuple[str, str]]:
    """Form and field of every consent there is."""
    query = _joined(tx, wanted, _CONSENT.c.form, _CONSENT.c.field, any_state=True).distinct()
    return sorted((str(row.form), str(row.field)) for row in tx.execute(query))


def _joined(
    tx: Transaction, wanted: Wanted, *columns: Any, any_state: bool = False
) -> sa.Select[*tuple[Any, ...]]:
    both = sa.and_(_CASE.c.municipality == _CONSENT.c.municipality, _CASE.c.id == _CONSENT.c.case)
    query = sa.select(*columns).select_from(_CONSENT.join(_CASE, both))
    query = query.where(_CONSENT.c.municipality == tx.municipality)
    for column, value in ((_CONSENT.c.form, wanted.form), (_CONSENT.c.field, wanted.consent)):
        if value:
            query = query.where(column == value)
    if wanted.holder:
        query = query.where(_CASE.c.holder == wanted.holder)
    if wanted.hidden:
        hidden = _CASE.c.contact_point.in_(sorted(wanted.hidden))
        query = query.where(sa.or_(sa.not_(hidden), _CASE.c.holder == wanted.viewer))
    if wanted.state and not any_state:
        query = query.where(_state(wanted) == wanted.state)
    return query


def _state(wanted: Wanted) -> sa.ColumnElement[str]:
    """One of ``STATES``; what is past its day is over, also in a case that had ended before."""
    return sa.case(
        (_CONSENT.c.ended != "", _CONSENT.c.ended),
        (_CONSENT.c.until < wanted.today, EXPIRED),
        (_CONSENT.c.until <= wanted.soon, SOON),
        else_=HOLDS,
    )
