"""What does an example of a form ask to be played, and what does a play say in the words of ``expect:``?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Example
from app.engine.model.people import World
from app.engine.playing import BESIDE_THE_FORM, Act, Play
from app.engine.simulate import played


@dataclass(frozen=True, slots=True)
class Script:
    """What is handed in, when (local, naive), and what is pressed afterwards."""

    answers: Mapping[str, object]
    at: datetime
    acts: tuple[Act, ...] = ()

    def play(self, catalog: Catalog, form: str, world: World) -> Play:
        """Play it. Raises ``KeyError`` for an unknown form or one without a workflow."""
        return played(catalog, form, self.answers, self.at, world=world, acts=self.acts)


def script_of(example: Example) -> Script:
    """Raises ``ValueError`` for a moment that is none, ``TypeError`` for answers of an act that are no mapping."""
    return Script(example.answers, moment_of(example.at), tuple(_act(act) for act in example.act))


def moment_of(text: str) -> datetime:
    """A local time as an author writes it. Raises ``ValueError``."""
    return datetime.fromisoformat(text).replace(tzinfo=None)


def found_in(play: Play) -> dict[str, object]:
    """What happened, by the keys of ``expect:``."""
    told = play.lines
    return {
        "contact_point": told.first.contact_point if told.first else None,
        "person": told.first.account if told.first else None,
        "rule": told.first.why.rule if told.first else None,
        "deadline": told.tasks[0]["due"] if told.tasks else None,
        "limits": {str(line["limit"]): line["due"] for line in told.limits},
        "states": [line["state"] for line in told.states],
        "errors": [(line["field"], line["code"]) for line in told.errors],
        "messages": [line["message"] for line in told.messages],
    }


def _act(act: Mapping[str, object]) -> Act:
    answers = act.get("answers", {})
    if not isinstance(answers, Mapping):
        raise TypeError("answers")
    beside = {name: value for name, value in act.items() if name in BESIDE_THE_FORM}
    return Act(str(act.get("action", "")), moment_of(str(act.get("at", ""))), {**answers, **beside})
