"""What waits since a copy was put back, and who lets it go?

Mail that waited in the copy may have been sent long ago. Whoever lets it go decides: everything as it stands, or
without the mail that was due before a moment of their choice. Timers always go: what they did was lost with the copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.engine.policy import Act, Actor, Relation, may
from app.services.cases.apply_decision import MAIL
from app.services.errors import Conflict
from app.services.follow_up.digest import DIGEST
from app.services.permission import demand
from app.storage import history
from app.storage.database import transaction
from app.storage.repositories import safe_rows

RESTORED, RELEASED = "restored", "outbox_released"
LETTERS = (MAIL, DIGEST)


@dataclass(frozen=True, slots=True)
class Held:
    """Since when, how old what waits is, and how much of it: all that is due, and the mail among it."""

    since: datetime
    copied_at: datetime
    waiting: int
    mail: int


def standing(actor: Actor) -> Held | None:
    """What is held in the actor's municipality, for whoever may let it go; ``None`` when nothing is."""
    if not may(actor, Act.ACCOUNTS_EDIT, Relation.NONE):
        return None
    with transaction(actor.municipality, readonly=True) as tx:
        hold = safe_rows.hold(tx)
        if hold is None:
            return None
        waiting = safe_rows.waiting(tx)
    mail = sum(waiting.get(kind, 0) for kind in LETTERS)
    return Held(hold.since, hold.copied_at, sum(waiting.values()), mail)


def release(actor: Actor, *, no_mail_before: datetime | None = None) -> int:
    """Let the outbox go; how many mails were dropped because they were due by ``no_mail_before``.

    Raises ``Forbidden``, and ``Conflict`` when nothing was held.
    """
    demand(actor, Act.ACCOUNTS_EDIT)
    with transaction(actor.municipality) as tx:
        if not safe_rows.take_hold(tx):
            raise Conflict("copy_not_held")
        dropped = safe_rows.drop_waiting(tx, LETTERS, no_mail_before) if no_mail_before else 0
        history.append(tx, None, RELEASED, {"dropped": str(dropped)}, by=actor.account)
    return dropped
