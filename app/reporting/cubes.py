"""Which numbers of a reading may be seen, when cases are told apart by several things and counted in several ways?

Everything counted of the same rows is one cube: an axis for each dimension, and one for each group of numbers that lie
within each other (the spoken to, of them those in time): its cells are what one is more than the other, for whoever
has both can subtract. The cube is judged whole by ``suppression``; a number is seen when it follows from cells that
are. A sum, mean or median is seen where the count of the cases behind it is (ADR 36).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.reporting.suppression import Axes, Counts, Flags, hidden_cells, margins

Codes = npt.NDArray[np.signedinteger[Any]]
Bools = npt.NDArray[np.bool_]
EVERY = ""
"""The name of the number that counts every row."""
MOST_PATTERNS = 1 << 16
"""Of numbers within each other: a table of so many is small beside the rows."""
MOST_CELLS = 400_000
"""A larger cube is not judged: what is asked is too much at once."""


class TooFine(Exception):
    """The dimensions together have more cells than can be judged in reasonable time."""


@dataclass(frozen=True, slots=True)
class Line:
    """A dimension of the rows at hand: a code for each row, and how many codes there are."""

    codes: Codes
    size: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Counts that lie within each other: a cell number for each row, and for each count the cells it is made of."""

    codes: npt.NDArray[np.int32]
    size: int
    members: Mapping[str, Bools]


@dataclass(frozen=True, slots=True)
class Seen:
    """A count by some dimensions: the true ``counts``, and where they may be ``shown``."""

    counts: Counts
    shown: Flags


class Cube:
    """Rows counted by ``lines`` (dimension -> codes) and ``numbers`` (name -> which rows count), judged together.

    ``tables``: which dimensions are shown with each other; every number is shown by each of them. What is not
    ``of_people`` is shown whole. Raises ``TooFine``.
    """

    def __init__(
        self,
        lines: Mapping[str, Line],
        numbers: Mapping[str, Bools],
        tables: Sequence[tuple[str, ...]],
        *,
        of_people: bool = True,
    ) -> None:
        self._names = tuple(lines)
        self._used = {name: _used(line) for name, line in lines.items()}
        self._sizes = {name: line.size for name, line in lines.items()}
        self._same, self._groups = _grouped(numbers, _rows(lines, numbers))
        counts = self._counted(lines)
        every = [self._axes(table) for table in tables]
        published = set(every) | {
            (*axes, len(self._names) + at) for axes in every for at in range(len(self._groups))
        }
        ordered = sorted(published, key=lambda axes: (len(axes), axes))
        self._margins = margins(counts, ordered)
        self._hidden = hidden_cells(counts, ordered) if of_people else _open(self._margins)

    def seen(self, number: str, *dimensions: str) -> Seen:
        """A number by dimensions that are shown together, in the order of ``lines``; full size, all codes there."""
        axes = self._axes(dimensions)
        found, group = self._same[number]
        total, open_total = self._margins[axes], ~self._hidden[axes]
        if group is None:
            counts, shown = (total, open_total) if found else (np.zeros_like(total), np.ones_like(open_total))
        else:
            cells = (*axes, len(self._names) + group)
            mine = self._groups[group].members[number]
            parts, known = self._margins[cells], ~self._hidden[cells]
            counts = parts[..., mine].sum(axis=-1)
            shown = known[..., mine].all(axis=-1) | (open_total & known[..., ~mine].all(axis=-1))
        return Seen(*self._spread(dimensions, counts, shown))

    def _axes(self, table: Sequence[str]) -> Axes:
        return tuple(at for at, name in enumerate(self._names) if name in table)

    def _counted(self, lines: Mapping[str, Line]) -> Counts:
        """The cube, of the codes that occur: what nobody has is zero, and stays it."""
        sizes = [len(self._used[name]) for name in self._names] + [group.size for group in self._groups]
        if int(np.prod(sizes, dtype=np.float64)) > MOST_CELLS:
            raise TooFine
        if not sizes:
            raise ValueError("a cube without a dimension")
        if 0 in sizes:
            return np.zeros([max(size, 1) for size in sizes], np.int64)
        flat = np.zeros(
            _rows(lines, {}), np.int64
        )  # one axis after another: all at once would be dear in memory
        for name in self._names:
            flat *= len(self._used[name])
            flat += np.searchsorted(self._used[name], np.arange(lines[name].size))[lines[name].codes]
        for group in self._groups:
            flat *= group.size
            flat += group.codes
        return np.bincount(flat, minlength=int(np.prod(sizes))).reshape(sizes).astype(np.int64)

    def _spread(self, dimensions: Sequence[str], counts: Counts, shown: Flags) -> tuple[Counts, Flags]:
        """Back to all codes of each dimension."""
        kept = [name for name in self._names if name in dimensions]
        full = tuple(self._sizes[name] for name in kept)
        many, open_ = np.zeros(full, np.int64), np.ones(full, np.bool_)
        if all(len(self._used[name]) for name in kept):
            places = np.ix_(*(self._used[name] for name in kept))
            many[places], open_[places] = counts, shown
        return many, open_


