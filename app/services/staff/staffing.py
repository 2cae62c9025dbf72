"""Who holds what, now? Live data, read once per change and kept by the municipality's staffing version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.engine import staff_edits
from app.engine.model.people import AccountId, ClosingDay, Holding, World
from app.engine.policy import Actor
from app.services import seen as pages
from app.services.errors import NotFound
from app.services.staff import staff_change
from app.services.staff.read_world import read_world
from app.services.staff.staff_change import Change, Done
from app.storage.database import memory, reading
from app.storage.repositories import account_rows, municipality_rows


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


def set_holding(actor: Actor, holding: Holding, *, seen: int | None = None) -> Done:
    """Who holds a contact point for a neighbourhood from now on.

    Raises ``Forbidden``, ``NotFound`` (somebody), ``Conflict``, ``ToArrange``.
    """
    staff_change.demand_edit(actor)
    change = Change(
        "holding_set",
        staff_change.of_staff(lambda staffing: staff_edits.with_holding(staffing, holding)),
        {"contact_point": holding.contact_point, "neighbourhood": holding.neighbourhood},
    )
    return staff_change.carry_out(actor, change, seen=seen)


def closing_days_shown(days: Iterable[ClosingDay]) -> dict[str, str]:
    """What the page of ``set_closing_days`` shows."""
    in_order = sorted(days, key=lambda item: item.day)
    return {item.day.isoformat(): f"{item.from_time or ''} {item.label}" for item in in_order}


def set_closing_days(actor: Actor, days: Iterable[ClosingDay], *, seen: str | None = None) -> tuple[int, ...]:
    """The municipality's own closing days, all of them. Terms that still run past a new one move after the commit:
    outbox ids to hint to the relay. ``seen`` is the mark of ``closing_days_shown``. Raises as ``set_holding``."""
    staff_change.demand_edit(actor)
    fresh = tuple(sorted(days, key=lambda item: item.day))

    def closed(world: World) -> World:
        pages.is_new(closing_days_shown(world.calendar.closing_days), closing_days_shown(fresh), seen)
        return replace(world, calendar=replace(world.calendar, closing_days=fresh))

    return staff_change.carry_out(actor, Change("closing_days_set", closed)).wake
