"""Which numbers of a report stay hidden, so that nobody can work out a small one from all the others?

A count from 1 to 4 could point at somebody. It is hidden, and so is whatever would give it away: a row, a column, a
total, the same table under a filter (a filter is a cell of a table with one dimension more). All tables made of the
same rows are judged **together**, as one cube with its margins.

How it is proved (ADR 27): for every hidden number two whole tables are made that agree with everything on show and
have no negative count, in which that number differs by at least ``WIDTH``. Whoever sees all that is published cannot
tell the real table from either. They are made by moves: take something away at some corners of a block and add it at
the others, so that every total in which both kinds of corner meet stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt

THRESHOLD = 5
"""Counts from 1 up to this one are small."""
WIDTH = 5
"""By how much at least every hidden number may still differ for whoever sees all the others."""

HALF = 2
"""A move that does not reach far enough needs another one: it counts as so many times dearer."""

Axes = tuple[int, ...]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Place = tuple[int, ...]


def margins(counts: Counts, published: Sequence[Axes]) -> dict[Axes, Counts]:
    """Each table in ``published`` (ascending axes that it keeps; ``()`` is the grand total), summed from the cube."""
    every = range(counts.ndim)
    return {
        axes: np.asarray(counts.sum(axis=tuple(d for d in every if d not in axes)), np.int64)
        for axes in published
    }


def subsets(axes: Sequence[int], most: int | None = None) -> tuple[Axes, ...]:
    """All ways to keep up to ``most`` of ``axes``, the shortest first: every table and every total of a cube."""
    top = len(axes) if most is None else min(most, len(axes))
    return tuple(chain.from_iterable(combinations(axes, size) for size in range(top + 1)))


def hidden_cells(counts: Counts, published: Sequence[Axes]) -> dict[Axes, Flags]:
    """Which cells of each published table must not be shown: the small ones and what protects them.

    ``counts``: the cube, each case in exactly one cell, none negative. Deterministic; raises ``ValueError`` for
    negative counts.
    """
    if (counts < 0).any():
        raise ValueError("a count below zero")
    return _Guard(np.asarray(counts, np.int64), published).protect()


@dataclass(frozen=True, slots=True)
class _Move:
    """Take ``amount`` at some corners, add it at the others; ``base`` and ``other`` are two opposite corners."""

    spans: Axes
    base: Place
    other: Place
    sign: int
    amount: int
    price: float

    def corners(self) -> Iterator[tuple[Place, int]]:
        """Every corner and whether it gains (1) or loses (-1)."""
        for turned in subsets(self.spans):
            place = tuple(self.other[d] if d in turned else self.base[d] for d in range(len(self.base)))
            yield place, self.sign * (-1) ** len(turned)


class _Guard:
    """One cube while its protection is worked out; what is hidden only grows."""

    def __init__(self, counts: Counts, published: Sequence[Axes]) -> None:
        self.counts = counts
        self.tables = margins(counts, published)
        self.hidden: dict[Axes, Flags] = {
            axes: np.asarray((table > 0) & (table < THRESHOLD)) for axes, table in self.tables.items()
        }
        self.low = {axes: table.copy() for axes, table in self.tables.items()}
        self.high = {axes: table.copy() for axes, table in self.tables.items()}
        self.loss = {axes: self._loss(axes, table) for axes, table in self.tables.items()}

    def _loss(self, axes: Axes, table: Counts) -> npt.NDArray[np.float64]:
        """What a reader loses with each cell: a total more than a detail, a large number more than a small one."""
        loss = np.asarray(16.0 ** (self.counts.ndim - len(axes)) * (1.0 + np.log1p(table)))
        return np.asarray(np.where(self.hidden[axes], 0.0, loss))

    def protect(self) -> dict[Axes, Flags]:
        """Hide until every hidden cell has its two tables."""
        while (weak := self._weakest()) is not None:
            self._widen(*weak)
        return self.hidden

    def _weakest(self) -> tuple[Axes, Place] | None:
        """A hidden cell that is still known too well, totals before details."""
        for axes in sorted(self.tables, key=lambda axes: (len(axes), axes)):
            known = self.hidden[axes] & (self.high[axes] - self.low[axes] < WIDTH)
            if known.any():
                return axes, tuple(int(at) for at in np.argwhere(known)[0])
        return None

    def _widen(self, axes: Axes, cell: Place) -> None:
        """Find the two tables for one cell with the least loss, and hide what they need hidden."""
        made = {1: self.counts.copy(), -1: self.counts.copy()}
        missing = WIDTH
        while missing > 0:
            found = [
                move
                for sign in (1, -1)
                if (move := self._cheapest(made[sign], axes, cell, (sign, missing))) is not None
            ]
            best = min(found, key=lambda move: (move.price, -move.amount))
            for place, gain in best.corners():
                made[best.sign][place] += gain * best.amount
                self._hide(best.spans, place)
            missing -= best.amount
        self._learn(made[1])
        self._learn(made[-1])

    def _hide(self, spans: Axes, place: Place) -> None:
        """A corner shows in each table that keeps all axes of the move; in the others the move cancels out."""
        for axes, hidden in self.hidden.items():
            if set(spans) <= set(axes):
                at = tuple(place[d] for d in axes)
                hidden[at] = True
                self.loss[axes][at] = 0.0

    def _learn(self, table: Counts) -> None:
        """What one possible table says of all cells at once."""
        for axes, margin in margins(table, list(self.tables)).items():
            np.minimum(self.low[axes], margin, out=self.low[axes])
            np.maximum(self.high[axes], margin, out=self.high[axes])

    def _cheapest(self, table: Counts, axes: Axes, cell: Place, wish: tuple[int, int]) -> _Move | None:
        """The move that changes the cell in direction ``wish[0]`` by up to ``wish[1]`` at the lowest price a unit."""
        best: _Move | None = None
        for spans in subsets(axes):
            found = _Search(self, table, (axes, cell), spans, wish).best()
            if found and (best is None or (found.price, -found.amount) < (best.price, -best.amount)):
                best = found
        return best


class _Search:
    """All moves over ``spans`` for one cell at once: an axis for each other value and each the cell leaves open."""

    def __init__(
        self, guard: _Guard, table: Counts, at: tuple[Axes, Place], spans: Axes, wish: tuple[int, int]
    ) -> None:
        self.guard, self.table, self.spans = guard, table, spans
        self.fixed = dict(zip(*at, strict=True))
        self.sign, self.missing = wish
        self.every = tuple(range(table.ndim))
        self.free = tuple(d for d in self.every if d in spans or d not in self.fixed)
        self.shape = tuple(table.shape[d] for d in self.free)

    def best(self) -> _Move | None:
        """The cheapest possible move a unit of change; None when none is possible."""
        amount = self._amounts()
        if not (amount > 0).any():
            return None
        halves = np.where(amount < self.missing, HALF, 1)
        price = np.where(amount > 0, self._losses() * halves / np.maximum(amount, 1), np.inf)
        flat = int(np.lexsort((-amount.ravel(), price.ravel()))[0])
        chosen = dict(zip(self.free, (int(at) for at in np.unravel_index(flat, self.shape)), strict=True))
        base = tuple(self.fixed[d] if d in self.fixed else chosen[d] for d in self.every)
        other = tuple(chosen[d] if d in self.spans else base[d] for d in self.every)
        return _Move(
            self.spans, base, other, self.sign, int(amount.ravel()[flat]), float(price.ravel()[flat])
        )

    def _amounts(self) -> Counts:
        """How far each move can go before a count would fall below zero; never further than what is missing."""
        amount = np.full(self.shape, self.missing, np.int64)
        for turned in subsets(self.spans):
            if self.sign * (-1) ** len(turned) < 0:
                amount = np.minimum(amount, self._seen(self.every, self.table, turned))
        for place, axis in enumerate(self.free):
            if axis in self.spans:
                amount[(slice(None),) * place + (self.fixed[axis],)] = 0
        return amount

    def _losses(self) -> npt.NDArray[np.float64]:
        """What each move would hide that is on show now."""
        loss = np.zeros(self.shape)
        for axes, known in self.guard.loss.items():
            if set(self.spans) <= set(axes):
                for turned in subsets(self.spans):
                    loss = loss + self._seen(axes, known, turned)
        return loss

    def _seen(self, axes: Axes, table: npt.NDArray[np.generic], turned: Axes) -> npt.NDArray[np.generic]:
        """One corner of every move at once, in a shape that fits the others."""
        index = tuple(slice(None) if d in turned or d not in self.fixed else self.fixed[d] for d in axes)
        kept = {d for d in axes if d in turned or d not in self.fixed}
        shape = tuple(self.table.shape[d] if d in kept else 1 for d in self.free)
        return table[index].reshape(shape)
