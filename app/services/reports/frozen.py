"""Which reading of a report does everybody get? Of a period that is over, always the first one that was made of it.

A reading that is counted again tells, by its difference, of who came between (ADR 27). So the first reading of a period
and filter is kept, small numbers hidden already, and what it is compared with is the kept reading of that period. A
period is over ``closing.GRACE`` working days after its last day; one that still runs is only for who sees every case in
the overview anyway, except of rounds: those count once they are closed, as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.engine import calendar
from app.engine.calendar import local
from app.engine.policy import Act, Actor, may
from app.reporting import result_text
from app.reporting.across import BESIDE
from app.reporting.results import (
    Cell,
    Chart,
    ChartPoint,
    Column,
    Period,
    ReportResult,
    ReportTable,
    Row,
)
from app.services.errors import Forbidden, NotFound
from app.services.reports import closing
from app.services.reports.read_report import Told, count, every_period, may_read, read_report, read_today
from app.services.staff import staffing
from app.storage.database import reading, transaction
from app.storage.repositories import release_rows

__all__ = [
    "Cell",
    "Chart",
    "ChartPoint",
    "Column",
    "Offered",
    "ReportResult",
    "ReportTable",
    "offered",
    "read",
]

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Offered:
    """The periods somebody may choose from, the newest first; ``next_on`` is when the one that runs can be read by
    everybody."""

    periods: tuple[Period, ...]
    next_on: date | None

    def chosen(self, key: str) -> Period | None:
        """The period of that key; empty: the newest that is over, else what there is. Raises ``NotFound``."""
        if key:
            found = next((item for item in self.periods if item.key == key), None)
            if found is None:
                raise NotFound
            return found
        over = [item for item in self.periods if not item.running]
        return next(iter(over or self.periods), None)


def offered(actor: Actor, report: str) -> Offered:
    """What may be read of a report now. Raises ``NotFound``, ``Forbidden``."""
    may_read(actor, report)
    cal = staffing.world(actor.municipality).calendar
    every = periods_as_kept(actor.municipality, report)
    live = may(actor, Act.OVERVIEW_READ) or read_today(actor, report)
    runs = [item for item in every if item.running]
    return Offered(
        tuple(item for item in every if live or not item.running),
        calendar.move(cal, runs[-1].last, closing.GRACE) if runs else None,
    )


def periods_as_kept(municipality: str, report: str) -> tuple[Period, ...]:
    """Every period, the newest first; ``running`` until the days of grace are over too. Raises ``NotFound``."""
    cal = staffing.world(municipality).calendar
    with reading(municipality) as tx:
        today = local(cal, tx.now).today
    return tuple(
        replace(item, running=item.running or calendar.move(cal, item.last, closing.GRACE) > today)
        for item in every_period(municipality, report)
    )


def chosen(actor: Actor, report: str, period: str) -> Period | None:
    """The period somebody asks for; None where nothing may be read yet. Raises ``NotFound``, ``Forbidden``."""
    there = offered(actor, report)
    if period and period not in {item.key for item in there.periods}:
        raise (
            Forbidden
            if period in {item.key for item in every_period(actor.municipality, report)}
            else NotFound
        )
    return there.chosen(period)


def read(
    actor: Actor, report: str, period: str = "", filters: Mapping[str, str] = NOTHING
) -> ReportResult | None:
    """One reading; None where nothing may be read yet. Raises ``NotFound``, ``Forbidden``."""
    wanted = chosen(actor, report, period)
    return made(actor, report, wanted, said(filters)) if wanted is not None else None


def made(actor: Actor, report: str, period: Period, asked: Mapping[str, str]) -> ReportResult:
    """The reading of a period that somebody may choose: counted now while it runs, the kept one once it is over."""
    if period.running:
        return read_report(actor, report, period.key, asked)
    return keep(actor.municipality, report, period, asked)


def said(filters: Mapping[str, str]) -> dict[str, str]:
    """The filters that were chosen, in the order in which a reading is named by them."""
    return {name: key for name, key in sorted(filters.items()) if key}


def kept(municipality: str, report: str, period: Period, asked: Mapping[str, str]) -> ReportResult | None:
    """What was kept of a period; None where nothing was yet."""
    with transaction(municipality, readonly=True) as tx:
        row = release_rows.one(tx, name_of(report, asked), period.first)
    return result_text.load(row.content) if row is not None else None


def keep(
    municipality: str,
    report: str,
    period: Period,
    asked: Mapping[str, str] = NOTHING,
    told: Told | None = None,
) -> ReportResult:
    """The kept reading of a period that is over; made, and kept, where there was none. ``told`` as ``count``.

    Raises ``NotFound``.
    """
    found = kept(municipality, report, period, asked)
    if found is not None:
        return found
    made = replace(count(municipality, report, period.key, asked, told=told), period=period)
    if made.before is not None:
        made = beside(made, _earlier(municipality, report, made.before, asked, told))
    with transaction(municipality) as tx:
        release_rows.keep(tx, name_of(report, asked), period.first, period.last, result_text.dump(made))
    return kept(municipality, report, period, asked) or made  # whoever was first


def _earlier(
    municipality: str, report: str, period: Period, asked: Mapping[str, str], told: Told | None
) -> ReportResult | None:
    """What was kept of the period before; None where there was nobody yet."""
    known = {item.first for item in every_period(municipality, report)}
    if period.first not in known:
        return None
    return keep(municipality, report, replace(period, running=False), asked, told)


def name_of(report: str, asked: Mapping[str, str] = NOTHING) -> str:
    """Under what a reading is kept: the report, and a mark of the filter."""
    said = "\n".join((report, *(f"{name}={key}" for name, key in asked.items())))
    return f"r.{hashlib.sha256(said.encode()).hexdigest()[:36]}"


def beside(made: ReportResult, earlier: ReportResult | None) -> ReportResult:
    """A reading compared with what was kept of the period before, and with nothing else."""
    return replace(
        made,
        before=made.before if earlier is not None else None,
        totals=_table(made.totals, earlier.totals if earlier else None),
        tables=tuple(_table(table, earlier.table(table.id) if earlier else None) for table in made.tables),
    )


def _table(table: ReportTable, earlier: ReportTable | None) -> ReportTable:
    if BESIDE in table.id:
        return table
    same = earlier is not None and [column.id for column in earlier.columns] == [
        column.id for column in table.columns
    ]
    rows = {row.key: row for row in earlier.rows} if earlier is not None and same else {}
    total = earlier.total if earlier is not None and same else None
    return replace(
        table,
        rows=tuple(_row(row, rows.get(row.key)) for row in table.rows),
        total=_row(table.total, total) if table.total is not None else None,
    )


def _row(row: Row, earlier: Row | None) -> Row:
    before = earlier.cells if earlier is not None else (None,) * len(row.cells)
    return replace(row, cells=tuple(_cell(cell, old) for cell, old in zip(row.cells, before, strict=True)))


def _cell(cell: Cell, earlier: Cell | None) -> Cell:
    before = None if earlier is None or earlier.hidden else earlier.value
    change = None if before is None or cell.hidden or cell.value is None else cell.value - before
    return replace(cell, before=before, change=change)
