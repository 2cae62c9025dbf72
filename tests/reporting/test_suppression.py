"""Can somebody with every published table, every filter and every period work out a number that is hidden?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.reporting.releases import Axis, Release, change, dump, load, release, together
from app.reporting.suppression import THRESHOLD, WIDTH, Axes, Counts, hidden_cells, margins, subsets
from tests.reporting.attacker import Attacker, cells_of

SHAPES = st.sampled_from([(2,), (4,), (2, 2), (3, 2), (1, 3), (2, 2, 2)])
COUNT = st.one_of(st.just(0), st.integers(1, 4), st.integers(0, 9))


@st.composite
def cubes(draw: st.DrawFn, shape: tuple[int, ...] | None = None) -> Counts:
    """A small cube with many small counts and empty cells."""
    sides = shape or draw(SHAPES)
    size = int(np.prod(sides))
    return np.array(draw(st.lists(COUNT, min_size=size, max_size=size)), np.int64).reshape(sides)


def _axes(shape: Sequence[int]) -> tuple[Axis, ...]:
    return tuple(Axis(f"a{d}", tuple(f"{d}.{at}" for at in range(size))) for d, size in enumerate(shape))


def _numbers(made: Release) -> Iterator[tuple[Axes, tuple[int, ...], int | None]]:
    """Each number of a release: axes, place, count."""
    names = [axis.name for axis in made.axes]
    for kept, cells in made.tables.items():
        axes = tuple(names.index(name) for name in kept)
        for keys, count in cells.items():
            yield axes, tuple(made.axes[d].keys.index(key) for d, key in zip(axes, keys, strict=True)), count


def _attack(shape: Sequence[int], parts: Sequence[Release], longer: Sequence[tuple[int, ...]] = ()) -> None:
    """Put all numbers in one system, also those of longer periods; nothing hidden may follow, not even nearly."""
    size = int(np.prod(shape))
    attacker = Attacker(size * len(parts))
    hidden: list[frozenset[int]] = []
    for number, part in enumerate(parts):
        for axes, place, count in _numbers(part):
            cells = cells_of(shape, axes, place, number * size)
            hidden.append(cells) if count is None else attacker.sees(cells, count)
    for numbers in longer:
        for axes, place, count in _numbers(together("longer", [parts[number] for number in numbers])):
            every = [cells_of(shape, axes, place, number * size) for number in numbers]
            if count is not None:
                attacker.sees(frozenset().union(*every), count)
    for cells in hidden:
        assert not attacker.determined(cells)
        assert attacker.span(cells, WIDTH) >= WIDTH


@settings(max_examples=50, deadline=None)
@given(cubes(), st.integers(1, 3))
@example(np.array([4, 4]), 1)
@example(np.array([[3, 0], [0, 9]]), 2)
@example(np.array([[[1, 0], [0, 0]], [[0, 0], [0, 0]]]), 3)
@example(np.array([[[0, 1], [1, 0]], [[9, 2], [15, 9]]]), 3)
def test_no_table_total_or_filter_gives_a_hidden_number_away(counts: Counts, ways: int) -> None:
    _attack(counts.shape, [release("r", "2026-Q3", _axes(counts.shape), counts, ways=ways)])


@settings(max_examples=15, deadline=None)
@given(cubes((3, 2)), cubes((3, 2)), cubes((3, 2)))
def test_neither_do_differences_between_periods(first: Counts, second: Counts, third: Counts) -> None:
    made = [release("r", f"2026-Q{n}", _axes((3, 2)), part) for n, part in enumerate((first, second, third))]
    _attack((3, 2), made, [(0, 1, 2), (0, 1), (1, 2)])


@settings(deadline=None)
@given(cubes(), st.integers(1, 3))
def test_every_small_number_is_hidden_and_what_is_shown_is_true(counts: Counts, ways: int) -> None:
    made = release("r", "2026-Q3", _axes(counts.shape), counts, ways=ways)
    for axes, place, count in _numbers(made):
        true = margins(counts, [axes])[axes][place]
        assert count is None or (count == true and not 0 < true < THRESHOLD)
    assert load(dump(made)) == made


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    counts = np.array([[5, 9], [0, 31]])
    assert not any(flags.any() for flags in hidden_cells(counts, subsets(range(2))).values())


def test_a_small_village_costs_one_more_in_its_table_and_no_total() -> None:
    made = release("r", "2026-Q3", (Axis("buurt", ("oost", "west", "zuid")),), np.array([40, 6, 3]))
    assert made.table("buurt") == {("oost",): 40, ("west",): None, ("zuid",): None}
    assert made.table() == {(): 49}


def test_a_filter_is_a_part_of_a_published_table_and_nothing_else_can_be_asked() -> None:
    counts = np.array([[20, 7], [8, 3]])
    made = release("r", "2026-Q3", _axes((2, 2)), counts)
    assert set(made.table("a0", where={"a1": "1.1"}).values()) == {None}
    assert made.table("a0")[("0.1",)] == 11
    with pytest.raises(KeyError):
        release("r", "2026-Q3", _axes((2, 2)), counts, ways=1).table("a0", where={"a1": "1.1"})


def test_a_change_is_shown_between_shown_numbers_only() -> None:
    assert change({("a",): 9, ("b",): None, ("c",): 7}, {("a",): 12, ("b",): 6, ("c",): None}) == {
        ("a",): -3,
        ("b",): None,
        ("c",): None,
    }


def test_the_attacker_finds_what_is_badly_hidden() -> None:
    lone = Attacker(3, [(frozenset({0}), 9), (frozenset({1}), 7), (frozenset({0, 1, 2}), 19)])
    assert lone.determined(frozenset({2}))
    assert lone.span(frozenset({2}), WIDTH) == 0
    narrow = Attacker(2, [(frozenset({0, 1}), 3)])
    assert not narrow.determined(frozenset({0}))
    assert narrow.span(frozenset({0}), WIDTH) == 3
