"""What happens when a timer comes due?

The decision and 'done' are one transaction, guarded by the lease: a timer fires once, however often it is tried.
"""

from __future__ import annotations

from app.engine import consenting
from app.engine.model.cases import TimerFired
from app.services.cases import share_case
from app.services.cases.load_case import desk_of, key_of, load
from app.services.cases.move_case import move
from app.storage import outbox
from app.storage.database import transaction
from app.storage.outbox import Leased


class LeaseLost(Exception):
    """Another worker has the row by now, or it was cancelled: everything of this try is rolled back."""


def fire(municipality: str, row: Leased) -> tuple[int, ...]:
    """Fire one leased timer; outbox ids that are due because of it. Raises ``LeaseLost``."""
    desk = desk_of(municipality)
    payload = row.payload
    with transaction(municipality) as tx:
        loaded = load(tx, desk, key_of(payload["case"]), lock=True)
        event = TimerFired(kind=payload["kind"], key=payload["key"], task=payload["task"])
        # done first: if this decision cancels timers, it must not find its own still pending
        if not outbox.complete(tx, row):
            raise LeaseLost
        moved = move(tx, desk, loaded, event)
        if event.kind == consenting.TIMER and not moved.nothing:
            share_case.end_by_consent(tx, load(tx, desk, loaded.row["id"]))
        return moved.wake
