"""What is a campaign, once checked: who is reached from a list, how often, by whom, and what then?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Field, Form
from app.definitions.model.source import NOWHERE, Span
from app.definitions.model.workflows import Duration

NO_WORDS: Mapping[str, str] = MappingProxyType({})
NO_PERIODS: Mapping[str, Duration] = MappingProxyType({})


class Way(StrEnum):
    """How somebody is reached first."""

    PHONE = "phone"
    VISIT = "visit"


class Then(StrEnum):
    """What comes when the last attempt reached nobody."""

    LETTER = "letter"
    VISIT = "visit"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ContactList:
    """The list itself. ``form`` holds its columns as fields, under the list's own legal basis; ``delete`` counts from
    the end of the campaign; ``source`` is who gives the list."""

    form: Form
    source: str
    delete: Duration

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns in order."""
        return tuple(self.form.fields())


@dataclass(frozen=True, slots=True)
class OptOuts:
    """Outcomes after which nobody is contacted any more: they do not want it, or they died."""

    refused: tuple[str, ...] = ()
    deceased: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batches:
    """``of`` contacts at most in one batch, for people with a role in ``to``; ``sees`` are the columns they read.
    ``pairs``: two people go together."""

    of: int
    to: tuple[str, ...]
    sees: tuple[str, ...]
    pairs: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """``outcome`` asks for another moment: the date field ``on`` of the sheet says which day, the choice ``part`` which
    part of it (``am``, ``pm``, ``evening`` by the place of its options)."""

    outcome: str
    on: str
    part: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempts:
    """``retry`` are the outcomes that reached nobody: tried again at most ``at_most`` times in all."""

    at_most: int
    retry: tuple[str, ...]
    not_before: Duration | None = None
    other_part_of_day: bool = False
    then: Then = Then.NOTHING
    later: Later | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """Whoever chose an option of field ``every`` is contacted again after its period. ``once``: options that ask for
    one more time; ``weeks`` a number field that says after how many. ``same`` is a yes-or-no field: by the same
    person. ``refusals`` are outcomes of a later contact; after ``stop_after`` of them it stops."""

    every: str
    periods: Mapping[str, Duration] = field(default_factory=lambda: NO_PERIODS)
    once: tuple[str, ...] = ()
    weeks: str = ""
    same: str = ""
    refusals: tuple[str, ...] = ()
    stop_after: int = 2


@dataclass(frozen=True, slots=True)
class CampaignLetter:
    """A letter, before the first attempt or after the last. ``wait``: nobody is tried before so long after it."""

    id: str
    before: bool
    subject: str
    text: str
    wait: Duration | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Campaign:
    """A whole campaign. ``sheet`` is the form of one attempt and ``outcome`` its field that says how it went; ``talk``
    are the outcomes after which the rest of the sheet is asked.

    ``fills``: field of the sheet -> column of the list. ``sets``: field of the sheet -> the option it always has here.
    ``opens``: forms offered after a talk. ``next_round``: who comes first in a following round;
    ``asked``: which talks brought a question.
    """

    id: str
    title: str
    controller: str
    sheet: str
    outcome: str
    talk: tuple[str, ...]
    contacts: ContactList
    batches: Batches
    attempts: Attempts
    way: Way = Way.PHONE
    intro: str = ""
    target: str = ""
    opt_outs: OptOuts = OptOuts()
    recurring: Recurring | None = None
    letters: Mapping[str, CampaignLetter] = field(default_factory=lambda: MappingProxyType({}))
    fills: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    sets: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    opens: tuple[str, ...] = ()
    next_round: Condition | None = None
    asked: Condition | None = field(default=None, metadata={"later": True})
    starts: date | None = None
    ends: date | None = None
    span: Span = NOWHERE

    def letter(self, *, before: bool) -> CampaignLetter | None:
        """The letter before the first attempt, or the one after the last."""
        return next((item for item in self.letters.values() if item.before is before), None)

    def meaning(self, means: str) -> Field | None:
        """The column that stands for ``means`` (``resident.name``), or ``None``."""
        return self.contacts.form.meaning(means)

    def ending(self, outcomes: Iterator[str] | tuple[str, ...]) -> tuple[str, ...]:
        """Those of ``outcomes`` that end it without anything more: no talk, no new attempt, no opt-out."""
        more = {*self.talk, *self.attempts.retry, *self.opt_outs.refused, *self.opt_outs.deceased}
        if self.attempts.later is not None:
            more.add(self.attempts.later.outcome)
        return tuple(item for item in outcomes if item not in more)
