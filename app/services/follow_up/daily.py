"""How does something happen once a day in a municipality, however many processes ask for it every minute?

Its row waits in the outbox under a key with its day: that key makes it the only one. What a process remembers only
spares it the asking, and it asks again every hour, when the clock was moved, and for every other day; a row that was
taken away, by a restore or an exercise that began anew, comes back by itself.
"""

from __future__ import annotations

from datetime import date, datetime

from app.storage import clock, outbox
from app.storage.database import memory, transaction


def promise(municipality: str, kind: str, day: date, due: datetime) -> int:
    """Put the row of ``day`` in the outbox, due at an instant on the shifted clock; how many are new (0 or 1)."""
    asked: dict[tuple[str, str], tuple[date, datetime]] = memory("daily", dict)
    key, now = (municipality, kind), (day, clock.now().replace(minute=0, second=0, microsecond=0))
    if asked.get(key) == now:
        return 0
    text = day.isoformat()
    with transaction(municipality) as tx:
        made = outbox.emit(tx, kind, f"{kind}:{text}", {"day": text}, due)
    asked[key] = now  # only what was committed is remembered
    return 0 if made is None else 1
