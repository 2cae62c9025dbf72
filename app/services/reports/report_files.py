"""How does somebody take the figures along? The tables of the page: what is hidden there is hidden here."""

from __future__ import annotations

from babel.dates import format_date

from app.documents.report import Report as Paper
from app.documents.report import ReportPart, report_pdf
from app.engine.policy import Actor
from app.reporting import spreadsheets
from app.services.municipality.letterhead import house_of
from app.services.reports import figures
from app.services.reports.figures import Report, Table
from app.services.staff import staffing
from app.storage.database import transaction
from app.texts import say

Cell = str | int


def rows(report: Report) -> list[list[Cell]]:
    """A line a number, under names: of which table, what, how many; the period beside each, as files travel."""
    head: list[Cell] = [say(f"reports.column.{code}") for code in ("table", "what", "count", "from", "until")]
    period: list[Cell] = [report.first.isoformat(), report.last.isoformat()]
    lines = ([_title(table), *line, *period] for table in tables(report) for line in _lines(table))
    return [head, *lines]


def tables(report: Report) -> tuple[Table, ...]:
    """In the order of the page."""
    return () if report.overview is None else (report.overview.wait.bands, *report.overview.tables)


def as_csv(actor: Actor, asked: str = "") -> str:
    """For any spreadsheet. Raises as ``figures.show``."""
    return spreadsheets.csv_text([[str(cell) for cell in row] for row in rows(figures.show(actor, asked))])


def as_xlsx(actor: Actor, asked: str = "") -> bytes:
    """As a workbook. Raises as ``figures.show``."""
    return spreadsheets.xlsx_bytes(say("reports.title"), rows(figures.show(actor, asked)))


def as_pdf(actor: Actor, asked: str = "") -> bytes:
    """For the council, to print. Raises as ``figures.show``."""
    report = figures.show(actor, asked)
    head = (say("reports.column.what"), say("reports.column.count"))
    parts = tuple(
        ReportPart(_title(table), head=head, rows=tuple((str(what), str(n)) for what, n in _lines(table)))
        for table in tables(report)
    )
    first, last = (format_date(day, "d MMMM y", locale="nl") for day in (report.first, report.last))
    lead = say("reports.period", first=first, last=last)
    facts = ((say("reports.hidden"), say("reports.small.explained")),)
    with transaction(actor.municipality, readonly=True) as tx:
        house, now = house_of(tx, staffing.world(actor.municipality), ""), tx.now
    return report_pdf(Paper(say("reports.title"), lead, facts, parts, say("reports.title")), house, now)


def _title(table: Table) -> str:
    return say(f"reports.of.{table.dimension}")


def _lines(table: Table) -> list[list[Cell]]:
    hidden = say("reports.hidden")
    lines: list[list[Cell]] = [
        [cell.label, hidden if cell.count is None else cell.count] for cell in table.cells
    ]
    if table.total is not None:
        lines.append([say("reports.total"), table.total])
    return lines
