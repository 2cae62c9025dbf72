"""How does a process look, as one picture to read and to print?

An SVG drawn here from the workflow alone: states with their task and deadline, arrows with what stands on the button.
Below it what holds in every state, and the terms of the whole case. Looks are classes of ``css/diagram.css``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.definitions.model.workflows import DeadlineKind, State, Workflow
from app.texts import say
from app.web.studio.aside import Aside, aside_of
from app.web.studio.flows import deadline_words
from app.web.studio.layout import Box, Layout, Link, Place, Point, Way, lay_out
from app.web.studio.measure import width_of, wrapped
from app.web.studio.transitions import By, Transition, transitions_of

BOX, PAD, LABEL_WIDTH, MARGIN = 172.0, 10.0, 124.0, 12.0
NAME, TASK, SMALL = 14.0, 13.0, 12.0
LEADING = 1.3
HEAD, START, TIE = 8.0, 30.0, 16.0
"""An arrow's head, the room above the first state, the width of an arrow that comes back."""
WIDE = 1.05
"""From this ratio of width to height on the picture is printed lying."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The texts of a box, broken into lines."""

    name: tuple[str, ...]
    task: tuple[str, ...]
    due: tuple[str, ...]

    @property
    def height(self) -> float:
        """The room they take, with a little air."""
        lines = len(self.name) * NAME + len(self.task) * TASK + len(self.due) * SMALL
        return lines * LEADING + 2 * PAD - 2.0


def draw(workflow: Workflow, *, anchor: str = "#stap-") -> Markup:
    """The picture. Each state links to ``anchor`` with its id behind it; without an anchor nothing is a link."""
    arrows = transitions_of(workflow)
    aside = aside_of(workflow, arrows)
    lines = {ref: _lines(workflow.states[ref]) for ref in workflow.states if ref not in aside.only}
    loops = {ref: [item for item in arrows if item.stays and item.source == ref] for ref in lines}
    links = [_link(item) for item in arrows if not item.stays]
    boxes = [_box(ref, lines[ref], loops[ref]) for ref in _start_first(workflow, lines)]
    layout = lay_out(boxes, links)
    by_id = {item.id: item for item in arrows}
    drawn = Markup("").join(
        [
            *(_arrow(way, by_id[way.id]) for way in layout.ways),
            *(_loop(layout.boxes[ref], items) for ref, items in loops.items() if items),
            _start(layout, workflow.start),
        ]
    )
    states = Markup("").join(
        _state(workflow.states[ref], place, lines[ref], anchor) for ref, place in layout.boxes.items()
    )
    return _frame(workflow, layout, (drawn, states), aside, anchor)


def _start_first(workflow: Workflow, lines: Iterable[str]) -> list[str]:
    return sorted(lines, key=lambda ref: ref != workflow.start)


def _frame(
    workflow: Workflow, layout: Layout, drawn: tuple[Markup, Markup], aside: Aside, anchor: str
) -> Markup:
    width = max(layout.width, aside.least_width) + 2 * MARGIN
    below = START + layout.height + 4 * MARGIN
    beside, height = aside.draw(MARGIN, below, width - 2 * MARGIN, anchor)
    total = below + height + MARGIN
    states, arrows = len(workflow.states), len(transitions_of(workflow)) + len(workflow.anywhere)
    return Markup(
        '<div class="diagram-frame" tabindex="0" role="region" aria-label="{label}">'
        '<svg class="diagram{wide}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
        'aria-label="{title}">'
        '<g role="img" aria-labelledby="{ref}-title {ref}-desc"><title id="{ref}-title">{title}</title>'
        '<desc id="{ref}-desc">{desc}</desc><g transform="translate({x} {y})">{arrows}</g></g>'
        '<g transform="translate({x} {y})">{states}</g>{aside}</svg></div>'
    ).format(
        label=say("studio_trial.picture"),
        wide=" diagram--wide" if width / total > WIDE else "",
        width=_n(width),
        height=_n(total),
        title=say("studio_trial.picture.title", title=workflow.title),
        desc=say("studio_trial.picture.desc", states=states, arrows=arrows),
        ref=f"beeld-{workflow.id}",
        x=_n(MARGIN + max(aside.least_width - layout.width, 0.0) / 2),
        y=_n(START + MARGIN),
        arrows=drawn[0],
        states=drawn[1],
        aside=beside,
    )


# Sizes -----------------------------------------------------------------------------------------------------


def _lines(state: State) -> Lines:
    room = BOX - 2 * PAD
    due = deadline_words(state.deadline) if state.deadline is not None else ""
    if state.deadline is not None and state.deadline.kind is DeadlineKind.NONE:
        due = say("studio_trial.picture.no_deadline")
    return Lines(
        name=wrapped(state.label, room, NAME, bold=True),
        task=wrapped(state.task, room, TASK),
        due=wrapped(due, room - TIE, SMALL) if due else (),
    )


def _box(ref: str, lines: Lines, loops: Sequence[Transition]) -> Box:
    beside = 0.0
    if loops:
        beside = TIE + 6.0 + max(_label_size(_label(item))[0] for item in loops)
    height = max(lines.height, sum(_label_size(_label(item))[1] for item in loops) + PAD)
    return Box(ref, BOX, height, beside)


def _link(item: Transition) -> Link:
    width, height = _label_size(_label(item))
    return Link(item.id, item.source, item.target, width, height)


def _label(item: Transition) -> tuple[str, ...]:
    return wrapped(item.label, LABEL_WIDTH, SMALL)


def _label_size(lines: Sequence[str]) -> tuple[float, float]:
    return max(width_of(line, SMALL) for line in lines) + 6.0, len(lines) * SMALL * LEADING + 4.0


