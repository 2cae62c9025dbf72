"""What of its reports does a municipality show to a group? The totals of readings that were kept, and nothing beneath.

No line of a dimension goes along: not by village, form or life domain. What a reading hides is hidden here too. Reports
are the same to a group when they have the same id; what they count is what each municipality's own definition says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.reporting import result_text
from app.reporting.results import Cell, ReportResult, Row
from app.reporting.side_by_side import Line
from app.services.definitions import catalogs
from app.services.reports.frozen import name_of
from app.storage.database import Transaction
from app.storage.repositories import region_rows, release_rows

REPORTS = "rapporten"
"""Stands with what one agreed to show, since totals of reports are among it."""
READER = "policy"
"""A report goes along when policy may read it at home."""


@dataclass(frozen=True, slots=True)
class SharedReport:
    """The totals of one report side by side, over the newest period that most members show: ``names`` in the order of
    the numbers of each line."""

    title: str
    question: str
    first: date
    last: date
    names: tuple[str, ...]
    lines: tuple[Line, ...]


def shareable(municipality: str) -> tuple[str, ...]:
    """Under what the readings of the reports that go along are kept."""
    reports = catalogs.live(municipality).catalog.reports.values()
    return tuple(name_of(report.id) for report in reports if READER in report.audience)


def show(tx: Transaction, region: int, names: Iterable[str], since: date) -> None:
    """Show the totals of what was kept of these since a day."""
    for name in names:
        for row in release_rows.listed(tx, name):
            if row.last >= since:
                content = result_text.dump(totals_of(result_text.load(row.content)))
                region_rows.show(tx, region, name, (row.first, row.last), content)


def totals_of(made: ReportResult) -> ReportResult:
    """A reading of which only the numbers of everybody together are left."""
    rows = tuple(
        Row(row.key, row.label, tuple(Cell(cell.value, cell.hidden) for cell in row.cells))
        for row in made.totals.rows
    )
    bare = replace(made.totals, rows=rows, total=None)
    return ReportResult(made.id, made.title, made.question, made.period, bare, (), (), units=made.units)


def compared(tx: Transaction, region: int, names: Mapping[str, str]) -> tuple[SharedReport, ...]:
    """Every report of which a member shows totals, by title. ``names``: those of the municipalities."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in region_rows.kept_readings(tx, region):
        rows.setdefault(row["report"], []).append(row)
    return tuple(sorted((_side_by_side(found, names) for found in rows.values()), key=lambda one: one.title))


def _side_by_side(rows: list[dict[str, Any]], names: Mapping[str, str]) -> SharedReport:
    by_period: dict[tuple[date, date], list[dict[str, Any]]] = {}
    for row in rows:
        by_period.setdefault((row["first"], row["last"]), []).append(row)
    (first, last), chosen = max(by_period.items(), key=lambda item: (len(item[1]), item[0]))
    readings = [result_text.load(row["content"]) for row in chosen]
    columns = {column.id: column for made in readings for column in made.totals.columns}
    lines = (
        Line(key, tuple(_number(made, key) for made in readings), label=column.label, unit=column.unit)
        for key, column in columns.items()
    )
    who = tuple(names.get(row["municipality"], row["municipality"]) for row in chosen)
    return SharedReport(readings[0].title, readings[0].question, first, last, who, tuple(lines))


def _number(made: ReportResult, column: str) -> float | None:
    """What stands in a column of the totals; None where it is hidden, or where they do not count it."""
    at = next((place for place, item in enumerate(made.totals.columns) if item.id == column), None)
    return made.totals.rows[0].cells[at].value if at is not None and made.totals.rows else None
