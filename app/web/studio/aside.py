"""What stands beside the picture of a process: buttons of every state, terms of the whole case, how to read it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.definitions.model.workflows import State, Workflow
from app.texts import say
from app.web.studio.flows import deadline_words
from app.web.studio.measure import width_of, wrapped
from app.web.studio.transitions import Transition

SIZE, TITLE, LINE, GAP = 13.0, 13.0, 30.0, 28.0
ARROW, PILL_PAD, MOST = 34.0, 10.0, 340.0


@dataclass(frozen=True, slots=True)
class Exit:
    """A button of every state, and the state it leads to when it leads anywhere."""

    label: str
    to: State | None


@dataclass(frozen=True, slots=True)
class Aside:
    """``only``: the states that nothing but a button of every state leads to; they stand here, not in the picture."""

    exits: tuple[Exit, ...]
    limits: tuple[str, ...]
    only: frozenset[str]
    kinds: tuple[str, ...]

    @property
    def least_width(self) -> float:
        """Less would cut a line."""
        return max([240.0, *(_exit_width(item) for item in self.exits)])

    def draw(self, x: float, y: float, width: float, anchor: str) -> tuple[Markup, float]:
        """The markup from the top left corner on, and its height."""
        blocks = [self._exits(anchor), self._limits(), self._legend()]
        drawn, at, row, below = Markup(""), 0.0, 0.0, 0.0
        for block in blocks:
            if block is None:
                continue
            inner, wide, high = block
            if at and at + wide > width:
                at, row = 0.0, below + GAP / 2
            drawn += Markup('<g transform="translate({:.0f} {:.0f})">{}</g>').format(x + at, y + row, inner)
            at, below = at + wide + GAP, max(below, row + high)
        rule = Markup('<path class="diagram-rule" d="M{:.0f} {:.0f}h{:.0f}"/>').format(x, y - 12.0, width)
        return Markup('<g class="diagram-aside">{}{}</g>').format(rule, drawn), below

    def _exits(self, anchor: str) -> tuple[Markup, float, float] | None:
        if not self.exits:
            return None
        drawn, y = _title(say("studio_trial.picture.anywhere")), 26.0
        for item in self.exits:
            drawn += _exit(item, y, anchor)
            y += LINE
        return drawn, max(180.0, *(_exit_width(item) for item in self.exits)), y

    def _limits(self) -> tuple[Markup, float, float] | None:
        if not self.limits:
            return None
        drawn, y = _title(say("studio_trial.picture.limits")), 26.0
        lines = [part for line in self.limits for part in wrapped(line, MOST, SIZE)]
        for line in lines:
            drawn += Markup('<text class="diagram-task" x="0" y="{:.0f}">{}</text>').format(y + SIZE, line)
            y += SIZE * 1.5
        return drawn, max(220.0, *(width_of(line, SIZE) for line in lines)), y

    def _legend(self) -> tuple[Markup, float, float]:
        drawn, y = _title(say("studio_trial.picture.legend")), 26.0
        for kind in self.kinds:
            drawn += Markup(
                '<g class="diagram-arrow diagram-arrow--{}"><path class="diagram-line" d="M0 {}h24"/>'
                '<path class="diagram-head" d="M32 {}l-8 -4v8z"/></g><text class="diagram-task" x="42" y="{}">{}</text>'
            ).format(kind, y + 8, y + 8, y + SIZE, say(f"studio_trial.picture.legend.{kind}"))
            y += SIZE * 1.5
        return drawn, 240.0, y


def aside_of(workflow: Workflow, arrows: Sequence[Transition]) -> Aside:
    """What to say beside the picture with these arrows."""
    led_to = {workflow.start, *(item.target for item in arrows if not item.stays)}
    exits = tuple(Exit(action.label, workflow.states.get(action.to)) for action in workflow.anywhere.values())
    only = {item.to.id for item in exits if item.to is not None and _is_bare(item.to, arrows)} - led_to
    limits = tuple(
        say(
            "studio_trial.picture.limit",
            label=limit.label or limit.id,
            deadline=deadline_words(limit.deadline),
        )
        for limit in workflow.limits
    )
    kinds = [
        kind for kind in ("button", "itself") if kind == "button" or any(item.by == kind for item in arrows)
    ]
    return Aside(exits, limits, frozenset(only), (*kinds, "back"))


def _is_bare(state: State, arrows: Sequence[Transition]) -> bool:
    """Nothing leads on from it, so that it can stand apart."""
    return all(item.source != state.id for item in arrows)


def _title(text: str) -> Markup:
    return Markup('<text class="diagram-name" x="0" y="{}">{}</text>').format(TITLE, text)


def _pill_width(state: State) -> float:
    return width_of(state.label, SIZE, bold=True) + 2 * PILL_PAD


def _exit_width(item: Exit) -> float:
    return width_of(item.label, SIZE) + (ARROW + 12.0 + _pill_width(item.to) if item.to is not None else 0.0)


def _exit(item: Exit, y: float, anchor: str) -> Markup:
    drawn = Markup('<text class="diagram-task" x="0" y="{:.0f}">{}</text>').format(y + SIZE, item.label)
    if item.to is None:
        return drawn
    x = width_of(item.label, SIZE) + 6.0
    drawn += Markup(
        '<g class="diagram-arrow diagram-arrow--button"><path class="diagram-line" d="M{x:.0f} {y:.0f}h{w:.0f}"/>'
        '<path class="diagram-head" d="M{t:.0f} {y:.0f}l-8 -4v8z"/></g>'
    ).format(x=x, y=y + 8.0, w=ARROW - 8.0, t=x + ARROW)
    kind = " diagram-state--end" if item.to.end else ""
    pill = Markup(
        '<g class="diagram-state{}"><rect x="{:.0f}" y="{:.0f}" width="{:.0f}" height="24" rx="12"/>'
        '<text class="diagram-name" x="{:.0f}" y="{:.0f}">{}</text></g>'
    ).format(
        kind,
        x + ARROW + 2.0,
        y - 4.0,
        _pill_width(item.to),
        x + ARROW + 2.0 + PILL_PAD,
        y + SIZE,
        item.to.label,
    )
    link = Markup('<a href="{}{}">{}</a>').format(anchor, item.to.id, pill) if anchor else pill
    return drawn + link
