"""What may a referrer know of a card afterwards?"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.services.cases.apply_decision import MESSAGE, REFERRER
from app.services.cases.case_view import Contact
from app.services.cases.load_case import Pinned, desk_of, pin
from app.services.errors import NotFound
from app.services.intake.submit_form import contact_by
from app.services.people import residents
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows
from app.texts import say

_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})
"""How people copy a code: with its dashes or without, and with letters that no code has."""


@dataclass(frozen=True, slots=True)
class CardStatus:
    """``status`` is one of ontvangen, bekeken, bezig, klaar (``status_label`` in words); ``feedback`` holds messages
    the resident agreed to, newest last; ``contact`` is who can tell more. Never content."""

    number: str
    form_title: str
    received_at: datetime
    status: str
    status_label: str
    contact: Contact
    contact_by: date | None = None
    feedback: tuple[tuple[datetime, str], ...] = ()


def look_up(municipality: str, number: str, code: str, *, language: str = "nl") -> CardStatus:
    """The status behind a card's number and code. Every miss is the same NotFound, links that were recalled too."""
    desk = desk_of(municipality)
    with transaction(municipality, readonly=True) as tx:
        row = case_rows.by_number(tx, number.strip().upper())
        known = residents.referrer_of(tx, row).get("code", "") if row and not row["recalled"] else ""
        given = code.strip().lower().translate(_MISREAD)
        if not row or not known or not hmac.compare_digest(known.encode(), given.encode()):
            raise NotFound
        pinned = pin(desk, row["form_version"], row["workflow_version"])
        feedback = () if row["blocked"] else _feedback(tx, row)
    return _status(pinned, row, feedback, language)


def _feedback(tx: Transaction, row: dict[str, Any]) -> tuple[tuple[datetime, str], ...]:
    """The messages to the referrer; the engine decided them only with consent."""
    found: list[tuple[datetime, str]] = []
    for event in event_rows.of_code(tx, row["id"], MESSAGE):
        if event["params"].get("to") == REFERRER:
            content = event_rows.content(tx, event["id"]) or {}
            found.append((event["at"], content.get("text", "")))
    return tuple(found)


def _status(
    pinned: Pinned, row: dict[str, Any], feedback: tuple[tuple[datetime, str], ...], language: str
) -> CardStatus:
    worker = pinned.world.staffing.workers.get(row["holder"])
    shown_as = pinned.workflow.states[row["state"]].shown_as
    return CardStatus(
        number=row["number"],
        form_title=pinned.form.title,
        received_at=row["received_at"],
        status=shown_as,
        status_label=say(f"queue_words.status_{shown_as}", language),
        contact=Contact(row["holder"], worker.name if worker else "", worker.phone if worker else ""),
        contact_by=contact_by(pinned, row),
        feedback=feedback,
    )
