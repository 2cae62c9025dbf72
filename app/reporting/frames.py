"""What stands on each row of the store, for the numbers and the lines of a report?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from app.definitions.model.reports import TIMES, Calculation, Dimension, Measure, Report
from app.engine.reported import AMOUNT, COUNTS, FLAG, IN, PART, PLACE
from app.reporting.cubes import Bools, Line

MONTH = "month"


def numbers(report: Report, frame: pd.DataFrame) -> Iterator[tuple[str, Bools]]:
    """Every count that the report needs, by name; what a column counts is told by ``_behind``."""
    for measure in report.measures:
        if measure.condition is not None:
            yield f"{measure.id}{FLAG}{IN}", flag(frame, f"{COUNTS}{measure.id}{FLAG}{IN}")
        if measure.calculation is Calculation.SHARE:
            yield f"{measure.id}{FLAG}{PART}", flag(frame, f"{COUNTS}{measure.id}{FLAG}{PART}")
        for step in measure.steps:
            yield f"{measure.id}{FLAG}{step.id}", flag(frame, f"{COUNTS}{measure.id}{FLAG}{step.id}")
        if measure.measured:
            yield f"{AMOUNT}{measure.id}", ~np.isnan(amounts(frame, measure))


def amounts(frame: pd.DataFrame, measure: Measure) -> np.ndarray:
    name = f"{AMOUNT}{measure.id}"
    if name not in frame:
        return np.full(len(frame), np.nan)
    return frame[name].to_numpy(dtype="float64", na_value=np.nan)


def flag(frame: pd.DataFrame, name: str) -> Bools:
    return frame[name].to_numpy(dtype=bool) if name in frame else np.zeros(len(frame), np.bool_)


def column_of(frame: pd.DataFrame, item: Dimension) -> pd.Series:
    """The value of a dimension on each row, ``""`` where there is none; times come from the month."""
    if item.by in TIMES:
        return _times(frame, item)
    name = f"{PLACE}{item.id}"
    if name not in frame:
        return pd.Series([""] * len(frame), dtype="category")
    column = frame[name]
    if column.isna().any():
        column = column.cat.add_categories([""]) if "" not in column.cat.categories else column
        column = column.fillna("")
    return column


def _times(frame: pd.DataFrame, item: Dimension) -> pd.Series:
    months = frame[MONTH].astype("category") if MONTH in frame else pd.Series([], dtype="category")
    return months if item.by.value == MONTH else months.map(lambda month: time_of(item.by.value, str(month)))


def time_of(by: str, month: str) -> str:
    """``2026-Q3`` or ``2026`` of ``2026-08``."""
    year, _, number = month.partition("-")
    return {"month": month, "quarter": f"{year}-Q{(int(number) + 2) // 3}", "year": year}[by]


def one_line(rows: np.ndarray) -> Line:
    return Line(np.zeros(len(rows), np.int64), 1)
