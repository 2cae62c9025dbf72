"""Which organisations are to be looked over this morning, and by whom? So that the register does not rot.

A line in the mail of 8.30 for who said they would do it, on the first working day and each week after; where they left,
for somebody who may change the register.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from app.engine import calendar
from app.engine.model.people import World
from app.engine.policy import Act, Actor, may
from app.services.people import partner_gaps, partners
from app.storage.database import Transaction
from app.storage.repositories import partner_rows

EVERY = 7
"""Days between two reminders."""


def remind(tx: Transaction, day: date, world: World, quiet: Collection[str]) -> dict[str, list[str]]:
    """Account -> keys of the partners it hears of in the mail of ``day``; nobody of ``quiet``."""
    found: dict[str, list[str]] = {}
    for row in partner_rows.partners(tx):
        partner = partners.of_row(tx, row)
        owner = _owner(partner.owner, world)
        if (
            owner
            and owner not in quiet
            and partner_gaps.due(partner, day)
            and _today(partner.review_on, day, world)
        ):
            found.setdefault(owner, []).append(partner.key)
    return found


def names(tx: Transaction, keys: Sequence[str]) -> list[str]:
    """What they are called; those that were archived meanwhile are left out."""
    known = partner_rows.names(tx)
    return [known[key] for key in keys if key in known]


def _today(review_on: date | None, day: date, world: World) -> bool:
    if review_on is None:
        return False
    return (day - calendar.on_or_after(world.calendar, review_on)).days % EVERY == 0


def _owner(account: str, world: World) -> str:
    worker = world.staffing.workers.get(account)
    if worker is not None and worker.active:
        return account
    able = (
        item.id
        for item in sorted(world.staffing.workers.values(), key=lambda item: item.name)
        if item.active and may(Actor(item.id, world.municipality, roles=item.roles), Act.STAFFING_EDIT)
    )
    return next(able, "")
