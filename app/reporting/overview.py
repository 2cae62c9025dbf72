"""What came in, about what, from where, and how long did people wait?

The one report of the first version: counts by form, life domain, neighbourhood and month, and the time to first
contact, from plain rows. Small cells are suppressed here, so that no page or export can show them by mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from app.reporting.rows import CaseRow
from app.reporting.suppression import THRESHOLD, hidden_cells, total_is_safe

WAIT_EDGES = (-1, 0, 1, 3, 5, 10, 10_000)
WAIT_BANDS = ("same_day", "d1", "d2_3", "d4_5", "d6_10", "d11")


@dataclass(frozen=True, slots=True)
class Cell:
    """One bar and one table row. ``count`` is ``None`` where it is suppressed: because it is ``small``, or to protect
    another one."""

    key: str
    label: str
    count: int | None
    small: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A counted dimension; ``total`` is ``None`` where cells overlap or it would give a hidden one away."""

    dimension: str
    cells: tuple[Cell, ...]
    total: int | None

    @property
    def suppressed(self) -> bool:
        """Whether anything was hidden."""
        return any(cell.count is None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Wait:
    """Working days from receipt to first conversation: ``median`` over ``spoken`` cases, ``open`` still waiting.

    Each is ``None`` where it rests on too few cases.
    """

    median: float | None
    spoken: int | None
    open: int | None
    bands: Table


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole report: tables in page order, and the waiting time."""

    tables: tuple[Table, ...]
    wait: Wait


def frame(rows: Iterable[CaseRow]) -> pd.DataFrame:
    """Rows to a frame with categorical columns and ``month`` as ``2026-11``; domains stay a tuple a row."""
    data = pd.DataFrame(
        [(row.form, row.neighbourhood, f"{row.received:%Y-%m}", row.domains, row.waited) for row in rows],
        columns=["form", "neighbourhood", "month", "domains", "waited"],
    )
    return data.astype({"form": "category", "neighbourhood": "category", "month": "category"})


def table(
    dimension: str,
    values: pd.Series[str],
    labels: Mapping[str, str],
    *,
    total: bool,
    keys: Sequence[str] = (),
) -> Table:
    """Count ``values`` per key in the order of ``labels`` (or ``keys``); unknown values get a row of their own."""
    counted = values.astype("object").value_counts()
    order = list(keys or labels)
    order += [key for key in counted.index if key not in order]
    counts = counted.reindex(order, fill_value=0).astype(int)
    hidden = hidden_cells(counts, total_shown=total)
    shown = total and total_is_safe(counts, hidden)
    cells = tuple(
        Cell(
            key,
            labels.get(key, key),
            None if hidden[key] else int(counts[key]),
            small=bool(hidden[key]) and 0 < counts[key] < THRESHOLD,
        )
        for key in order
    )
    return Table(dimension, cells, int(counts.sum()) if shown else None)


def overview(
    rows: Iterable[CaseRow],
    *,
    forms: Mapping[str, str],
    domains: Mapping[str, str],
    neighbourhoods: Mapping[str, str],
    months: Mapping[str, str],
    bands: Mapping[str, str],
) -> Overview:
    """Make the report; the mappings give id -> label in the order to show."""
    data = frame(rows)
    tables = (
        table("form", data["form"], forms, total=True),
        table("month", data["month"], months, total=True),
        table("neighbourhood", data["neighbourhood"], neighbourhoods, total=True),
        table("domain", data["domains"].explode().dropna(), domains, total=False),
    )
    return Overview(tables, wait(data["waited"], bands))


def wait(waited: pd.Series[float], labels: Mapping[str, str]) -> Wait:
    """Summarise the working days people waited; blanks are people who have not been spoken to yet."""
    days = pd.to_numeric(waited).dropna()
    banded = pd.cut(days, bins=list(WAIT_EDGES), labels=list(WAIT_BANDS))
    hidden = hidden_cells(pd.Series({"spoken": len(days), "open": len(waited) - len(days)}), total_shown=True)
    return Wait(
        median=float(days.median()) if len(days) >= 5 else None,
        spoken=None if hidden["spoken"] else len(days),
        open=None if hidden["open"] else len(waited) - len(days),
        bands=table("wait", banded, labels, total=True, keys=WAIT_BANDS),
    )
