"""Who looked for whom? For the data protection officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.engine.policy import Act, Actor, may
from app.services.errors import Forbidden
from app.storage.database import transaction
from app.storage.repositories import search_rows


@dataclass(frozen=True, slots=True)
class SearchLine:
    """One search: ``where`` is page, draft or number; ``asked`` what was looked for, ``reason`` why (where that is
    asked), ``found`` how many were shown. ``at`` is on the real clock."""

    at: datetime
    who: str
    where: str
    asked: str
    reason: str
    found: int


def listed(actor: Actor, *, most: int = 200) -> list[SearchLine]:
    """The last searches, the last first. Raises ``Forbidden``."""
    if not may(actor, Act.AUDIT_READ):
        raise Forbidden(str(Act.AUDIT_READ))
    with transaction(actor.municipality, readonly=True) as tx:
        rows = search_rows.latest(tx, most=most)
        return [
            SearchLine(at, who, where, _asked(told), str(told.get("reason", "")), found)
            for at, who, where, told, found in rows
        ]


def _asked(told: Mapping[str, Any]) -> str:
    names = told.get("name", [])
    parts = [*names[:1], told.get("birth", ""), told.get("place", ""), told.get("number", "")]
    return ", ".join(part for part in parts if part)
