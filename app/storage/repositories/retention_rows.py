"""Which cases may be past their term, what was proposed of them, what may not go, and who asked for their data?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import (
    Case,
    CaseMatch,
    DestroyedCase,
    Destruction,
    LegalHold,
    Outbox,
    PrivacyRequest,
    Task,
)

_CASE, _ITEM, _WHOLE = table_of(Case), table_of(DestroyedCase), table_of(Destruction)
_HOLD, _MATCH = table_of(LegalHold), table_of(CaseMatch)
_TASK, _OUTBOX = table_of(Task), table_of(Outbox)
PROPOSED, EXCEPTED, KEPT, DESTROYED, ANONYMISED = "proposed", "excepted", "kept", "destroyed", "anonymised"
OPEN, SECOND, RUNNING, DONE = "proposed", "second", "running", "done"
"""Where a destruction stands: open to approval, one approval of two, being carried out, done."""
NAMELESS = "~"
"""The number of a case with nobody in it begins so; no pattern of a form does."""
Row = dict[str, Any]


# Candidates --------------------------------------------------------------------------------------------------


def closed_before(
    tx: Transaction, forms: Mapping[str, datetime], *, after: int = 0, most: int, kept_since: datetime
) -> list[Row]:
    """Closed cases of these forms, closed before the instant of each, by id from beyond ``after`` on; not those that
    were anonymised, stand in a destruction that is under way, or were kept by somebody since ``kept_since``."""
    if not forms:
        return []
    at = sa.exists().where(_ITEM.c.municipality == _CASE.c.municipality, _ITEM.c.case == _CASE.c.id)
    under_way = sa.exists().where(
        _ITEM.c.municipality == _CASE.c.municipality,
        _ITEM.c.case == _CASE.c.id,
        _ITEM.c.standing == PROPOSED,
        _WHOLE.c.municipality == _ITEM.c.municipality,
        _WHOLE.c.id == _ITEM.c.destruction,
        _WHOLE.c.state.in_((SECOND, RUNNING)),
    )
    kept = at.where(_ITEM.c.standing == KEPT, _ITEM.c.done_at > kept_since)
    out = sa.or_(_CASE.c.number.startswith(NAMELESS, autoescape=True), kept, under_way)
    old = sa.or_(*(sa.and_(_CASE.c.form == form, _CASE.c.closed_at < at) for form, at in forms.items()))
    query = sa.select(_CASE).where(_own(tx, _CASE), _CASE.c.id > after, old, ~out)
    return _all(tx, query.order_by(_CASE.c.id).limit(most))


def below(tx: Transaction, cases: Collection[int]) -> list[Row]:
    """The cases that were opened from these."""
    return _all(tx, sa.select(_CASE).where(_own(tx, _CASE), _CASE.c.parent.in_(cases)))


def merged(tx: Transaction, cases: Collection[int]) -> list[Row]:
    """The cases that were merged into these."""
    return _all(tx, sa.select(_CASE).where(_own(tx, _CASE), _CASE.c.merged_into.in_(cases)))


def open_matches(tx: Transaction, cases: Collection[int]) -> bool:
    """Whether one of these is still matched with a case that runs."""
    other = sa.or_(
        sa.and_(_MATCH.c.seeker.in_(cases), _CASE.c.id == _MATCH.c.other),
        sa.and_(_MATCH.c.other.in_(cases), _CASE.c.id == _MATCH.c.seeker),
    )
    query = sa.select(_MATCH.c.id).where(
        _own(tx, _MATCH), _MATCH.c.ended_at.is_(None), _own(tx, _CASE), other, _CASE.c.closed_at.is_(None)
    )
    return tx.scalar(query.limit(1)) is not None


def has_open_task(tx: Transaction, cases: Collection[int]) -> bool:
    """Whether something is still to be done."""
    query = sa.select(_TASK.c.id).where(_own(tx, _TASK), _TASK.c.case.in_(cases), _TASK.c.state == "open")
    return tx.scalar(query.limit(1)) is not None


def has_timer(tx: Transaction, cases: Collection[int]) -> bool:
    """Whether a term still runs."""
    waiting = (_OUTBOX.c.state == "pending", _OUTBOX.c.key != "")
    query = sa.select(_OUTBOX.c.id).where(_own(tx, _OUTBOX), _OUTBOX.c.case.in_(cases), *waiting)
    return tx.scalar(query.limit(1)) is not None


# Destructions ------------------------------------------------------------------------------------------------


def make(
    tx: Transaction, kind: str, day: date, *, person: int | None = None, by: str = "", state: str = OPEN
) -> int:
    """A destruction without cases; its key."""
    key = ids.new_id()
    row = {"municipality": tx.municipality, "id": key, "kind": kind, "state": state, "day": day, "counts": {}}
    tx.execute(sa.insert(_WHOLE), {**row, "person": person, "made_at": tx.now, "made_by": by or None})
    return key


def add(tx: Transaction, destruction: int, items: Sequence[Mapping[str, Any]]) -> None:
    """Its cases; every row has the same keys."""
    if items:
        own = {"municipality": tx.municipality, "destruction": destruction, "counts": {}}
        tx.execute(sa.insert(_ITEM), [{**own, **item} for item in items])


def get(tx: Transaction, destruction: int, *, lock: bool = False) -> Row | None:
    """One destruction."""
    query = sa.select(_WHOLE).where(_own(tx, _WHOLE), _WHOLE.c.id == destruction)
    return _first(tx, query.with_for_update() if lock else query)


def listed(tx: Transaction, states: Collection[str], *, kind: str = "", most: int = 100) -> list[Row]:
    """Destructions in one of these states, the last first."""
    query = sa.select(_WHOLE).where(_own(tx, _WHOLE), _WHOLE.c.state.in_(states))
    if kind:
        query = query.where(_WHOLE.c.kind == kind)
    return _all(tx, query.order_by(_WHOLE.c.id.desc()).limit(most))


def of_person(tx: Transaction, persons: Collection[int]) -> list[Row]:
    """Erasures of these people that are not done."""
    query = sa.select(_WHOLE).where(_own(tx, _WHOLE), _WHOLE.c.person.in_(persons), _WHOLE.c.state != DONE)
    return _all(tx, query.order_by(_WHOLE.c.id.desc()))


def change(tx: Transaction, destruction: int, **values: object) -> None:
    """Write columns of a destruction."""
    tx.execute(sa.update(_WHOLE).where(_own(tx, _WHOLE), _WHOLE.c.id == destruction).values(**values))


def drop(tx: Transaction, destruction: int) -> None:
    """Take a proposal back, with its cases."""
    tx.execute(sa.delete(_ITEM).where(_own(tx, _ITEM), _ITEM.c.destruction == destruction))
    tx.execute(sa.delete(_WHOLE).where(_own(tx, _WHOLE), _WHOLE.c.id == destruction))


def items(tx: Transaction, destruction: int, *standings: str) -> list[Row]:
    """Its cases, those that are done the longest first; of these standings only where some are named."""
    query = sa.select(_ITEM).where(_own(tx, _ITEM), _ITEM.c.destruction == destruction)
    if standings:
        query = query.where(_ITEM.c.standing.in_(standings))
    return _all(tx, query.order_by(_ITEM.c.due_on, _ITEM.c.number))


def item(tx: Transaction, destruction: int, case: int, *, lock: bool = False) -> Row | None:
    """One of its cases."""
    query = sa.select(_ITEM).where(_mine(tx, destruction, case))
    return _first(tx, query.with_for_update() if lock else query)


def settle(tx: Transaction, destruction: int, case: int, /, **values: object) -> None:
    """Write how one of its cases stands."""
    tx.execute(sa.update(_ITEM).where(_mine(tx, destruction, case)).values(**values))


def count(tx: Transaction, destruction: int, standing: str) -> int:
    """How many of its cases stand so."""
    query = sa.select(sa.func.count()).select_from(_ITEM)
    mine = (_ITEM.c.destruction == destruction, _ITEM.c.standing == standing)
    return int(tx.scalar(query.where(_own(tx, _ITEM), *mine)))


def records(tx: Transaction, *, most: int, since: date | None = None) -> list[Row]:
    """What was destroyed or anonymised, the last first, with who approved it."""
    query = (
        sa.select(_ITEM, _WHOLE.c.kind, _WHOLE.c.first_by, _WHOLE.c.second_by)
        .join(
            _WHOLE, sa.and_(_WHOLE.c.municipality == _ITEM.c.municipality, _WHOLE.c.id == _ITEM.c.destruction)
        )
        .where(_own(tx, _ITEM), _ITEM.c.standing.in_((DESTROYED, ANONYMISED)))
    )
    if since is not None:
        query = query.where(_WHOLE.c.day >= since)
    return _all(tx, query.order_by(_ITEM.c.done_at.desc(), _ITEM.c.number).limit(most))


def busy(tx: Transaction, persons: Collection[int]) -> bool:
    """Whether somebody handles a request of, or an erasure of, one of these people."""
    asked = sa.select(PrivacyRequest.id).where(
        PrivacyRequest.municipality == tx.municipality,
        PrivacyRequest.person.in_(persons),
        PrivacyRequest.state != "handed",
    )
    return tx.scalar(asked.limit(1)) is not None or bool(of_person(tx, persons))


# Holds -------------------------------------------------------------------------------------------------------


def hold(tx: Transaction, reason: str, *, by: str, case: int | None = None, person: int | None = None) -> int:
    """Nothing of this case, or of this person, may be destroyed from now on."""
    key = ids.new_id()
    sealed = tx.sealer.seal_json(("legal_hold", key, "reason"), reason)
    values = {"municipality": tx.municipality, "id": key, "case": case, "person": person, "by": by}
    tx.execute(sa.insert(_HOLD), {**values, "reason": sealed, "at": tx.now})
    return key


def lift(tx: Transaction, key: int, reason: str, *, by: str) -> bool:
    """It may again; False when it was lifted before."""
    sealed = tx.sealer.seal_json(("legal_hold", key, "lifted"), reason)
    mine = (_own(tx, _HOLD), _HOLD.c.id == key, _HOLD.c.lifted_at.is_(None))
    values = {"lifted": sealed, "lifted_by": by, "lifted_at": tx.now}
    return tx.execute(sa.update(_HOLD).where(*mine).values(values)).rowcount == 1


def holds(
    tx: Transaction, cases: Collection[int], persons: Collection[int], *, lifted: bool = False
) -> list[Row]:
    """The holds on these cases and persons, the last first; ``lifted``: those that were lifted too. Reasons opened."""
    if not cases and not persons:
        return []
    query = sa.select(_HOLD).where(
        _own(tx, _HOLD), sa.or_(_HOLD.c.case.in_(cases), _HOLD.c.person.in_(persons))
    )
    if not lifted:
        query = query.where(_HOLD.c.lifted_at.is_(None))
    return [_opened(tx, row) for row in _all(tx, query.order_by(_HOLD.c.id.desc()))]


def one_hold(tx: Transaction, key: int) -> Row | None:
    """One hold."""
    row = _first(tx, sa.select(_HOLD).where(_own(tx, _HOLD), _HOLD.c.id == key))
    return _opened(tx, row) if row else None


def _opened(tx: Transaction, row: Row) -> Row:
    for name in ("reason", "lifted"):
        row[name] = tx.sealer.open_json(("legal_hold", row["id"], name), row[name]) if row[name] else ""
    return row


def _mine(tx: Transaction, destruction: int, case: int) -> sa.ColumnElement[bool]:
    return sa.and_(_own(tx, _ITEM), _ITEM.c.destruction == destruction, _ITEM.c.case == case)


def _own(tx: Transaction, table: sa.Table) -> sa.ColumnElement[bool]:
    own: sa.ColumnElement[bool] = table.c.municipality == tx.municipality
    return own


def _first(tx: Transaction, query: sa.Select[*tuple[Any, ...]]) -> Row | None:
    row = tx.execute(query).mappings().first()
    return dict(row) if row is not None else None


def _all(tx: Transaction, query: sa.Select[*tuple[Any, ...]]) -> list[Row]:
    return [dict(row) for row in tx.execute(query).mappings()]
