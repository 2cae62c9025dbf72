"""Where does each bar of a bar chart stand? Geometry only; the template draws it without inline style or script."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.reports.figures import Table

WIDTH = 620
LABEL = 250
ROW = 30
BAR = 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in SVG units. ``hidden``: the count is suppressed, drawn as a dashed stub of no meaningful length."""

    label: str
    text: str
    y: int
    width: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A horizontal bar chart; ``label`` is the width kept for the words at the left."""

    width: int
    height: int
    label: int
    bar: int
    bars: tuple[Bar, ...]


def chart(table: Table) -> Chart:
    """Draw a table; the longest bar takes the room there is."""
    most = max((cell.count or 0 for cell in table.cells), default=0) or 1
    room = WIDTH - LABEL - 50
    bars = tuple(
        Bar(
            label=cell.label,
            text="" if cell.count is None else str(cell.count),
            y=place * ROW,
            width=12 if cell.count is None else round(room * cell.count / most),
            hidden=cell.count is None,
        )
        for place, cell in enumerate(table.cells)
    )
    return Chart(WIDTH, ROW * len(bars), LABEL, BAR, bars)
