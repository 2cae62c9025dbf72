"""What does each published report count of a case, as lines for the store?

A line holds what the report names and nothing else: a column exists because a definition asks for it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from app.definitions.content_hash import normalised
from app.definitions.model.forms import Form
from app.definitions.model.reports import Report
from app.engine.facts_of import laid_over
from app.engine.model.answers import Answers
from app.engine.model.people import Calendar
from app.engine.reported import Told, concerns, lines_of
from app.reporting.store import KEY, Row
from app.services.cases import kept_answers
from app.services.definitions import catalogs
from app.services.reports.told import told
from app.storage import ids
from app.storage.database import Transaction
from app.storage.repositories import case_rows

WORDING = (
    "title",
    "question",
    "audience",
    "filters",
    "period",
    "compare",
    "compare_by",
    "columns",
    "figures",
    "chart",
    "words",
    "examples",
)
"""What a report may say otherwise without counting otherwise."""
SAID = ("label", "words", "span")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the lines of a municipality come from: its calendar and the reports that want any."""

    tx: Transaction
    calendar: Calendar
    reports: Mapping[str, Report]


def part_of(month: str, report: str) -> str:
    """The name of the part of the store with the lines of a report in a month."""
    return f"{month}/report_{report}"


_MOST_KEPT = 500
_worded: dict[int, tuple[Report, str]] = {}
"""By identity; the report is held, so that its id stays its own."""


def wording(report: Report) -> str:
    """Changes when the lines in the store would, and not when only a label does; worked out once a report."""
    known = _worded.get(id(report))
    if known is None:
        if len(_worded) >= _MOST_KEPT:
            _worded.clear()
        known = _worded[id(report)] = (report, _wording(report))
    return known[1]


def _wording(report: Report) -> str:
    parts = {
        part.name: normalised(getattr(report, part.name)) for part in fields(report) if part.name != "span"
    }
    counts = {name: _unsaid(part) for name, part in parts.items() if name not in WORDING}
    return hashlib.sha256(json.dumps(counts, sort_keys=True).encode()).hexdigest()[:16]


def _unsaid(part: object) -> object:
    if isinstance(part, dict):
        return {name: _unsaid(below) for name, below in part.items() if name not in SAID}
    return [_unsaid(below) for below in part] if isinstance(part, list) else part


def of_case(
    source: Source, row: Mapping[str, Any], submission: Mapping[str, Any], key: int
) -> dict[str, list[Row]]:
    """The lines of one case, by the part of the store they belong in."""
    form = catalogs.form_version(source.tx.municipality, row["form_version"]).form
    wanted = [item for item in source.reports.values() if concerns(item, form.id, row["workflow"])]
    if not wanted:
        return {}
    answers = kept_answers.opened(source.tx, submission, form)
    alone = told(source.calendar, form, answers, row)
    beside = _with_buttons(source, row, alone) if any(item.beside for item in wanted) else alone
    month = f"{alone.received:%Y-%m}"
    found: dict[str, list[Row]] = defaultdict(list)
    for report in wanted:
        for line in lines_of(report, beside if report.beside else alone):
            found[part_of(month, report.id)].append({KEY: key, **line})
    return found


def _with_buttons(source: Source, row: Mapping[str, Any], alone: Told) -> Told:
    """With the answers of the forms behind buttons beside the case's own, the newest last."""
    later = [
        ids.from_text(event["params"]["submission"])
        for event in kept_answers.filled_forms(source.tx, row["id"])
    ]
    found: list[tuple[Form, Answers]] = []
    for submission in case_rows.submissions(source.tx, later):
        form = catalogs.cached_form(source.tx.municipality, submission["form_version"])
        found.append((form, kept_answers.opened(source.tx, submission, form)))
    return with_buttons(alone, found)


def with_buttons(alone: Told, later: Sequence[tuple[Form, Answers]]) -> Told:
    """A case with what was filled in behind its buttons beside its own answers, the newest last."""
    laid = laid_over(alone.form, alone.answers, *(answers for _, answers in later))
    return replace(alone, answers=laid, behind=tuple(form for form, _ in reversed(later)))


def gathered(into: dict[str, list[Row]], found: Iterable[tuple[str, list[Row]]]) -> None:
    """Put lines with those of their part."""
    for part, rows in found:
        into[part].extend(rows)
