"""Who opened what? For the data protection officer, and for the resident who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.engine.policy import Act, Actor, may
from app.services.errors import Forbidden, NotFound
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import person_rows


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody opened a case: ``act`` as the policy names it, ``reason`` as they gave it."""

    at: datetime
    who: str
    case_number: str
    act: str
    reason: str


def of_case(actor: Actor, case: str, *, most: int = 500) -> list[Reading]:
    """Who opened a case, the last first. Raises ``Forbidden``, ``NotFound`` (an id that is none)."""
    if not may(actor, Act.AUDIT_READ):
        raise Forbidden(str(Act.AUDIT_READ))
    try:
        key = ids.from_text(case)
    except ValueError as error:
        raise NotFound from error
    with transaction(actor.municipality, readonly=True) as tx:
        return [Reading(*row) for row in person_rows.readings(tx, key, most=most)]
