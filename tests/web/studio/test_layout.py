"""Nothing in a picture lies over anything else, every link runs from its box to its box, and it is always the same."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.web.studio.layers import Cell, back_links, crossings, ordered, ranks
from app.web.studio.layout import Box, Layout, Link, Place, lay_out, spaced

AIR = 0.5


def box(name: str, width: float = 170, height: float = 70, beside: float = 0) -> Box:
    return Box(name, width, height, beside)


def link(source: str, target: str, number: int = 0) -> Link:
    return Link(f"{source}>{target}:{number}", source, target, 90, 20)


def apart(one: Place, other: Place) -> bool:
    return (
        one.x + one.width <= other.x + AIR
        or other.x + other.width <= one.x + AIR
        or one.y + one.height <= other.y + AIR
        or other.y + other.height <= one.y + AIR
    )


def sound(boxes: list[Box], links: list[Link], found: Layout) -> None:
    """What every picture keeps to."""
    beside = {item.id: item.beside for item in boxes}
    taken = [
        Place(place.x, place.y, place.width + beside[ref], place.height) for ref, place in found.boxes.items()
    ]
    labels = [way.label for way in found.ways]
    for one, other in combinations([*taken, *labels], 2):
        assert apart(one, other), (one, other)
    for place in [*taken, *labels]:
        assert place.x >= -AIR
        assert place.x + place.width <= found.width + AIR
        assert -AIR <= place.y <= place.y + place.height <= found.height + AIR
    assert [way.id for way in found.ways] == [item.id for item in links]
    for way, asked in zip(found.ways, links, strict=True):
        on_edge(way.points[0], found.boxes[asked.source])
        on_edge(way.points[-1], found.boxes[asked.target])
        assert (way.label.width, way.label.height) == (asked.width, asked.height)
        straight_past(way.points, taken)


def on_edge(point: tuple[float, float], place: Place) -> None:
    x, y = point
    assert place.x <= x <= place.x + place.width
    assert min(abs(y - place.y), abs(y - place.y - place.height)) < AIR


def straight_past(points: tuple[tuple[float, float], ...], taken: list[Place]) -> None:
    """Inside the height of a box a link runs straight, and not through it."""
    for (x, top), (_, bottom) in list(pairwise(points))[::2]:
        low, high = sorted((top, bottom))
        for place in taken:
            if low < place.y + place.height - AIR and high > place.y + AIR:
                assert not place.x + AIR < x < place.x + place.width - AIR


NAMES = [f"s{number}" for number in range(12)]


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40),
    st.lists(st.floats(20, 160), min_size=12, max_size=12),
)
def test_nothing_overlaps_whatever_the_process(
    many: int, pairs: list[tuple[int, int]], heights: list[float]
) -> None:
    boxes = [box(NAMES[number], height=heights[number], beside=number % 3 * 40) for number in range(many)]
    links = [
        link(NAMES[source], NAMES[target], number)
        for number, (source, target) in enumerate(pairs)
        if source != target and max(source, target) < many
    ]
    found = lay_out(boxes, links)
    sound(boxes, links, found)
    assert lay_out(boxes, links) == found


def test_a_line_of_states_stands_straight_below_one_another() -> None:
    boxes = [box("a"), box("b"), box("c")]
    found = lay_out(boxes, [link("a", "b"), link("b", "c")])
    assert {round(place.middle, 3) for place in found.boxes.values()} == {85.0}
    assert found.boxes["a"].y < found.boxes["b"].y < found.boxes["c"].y
    assert not any(way.back for way in found.ways)


def test_what_leads_back_runs_up_and_the_start_stays_on_top() -> None:
    boxes = [box("a"), box("b"), box("c")]
    found = lay_out(boxes, [link("a", "b"), link("b", "c"), link("c", "a")])
    assert [way.back for way in found.ways] == [False, False, True]
    assert found.boxes["a"].y == 0
    first, last = found.ways[2].points[0], found.ways[2].points[-1]
    assert first[1] > last[1]


def test_links_between_the_same_boxes_have_places_of_their_own() -> None:
    found = lay_out([box("a"), box("b")], [link("a", "b", 1), link("a", "b", 2), link("b", "a", 3)])
    assert len({way.points[0][0] for way in found.ways}) == 3
    sound([box("a"), box("b")], [link("a", "b", 1), link("a", "b", 2), link("b", "a", 3)], found)


def test_a_crossing_that_can_be_avoided_is_avoided() -> None:
    boxes = [box(name) for name in ("a", "b", "c", "d", "e")]
    cells = [
        Cell("a", 0, 1, 1, 1),
        *(Cell(name, 1, 1, 1, 1) for name in "bc"),
        *(Cell(name, 2, 1, 1, 1) for name in "de"),
    ]
    for one, other in ((0, 1), (0, 2), (1, 4), (2, 3)):
        cells[one].down.append(other)
        cells[other].up.append(one)
    assert crossings(cells, ordered(cells)) == 0
    found = lay_out(boxes, [link("a", "b"), link("a", "c"), link("b", "e"), link("c", "d")])
    assert (found.boxes["b"].x < found.boxes["c"].x) == (found.boxes["e"].x < found.boxes["d"].x)


def test_a_state_nothing_leads_to_stands_just_above_what_follows() -> None:
    pairs = [("a", "b"), ("b", "c"), ("lost", "c")]
    nodes = ["a", "b", "c", "lost"]
    assert ranks(nodes, pairs, back_links(nodes, pairs)) == {"a": 0, "b": 1, "c": 2, "lost": 1}


def test_nothing_to_draw_is_no_picture() -> None:
    assert lay_out([], []) == Layout(0.0, 0.0, {}, ())


@pytest.mark.parametrize(
    ("wanted", "found"),
    [([0.0, 50.0], [0.0, 50.0]), ([10.0, 10.0], [0.0, 20.0]), ([30.0, 0.0, 100.0], [5.0, 25.0, 100.0])],
)
def test_places_give_way_evenly_and_no_further_than_they_must(
    wanted: list[float], found: list[float]
) -> None:
    assert spaced(wanted, [1.0] * len(wanted), [20.0 * place for place in range(len(wanted))]) == found


def test_a_long_chain_is_no_trouble() -> None:
    boxes = [box(f"s{number}") for number in range(1500)]
    links = [link(f"s{number}", f"s{number + 1}") for number in range(1499)]
    pairs = [(item.source, item.target) for item in links]
    names = [item.id for item in boxes]
    assert back_links(names, [*pairs, ("s1499", "s0")]) == {1499}
