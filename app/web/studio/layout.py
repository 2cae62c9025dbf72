"""Where do boxes, links and their labels stand, so that nothing lies over anything else?

Pure: sizes in, places out, all in the same unit. The picture runs from top to bottom; a label has a layer of its own
between two layers of boxes, and links bend only in the room between layers. The same input gives the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.web.studio.layers import Cell, Layers, back_links, ordered, ranks

BETWEEN = 22.0
"""Room from one cell to the next in a layer."""
BEND = 22.0
"""Least room between two layers, in which links bend."""
STEEPEST = 11.0
"""A link that goes so many times further aside than down needs more room to bend."""
PORT = 16.0
"""Room between two links on the same side of a box, when the box is wide enough."""
ROUNDS = 160
HEAVY = 16.0
"""How much more a long link wants to be straight than to be short."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """Something to place. ``beside`` is the room kept free at its right, for what leads from it to itself."""

    id: str
    width: float
    height: float
    beside: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two different boxes, with the size of its label."""

    id: str
    source: str
    target: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Halfway from left to right."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Way:
    """A link as it runs from source to target. Of its ``points`` every two belong together: straight down (or up)
    within a pair, a bend between pairs. ``back`` when it leads up."""

    id: str
    points: tuple[Point, ...]
    label: Place
    back: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture."""

    width: float
    height: float
    boxes: Mapping[str, Place]
    ways: tuple[Way, ...]


@dataclass(slots=True)
class _Drawing:
    """What is known so far. ``chains`` are the cells of each link from its upper to its lower box."""

    cells: list[Cell]
    chains: list[list[int]]
    layers: Layers
    at: list[float]
    top: list[float]
    bottom: list[float]


def lay_out(boxes: Sequence[Box], links: Sequence[Link]) -> Layout:
    """Place everything; the first box is where one begins. Links must name boxes, and two different ones each."""
    if not boxes:
        return Layout(0.0, 0.0, {}, ())
    pairs = [(link.source, link.target) for link in links]
    names = [box.id for box in boxes]
    back = back_links(names, pairs)
    layer = ranks(names, pairs, back)
    cells, chains = _cells(boxes, links, layer)
    layers = ordered(cells)
    at = _across(cells, layers)
    top, bottom = _down(cells, layers, at)
    drawing = _Drawing(cells, chains, layers, at, top, bottom)
    return _told(boxes, links, drawing)


# Cells -----------------------------------------------------------------------------------------------------


def _cells(
    boxes: Sequence[Box], links: Sequence[Link], rank: Mapping[str, int]
) -> tuple[list[Cell], list[list[int]]]:
    cells = [
        Cell(box.id, 2 * rank[box.id], box.width / 2, box.width / 2 + box.beside, box.height, is_box=True)
        for box in boxes
    ]
    place = {box.id: number for number, box in enumerate(boxes)}
    chains = []
    for link in links:
        upper, lower = sorted((link.source, link.target), key=rank.__getitem__)
        first, last = 2 * rank[upper] + 1, 2 * rank[lower] - 1
        labelled = first if upper == link.source else last
        chain = [place[upper]]
        for row in range(first, last + 1):
            half = link.width / 2 if row == labelled else 0.0
            cells.append(Cell(link.id, row, half, half, link.height if row == labelled else 0.0))
            chain.append(len(cells) - 1)
        chain.append(place[lower])
        for one, other in pairwise(chain):
            cells[one].down.append(other)
            cells[other].up.append(one)
        chains.append(chain)
    return cells, chains


# Across ----------------------------------------------------------------------------------------------------


def _across(cells: Sequence[Cell], layers: Layers) -> list[float]:
    """The x of every cell: as near to what it hangs on as the order and the room between cells allow."""
    at = [0.0] * len(cells)
    for layer in layers:
        x = 0.0
        for cell in layer:
            at[cell] = x + cells[cell].left
            x = at[cell] + cells[cell].right + BETWEEN
    for turn in range(ROUNDS):
        rows = layers if turn % 2 == 0 else layers[::-1]
        for layer in rows:
            _settle(cells, layer, at)
    leftmost = min(at[place] - cell.left for place, cell in enumerate(cells))
    return [x - leftmost for x in at]


def _settle(cells: Sequence[Cell], layer: Sequence[int], at: list[float]) -> None:
    wanted, weights, offsets = [], [], [0.0]
    for place, cell in enumerate(layer):
        near = [*cells[cell].up, *cells[cell].down]
        pull = [HEAVY if not cells[cell].is_box and not cells[other].is_box else 1.0 for other in near]
        total = sum(pull)
        mean = sum(at[other] * weight for other, weight in zip(near, pull, strict=True))
        wanted.append(mean / total if total else at[cell])
        weights.append(total or 0.01)
        if place:
            offsets.append(offsets[-1] + cells[layer[place - 1]].right + cells[cell].left + BETWEEN)
    for cell, x in zip(layer, spaced(wanted, weights, offsets), strict=True):
        at[cell] = x


def spaced(wanted: Sequence[float], weights: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """The places nearest to ``wanted`` (least squares by weight) that keep the order and the room ``offsets`` ask.

    ``offsets`` counts from the first place. Pools neighbours that stand in each other's way.
    """
    pools: list[tuple[float, float, int]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        mean, total, count = want - offset, weight, 1
        while pools and pools[-1][0] > mean:
            other, more, many = pools.pop()
            mean = (mean * total + other * more) / (total + more)
            total, count = total + more, count + many
        pools.append((mean, total, count))
    means = [mean for mean, _, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


# Down ------------------------------------------------------------------------------------------------------


def _down(cells: Sequence[Cell], layers: Layers, at: Sequence[float]) -> tuple[list[float], list[float]]:
    """The top and bottom of every layer; links that go far aside get more room to bend."""
    top, bottom, y = [], [], 0.0
    for layer in layers:
        top.append(y)
        y += max((cells[cell].height for cell in layer), default=0.0)
        bottom.append(y)
        aside = max((abs(at[cell] - at[other]) for cell in layer for other in cells[cell].down), default=0.0)
        y += max(BEND, min(aside / STEEPEST, 2 * BEND))
    return top, bottom


# Ways ------------------------------------------------------------------------------------------------------


def _told(boxes: Sequence[Box], links: Sequence[Link], drawing: _Drawing) -> Layout:
    placed = {}
    for number, box in enumerate(boxes):
        layer = drawing.cells[number].layer
        x, y = drawing.at[number] - box.width / 2, drawing.top[layer]
        placed[box.id] = Place(x, y, box.width, box.height)
    lower_ports = _ports(boxes, drawing, downward=True)
    upper_ports = _ports(boxes, drawing, downward=False)
    ways = tuple(
        _way(link, drawing, chain, (lower_ports[chain[0], chain[1]], upper_ports[chain[-1], chain[-2]]))
        for link, chain in zip(links, drawing.chains, strict=True)
    )
    width = max(drawing.at[place] + cell.right for place, cell in enumerate(drawing.cells))
    return Layout(width, drawing.bottom[-1], placed, ways)


def _ports(boxes: Sequence[Box], drawing: _Drawing, *, downward: bool) -> dict[tuple[int, int], float]:
    """Where each link leaves a box: straight under (or above) where it goes, as far as there is room."""
    found: dict[tuple[int, int], float] = {}
    for number, box in enumerate(boxes):
        cell = drawing.cells[number]
        others = sorted(cell.down if downward else cell.up, key=lambda other: drawing.at[other])
        if not others:
            continue
        room = box.width - 2 * PORT
        step = min(PORT, room / max(len(others) - 1, 1))
        left, right = drawing.at[number] - room / 2, drawing.at[number] + room / 2
        wanted = [min(max(drawing.at[other], left), right) for other in others]
        places = spaced(wanted, [1.0] * len(others), [step * place for place in range(len(others))])
        shift = max(left - places[0], 0.0) + min(right - places[-1], 0.0)
        found.update({(number, other): x + shift for other, x in zip(others, places, strict=True)})
    return found


def _way(link: Link, drawing: _Drawing, chain: Sequence[int], ports: tuple[float, float]) -> Way:
    first, last = drawing.cells[chain[0]], drawing.cells[chain[-1]]
    points: list[Point] = [
        (ports[0], drawing.top[first.layer] + first.height),
        (ports[0], drawing.bottom[first.layer]),
    ]
    label = Place(0.0, 0.0, 0.0, 0.0)
    for place in chain[1:-1]:
        cell, x = drawing.cells[place], drawing.at[place]
        top, bottom = drawing.top[cell.layer], drawing.bottom[cell.layer]
        points += [(x, top), (x, bottom)]
        if cell.height or cell.left:
            label = Place(x - cell.left, (top + bottom - cell.height) / 2, link.width, link.height)
    points += [(ports[1], drawing.top[last.layer]), (ports[1], drawing.top[last.layer])]
    back = first.key != link.source
    return Way(link.id, tuple(reversed(points) if back else points), label, back)
