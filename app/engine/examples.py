"""What does an example of a form ask to be played, and what does a play say in the words of ``expect:``?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Example, Form
from app.engine.calendar import local
from app.engine.judge import judge
from app.engine.model.people import World
from app.engine.playing import BESIDE_THE_FORM, Act, Play
from app.engine.simulate import played
from app.engine.values import read_json


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


def errors_of(form: Form, example: Example, world: World) -> list[tuple[str, str]]:
    """What is wrong with the answers of an example alone: field and code. Raises ``ValueError`` for a moment that is
    none."""
    at = moment_of(example.at).replace(tzinfo=world.calendar.zone)
    given = read_json(form, example.answers)
    found = judge(
        form, given, local(world.calendar, at), neighbourhoods=world.staffing.neighbourhoods or None
    )
    return [(error.field, error.code) for error in found.errors]


def _act(act: Mapping[str, object]) -> Act:
    answers = act.get("answers", {})
    if not isinstance(answers, Mapping):
        raise TypeError("answers")
    beside = {name: value for name, value in act.items() if name in BESIDE_THE_FORM}
    renew = act.get("renew", ())
    return Act(
        str(act.get("action", "")),
        moment_of(str(act.get("at", ""))),
        {**answers, **beside},
        withdraw=str(act.get("withdraw", "")),
        renew=tuple(map(str, renew)) if isinstance(renew, list | tuple) else (str(renew),),
        until=date.fromisoformat(str(act["until"])) if "until" in act else None,
    )
