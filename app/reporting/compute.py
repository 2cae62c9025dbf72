"""What do the lines of the store add up to, by the definition of a report?

Pure pandas: rows in, ``ReportResult`` out. What must stay hidden is decided here, by one cube for all tables, filters
and comparisons of a reading, so that no page, drawing or file can show it by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from app.definitions.model.reports import Dimension, Report
from app.engine.reported import FLAG, PLACE
from app.reporting.across import across
from app.reporting.beside import TOTALS, beside, charts
from app.reporting.cells import Judged, cells, columns_of
from app.reporting.cubes import Bools, Cube, Line, TooFine
from app.reporting.frames import column_of, flag, numbers, one_line
from app.reporting.results import (
    Axis,
    Cell,
    Choice,
    Note,
    Period,
    ReportResult,
    ReportTable,
    Row,
)

NOTHING: Mapping[str, str] = {}


def compute(
    report: Report,
    frame: pd.DataFrame,
    period: Period,
    filters: Mapping[str, str] = NOTHING,
    *,
    axes: Mapping[str, Axis],
    earlier: tuple[Period, pd.DataFrame] | None = None,
) -> ReportResult:
    """One reading. ``frame``: the lines of the store (``engine.reported``) with the column ``month``; ``axes``: the
    lines of each dimension; ``filters``: at most one dimension of ``report.filters`` and a line of it; ``earlier``:
    the period to compare with, judged by itself. What is not asked for rightly is left out of ``filters`` with a note.
    """
    chosen = {ref: key for ref, key in filters.items() if ref in report.filters and key in axes[ref].keys}
    asked = dict(list(chosen.items())[:1])
    now = _Reading(report, frame, axes, asked)
    tables, totals = now.tables(), now.totals()
    if earlier is not None:
        before = _Reading(report, earlier[1], axes, asked)
        tables = tuple(beside(report, old, new) for old, new in zip(before.tables(), tables, strict=True))
        totals = beside(report, before.totals(), totals)
    return ReportResult(
        report.id,
        report.title,
        report.question,
        period,
        totals,
        tables,
        tuple(charts(report, tables, totals)),
        earlier[0] if earlier is not None else None,
        report.words,
        tuple(_notes(report, period, now, asked)),
        choices=tuple(
            Choice(ref, axes[ref].label, axes[ref].keys, asked.get(ref, "")) for ref in report.filters
        ),
        units="streets" if report.streets else "rows" if report.each else "cases",
    )


class _Reading:
    """The lines of one period under one filter."""

    def __init__(
        self, report: Report, frame: pd.DataFrame, axes: Mapping[str, Axis], asked: Mapping[str, str]
    ) -> None:
        self.report, self.axes, self.asked = report, axes, asked
        self.frame = frame
        self.left_out: list[str] = []
        self._known: dict[str, Mapping[str, str]] = {}
        self.lean = bool(
            report.rounds
        )  # of rounds everything asked is known; what nobody answered is only in the way
        self.numbers = dict(numbers(report, frame))
        self.single = [item for item in report.dimensions if not item.many]
        self.once = self._once()
        self.several = {item.id: self._several(item) for item in report.dimensions if item.many}

    # Judging ----------------------------------------------------------------------------------------------

    def _once(self) -> Judged:
        """All tables in which a case stands on one line; the last dimension goes first when it is too much."""
        kept = list(self.single)
        while True:
            lines = {item.id: self._line(item) for item in kept}
            crossing = [ref for ref in self.report.crossing if ref in lines]
            tables: list[tuple[str, ...]] = [(), *((ref,) for ref in lines)]
            tables += [(ref, other) for other in crossing for ref in lines if ref != other]
            rows = np.arange(len(self.frame), dtype=np.int32)
            try:
                return Judged(
                    self._cube(lines or {"": one_line(rows)}, self.numbers, tables), self.frame, lines, rows
                )
            except TooFine:
                self.left_out.append(kept.pop().id)

    def _several(self, item: Dimension) -> Judged | None:
        """The table of options of many: a case counts on each of its own lines, so there is no total."""
        keys = list(self._keys(item))
        members = (flag(self.frame, f"{PLACE}{item.id}{FLAG}{key}") for key in keys)
        at = [np.flatnonzero(member).astype(np.int32) for member in members]
        rows = np.concatenate(at) if at else np.zeros(0, np.int32)
        codes = np.repeat(np.arange(len(keys), dtype=np.int32), [len(found) for found in at])
        own = {item.id: Line(codes, len(keys))}
        crossing = {
            ref: Line(self.once.lines[ref].codes[rows], self.once.lines[ref].size)
            for ref in self.report.crossing
            if ref in self.once.lines
        }
        numbers = {name: member[rows] for name, member in self.numbers.items()}
        tables = [(item.id,), *((item.id, ref) for ref in crossing)]
        try:
            return Judged(
                self._cube({**own, **crossing}, numbers, tables), self.frame, {**own, **crossing}, rows
            )
        except TooFine:
            self.left_out.append(item.id)
            return None

    def _cube(
        self, lines: Mapping[str, Line], numbers: Mapping[str, Bools], tables: list[tuple[str, ...]]
    ) -> Cube:
        return Cube(lines, numbers, tables, of_people=self.report.of_people)

    def _line(self, item: Dimension) -> Line:
        keys = list(self._keys(item))
        column = column_of(self.frame, item)
        codes = pd.Categorical(column, categories=keys).codes.astype(np.int32)
        return Line(np.where(codes < 0, keys.index("") if "" in keys else 0, codes), len(keys))

    def _keys(self, item: Dimension) -> Mapping[str, str]:
        """The lines known beforehand, then what only older versions of a form had; looked for once."""
        if item.id not in self._known:
            self._known[item.id] = self._looked_for(item)
        return self._known[item.id]

    def _looked_for(self, item: Dimension) -> Mapping[str, str]:
        known = self.axes[item.id].keys
        if item.many:
            mark = f"{PLACE}{item.id}{FLAG}"
            there = [str(name).removeprefix(mark) for name in self.frame if str(name).startswith(mark)]
        else:
            there = [str(value) for value in pd.unique(column_of(self.frame, item))]
        found = {**known, **{key: key for key in sorted(there) if key not in known}}
        return found if item.many or "" in found else {**found, "": ""}

    # Tables -----------------------------------------------------------------------------------------------

    def tables(self) -> tuple[ReportTable, ...]:
        """The table of each dimension, each followed by those of what is compared by."""
        return tuple(
            table
            for item in self.report.dimensions
            if item.id not in self.left_out and item.id not in self.asked
            for table in self._by(item)
        )

    def totals(self) -> ReportTable:
        """The table without lines."""
        row = Row("", "", self._total_cells())
        return ReportTable(TOTALS, self.report.title, columns_of(self.report), (row,))

    def _by(self, item: Dimension) -> Iterator[ReportTable]:
        judged = self.several[item.id] if item.many else self.once
        if judged is None:
            return
        axis = replace(self.axes[item.id], keys=self._keys(item))
        yield self._table(item, judged, axis, self.asked)
        by = self.report.compare_by
        if by and not self.asked and by != item.id and by in self.once.lines:
            for key, label in self.axes[by].keys.items():
                made = self._table(item, judged, axis, {by: key})
                yield replace(made, id=f"{item.id}:{key}", within=label)
        yield from self._across(item, judged, axis)

    def _across(self, item: Dimension, judged: Judged, axis: Axis) -> Iterator[ReportTable]:
        """The lines of what stands in columns, beside each other: the same cells as one table for each of them."""
        for ref in () if self.asked else self.report.columns:
            by = self.report.dimension(ref)
            if by is None or item.id in self.report.columns or ref not in self.once.lines:
                continue
            keys = self._keys(by)
            parts = {key: self._table(item, judged, axis, {ref: key}) for key in keys}
            made = across(parts, replace(self.axes[ref], keys=keys), lean=self.lean)
            if made.columns:
                yield made

    def _table(self, item: Dimension, judged: Judged, axis: Axis, within: Mapping[str, str]) -> ReportTable:
        found = [
            cells(column, judged, (item.id,), self._places(within), self.report)
            for column in columns_of(self.report)
        ]
        rows = tuple(
            Row(key, label, tuple(column[at] for column in found))
            for at, (key, label) in enumerate(axis.keys.items())
            if (label and not self.lean) or any(column[at].value or column[at].hidden for column in found)
        )
        total = None if item.many else Row("", "", self._total_cells(within))
        return ReportTable(item.id, axis.label, columns_of(self.report), rows, total, words=axis.words)

    def _total_cells(self, within: Mapping[str, str] | None = None) -> tuple[Cell, ...]:
        places = self._places(self.asked if within is None else within)
        return tuple(
            cells(column, self.once, (), places, self.report)[0] for column in columns_of(self.report)
        )

    def _places(self, within: Mapping[str, str]) -> dict[str, int]:
        """The code of the one line of each dimension that a table is within."""
        found = {}
        for ref, key in within.items():
            dimension = self.report.dimension(ref)
            if dimension is not None:
                found[ref] = list(self._keys(dimension)).index(key)
        return found


def _notes(report: Report, period: Period, now: _Reading, asked: Mapping[str, str]) -> Iterator[Note]:
    if period.running and report.of_people:
        yield Note("running")
    for ref in now.left_out:
        yield Note("too_fine", {"dimension": now.axes[ref].label})
    if any(item.many for item in report.dimensions):
        yield Note("many")
    if (report.compare_by or report.columns) and asked:
        yield Note("filtered_not_compared")
