"""How does somebody take a reading of a report along? For the council as PDF, as a workbook, as lists in a zip.

The tables of the page and nothing else: what is hidden there is hidden here. Who took what along, and when, is written
down.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from app.documents.report import Report as Paper
from app.documents.report import ReportPart, report_pdf
from app.engine.policy import Actor
from app.reporting import spreadsheets
from app.reporting.across import BESIDE
from app.reporting.results import Cell, Column, Listing, ReportResult, ReportTable, Row
from app.services.errors import NotFound
from app.services.municipality.letterhead import house_of
from app.services.reports import council, runs
from app.services.staff import staffing
from app.storage import history
from app.storage.database import transaction
from app.texts import say

CSV, XLSX, PDF = "csv", "xlsx", "pdf"
Value = str | int | float


def take(actor: Actor, report: str, kind: str, period: str, filters: Mapping[str, str]) -> bytes:
    """A file of one reading; that it was taken is written down. ``kind``: csv (a zip of lists), xlsx or pdf.

    Raises ``NotFound`` (also where nothing may be read yet), ``Forbidden``, ``Conflict`` (``report_busy``).
    """
    result = runs.ready(actor, report, period, filters)
    if result is None or kind not in (CSV, XLSX, PDF):
        raise NotFound
    answers = council.of(actor.municipality, report, result.period.first)
    with transaction(actor.municipality) as tx:
        params = {"report": report, "period": result.period.key, "kind": kind}
        history.append(tx, None, "report_taken", params, by=actor.account)
        house, now = house_of(tx, staffing.world(actor.municipality), ""), tx.now
    if kind == XLSX:
        sheets = [(_name(table), rows(result, table)) for table in tables(result)]
        sheets += [(listing.title, _listed(listing)) for listing in _listings(result)]
        return spreadsheets.book_bytes(sheets, _notes(result), say("report_pages.notes"))
    if kind == CSV:
        return _zipped(result)
    return report_pdf(_paper(result, answers, now), house, now)


def tables(result: ReportResult) -> tuple[ReportTable, ...]:
    """In the order of the page: the totals first."""
    return (result.totals, *result.tables)


def rows(result: ReportResult, table: ReportTable) -> list[list[Value]]:
    """A line a line of the table, under the names of its measures; the period beside each, as files travel."""
    period = [result.period.first.isoformat(), result.period.last.isoformat()]
    head = [table.title, *(column.label for column in table.columns)]
    lines = [[_label(row), *map(_value, row.cells), *period] for row in lines_of(table)]
    return [[*head, say("reports.column.from"), say("reports.column.until")], *lines]


def lines_of(table: ReportTable) -> Iterator[Row]:
    """The lines, and the total last."""
    yield from table.rows
    if table.total is not None:
        yield table.total


def amount(value: float | None, unit: str, hidden: bool = False) -> str:
    """A number as people read it; ``reports.hidden`` for what is hidden, a dash for nothing."""
    if hidden:
        return say("reports.hidden")
    if value is None:
        return "–"
    return say(f"report_pages.unit.{unit}", n=format_decimal(round(value, 1), locale="nl"))


def text_of(cell: Cell, column: Column) -> str:
    """A cell as people read it."""
    return amount(cell.value, column.unit, cell.hidden)


def _label(row: Row) -> str:
    return row.label or say("reports.total")


def _value(cell: Cell) -> Value:
    if cell.hidden:
        return say("reports.hidden")
    return "" if cell.value is None else round(cell.value, 2)


def _listings(result: ReportResult) -> tuple[Listing, ...]:
    return (result.listing,) if result.listing is not None else ()


def _listed(listing: Listing) -> list[list[Value]]:
    """A line a name, under its heading."""
    lines: list[list[Value]] = [[say("report_pages.what"), listing.title]]
    for heading, names in listing.lines:
        lines += [[heading, name] for name in names]
    return lines


def _name(table: ReportTable) -> str:
    if BESIDE in table.id:
        return say("report_pages.across", title=table.title, columns=table.within)
    return f"{table.title} {table.within}".strip()


def _zipped(result: ReportResult) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for table in tables(result):
            lines = [[str(cell) for cell in row] for row in rows(result, table)]
            packed.writestr(
                f"{table.id.replace(':', '-').replace('/', '-')}.csv", spreadsheets.csv_text(lines)
            )
        for listing in _listings(result):
            text = spreadsheets.csv_text([[str(cell) for cell in row] for row in _listed(listing)])
            packed.writestr(f"{listing.id}.csv", text)
        packed.writestr("lees_dit.txt", "\n".join(_notes(result)) + "\n")
    return made.getvalue()


def _period(result: ReportResult) -> str:
    days = (result.period.first, result.period.last)
    first, last = (format_date(day, "d MMMM y", locale="nl") for day in days)
    return say("reports.period", first=first, last=last)


def _notes(result: ReportResult) -> list[str]:
    """What to know beside the numbers: what it is, of when, what is hidden, what is missing, what each measure is."""
    told = [say(f"reports.note.{note.code}", **dict(note.params)) for note in result.notes]
    every = [
        result.title,
        result.question,
        _period(result),
        result.words,
        say("reports.small.explained"),
        *told,
    ]
    return [line for line in (*every, *_definitions(result)) if line]


def _paper(result: ReportResult, answers: tuple[council.Answer, ...], now: datetime) -> Paper:
    made = (say("report_pages.made"), format_date(now, "d MMMM y", locale="nl"))
    hidden = (say("reports.hidden"), say("reports.small.explained"))
    told = (say(f"reports.note.{note.code}", **dict(note.params)) for note in result.notes)
    guide = tuple(line for line in (result.question, result.words, *told, *_definitions(result)) if line)
    parts = [ReportPart(say("report_pages.guide"), guide), *(_part(table) for table in tables(result))]
    for listing in _listings(result):
        said = tuple(f"{heading}: {', '.join(names)}." for heading, names in listing.lines)
        parts.append(ReportPart(listing.title, said or (listing.words or say("report_pages.listing.none"),)))
    if answers:
        lead = f"{answers[0].body}, {format_date(answers[0].answered_on, 'd MMMM y', locale='nl')}"
        parts.append(ReportPart(say("reports.council"), (lead, *answers[0].text.split("\n"))))
    return Paper(result.title, _period(result), (made, hidden), tuple(parts), result.title)


def _definitions(result: ReportResult) -> list[str]:
    return [f"{column.label}: {column.words}" for column in result.totals.columns if column.words]


def _part(table: ReportTable) -> ReportPart:
    head = (say("reports.column.what"), *(column.label for column in table.columns))
    lines = tuple(
        (_label(row), *(text_of(cell, column) for cell, column in zip(row.cells, table.columns, strict=True)))
        for row in lines_of(table)
    )
    return ReportPart(_name(table), head=head, rows=lines, bars=_bars(table))


def _bars(table: ReportTable) -> tuple[tuple[str, float, str], ...]:
    """The first measure drawn: label, share of the longest bar, number in words."""
    if len(table.rows) < 2 or not table.columns:
        return ()
    most = max((row.cells[0].value or 0 for row in table.rows), default=0) or 1
    return tuple(
        (row.label, (row.cells[0].value or 0) / most, text_of(row.cells[0], table.columns[0]))
        for row in table.rows
    )
