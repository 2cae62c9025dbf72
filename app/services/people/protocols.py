"""Under which published agreements do authorities get data from us? Everybody may read the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.engine.policy import Act, Actor
from app.services.people import partners
from app.services.people.partner_record import AUTHORITY, Protocol
from app.services.permission import demand
from app.services.staff import staffing
from app.storage import clock
from app.storage.database import transaction
from app.storage.repositories import partner_rows


@dataclass(frozen=True, slots=True)
class Published:
    """An authority and its protocol; ``valid`` until its last day."""

    partner: str
    protocol: Protocol
    valid: bool


def listed(actor: Actor) -> tuple[Published, ...]:
    """Every protocol with an address, by the name of the authority; also those that ended, so that nothing vanishes.
    Raises ``Forbidden``."""
    demand(actor, Act.PAGE_PUBLIC)
    today = clock.now().astimezone(staffing.world(actor.municipality).calendar.zone).date()
    with transaction(actor.municipality, readonly=True) as tx:
        known = [partners.of_row(tx, row) for row in partner_rows.partners(tx)]
    return tuple(
        Published(item.name, item.protocol, item.active and runs(item.protocol, today))
        for item in known
        if item.kind == AUTHORITY and item.protocol.url
    )


def runs(protocol: Protocol, today: date) -> bool:
    """Whether something may be sent under it today."""
    return bool(protocol.url) and (protocol.until is None or protocol.until >= today)
