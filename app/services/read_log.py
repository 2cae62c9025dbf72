"""Who opened what? For the data protection officer, and for the resident who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.engine.policy import Act, Actor, may
from app.services.errors import Forbidden, NotFound
from app.storage import ids
from app.storage.database import transaction
from app.storage.models import Account, Case, ReadLog


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
    query = (
        sa.select(ReadLog.at, Account.name, Case.number, ReadLog.act, ReadLog.reason)
        .join(Account, sa.and_(Account.municipality == ReadLog.municipality, Account.id == ReadLog.account))
        .join(Case, sa.and_(Case.municipality == ReadLog.municipality, Case.id == ReadLog.case))
        .where(ReadLog.municipality == actor.municipality, ReadLog.case == key)
        .order_by(ReadLog.at.desc(), ReadLog.id.desc())
        .limit(most)
    )
    with transaction(actor.municipality, readonly=True) as tx:
        return [Reading(*row) for row in tx.execute(query)]
