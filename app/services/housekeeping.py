"""What is cleaned up every day, and is this process alive?"""

from __future__ import annotations

from datetime import timedelta

from app.services import health
from app.services.intake import drafts, uploads
from app.services.municipality import municipalities
from app.storage.database import transaction
from app.storage.repositories import count_rows, search_rows

SEARCHES_KEPT = timedelta(days=365)
"""As long as somebody may ask who looked for them."""


def daily() -> int:
    """Remove drafts past their time, uploads that were never sent, counts of nothing and what was once searched; how
    many."""
    return sum(
        drafts.delete_old(item.id)
        + uploads.delete_unsent(item.id)
        + _forget_zeros(item.id)
        + _forget_searches(item.id)
        for item in municipalities.listed()
    )


def _forget_zeros(municipality: str) -> int:
    with transaction(municipality) as tx:
        return count_rows.forget_zeros(tx)


def _forget_searches(municipality: str) -> int:
    with transaction(municipality) as tx:
        return search_rows.forget_older(tx, SEARCHES_KEPT)


def beat(name: str) -> None:
    """Write down that process ``name`` is alive."""
    health.beat(name)
