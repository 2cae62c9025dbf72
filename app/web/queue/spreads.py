"""How is the spread of an item drawn: one bar a round or group, a piece for each option, as wide as it was said?

Geometry only; the template draws it without inline style or script, with the table beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from app.engine.rounds import Item, Remarks, Spread
from app.services.cases.round_results import RoundView
from app.texts import say

WIDTH, LABEL, ROW, BAR = 620, 150, 30, 20


@dataclass(frozen=True, slots=True)
class Piece:
    """One option in a bar, in SVG units; ``tone`` numbers its colour from 1."""

    x: int
    width: int
    text: str
    tone: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a picture and of the table beside it. ``spread`` is ``None`` where it is hidden."""

    label: str
    y: int
    spread: Spread | None
    pieces: tuple[Piece, ...]
    middle: str
    range: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One item: its bars of this round (all, then each group), and those of the rounds before it."""

    item: Item
    bars: tuple[Bar, ...]
    series: tuple[Bar, ...]

    @property
    def shown(self) -> bool:
        """Whether anything of this round may be shown."""
        return any(bar.spread is not None for bar in self.bars)

    @property
    def compared(self) -> bool:
        """Whether there is a round to compare."""
        return any(bar.spread is not None for bar in self.series)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the form."""

    title: str
    items: tuple[Drawn, ...]
    remarks: tuple[Remarks, ...]


def drawn(view: RoundView) -> tuple[Part, ...]:
    """The results in the order of the form."""
    found = view.results
    titles = dict.fromkeys([*(one.section for one in found.items), *(one.section for one in found.remarks)])
    by_title = {title: list(items) for title, items in groupby(found.items, key=lambda one: one.section)}
    return tuple(
        Part(
            title,
            tuple(_drawn(view, item) for item in by_title.get(title, ())),
            tuple(one for one in found.remarks if one.section == title),
        )
        for title in titles
    )


def _drawn(view: RoundView, item: Item) -> Drawn:
    lines = [(say("asks.results.all"), item.whole)]
    lines += [(view.groups[group], spread) for group, spread in item.groups.items()]
    series: list[tuple[str, Spread | None]] = []
    for one in view.series if len(view.series) > 1 else ():
        then = one.results.item(item.id)
        alike = then is not None and list(then.options) == list(item.options)
        series.append((f"{one.at:%d/%m/%Y}", then.whole if then is not None and alike else None))
    return Drawn(item, tuple(_bars(item, lines)), tuple(_bars(item, series)))


def _bars(item: Item, lines: list[tuple[str, Spread | None]]) -> Iterator[Bar]:
    for place, (label, spread) in enumerate(lines):
        shown = spread is not None and spread.n > 0
        pieces = tuple(_pieces(spread)) if spread is not None and shown else ()
        yield Bar(
            label, place * ROW, spread if shown else None, pieces, _middle(item, spread), _range(item, spread)
        )


def _pieces(spread: Spread) -> Iterator[Piece]:
    total, at = sum(spread.counts), 0
    room = WIDTH - LABEL
    so_far = 0
    for tone, count in enumerate(spread.counts, 1):
        so_far += count
        end = round(room * so_far / total) if total else 0
        if count:
            yield Piece(LABEL + at, end - at, str(count), (tone - 1) % 6 + 1)
        at = end


def _middle(item: Item, spread: Spread | None) -> str:
    if spread is None or spread.middle is None:
        return ""
    low, high = (_word(item, value) for value in spread.middle)
    return low if low == high else say("asks.results.between", low=low, high=high)


def _range(item: Item, spread: Spread | None) -> str:
    if spread is None or spread.lowest is None or spread.highest is None:
        return ""
    low, high = _word(item, spread.lowest), _word(item, spread.highest)
    return low if low == high else say("asks.results.between", low=low, high=high)


def _word(item: Item, value: object) -> str:
    labels = list(item.options.values())
    return labels[int(str(value))] if labels else str(value).replace(".", ",")
