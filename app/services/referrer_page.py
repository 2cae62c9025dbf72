"""What may a referrer know of a card afterwards?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.services.case_view import Contact


@dataclass(frozen=True, slots=True)
class CardStatus:
    """``status`` is one of ontvangen, bekeken, bezig, klaar (``status_label`` in words); ``feedback`` holds messages the
    resident agreed to, newest last; ``contact`` is who can tell more. Never content."""

    number: str
    form_title: str
    received_at: datetime
    status: str
    status_label: str
    contact: Contact
    contact_by: date | None = None
    feedback: tuple[tuple[datetime, str], ...] = ()


def look_up(municipality: str, number: str, code: str, *, language: str = "nl") -> CardStatus:
    """The status behind a card's number and code. Every miss is the same NotFound."""
    raise NotImplementedError
