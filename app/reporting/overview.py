"""What came in, about what, from where, and how long did people wait?

The one report of the first version: counts by form, life domain, neighbourhood and month, and the time to first
contact, from the store. Small cells are suppressed here, so that no page or export can show them by mistake; the
tables that count each case once are judged together, as they share their total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.engine.reported import FLAG
from app.reporting.rows import DOMAIN
from app.reporting.suppression import THRESHOLD, Counts, Flags, hidden_cells, margins, subsets

WAIT_EDGES = (-1, 0, 1, 3, 5, 10, 10_000)
WAIT_BANDS = ("same_day", "d1", "d2_3", "d4_5", "d6_10", "d11")
COLUMNS = ("form", "month", "neighbourhood", "waited", f"{DOMAIN}{FLAG}")
"""What this report reads of each case."""
OPEN = "open"
"""The place in the waiting times of those who have not been spoken to yet."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One bar and one table row. ``count`` is ``None`` where it is suppressed; whether because it is small or to
    protect another one is not told, for that would narrow it down."""

    key: str
    label: str
    count: int | None


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

    Each is ``None`` where it rests on too few cases. ``half``: the band in which half of them were spoken to, where
    only bands were published; else empty.
    """

    median: float | None
    spoken: int | None
    open: int | None
    bands: Table
    half: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole report: tables in page order, and the waiting time."""

    tables: tuple[Table, ...]
    wait: Wait


def banded(data: pd.DataFrame) -> pd.DataFrame:
    """With the column ``wait``: a band, or ``open``."""
    days = pd.to_numeric(data["waited"]).astype("float64")
    banded = pd.cut(days, bins=list(WAIT_EDGES), labels=list(WAIT_BANDS)).cat.add_categories([OPEN])
    return data.assign(waited=days, wait=banded.fillna(OPEN))


def tables(data: pd.DataFrame, labels: Mapping[str, Mapping[str, str]]) -> tuple[Table, ...]:
    """Count the rows by each column in ``labels`` (id -> label in the order to show), and judge the tables together.

    A value without a label gets a row of its own at the end.
    """
    keys = [_order(data[column].value_counts().index, known) for column, known in labels.items()]
    codes = [
        pd.Categorical(data[column], categories=list(order)).codes
        for column, order in zip(labels, keys, strict=True)
    ]
    shape = tuple(len(order) for order in keys)
    cells = np.ravel_multi_index([code.astype(np.int64) for code in codes], shape)
    cube = np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)
    return _judged(cube, dict(zip(labels, keys, strict=True)), labels, total=True)


def mentions(data: pd.DataFrame, labels: Mapping[str, str]) -> Table:
    """In how many cases each life domain is touched; a case counts at each of its own, so there is no total."""
    mark = f"{DOMAIN}{FLAG}"
    found = {
        str(name).removeprefix(mark): int(data[name].sum()) for name in data if str(name).startswith(mark)
    }
    order = _order([domain for domain, count in found.items() if count], labels)
    cube = np.array([found.get(domain, 0) for domain in order], np.int64)
    return _judged(cube, {DOMAIN: order}, {DOMAIN: labels}, total=False)[0]


def _judged(
    cube: Counts, keys: Mapping[str, Sequence[str]], labels: Mapping[str, Mapping[str, str]], *, total: bool
) -> tuple[Table, ...]:
    published = subsets(range(cube.ndim), 1)[0 if total else 1 :]
    counts, hidden = margins(cube, published), hidden_cells(cube, published)
    shown = None if not total or hidden[()][()] else int(counts[()])
    return tuple(
        Table(column, _cells(order, labels[column], (counts[(at,)], hidden[(at,)])), shown)
        for at, (column, order) in enumerate(keys.items())
    )


def _order(found: Iterable[str], labels: Mapping[str, str]) -> Sequence[str]:
    return [*labels, *(key for key in found if key not in labels)]


def _cells(order: Sequence[str], labels: Mapping[str, str], judged: tuple[Counts, Flags]) -> tuple[Cell, ...]:
    return tuple(
        Cell(key, labels.get(key, key), None if hides else int(count))
        for key, count, hides in zip(order, *judged, strict=True)
    )


def overview(
    cases: pd.DataFrame,
    *,
    forms: Mapping[str, str],
    domains: Mapping[str, str],
    neighbourhoods: Mapping[str, str],
    months: Mapping[str, str],
    bands: Mapping[str, str],
) -> Overview:
    """Make the report of cases as the store holds them; the mappings give id -> label in the order to show."""
    data = banded(cases)
    once = {"form": forms, "month": months, "neighbourhood": neighbourhoods, "wait": {**bands, OPEN: OPEN}}
    *counted, waited = tables(data, once)
    return Overview((*counted, mentions(data, domains)), wait(data["waited"], waited))


def wait(waited: pd.Series[float], table: Table) -> Wait:
    """Summarise the working days people waited; blanks are people who have not been spoken to yet."""
    days = waited.dropna()
    *bands, still = table.cells
    spoken = None if table.total is None or still.count is None else table.total - still.count
    return Wait(
        median=float(days.median()) if len(days) >= THRESHOLD else None,
        spoken=spoken,
        open=still.count,
        bands=Table(table.dimension, tuple(bands), spoken),
    )
