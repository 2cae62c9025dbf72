"""What moves when a closing day came?

Each case decides for itself: open internal terms, later only, statutory ones never (``language.md`` decision 21).
"""

from __future__ import annotations

from dataclasses import replace

from app.engine.model.cases import CalendarChanged
from app.engine.model.people import Calendar
from app.services.cases.load_case import Desk, desk_of, load
from app.services.cases.move_case import move
from app.services.follow_up.fire_timer import LeaseLost
from app.services.staff.calendar_news import days_of
from app.storage import ids, outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased


def carry_out(municipality: str, row: Leased) -> tuple[int, ...]:
    """Move what one batch of cases still has to do; outbox ids that are due because of it. Raises ``LeaseLost``."""
    desk = desk_of(municipality)
    live = desk.world.calendar
    before = replace(live, closing_days=days_of(row.payload["before"]))
    # as it was right after this change: what came later is told by a row of its own
    then = replace(live, closing_days=days_of(row.payload["now"]))
    desk = replace(desk, world=replace(desk.world, calendar=then))
    wake: tuple[int, ...] = ()
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        for text in row.payload["cases"]:
            wake += _move(tx, desk, ids.from_text(text), before, row.payload["by"])
    return wake


def _move(tx: Transaction, desk: Desk, key: int, before: Calendar, by: str) -> tuple[int, ...]:
    loaded = load(tx, desk, key, lock=True)
    return move(tx, desk, loaded, CalendarChanged(before, by=by), by=by).wake