def _open(shown: Mapping[Axes, Counts]) -> dict[Axes, Flags]:
    return {axes: np.zeros_like(counts, dtype=np.bool_) for axes, counts in shown.items()}


def _used(line: Line) -> Codes:
    return np.flatnonzero(np.bincount(line.codes, minlength=line.size))


def _rows(lines: Mapping[str, Line], numbers: Mapping[str, Bools]) -> int:
    found = [len(line.codes) for line in lines.values()] + [len(rows) for rows in numbers.values()]
    return found[0] if found else 0


def _grouped(
    numbers: Mapping[str, Bools], rows: int
) -> tuple[dict[str, tuple[bool, int | None]], list[_Group]]:
    """For each number whether it counts all rows or none, or the group it is in; numbers within each other together."""
    same: dict[str, tuple[bool, int | None]] = {EVERY: (True, None)}
    families: list[list[str]] = []
    for name, member in numbers.items():
        size = int(member.sum())
        if size in (0, rows):
            same[name] = (size == rows and rows > 0, None)
            continue
        at = next(
            (
                at
                for at, family in enumerate(families)
                if all(_apart_or_within(numbers[other], member) for other in family)
            ),
            None,
        )
        if at is None:
            families.append([])
            at = len(families) - 1
        families[at].append(name)
        same[name] = (True, at)
    return same, [_group([(name, numbers[name]) for name in family]) for family in families]


def _apart_or_within(one: Bools, other: Bools) -> bool:
    both = int((one & other).sum())
    return both in (0, int(one.sum()), int(other.sum()))


def _numbered(pattern: Codes, highest: int) -> tuple[Codes, npt.NDArray[np.int32]]:
    """The patterns that occur, in order, and which of them each row has; counted where sorting would be dearer."""
    if highest > MOST_PATTERNS:
        atoms, codes = np.unique(pattern, return_inverse=True)
        return atoms, codes.reshape(-1).astype(np.int32)
    atoms = np.flatnonzero(np.bincount(pattern, minlength=highest))
    place = np.zeros(highest, np.int32)  # half of it, for each row
    place[atoms] = np.arange(len(atoms))
    return atoms, place[pattern]


def _group(family: Sequence[tuple[str, Bools]]) -> _Group:
    wide: type[np.signedinteger[Any]] = np.int32 if len(family) < 31 else np.int64
    pattern: Codes = np.zeros(len(family[0][1]), wide)
    for bit, (_, member) in enumerate(family):
        pattern |= member.astype(wide) << bit
    atoms, codes = _numbered(pattern, 1 << len(family))
    members = {name: (atoms >> bit & 1).astype(np.bool_) for bit, (name, _) in enumerate(family)}
    return _Group(codes, len(atoms), members)
