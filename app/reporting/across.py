"""How do the lines of one dimension come to stand beside each other, as columns of the table of another one?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.reporting.results import Axis, Cell, Column, ReportTable, Row

BESIDE = "/"
"""Between the two dimensions in the id of such a table."""


def across(parts: Mapping[str, ReportTable], axis: Axis, *, lean: bool = False) -> ReportTable:
    """One table of ``parts``: the table within each line of ``axis``, all with the same rows. Lines that nobody named
    beforehand and on which nothing stands are left out, and if ``lean`` all of those; nothing is shown that no part
    shows."""
    kept = {
        key: part for key, part in parts.items() if axis.keys[key] and ((key and not lean) or _anything(part))
    }
    first = next(iter(parts.values()))
    labels = {row.key: row.label for part in kept.values() for row in part.rows}
    rows = tuple(
        _beside([_line(part, key, label) for part in kept.values()]) for key, label in labels.items()
    )
    totals = [part.total for part in kept.values() if part.total is not None]
    return replace(
        first,
        id=f"{first.id}{BESIDE}{axis.id}",
        columns=tuple(
            _named(column, key, axis.keys[key], len(first.columns) > 1)
            for key, part in kept.items()
            for column in part.columns
        ),
        rows=rows,
        total=_beside(totals) if len(totals) == len(kept) and totals else None,
        within=axis.label,
    )


def _named(column: Column, key: str, label: str, several: bool) -> Column:
    told = f"{label}: {column.label}" if several else label
    return replace(column, id=f"{key or '-'}.{column.id}", label=told)


def _line(part: ReportTable, key: str, label: str) -> Row:
    """A line of a part; one on which nothing stands there is left out of it."""
    nothing = Row(key, label, tuple(Cell(0 if column.unit == "count" else None) for column in part.columns))
    return next((row for row in part.rows if row.key == key), nothing)


def _beside(rows: list[Row]) -> Row:
    return replace(rows[0], cells=tuple(cell for row in rows for cell in row.cells))


def _anything(part: ReportTable) -> bool:
    lines = (*part.rows, *((part.total,) if part.total is not None else ()))
    return any(cell.value or cell.hidden for row in lines for cell in row.cells)
