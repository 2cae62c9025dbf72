"""What is published of the cases of a closed period, and how does a page show one or several of those?

The same tables as ``overview``, counted once: by form, neighbourhood, waiting time and life domain. Of several periods
together only what each of them published is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from app.engine.reported import FLAG
from app.reporting.overview import OPEN, WAIT_BANDS, Cell, Overview, Table, Wait, banded
from app.reporting.releases import Axis, Release, release, together
from app.reporting.rows import DOMAIN
from app.reporting.suppression import Counts

CASES, DOMAINS = "cijfers", "cijfers_domeinen"
OTHER = "other"
"""The row of whatever had no row of its own when the period was closed."""
PERIOD = "period"
Labels = Mapping[str, str]


def close(cases: pd.DataFrame, period: str, known: Mapping[str, Iterable[str]]) -> tuple[Release, Release]:
    """Count the cases of a period: by what each is once, and by the life domains it mentions.

    ``known``: the keys of ``form``, ``neighbourhood`` and ``domain``; what else occurs is counted as ``OTHER``.
    """
    axes = (
        *(Axis(name, tuple(dict.fromkeys((*known[name], OTHER)))) for name in ("form", "neighbourhood")),
        Axis("wait", (*WAIT_BANDS, OPEN)),
    )
    return (
        release(CASES, period, axes, _cube(banded(cases), axes), ways=1),
        _mentions(cases, period, tuple(dict.fromkeys((*known[DOMAIN], OTHER)))),
    )


def _cube(data: pd.DataFrame, axes: Sequence[Axis]) -> Counts:
    shape = tuple(len(axis.keys) for axis in axes)
    codes = [_codes(data[axis.name], axis.keys) for axis in axes]
    cells = np.ravel_multi_index(codes, shape)
    return np.bincount(cells, minlength=int(np.prod(shape))).astype(np.int64).reshape(shape)


def _codes(column: pd.Series[str], keys: Sequence[str]) -> Counts:
    """The place of each value among ``keys``; the last one, ``OTHER``, for what is not there."""
    found = pd.Categorical(column.astype("object"), categories=list(keys)).codes.astype(np.int64)
    return np.asarray(np.where(found < 0, len(keys) - 1, found), np.int64)


def _mentions(cases: pd.DataFrame, period: str, keys: tuple[str, ...]) -> Release:
    mark = f"{DOMAIN}{FLAG}"
    named = {str(name).removeprefix(mark): name for name in cases if str(name).startswith(mark)}
    counts = [int(cases[named[key]].sum()) if key in named else 0 for key in keys[:-1]]
    rest = [name for key, name in named.items() if key not in keys]
    counts.append(int(cases[rest].any(axis=1).sum()) if rest else 0)
    return release(DOMAINS, period, (Axis(DOMAIN, keys),), np.array(counts, np.int64), ways=1, total=False)


def shown(cases: Sequence[Release], domains: Sequence[Release], labels: Mapping[str, Labels]) -> Overview:
    """The page of one or several released periods; ``labels`` by axis, and of ``period`` for its own table.

    Rows without anybody in any period are left out where they have no label any more.
    """
    whole = together("", cases)
    total = whole.table().get(())
    tables = [_table(whole, name, labels[name], total) for name in ("form", "neighbourhood")]
    if len(cases) > 1:
        tables.insert(0, _by_period(cases, labels[PERIOD], total))
    mentioned = _table(together("", domains), DOMAIN, labels[DOMAIN], None)
    return Overview((*tables, mentioned), _wait(_table(whole, "wait", labels["wait"], total)))


def _table(whole: Release, name: str, labels: Labels, total: int | None) -> Table:
    counts = {keys[0]: count for keys, count in whole.table(name).items()}
    order = [*(key for key in labels if key in counts), *(key for key in counts if key not in labels)]
    cells = [Cell(key, labels.get(key, key), counts[key]) for key in order]
    return Table(name, tuple(cell for cell in cells if cell.key in labels or cell.count != 0), total)


def _by_period(cases: Sequence[Release], labels: Labels, total: int | None) -> Table:
    cells = (Cell(part.period, labels[part.period], part.table().get(())) for part in cases)
    return Table(PERIOD, tuple(cells), total)


def _wait(table: Table) -> Wait:
    *bands, still = table.cells
    spoken = None if table.total is None or still.count is None else table.total - still.count
    return Wait(None, spoken, still.count, Table(table.dimension, tuple(bands), spoken), _half(bands))


def _half(bands: Sequence[Cell]) -> str:
    """The band in which half of the people were spoken to; made of what is shown, so that it tells nothing more."""
    counts = [cell.count for cell in bands]
    if any(count is None for count in counts) or not sum(filter(None, counts)):
        return ""
    reached = np.cumsum(np.array(counts, np.int64))
    return bands[int(np.searchsorted(reached, reached[-1] / 2))].key
