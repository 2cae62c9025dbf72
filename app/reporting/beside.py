"""What stands beside the tables of a report: the numbers of the period before, and the drawings?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.definitions.model.reports import TIMES, Calculation, ChartKind, Report
from app.reporting.across import BESIDE
from app.reporting.results import Cell, Chart, ChartPoint, ReportTable, Row, Series

TOTALS = "totals"
MOST_MARKS = 30
"""More than this many bars of one drawing are no picture any more."""


def beside(report: Report, old: ReportTable, new: ReportTable) -> ReportTable:
    """The cells of the period before beside those of now, on lines that both have; times have none in common, and
    what stands in columns has enough beside it."""
    if BESIDE in new.id:
        return new
    dimension = report.dimension(new.id.partition(":")[0])
    before = {row.key: row for row in old.rows}
    if dimension is not None and dimension.by in TIMES:
        before = {}
    rows = tuple(_row_beside(before.get(row.key), row) for row in new.rows)
    return replace(new, rows=rows, total=_row_beside(old.total, new.total) if new.total is not None else None)


def _row_beside(old: Row | None, new: Row) -> Row:
    if old is None:
        return new
    return replace(new, cells=tuple(_changed(*pair) for pair in zip(old.cells, new.cells, strict=True)))


def _changed(old: Cell, new: Cell) -> Cell:
    if old.value is None or new.value is None:
        return replace(new, before=old.value)
    return replace(new, before=old.value, change=rounded(new.value - old.value))


def charts(report: Report, tables: Sequence[ReportTable], totals: ReportTable) -> Iterator[Chart]:
    """The steps as a funnel; else the first column of each table."""
    if report.chart is ChartKind.NONE:
        return
    if report.chart is ChartKind.FUNNEL:
        yield _funnel(report, totals)
        return
    for table in tables:
        if BESIDE in table.id:
            yield from _columns(report, table)
        elif ":" not in table.id and table.columns:
            column = table.columns[0]
            points = tuple(
                ChartPoint(row.key, row.label, row.cells[0].value, row.cells[0].hidden) for row in table.rows
            )
            series = (Series(column.label, points),)
            yield Chart(report.chart.value, table.id, table.title, column.unit, series)


def _columns(report: Report, table: ReportTable) -> Iterator[Chart]:
    """The first measure on each line, for what stands in columns beside each other; not when that is too much."""
    first = table.columns[0].of if table.columns else ""
    label = next((item.label for item in report.measures if item.id == first), "")
    wanted = [at for at, column in enumerate(table.columns) if column.of == first]
    if not 0 < len(wanted) * len(table.rows) <= MOST_MARKS:
        return
    series = tuple(
        Series(
            table.columns[at].label.removesuffix(f": {label}"),
            tuple(
                ChartPoint(row.key, row.label, row.cells[at].value, row.cells[at].hidden)
                for row in table.rows
            ),
        )
        for at in wanted
    )
    yield Chart(report.chart.value, table.id, table.title, table.columns[wanted[0]].unit, series)


def _funnel(report: Report, totals: ReportTable) -> Chart:
    steps = {item.id for item in report.measures if item.calculation is Calculation.STEPS}
    (row,) = totals.rows
    points = tuple(
        ChartPoint(column.id, column.label, cell.value, cell.hidden)
        for column, cell in zip(totals.columns, row.cells, strict=True)
        if column.of in steps
    )
    return Chart(ChartKind.FUNNEL.value, TOTALS, report.title, "count", (Series(report.title, points),))


def rounded(value: float) -> int | float:
    found = round(value, 1)
    return int(found) if found == int(found) else found
