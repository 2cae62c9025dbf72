"""What was put into a trial so far, carried in the page itself.

Nothing of a trial is stored: the page holds everything that was filled in, pressed and waited for, signed, and every
step plays it again from the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from app.definitions.model.catalog import Catalog
from app.engine.examples import Script
from app.engine.model.people import World
from app.engine.playing import Act, Play, begin, pass_time, press
from app.services.errors import Invalid
from app.web import signing

MOST_SIGNED = 200_000
MOST_STEPS = 200
GONE, TOO_LONG = "trial_gone", "trial_too_long"


@dataclass(frozen=True, slots=True)
class Step:
    """A press at a local time, or only time that passed until then (``action`` empty)."""

    at: str
    action: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything put in. ``working``: with the working copy; ``made_up``: before invented staff."""

    form: str
    working: bool
    made_up: bool
    at: str
    answers: Mapping[str, Any]
    steps: tuple[Step, ...] = ()

    @property
    def now(self) -> datetime:
        """The local time it is in the trial."""
        return datetime.fromisoformat(self.steps[-1].at if self.steps else self.at)

    def then(self, step: Step) -> Trial:
        """One step further. Raises ``Invalid`` when there were too many."""
        if len(self.steps) >= MOST_STEPS:
            raise Invalid(TOO_LONG)
        return replace(self, steps=(*self.steps, step))

    def back(self) -> Trial:
        """Without the last step."""
        return replace(self, steps=self.steps[:-1])

    def script(self) -> Script:
        """What an example of it says: time that passes by itself is not in it."""
        acts = tuple(
            Act(step.action, datetime.fromisoformat(step.at), step.answers)
            for step in self.steps
            if step.action
        )
        return Script(self.answers, datetime.fromisoformat(self.at), acts)

    def play(self, catalog: Catalog, world: World) -> Play:
        """Play it all, up to the time it is."""
        play = begin(catalog, self.form, self.answers, datetime.fromisoformat(self.at), world=world)
        for step in self.steps:
            at = play.utc(datetime.fromisoformat(step.at))
            pass_time(play, at)
            if step.action:
                press(play, Act(step.action, datetime.fromisoformat(step.at), step.answers), at)
        return play


def signed(trial: Trial) -> str:
    """The trial as a text only we can make. Raises ``Invalid`` when it grew too large."""
    text = str(_serializer().dumps(asdict(trial)))
    if len(text) > MOST_SIGNED:
        raise Invalid(TOO_LONG)
    return text


def opened(text: str) -> Trial:
    """The trial again. Raises ``Invalid`` for anything we did not sign."""
    if len(text) > MOST_SIGNED:
        raise Invalid(GONE)
    try:
        found = _serializer().loads(text)
        steps = tuple(Step(**step) for step in found.pop("steps"))
        return Trial(**found, steps=steps)
    except (BadSignature, TypeError, KeyError, AttributeError):
        raise Invalid(GONE) from None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(signing.accepted(), salt="trial")
