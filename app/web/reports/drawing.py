"""Where does each mark of a chart stand? Geometry only; the template draws it without inline style or script.

Nothing is told by colour alone: every mark has its number beside it, a line of its own has its own kind of dash, and
what is hidden is drawn as an open, dashed stub of no meaningful length.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.services.reports.frozen import Chart, ChartPoint

WIDTH, LABEL, ROW, BAR = 620, 250, 30, 18
HEIGHT, LEFT, TOP = 220, 30, 24
STUB = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar or point in SVG units; ``number`` is None where it is hidden or there is none."""

    label: str
    number: int | float | None
    hidden: bool
    x: int
    y: int
    width: int = 0


@dataclass(frozen=True, slots=True)
class Path:
    """A line between known points; ``dash`` tells the series apart."""

    label: str
    points: str
    dash: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole chart. ``kind``: bar, funnel or line; bars have ``marks`` alone."""

    kind: str
    width: int
    height: int
    label: int
    bar: int
    marks: tuple[Mark, ...]
    paths: tuple[Path, ...] = ()


def draw(chart: Chart) -> Drawing:
    """Place every mark; the largest number takes the room there is."""
    return _lines(chart) if chart.kind == "line" else _bars(chart)


def _most(chart: Chart) -> float:
    return max((point.value or 0 for one in chart.series for point in one.points), default=0) or 1


def _bars(chart: Chart) -> Drawing:
    room, most = WIDTH - LABEL - 110, _most(chart)
    several = len(chart.series) > 1
    marks: list[Mark] = []
    for at, point in enumerate(chart.series[0].points if chart.series else ()):
        for one in chart.series:
            found = one.points[at]
            label = f"{point.label}, {one.label}" if several else point.label
            width = STUB if found.hidden else round(room * (found.value or 0) / most)
            marks.append(Mark(label, found.value, found.hidden, LABEL, len(marks) * ROW, width))
    return Drawing(chart.kind, WIDTH, ROW * len(marks), LABEL, BAR, tuple(marks))


def _lines(chart: Chart) -> Drawing:
    most = _most(chart)
    count = max((len(one.points) for one in chart.series), default=1)
    step = (WIDTH - 2 * LEFT) / max(1, count - 1)
    marks: list[Mark] = []
    paths: list[Path] = []
    for number, one in enumerate(chart.series):
        found = [_point(point, round(LEFT + at * step), most) for at, point in enumerate(one.points)]
        marks += found
        paths += [Path(one.label, line, number % 3) for line in _between(found)]
    return Drawing(chart.kind, WIDTH, HEIGHT + 2 * TOP, 0, 0, tuple(marks), tuple(paths))


def _point(point: ChartPoint, x: int, most: float) -> Mark:
    y = TOP + HEIGHT - round(HEIGHT * (point.value or 0) / most)
    return Mark(point.label, point.value, point.hidden, x, y)


def _between(marks: list[Mark]) -> list[str]:
    """The stretches without a hidden point in them."""
    found: list[str] = []
    run: list[str] = []
    for mark in [*marks, None]:
        if mark is not None and mark.number is not None:
            run.append(f"{mark.x},{mark.y}")
            continue
        if len(run) > 1:
            found.append(" ".join(run))
        run = []
    return found
