"""Can this process do its work?"""

from __future__ import annotations

from datetime import datetime

from app.storage.database import transaction
from app.storage.repositories import municipality_rows


def beat(name: str) -> None:
    """A process (``worker-3``, ``sweep-host``) shows that it is alive."""
    with transaction("") as tx:
        municipality_rows.beat(tx, name)


def beats() -> dict[str, datetime]:
    """When each process last showed itself."""
    with transaction("", readonly=True) as tx:
        return municipality_rows.beats(tx)
