"""What is cleaned up every day, and is this process alive?"""

from __future__ import annotations

from app.services import health
from app.services.intake import drafts, uploads
from app.services.municipality import municipalities
from app.storage.database import transaction
from app.storage.repositories import count_rows


def daily() -> int:
    """Remove drafts past their time, uploads that were never sent and counts of nothing; how many."""
    return sum(
        drafts.delete_old(item.id) + uploads.delete_unsent(item.id) + _forget_zeros(item.id)
        for item in municipalities.listed()
    )


def _forget_zeros(municipality: str) -> int:
    with transaction(municipality) as tx:
        return count_rows.forget_zeros(tx)


def beat(name: str) -> None:
    """Write down that process ``name`` is alive."""
    health.beat(name)