# Marks -----------------------------------------------------------------------------------------------------


def _state(state: State, place: Place, lines: Lines, anchor: str) -> Markup:
    kind = " diagram-state--end" if state.end else ""
    radius = min(place.height / 2, 22.0) if state.end else 6.0
    inner = Markup('<g class="diagram-state{}"><rect x="{}" y="{}" width="{}" height="{}" rx="{}"/>').format(
        kind, _n(place.x), _n(place.y), _n(place.width), _n(place.height), _n(radius)
    )
    x, y = place.x + PAD, place.y + (place.height - lines.height) / 2 + PAD
    for texts, size, name in ((lines.name, NAME, "name"), (lines.task, TASK, "task")):
        drawn, y = _text(texts, (x, y), size, f"diagram-{name}")
        inner += drawn
    if lines.due:
        inner += _clock(x + 5.0, y + SMALL * LEADING / 2)
        inner += _text(lines.due, (x + TIE, y), SMALL, "diagram-due")[0]
    inner += Markup("</g>")
    return Markup('<a href="{}{}">{}</a>').format(anchor, state.id, inner) if anchor else inner


def _text(lines: Sequence[str], at: Point, size: float, name: str) -> tuple[Markup, float]:
    """Lines of text from the top left corner ``at`` on, and where the next one may begin."""
    x, y = at
    drawn = Markup("")
    for line in lines:
        drawn += Markup('<text class="{}" x="{}" y="{}">{}</text>').format(name, _n(x), _n(y + size), line)
        y += size * LEADING
    return drawn, y


def _clock(x: float, y: float) -> Markup:
    return Markup(
        '<g class="diagram-clock"><circle cx="{x}" cy="{y}" r="5"/><path d="M{x} {u}V{y}H{r}"/></g>'
    ).format(x=_n(x), y=_n(y), u=_n(y - 3.0), r=_n(x + 2.5))


def _arrow(way: Way, item: Transition) -> Markup:
    kind = "itself" if item.by is By.ITSELF else "back" if way.back or item.by is By.REOPENING else "button"
    return Markup('<g class="diagram-arrow diagram-arrow--{}">{}{}</g>').format(
        kind, _line(way.points), _words(_label(item), way.label.middle, way.label.y, way.label.width)
    )


def _line(points: Sequence[Point]) -> Markup:
    """A line through pairs of points, bent between the pairs, with a head at its end."""
    (x, y), *rest = points
    path, before = [f"M{_n(x)} {_n(y)}"], (x, y)
    tip = rest[-1]
    down = tip[1] > before[1]
    rest[-1] = (tip[0], tip[1] + (-HEAD if down else HEAD) * 0.75)
    for place, (x, y) in enumerate(rest):
        if place % 2 == 0 or x == before[0]:
            path.append(f"L{_n(x)} {_n(y)}")
        else:
            middle = _n((before[1] + y) / 2)
            path.append(f"C{_n(before[0])} {middle} {_n(x)} {middle} {_n(x)} {_n(y)}")
        before = (x, y)
    return Markup('<path class="diagram-line" d="{}"/>{}').format("".join(path), _head(tip, down=down))


def _head(tip: Point, *, down: bool) -> Markup:
    way = -HEAD if down else HEAD
    return Markup('<path class="diagram-head" d="M{} {}l-4 {}h8z"/>').format(_n(tip[0]), _n(tip[1]), _n(way))


def _words(lines: Sequence[str], middle: float, top: float, width: float) -> Markup:
    height = len(lines) * SMALL * LEADING + 4.0
    drawn = Markup('<rect class="diagram-ground" x="{}" y="{}" width="{}" height="{}" rx="3"/>').format(
        _n(middle - width / 2), _n(top), _n(width), _n(height)
    )
    for number, line in enumerate(lines):
        y = top + SMALL + 2.0 + number * SMALL * LEADING
        drawn += Markup('<text class="diagram-label" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            _n(middle), _n(y), line
        )
    return drawn


def _loop(place: Place, items: Sequence[Transition]) -> Markup:
    """What leaves a state and comes back to it: one arrow at its right, with all their labels."""
    right, middle = place.x + place.width, place.y + place.height / 2
    reach = min(place.height / 2 - 6.0, 16.0)
    drawn = Markup(
        '<g class="diagram-arrow diagram-arrow--back"><path class="diagram-line" d="M{r} {t}C{o} {t} {o} {b} {e} {b}"/>'
        '<path class="diagram-head" d="M{r} {b}l8 -4v8z"/>'
    ).format(
        r=_n(right), t=_n(middle - reach), b=_n(middle + reach), o=_n(right + TIE * 1.3), e=_n(right + 6.0)
    )
    labels = [_label(item) for item in items]
    top = middle - sum(_label_size(lines)[1] for lines in labels) / 2
    for lines in labels:
        drawn += _text(lines, (right + TIE + 4.0, top), SMALL, "diagram-label")[0]
        top += _label_size(lines)[1]
    return drawn + Markup("</g>")


def _start(layout: Layout, start: str) -> Markup:
    place = layout.boxes.get(start)
    if place is None:
        return Markup("")
    return Markup(
        '<g class="diagram-arrow" data-start="1"><circle class="diagram-head" cx="{}" cy="{}" r="6"/>{}</g>'
    ).format(
        _n(place.middle),
        _n(place.y - START + 8.0),
        _line([(place.middle, place.y - START + 8.0), (place.middle, place.y)]),
    )


def _n(number: float) -> str:
    """A number as SVG wants it: at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
