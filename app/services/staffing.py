"""Who holds what, now? Live data, read once per change and kept by the municipality's staffing version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.engine.model.people import AccountId, ClosingDay, Holding, World
from app.engine.policy import Act, Actor, Relation, may
from app.services import calendar_news
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.read_world import read_world
from app.storage import history
from app.storage.database import memory, reading, transaction
from app.storage.repositories import account_rows, municipality_rows
from app.storage.repositories import staffing_rows as rows
from app.storage.repositories.staffing_rows import AbsenceRow


def world(municipality: str, version: int | None = None) -> World:
    """What decisions are made on. ``version`` as the session learnt it spares a look; left out: look.

    Raises ``NotFound`` for an unknown municipality. May be called inside a transaction.
    """
    kept: dict[str, tuple[int, World]] = memory("worlds", dict)
    found = kept.get(municipality)
    if found and found[0] == version:
        return found[1]
    with reading(municipality) as tx:
        current = municipality_rows.staffing_version(tx)
        if current is None:
            raise NotFound
        if not found or found[0] != current:
            found = (current, read_world(tx))
            if tx.readonly:  # what an open writer sees may yet be rolled back
                kept[municipality] = found
    return found[1]


def account_id(municipality: str, key: str) -> AccountId:
    """The account that staffing files call ``key``. Raises ``NotFound``."""
    with reading(municipality) as tx:
        found = account_rows.by_key(tx, key)
    if found is None:
        raise NotFound
    return found


def set_absence(
    actor: Actor, account: AccountId, start: date, end: date, *, replacement: AccountId = ""
) -> int:
    """Somebody will be away from ``start`` to ``end``, both included; the absence's id.

    Raises ``Forbidden`` (one's own, or staffing), ``Invalid`` (end before start, own replacement), ``NotFound``.
    """
    _may_plan_for(actor, account)
    if end < start or replacement == account:
        raise Invalid("absence_order" if end < start else "absence_own_replacement")
    with transaction(actor.municipality) as tx:
        known = rows.account_keys(tx).values()
        if account not in known or (replacement and replacement not in known):
            raise NotFound
        fresh = rows.insert_absence(tx, account, start, end, replacement)
        account_rows.staff_changed(tx)
        history.append(tx, None, "absence_set", {"account": account}, by=actor.account)
    return fresh


def end_absence(actor: Actor, absence: int) -> None:
    """Take an absence back. Raises ``Forbidden``, ``NotFound``."""
    with transaction(actor.municipality) as tx:
        standing = {row.id: row.account for row in rows.absence_rows(tx, since=date.min)}
        account = standing.get(absence)
        if account is None:
            raise NotFound
        _may_plan_for(actor, account)
        rows.delete_absence(tx, absence)
        account_rows.staff_changed(tx)
        history.append(tx, None, "absence_ended", {"account": account}, by=actor.account)


def absences(actor: Actor, *, since: date) -> list[AbsenceRow]:
    """Who is or will be away, from ``since`` on, the first first. Raises ``Forbidden``."""
    if not may(actor, Act.STAFFING_READ):
        raise Forbidden
    with transaction(actor.municipality, readonly=True) as tx:
        return rows.absence_rows(tx, since=since)


def set_holding(actor: Actor, holding: Holding) -> None:
    """Who holds a contact point for a neighbourhood from now on. Raises ``Forbidden``, ``NotFound`` (somebody)."""
    _may_edit(actor)
    with transaction(actor.municipality) as tx:
        everybody = {holding.holder, *holding.substitutes, *([holding.owner] if holding.owner else [])}
        if not everybody <= set(rows.account_keys(tx).values()):
            raise NotFound
        rows.put_holding(tx, holding)
        account_rows.staff_changed(tx)
        params = {"contact_point": holding.contact_point, "neighbourhood": holding.neighbourhood}
        history.append(tx, None, "holding_set", params, by=actor.account)


def set_closing_days(actor: Actor, days: Iterable[ClosingDay]) -> tuple[int, ...]:
    """The municipality's own closing days, all of them; raises ``Forbidden``. Terms that still run past a new one move
    after the commit: outbox ids to hint to the relay."""
    _may_edit(actor)
    fresh = tuple(days)
    with transaction(actor.municipality) as tx:
        before = [ClosingDay(*day) for day in rows.closing_days(tx)]
        rows.put_closing_days(tx, fresh)
        account_rows.staff_changed(tx)
        history.append(tx, None, "closing_days_set", by=actor.account)
        return calendar_news.promise(tx, before, fresh, by=actor.account)


def _may_edit(actor: Actor) -> None:
    if not may(actor, Act.STAFFING_EDIT):
        raise Forbidden


def _may_plan_for(actor: Actor, account: AccountId) -> None:
    own = account == actor.account and may(actor, Act.ABSENCE_OWN, Relation.OWN)
    if not own and not may(actor, Act.STAFFING_EDIT):
        raise Forbidden
