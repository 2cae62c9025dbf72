"""What is cleaned up every day, and is this process alive?"""

from __future__ import annotations

from app.services import health
from app.services.intake import drafts, uploads
from app.services.municipality import municipalities


def daily() -> int:
    """Remove drafts past their time and uploads that were never sent; how many."""
    return sum(
        drafts.delete_old(item.id) + uploads.delete_unsent(item.id) for item in municipalities.listed()
    )


def beat(name: str) -> None:
    """Write down that process ``name`` is alive."""
    health.beat(name)
