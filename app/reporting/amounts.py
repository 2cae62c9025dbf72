"""What do the amounts of cases come to: a sum, a mean, or the amount that a part of them stay under?

However many cases there are, they have few amounts that differ: whole days, points of a scale. Counted once, by line
and amount, every table of a reading adds up some numbers instead of looking at every case again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.definitions.model.reports import Calculation, Measure
from app.reporting.cubes import Line

Amounts = npt.NDArray[np.float64]
Codes = npt.NDArray[np.signedinteger[Any]]
MOST = 4_000_000
"""Of lines and amounts together; more are grouped for each table by itself."""


class Spread:
    """How often each amount stands on each line of each dimension. ``found``: NaN where a row has none."""

    def __init__(self, found: Amounts, lines: Mapping[str, Line]) -> None:
        self._names = tuple(lines)
        codes, values = pd.factorize(found, sort=True)
        self._values = np.asarray(values, dtype=np.float64)
        self._shape = (*(line.size for line in lines.values()), max(len(self._values), 1))
        self._rows: tuple[Amounts, dict[str, Codes]] | None = None
        self._counts: npt.NDArray[np.int64] | None = None
        there = codes >= 0
        if int(np.prod(self._shape, dtype=np.float64)) > MOST:
            self._rows = found[there], {name: line.codes[there] for name, line in lines.items()}
            return
        flat = np.zeros(len(found), np.int64)
        for name in self._names:
            flat *= lines[name].size
            flat += lines[name].codes
        flat *= self._shape[-1]
        flat += codes
        size = int(np.prod(self._shape))
        self._counts = np.bincount(flat[there], minlength=size).reshape(self._shape)

    def calculated(
        self, measure: Measure, by: Sequence[str], places: Mapping[str, int], size: int
    ) -> list[float]:
        """The measure on each of ``size`` lines of the one dimension in ``by`` (or on one line for all), within the
        line of each other dimension in ``places``; NaN where no row has an amount."""
        if self._counts is None:
            return self._grouped(measure, by, places, size)
        index = tuple(places.get(name, slice(None)) for name in self._names)
        left = [name for name in self._names if name not in places]
        over = tuple(at for at, name in enumerate(left) if name not in by)
        counts = self._counts[index].sum(axis=over).reshape(-1, self._shape[-1])
        return [self._of(measure, line) for line in counts]

    def _of(self, measure: Measure, counts: npt.NDArray[np.int64]) -> float:
        many = int(counts.sum())
        if not many:
            return float("nan")
        if measure.calculation is Calculation.MEDIAN:
            return self._below(counts, (many - 1) * 0.5)
        if measure.calculation is Calculation.PERCENTILE:
            return self._below(counts, (many - 1) * (measure.percentile or 0) / 100)
        whole = float(counts @ self._values)
        return whole / many if measure.calculation is Calculation.MEAN else whole

    def _below(self, counts: npt.NDArray[np.int64], place: float) -> float:
        """The amount at a place in the row of all, from 0; between two, in proportion."""
        first = int(place)
        reached = np.cumsum(counts)
        low, high = (
            float(self._values[np.searchsorted(reached, at, side="right")])
            for at in (first, min(first + 1, int(reached[-1]) - 1))
        )
        return low + (high - low) * (place - first)

    def _grouped(
        self, measure: Measure, by: Sequence[str], places: Mapping[str, int], size: int
    ) -> list[float]:
        if self._rows is None:
            raise LookupError("counted")
        found, codes = self._rows
        inside = np.ones(len(found), np.bool_)
        for name, place in places.items():
            inside &= codes[name] == place
        lines = codes[by[0]][inside] if by else np.zeros(int(inside.sum()), np.int64)
        grouped = pd.Series(found[inside]).groupby(lines)
        made = {
            Calculation.MEAN: lambda: grouped.mean(),
            Calculation.MEDIAN: lambda: grouped.median(),
            Calculation.PERCENTILE: lambda: grouped.quantile((measure.percentile or 0) / 100),
        }.get(measure.calculation, lambda: grouped.sum())()
        return [float(made.get(at, np.nan)) for at in range(size)]
