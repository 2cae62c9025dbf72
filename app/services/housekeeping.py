"""What is cleaned up every day, and is this process alive?"""

from __future__ import annotations

from datetime import timedelta

from app.services import health
from app.services.campaigns import destroy_list
from app.services.intake import drafts, uploads
from app.services.municipality import municipalities
from app.services.reports import runs
from app.services.sheets import cleaning
from app.storage.database import transaction
from app.storage.repositories import count_rows, search_rows

SEARCHES_KEPT = timedelta(days=365)
"""As long as somebody may ask who looked for them."""


def daily() -> int:
    """End campaigns whose last day is over; remove drafts past their time, uploads that were never sent, counts of
    nothing, what was once searched, sheets past their term and readings nobody waits for; how many were removed."""
    destroy_list.end_all()
    return sum(
        drafts.delete_old(item.id)
        + uploads.delete_unsent(item.id)
        + _forget_zeros(item.id)
        + _forget_searches(item.id)
        + cleaning.remove_past(item.id)
        + runs.forget_older(item.id)
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
