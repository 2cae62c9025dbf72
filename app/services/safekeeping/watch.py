"""Is the house kept safe: is there a copy, was it tried, is nothing half done?"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.engine.policy import Act, Actor
from app.services.permission import demand
from app.services.safekeeping import copies, drills
from app.storage.database import transaction
from app.storage.repositories import safe_rows
from app.storage.repositories.safe_rows import Note

COPY_LATE, DRILL_LATE = timedelta(hours=26), timedelta(days=31)
"""An hourly or nightly copy and a monthly drill, with a little patience."""

_log = logging.getLogger("meernet.safekeeping")


@dataclass(frozen=True, slots=True)
class Kept:
    """The last copy and the last drill, ``None`` when there was none; what of it is ``late``: ``copy``, ``drill``.

    Where no copy was ever made nothing is late: that is a choice of whoever runs it. ``now``: when this was asked.
    """

    now: datetime
    copy: Note | None
    drill: Note | None
    unfinished: bool = False

    @property
    def late(self) -> tuple[str, ...]:
        """What should have happened by now."""
        if self.copy is None:
            return ()
        copied = self.now - self.copy.at > COPY_LATE
        since = self.drill.at if self.drill else self.copy.at
        return (*(["copy"] if copied else []), *(["drill"] if self.now - since > DRILL_LATE else []))


def look() -> Kept:
    """What was written down of copies and drills. Raises ``Unavailable``."""
    with transaction("", readonly=True) as tx:
        notes = safe_rows.notes(tx)
        return Kept(tx.instant, notes.get(copies.BACKUP), notes.get(drills.DRILL), copies.RESTORING in notes)


def shown(actor: Actor) -> Kept:
    """The same for a page. Raises ``Forbidden``."""
    demand(actor, Act.SYSTEM_HEALTH)
    return look()


def warn() -> int:
    """Say in the log what is late; how many things are."""
    late = look().late
    for what in late:
        _log.error("%s is late", what)
    return len(late)
