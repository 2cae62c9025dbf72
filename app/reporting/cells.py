"""What are the cells of a table: what a measure comes to on each line, and whether it may be seen?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from app.definitions.model.reports import Calculation, Measure, Report
from app.engine.reported import AMOUNT, FLAG, IN, PART
from app.reporting.amounts import Spread
from app.reporting.beside import rounded
from app.reporting.cubes import EVERY, Cube, Line, Seen
from app.reporting.frames import amounts
from app.reporting.results import Cell, Column
from app.reporting.suppression import THRESHOLD


@dataclass(frozen=True, slots=True)
class Judged:
    """A cube and the rows it counts: for options of many a row a case and option."""

    cube: Cube
    rows: pd.DataFrame
    lines: Mapping[str, Line]
    at: np.ndarray  # the rows of the frame, one a row counted
    _spreads: dict[str, Spread] = field(default_factory=dict)

    def spread(self, measure: Measure) -> Spread:
        """The amounts of a measure by all lines; counted once."""
        if measure.id not in self._spreads:
            self._spreads[measure.id] = Spread(amounts(self.rows, measure)[self.at], self.lines)
        return self._spreads[measure.id]


def columns_of(report: Report) -> tuple[Column, ...]:
    """One column a measure, one a step of those that have steps."""
    return tuple(column for measure in report.measures for column in _columns(measure))


def _columns(measure: Measure) -> Iterator[Column]:
    if measure.calculation is Calculation.STEPS:
        for step in measure.steps:
            yield Column(f"{measure.id}.{step.id}", step.label, measure.unit.value, measure.id, measure.words)
        return
    yield Column(measure.id, measure.label, measure.unit.value, measure.id, measure.words)


def cells(
    column: Column, judged: Judged, by: tuple[str, ...], places: Mapping[str, int], report: Report
) -> list[Cell]:
    """The cells of a column by a dimension (or one for all), within the line of each other dimension in ``places``."""
    measure = next(item for item in report.measures if item.id == column.of)
    step = column.id.removeprefix(f"{measure.id}.") if measure.calculation is Calculation.STEPS else ""
    inside = f"{measure.id}{FLAG}{IN}" if measure.condition is not None else EVERY
    if measure.calculation is Calculation.SHARE:
        whole = _at(judged, inside, by, places)
        part = _at(judged, f"{measure.id}{FLAG}{PART}", by, places)
        return [_share(*pair) for pair in zip(part, whole, strict=True)]
    if not measure.measured:
        return [
            _count(pair) for pair in _at(judged, f"{measure.id}{FLAG}{step}" if step else inside, by, places)
        ]
    counts = _at(judged, f"{AMOUNT}{measure.id}", by, places)
    values = judged.spread(measure).calculated(measure, by, places, len(counts))
    return [_amount(value, *pair) for value, pair in zip(values, counts, strict=True)]


def _at(
    judged: Judged, number: str, by: tuple[str, ...], places: Mapping[str, int]
) -> list[tuple[int, bool]]:
    """Count and whether it may be shown, for each line."""
    order = [name for name in judged.lines if name in (*by, *places)]
    seen: Seen = judged.cube.seen(number, *order)
    index = tuple(places.get(name, slice(None)) for name in order)
    counts, shown = np.atleast_1d(seen.counts[index]), np.atleast_1d(seen.shown[index])
    return [(int(count), bool(open_)) for count, open_ in zip(counts, shown, strict=True)]


def _count(pair: tuple[int, bool]) -> Cell:
    count, shown = pair
    return Cell(count) if shown else Cell(None, hidden=True)


def _share(part: tuple[int, bool], whole: tuple[int, bool]) -> Cell:
    if not (part[1] and whole[1]):
        return Cell(None, hidden=True)
    return Cell(round(100 * part[0] / whole[0]) if whole[0] else None)


def _amount(value: float, count: int, shown: bool) -> Cell:
    """A number made of the amounts of ``count`` cases: hidden as their count is."""
    if not shown or 0 < count < THRESHOLD:
        return Cell(None, hidden=True)
    return Cell(None if count == 0 or np.isnan(value) else rounded(value))
