"""Which organisations do we refer to, and which refer to us?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.engine.policy import Act, Actor, may
from app.services.errors import Forbidden
from app.storage import history, ids
from app.storage.database import transaction
from app.storage.repositories import partner_rows


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation; ``key`` is its name in definitions, ``details`` its offer, people and protocol as plain JSON."""

    key: str
    name: str
    email: str = ""
    phone: str = ""
    contact_point: str = ""
    active: bool = True
    details: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    id: str = ""


def listed(actor: Actor, *, closed: bool = False) -> list[Partner]:
    """Partners by name; ``closed`` ones only when asked for. Raises ``Forbidden``."""
    if not may(actor, Act.STAFFING_READ):
        raise Forbidden
    with transaction(actor.municipality, readonly=True) as tx:
        rows = partner_rows.partners(tx)
    told = ("key", "name", "email", "phone", "contact_point", "active", "details")
    return [
        Partner(**{name: row[name] for name in told}, id=ids.to_text(row["id"]))
        for row in rows
        if row["active"] or closed
    ]


def put(actor: Actor, partner: Partner) -> None:
    """Add a partner, or change the one with the same ``key``. Raises ``Forbidden``."""
    if not may(actor, Act.STAFFING_EDIT) and not may(actor, Act.ACCOUNTS_EDIT):
        raise Forbidden
    told = {
        "name": partner.name,
        "email": partner.email,
        "phone": partner.phone,
        "contact_point": partner.contact_point,
        "active": partner.active,
        "details": dict(partner.details),
    }
    with transaction(actor.municipality) as tx:
        partner_rows.put_partner(tx, partner.key, told)
        history.append(tx, None, "partner_set", {"partner": partner.key}, by=actor.account)
