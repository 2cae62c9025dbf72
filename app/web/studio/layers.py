"""In which layer, and where in its layer, does each box of a picture stand?

Boxes get the layer of the longest way to them; what leads back is set aside first. Links that pass a layer get a place
in it, so that nothing is ever drawn across a box. Within a layer the order is the one with the fewest crossings found.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SWEEPS = 16
MOST_SWAPPED = 600
"""Above so many cells neighbours are no longer tried in each other's place: the picture stays quick to draw."""

Pair = tuple[str, str]


@dataclass(slots=True)
class Cell:
    """A place in a layer: a box, the label of a link, or where a link passes. ``left`` and ``right`` are the room it
    takes on either side of where its links attach."""

    key: str
    layer: int
    left: float
    right: float
    height: float
    up: list[int] = field(default_factory=list)
    down: list[int] = field(default_factory=list)
    is_box: bool = False


Layers = list[list[int]]


def back_links(nodes: Sequence[str], links: Sequence[Pair]) -> frozenset[int]:
    """The places in ``links`` of those that lead back to where one came from, walking from the first node on."""
    onward: dict[str, list[int]] = {node: [] for node in nodes}
    for place, (source, _) in enumerate(links):
        onward[source].append(place)
    back: set[int] = set()
    done: set[str] = set()
    for root in nodes:
        way: dict[str, int] = {} if root in done else {root: 0}
        while way:
            here = next(reversed(way))
            if way[here] == len(onward[here]):
                done.add(here)
                del way[here]
                continue
            place = onward[here][way[here]]
            way[here] += 1
            target = links[place][1]
            if target in way:
                back.add(place)
            elif target not in done:
                way[target] = 0
    return frozenset(back)


def ranks(nodes: Sequence[str], links: Sequence[Pair], back: frozenset[int]) -> dict[str, int]:
    """The layer of each node: one below the lowest that leads to it; what nothing leads to stands over what follows."""
    forward = [link for place, link in enumerate(links) if place not in back]
    found = dict.fromkeys(nodes, 0)
    for _ in nodes:
        moved = False
        for source, target in forward:
            if found[target] <= found[source]:
                found[target] = found[source] + 1
                moved = True
        if not moved:
            break
    led_to = {target for _, target in forward}
    for node in nodes[1:]:
        below = [found[target] for source, target in forward if source == node]
        if node not in led_to and below:
            found[node] = min(below) - 1
    return found


# The order within a layer ----------------------------------------------------------------------------------


def ordered(cells: Sequence[Cell]) -> Layers:
    """Each layer's cells from left to right, with as few crossings as some sweeps up and down find."""
    layers: Layers = [[] for _ in range(1 + max((cell.layer for cell in cells), default=-1))]
    for place in _first_seen(cells):
        layers[cells[place].layer].append(place)
    best, fewest = [list(layer) for layer in layers], crossings(cells, layers)
    for sweep in range(SWEEPS):
        _sweep(cells, layers, downward=sweep % 2 == 0)
        if len(cells) <= MOST_SWAPPED:
            _swap_neighbours(cells, layers)
        found = crossings(cells, layers)
        if found < fewest:
            best, fewest = [list(layer) for layer in layers], found
    return best


def crossings(cells: Sequence[Cell], layers: Layers) -> int:
    """How often links cross."""
    return sum(_between(cells, upper, lower) for upper, lower in pairwise(layers))


def _first_seen(cells: Sequence[Cell]) -> list[int]:
    """All cells, each behind the one that leads to it."""
    seen: dict[int, None] = {}
    for root in sorted(range(len(cells)), key=lambda place: (cells[place].layer, place)):
        waiting = [root]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen[here] = None
                waiting += reversed(cells[here].down)
    return list(seen)


def _sweep(cells: Sequence[Cell], layers: Layers, *, downward: bool) -> None:
    """Move each cell to the middle of what it hangs on."""
    rows = range(1, len(layers)) if downward else range(len(layers) - 2, -1, -1)
    for row in rows:
        fixed = layers[row - 1 if downward else row + 1]
        places = {cell: place for place, cell in enumerate(fixed)}
        middles: dict[int, float] = {}
        for place, cell in enumerate(layers[row]):
            hangs = cells[cell].up if downward else cells[cell].down
            middles[cell] = sum(places[other] for other in hangs) / len(hangs) if hangs else float(place)
        layers[row].sort(key=middles.__getitem__)


def _swap_neighbours(cells: Sequence[Cell], layers: Layers) -> None:
    for row, layer in enumerate(layers):
        above = _places(layers, row - 1)
        below = _places(layers, row + 1)
        for place in range(len(layer) - 1):
            left, right = cells[layer[place]], cells[layer[place + 1]]
            now = _pair(left.up, right.up, above) + _pair(left.down, right.down, below)
            then = _pair(right.up, left.up, above) + _pair(right.down, left.down, below)
            if then < now:
                layer[place], layer[place + 1] = layer[place + 1], layer[place]


def _places(layers: Layers, row: int) -> Mapping[int, int]:
    return {cell: place for place, cell in enumerate(layers[row])} if 0 <= row < len(layers) else {}


def _pair(left: Sequence[int], right: Sequence[int], places: Mapping[int, int]) -> int:
    """Crossings between the links of two cells that stand in this order."""
    return sum(places[one] > places[other] for one in left for other in right)


def _between(cells: Sequence[Cell], upper: Sequence[int], lower: Sequence[int]) -> int:
    places = {cell: place for place, cell in enumerate(lower)}
    passed: list[int] = []
    found = 0
    for cell in upper:
        ends = sorted(places[other] for other in cells[cell].down)
        found += sum(len(passed) - bisect_right(passed, end) for end in ends)
        for end in ends:
            insort(passed, end)
    return found
