"""What was answered in a submission, and which forms were filled in beside a case? Without knowing who works here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.definitions.model.forms import Form
from app.engine import values
from app.engine.model.answers import Answers
from app.storage.database import Transaction
from app.storage.repositories import event_rows

FORM_FILLED = "form_filled"
"""The event that says which submission a button's form became: params submission, action."""
Row = Mapping[str, Any]


def filled_forms(tx: Transaction, key: int) -> list[dict[str, Any]]:
    """The events that laid a button's form beside the case, oldest first."""
    return event_rows.of_code(tx, key, FORM_FILLED)


def opened(tx: Transaction, submission: Row, form: Form) -> Answers:
    """The answers of one submission; nothing once erased."""
    if submission["sealed"] is None:
        return {}
    data = tx.sealer.open_json(("submission", submission["id"], "sealed"), submission["sealed"])
    return values.from_json(form, data)
