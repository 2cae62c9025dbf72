"""What was published of one period, and what may be made of it afterwards?

A report is released once, when its period is over, and never counted again: two readings on two days would differ by
the few people who came between. Everything else (a filter, a year of four quarters, the change since the period
before) is made from what was released, so that it cannot say more (ADR 27).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from app.reporting.suppression import Axes, Counts, hidden_cells, margins, subsets

Cells = Mapping[tuple[str, ...], int | None]
"""Count by the keys of the kept axes; ``None`` is hidden. A cell of an unknown key was not asked for."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension: its name and the keys it has, in the order to show. They are known beforehand: which of them
    occur in the data is not for everybody."""

    name: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """The published tables of one report and period; holds nothing of what is hidden."""

    report: str
    period: str
    axes: tuple[Axis, ...]
    tables: Mapping[tuple[str, ...], Cells]

    def table(self, *names: str, where: Mapping[str, str] | None = None) -> Cells:
        """The table by ``names`` under a filter (axis -> key). Raises ``KeyError`` when it was not published."""
        chosen = dict(where or {})
        kept = tuple(axis.name for axis in self.axes if axis.name in (*names, *chosen))
        return {
            tuple(key for name, key in zip(kept, keys, strict=True) if name not in chosen): count
            for keys, count in self.tables[kept].items()
            if all(key == chosen.get(name, key) for name, key in zip(kept, keys, strict=True))
        }


def release(
    report: str, period: str, axes: Sequence[Axis], counts: Counts, *, ways: int = 2, total: bool = True
) -> Release:
    """Decide what of a cube may be seen: all its tables by up to ``ways`` dimensions, judged together.

    ``total``: with the number of all; not where a case may stand in several cells.
    """
    if counts.shape != tuple(len(axis.keys) for axis in axes):
        raise ValueError("the cube does not fit its dimensions")
    published = subsets(range(len(axes)), ways)[0 if total else 1 :]
    hidden = hidden_cells(counts, published)
    tables = {
        tuple(axes[at].name for at in kept): _cells(axes, kept, table, hidden[kept])
        for kept, table in margins(counts, published).items()
    }
    return Release(report, period, tuple(axes), tables)


def _cells(axes: Sequence[Axis], kept: Axes, table: Counts, hidden: np.typing.NDArray[np.bool_]) -> Cells:
    return {
        tuple(axes[d].keys[at] for d, at in zip(kept, place, strict=True)): (
            None if hidden[place] else int(table[place])
        )
        for place in np.ndindex(table.shape)
    }


def together(period: str, parts: Sequence[Release]) -> Release:
    """A longer period from what its parts published: a number is known when it is known in each of them. What a part
    had no row for (a form that came later) is not known in it.

    Raises ``ValueError`` when the parts are not of one report with dimensions of the same names, or there are none.
    """
    if not parts or len({(part.report, tuple(axis.name for axis in part.axes)) for part in parts}) != 1:
        raise ValueError("releases of different reports")
    axes = tuple(_joined([part.axes[at] for part in parts]) for at in range(len(parts[0].axes)))
    keys = {axis.name: axis.keys for axis in axes}
    tables = {
        kept: {
            place: _sum([part.tables[kept].get(place) for part in parts])
            for place in product(*(keys[name] for name in kept))
        }
        for kept in parts[0].tables
    }
    return Release(parts[0].report, period, axes, tables)


def _joined(axes: Sequence[Axis]) -> Axis:
    return Axis(axes[0].name, tuple(dict.fromkeys(key for axis in axes for key in axis.keys)))


def only(made: Release, names: Sequence[str]) -> Release:
    """What of a release is by these dimensions alone, and its total: for whoever needs no more."""
    axes = tuple(axis for axis in made.axes if axis.name in names)
    tables = {kept: cells for kept, cells in made.tables.items() if set(kept) <= set(names)}
    return Release(made.report, made.period, axes, tables)


def change(now: Cells, before: Cells) -> Cells:
    """How much more or less than in the period before; hidden where either is."""
    return {
        keys: None if count is None or (then := before.get(keys)) is None else count - then
        for keys, count in now.items()
    }


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def dump(made: Release) -> str:
    """As JSON, the same bytes for the same release."""
    content = {
        "report": made.report,
        "period": made.period,
        "axes": [[axis.name, list(axis.keys)] for axis in made.axes],
        "tables": [
            [list(kept), [[list(keys), n] for keys, n in cells.items()]]
            for kept, cells in made.tables.items()
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def load(content: str) -> Release:
    """Read what ``dump`` wrote; raises ``ValueError`` for anything else."""
    try:
        raw = json.loads(content)
        return Release(
            raw["report"],
            raw["period"],
            tuple(Axis(name, tuple(keys)) for name, keys in raw["axes"]),
            {tuple(kept): {tuple(keys): n for keys, n in cells} for kept, cells in raw["tables"]},
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not a release") from error
