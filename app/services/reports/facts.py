"""What of a case goes into the store that reports read?

What every case has, and for each report the lines it asks for (``lines``). A case whose data may not be used stays out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.engine.calendar import local, working_days_between
from app.engine.domains import domains_of
from app.engine.model.people import Calendar
from app.reporting.rows import CaseRow
from app.reporting.store import CASES, Row
from app.services.cases import kept_answers
from app.services.definitions.catalogs import form_version
from app.services.reports import lines
from app.services.reports.lines import Source
from app.storage.database import Transaction
from app.storage.repositories.report_rows import Found

FIRST_TALK = "gesproken"
"""The mark that means: somebody spoke with the resident."""

Parts = dict[str, list[Row]]
"""Rows by ``2026-11/cases`` and ``2026-11/report_<id>``."""


def key_of(tx: Transaction, case: int) -> int:
    """The number that stands for a case in the store: nobody without the key of the municipality comes back from it."""
    return int(tx.sealer.index("report", str(case))[:15], 16)


def parts_of(source: Source, found: Iterable[Found]) -> tuple[Parts, set[int]]:
    """The rows of these cases by part, and the keys of those that have none (sub-cases, data that may not be used)."""
    tx, calendar = source.tx, source.calendar
    parts: Parts = defaultdict(list)
    without: set[int] = set()
    for row, submission in found:
        key, form = key_of(tx, row["id"]), form_version(tx.municipality, row["form_version"]).form
        if row["blocked"] or row["workflow"] != form.workflow:
            without.add(key)
            continue
        answers = kept_answers.opened(tx, submission, form)
        case = _case(calendar, row, key, domains_of(form, answers))
        parts[f"{case.month}/{CASES}"].append(case.columns())
        lines.gathered(parts, lines.of_case(source, row, submission, key).items())
    return dict(parts), without


def _case(calendar: Calendar, row: Mapping[str, Any], key: int, domains: tuple[str, ...]) -> CaseRow:
    received = local(calendar, row["received_at"]).today
    return CaseRow(
        form=row["form"],
        neighbourhood=row["neighbourhood"],
        received=received,
        domains=domains,
        waited=_waited(calendar, received, row["marks"].get(FIRST_TALK)),
        ended=row["closed_at"] is not None,
        means=row["means"],
        key=key,
        contact_point=row["contact_point"],
        workflow=row["workflow"],
        state=row["state"],
        reason=row["reason"],
    )


def _waited(calendar: Calendar, received: date, spoken: str | None) -> int | None:
    if spoken is None:
        return None
    return working_days_between(calendar, received, local(calendar, datetime.fromisoformat(spoken)).today)
