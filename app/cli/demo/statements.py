"""What does Zandlede publish about itself? One group stays empty, as in a municipality that has just begun."""

from __future__ import annotations

import json
from pathlib import Path

from app.services.access import accounts
from app.services.municipality import municipalities, settings, statements

TOLD = Path(__file__).with_name("statements.json")


def fill(slug: str) -> None:
    """Fill it in; may be repeated. Raises ``Invalid`` when it does not fit any more."""
    told: dict[str, dict[str, str]] = json.loads(TOLD.read_text(encoding="utf-8"))
    operator = accounts.operator(slug)
    settings.save_identity(operator, municipalities.name_of(slug), told.pop("identity"))
    for group, texts in told.items():
        statements.save(operator, group, texts)
