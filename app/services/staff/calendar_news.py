"""A closing day came: who has to hear of it?

Every case that still asks something, in batches through the outbox, written with the change itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time

from app.engine.model.people import ClosingDay
from app.storage import ids, outbox
from app.storage.database import Transaction
from app.storage.repositories import case_rows

CALENDAR = "calendar"
BATCH = 40
"""Cases in one outbox row: well within a lease, and short locks."""
Plain = Sequence[Sequence[str]]


def promise(
    tx: Transaction, before: Iterable[ClosingDay], now: Iterable[ClosingDay], *, by: str = ""
) -> tuple[int, ...]:
    """Tell the cases after the commit; outbox ids that are due. Nothing when no day was added: terms only ever move
    later."""
    old, new = _plain(before), _plain(now)
    if all(day in old for day in new):
        return ()
    cases = case_rows.with_work(tx)
    change = ids.to_text(ids.new_id())
    made: list[int] = []
    for start in range(0, len(cases), BATCH):
        batch = [ids.to_text(key) for key in cases[start : start + BATCH]]
        payload = {"before": old, "now": new, "by": by, "cases": batch}
        fresh = outbox.emit(tx, CALENDAR, f"{CALENDAR}:{change}:{start}", payload)
        made += [] if fresh is None else [fresh]
    return tuple(made)


def _plain(days: Iterable[ClosingDay]) -> list[list[str]]:
    """Day and from when, as a payload keeps them; the label is not needed."""
    return sorted(
        [item.day.isoformat(), item.from_time.isoformat() if item.from_time else ""] for item in days
    )


def days_of(plain: Plain) -> tuple[ClosingDay, ...]:
    """The days of a payload."""
    return tuple(
        ClosingDay(date.fromisoformat(day), from_time=time.fromisoformat(at) if at else None)
        for day, at in plain
    )
