"""What of a case's row may a report look at, beside its answers?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.definitions.model.forms import Form
from app.definitions.model.reports import CLOSED, RECEIVED
from app.engine.calendar import local
from app.engine.model.answers import Answers
from app.engine.model.people import Calendar
from app.engine.reported import Told

FACTS = ("form", "workflow", "state", "reason", "contact_point", "neighbourhood")


def told(calendar: Calendar, form: Form, answers: Answers, row: Mapping[str, Any]) -> Told:
    """A case's row and answers as a report may look at them."""
    moments = {name: _day(calendar, datetime.fromisoformat(at)) for name, at in row["marks"].items()}
    moments[RECEIVED] = _day(calendar, row["received_at"])
    if row["closed_at"] is not None:
        moments[CLOSED] = _day(calendar, row["closed_at"])
    facts = {name: str(row[name]) for name in FACTS if row[name]}
    if row["means"]:
        facts["outcome"] = row["means"]
    return Told(form, answers, moments, facts, calendar, row_reasons=row.get("row_reasons") or {})


def _day(calendar: Calendar, at: datetime) -> date:
    return local(calendar, at).today
