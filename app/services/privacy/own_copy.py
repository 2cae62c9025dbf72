"""Somebody fetches the copy of their data on their own page: behind number, code and the second step, for a month."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.services.cases.load_case import desk_of
from app.services.errors import NotFound
from app.services.people import resident_codes
from app.services.people.resident_codes import ResidentKey
from app.services.privacy import copy_paper, terms
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import request_rows
from app.storage.repositories.request_rows import HANDED

PAGE = "page"
STAYS = timedelta(days=30)


def ready(key: ResidentKey) -> bool:
    """Whether a copy waits here for whoever holds this key, proven."""
    if not key.proven:
        return False
    with transaction(key.municipality, readonly=True) as tx:
        return _found(tx, key) is not None


def fetch(key: ResidentKey) -> dict[str, Any]:
    """The copy; written down that it was fetched. Raises ``NotFound`` where none waits for this key, proven."""
    with transaction(key.municipality) as tx:
        row = _found(tx, key) if key.proven else None
        if row is None:
            raise NotFound
        history.append(tx, None, "copy_fetched", {"request": ids.to_text(row["id"])})
        export: dict[str, Any] = row["export"]
    return export


def pdf(key: ResidentKey) -> bytes:
    """The same on paper. Raises as ``fetch``."""
    return copy_paper.printed(key.municipality, fetch(key))


def _found(tx: Transaction, key: ResidentKey) -> dict[str, Any] | None:
    person = resident_codes.opened(tx, desk_of(key.municipality), key).row["person"]
    if person is None:
        return None
    rows = request_rows.of_persons(tx, terms.with_merged(tx, [person]))
    return next((row for row in rows if _waits(tx, row)), None)


def _waits(tx: Transaction, row: dict[str, Any]) -> bool:
    """Whether it was put here, not too long ago."""
    handed = row["state"] == HANDED and row["handed_how"] == PAGE and row["export"] is not None
    return handed and row["handed_at"] > tx.now - STAYS
