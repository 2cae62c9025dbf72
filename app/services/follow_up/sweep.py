"""What was missed and must be done now?

With Redis this only hints; a row that was hinted before and not taken within five seconds is done here. Without Redis
everything is done here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.services.follow_up import deliver_outbox
from app.services.municipality import municipalities
from app.storage import outbox
from app.storage.database import transaction

Hint = Callable[[str, Sequence[int]], bool]
"""Takes a municipality and outbox ids, hands them to a worker; False when it could not."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did; ``more``: another look may find more to do at once."""

    hinted: int = 0
    done: int = 0
    more: bool = False


def sweep(hint: Hint | None, *, batch: int = 500, own_work: int = 25) -> Swept:
    """Look once over all municipalities for due rows: hint them, or do up to ``own_work`` of them here when ``hint`` is
    None, refuses, or had hinted a row before and nobody took it within 5 seconds. Any number of processes may sweep."""
    hinted = done = 0
    more = False
    for municipality in municipalities.listed():
        told, own, full = _sweep_one(municipality.id, hint, batch if hint else own_work, own_work)
        hinted += told
        done += own
        more = more or full
    return Swept(hinted, done, more)


def _sweep_one(municipality: str, hint: Hint | None, limit: int, own_work: int) -> tuple[int, int, bool]:
    """Hinted, done here, and whether there was more than fitted."""
    with transaction(municipality, readonly=True) as tx:
        if outbox.oldest_due(tx) is None:
            return 0, 0, False
    with transaction(municipality) as tx:
        found = outbox.due(tx, limit=limit)
    fresh = [row.id for row in found if not row.hinted]
    again = [row.id for row in found if row.hinted]
    told = len(fresh) if hint and fresh and hint(municipality, fresh) else 0
    own = (again if told == len(fresh) else again + fresh)[:own_work]
    done = deliver_outbox.deliver(municipality, own) if own else 0
    return told, done, bool(done) if hint is None else len(found) == limit and bool(told)
