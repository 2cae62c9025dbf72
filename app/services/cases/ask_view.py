"""What does a page show of the questions that are put to others? Words are ready to show, dates local."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.engine import values
from app.services.cases.case_view import AnswerSection
from app.services.cases.load_case import Loaded

OPEN = "open"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One who is asked. ``can_answer``: a colleague may fill it in for them; ``sections`` what they answered."""

    id: str
    name: str
    mail: str
    group: str
    answered: bool
    can_answer: bool
    sections: tuple[AnswerSection, ...] = ()


@dataclass(frozen=True, slots=True)
class AskLine:
    """A question as it was put. ``state``: open, closed, withdrawn. ``counted``: a round; ``names``: it is still known
    who was asked; ``groups``: id -> label; ``can_invite``: people may be added now."""

    id: str
    name: str
    question: str
    state: str
    due_on: date | None
    counted: bool
    at_least: int
    groups: Mapping[str, str]
    people: tuple[PersonLine, ...]
    can_invite: bool

    @property
    def answered(self) -> int:
        """How many answered."""
        return sum(person.answered for person in self.people)

    @property
    def going(self) -> bool:
        """Whether answers still come in."""
        return self.state == OPEN

    def of_group(self, group: str) -> tuple[int, int]:
        """How many of a group answered, and how many were asked."""
        mine = [person for person in self.people if person.group == group]
        return sum(person.answered for person in mine), len(mine)


def said_of(loaded: Loaded, wanted: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Label and words of what the case says at these fields."""
    answers, places = loaded.case.answers, loaded.pin.world.staffing.neighbourhoods
    form = loaded.pin.form
    for line in values.read_back(form, answers, "nl", roles=frozenset(), neighbourhoods=places):
        top = next((item.id for item in form.fields() if f"{line.id}.".startswith(f"{item.id}.")), "")
        if not line.silent and line.text and top in wanted:
            yield line.label, line.text
