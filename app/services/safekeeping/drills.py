"""What came of the last time a copy was put back on trial?"""

from __future__ import annotations

from pathlib import Path

from app.services.safekeeping import copies
from app.services.safekeeping.copies import Restored
from app.storage import age_file
from app.storage.age_file import Key
from app.storage.database import transaction
from app.storage.repositories import safe_rows

DRILL = "drill"


def copy_to(target: Path, *, version: str) -> Key:
    """Write a copy for a key that exists for this drill alone; that key."""
    secret, public = age_file.new_pair()
    copies.back_up(target, copies.lock_for(public), version=version, noted=False)
    return copies.key_from(secret)


def write_down(restored: Restored, seconds: float) -> float:
    """Note a drill that succeeded: it took ``seconds`` to be at work again. The age of the copy in seconds.

    A copy made for the drill is new; what would have been lost then is counted from the last real one, if there is one.
    """
    with transaction("") as tx:
        real = safe_rows.notes(tx).get(copies.BACKUP)
        made = min(restored.manifest.at, real.at) if real else restored.manifest.at
        age = (tx.instant - made).total_seconds()
        events = sum(one.events for one in restored.histories.values())
        facts = {"rows": copies.counted(restored.tally), "events": events, "seconds": round(seconds, 1)}
        safe_rows.put_note(tx, DRILL, facts | {"age": round(age)})
    return age
