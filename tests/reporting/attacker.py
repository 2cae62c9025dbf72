"""Somebody who has every published table, filter and period, and all the time of the world.

Knows that counts are whole and not negative, and how the tables were made of cells. ``determined`` is what linear
algebra alone gives; ``reach`` is exact: a search over whole numbers that keeps to every number on show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

FREE = 10
"""How far above all published numbers a cell is tried that none of them limits."""


@dataclass
class Attacker:
    """``unknown`` cells numbered from 0, and what is known of sums of them."""

    unknown: int
    sums: list[tuple[frozenset[int], int]] = field(default_factory=list)
    tables: list[list[int]] = field(default_factory=list)
    """Whole tables found so far that agree with everything on show."""

    def sees(self, cells: frozenset[int], total: int) -> None:
        """Take note of a published number."""
        self.sums.append((cells, total))

    def determined(self, target: frozenset[int]) -> bool:
        """Whether the number is a linear combination of published ones: with and without it the rank is the same."""
        rows = [[Fraction(at in cells) for at in range(self.unknown)] for cells, _ in self.sums]
        own = [Fraction(at in target) for at in range(self.unknown)]
        return _rank(rows) == _rank([*rows, own])

    def span(self, target: frozenset[int], enough: int) -> int:
        """How far apart the values are that the number may still have; stops counting at ``enough``."""
        found = {sum(table[at] for at in target) for table in self.tables}
        if found and max(found) - min(found) >= enough:
            return enough
        low, high = self._bounds()
        assert _tighten(self.sums, low, high)
        values = range(sum(low[at] for at in target), sum(high[at] for at in target) + 1)
        lowest = next(value for value in values if self._possible(target, value))
        if any(self._possible(target, value) for value in values if value >= lowest + enough):
            return enough
        return max(value for value in values if self._possible(target, value)) - lowest

    def _bounds(self) -> tuple[list[int], list[int]]:
        """From nothing to somewhat more than any published number."""
        most = max((total for _, total in self.sums), default=0) + FREE
        return [0] * self.unknown, [most] * self.unknown

    def _possible(self, target: frozenset[int], value: int) -> bool:
        table = _solve([*self.sums, (target, value)], *self._bounds())
        if table is not None:
            self.tables.append(table)
        return table is not None


def _rank(rows: Sequence[Sequence[Fraction]]) -> int:
    left = [list(row) for row in rows]
    rank = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((at for at in range(rank, len(left)) if left[at][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        for at in range(rank + 1, len(left)):
            factor = left[at][column] / left[rank][column]
            if factor:
                left[at] = [a - factor * b for a, b in zip(left[at], left[rank], strict=True)]
        rank += 1
    return rank


def _solve(sums: Sequence[tuple[frozenset[int], int]], low: list[int], high: list[int]) -> list[int] | None:
    """Whole numbers within the bounds that add up to every sum: tighten, then try the narrowest cell. None: there
    are none."""
    if not _tighten(sums, low, high):
        return None
    open_cells = [(high[at] - low[at], at) for cells, _ in sums for at in cells if high[at] > low[at]]
    if not open_cells:
        return low
    _, at = min(open_cells)
    for value in range(low[at], high[at] + 1):
        lower, upper = low.copy(), high.copy()
        lower[at] = upper[at] = value
        table = _solve(sums, lower, upper)
        if table is not None:
            return table
    return None


def _tighten(sums: Sequence[tuple[frozenset[int], int]], low: list[int], high: list[int]) -> bool:
    """Bounds of each cell from the bounds of the others in a sum, until nothing moves; False: impossible."""
    moved = True
    while moved:
        moved = False
        for cells, total in sums:
            least, most = sum(low[at] for at in cells), sum(high[at] for at in cells)
            if not least <= total <= most:
                return False
            for at in cells:
                floor = max(low[at], total - (most - high[at]))
                roof = min(high[at], total - (least - low[at]))
                moved = moved or (floor, roof) != (low[at], high[at])
                least, most = least - low[at] + floor, most - high[at] + roof
                low[at], high[at] = floor, roof
                if floor > roof:
                    return False
    return True


def cells_of(
    shape: Sequence[int], axes: Sequence[int], place: Sequence[int], first: int = 0
) -> frozenset[int]:
    """The cells of a cube that add up to one number of a table, numbered from ``first``."""
    return frozenset(
        first + number
        for number, at in enumerate(_places(shape))
        if all(at[axis] == where for axis, where in zip(axes, place, strict=True))
    )


def _places(shape: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if not shape:
        yield ()
        return
    for rest in _places(shape[:-1]):
        for at in range(shape[-1]):
            yield (*rest, at)
