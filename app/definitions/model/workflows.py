"""What is a workflow, once checked?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.definitions.model.asking import Ask
from app.definitions.model.bonds import Link
from app.definitions.model.collecting import Collects
from app.definitions.model.consents import Withdrawn
from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Form, OptionList
from app.definitions.model.matching import Matching
from app.definitions.model.sessions import Sessions
from app.definitions.model.source import NOWHERE, Span
from app.definitions.model.tags import Tags
from app.definitions.model.terms import Deadline as Deadline
from app.definitions.model.terms import DeadlineKind as DeadlineKind
from app.definitions.model.terms import Duration as Duration
from app.definitions.model.terms import Escalation as Escalation
from app.definitions.model.terms import Reminder as Reminder
from app.definitions.model.terms import Unit as Unit

NO_STATES: Mapping[str, State] = MappingProxyType({})
LATER: Mapping[str, bool] = MappingProxyType({"later": True})
"""Of a part that the language got after municipalities had published: while it is not used it is in no hash."""


class TargetKind(StrEnum):
    """Where a route or sub-task ends."""

    CONTACT_POINT = "contact_point"
    ROW_COLUMN = "row_column"  # `to: row.contact_point` of the matched row
    PERSON_FIELD = "person_field"  # `to: row.wie`
    KEEP = "keep"  # `keep: contact_person`
    HOLDER = "holder"  # `to: holder`, a sub-task for the case's responsible person


@dataclass(frozen=True, slots=True)
class Target:
    """``name`` is a contact point id, a column, a field, or the kept relation."""

    kind: TargetKind
    name: str


@dataclass(frozen=True, slots=True)
class RouteRule:
    """One rule of ``route:``; ``condition`` None is ``otherwise``. First match wins.

    ``match`` is an expression giving a row (``worst(domeinen)``); a blank falls to the next rule.
    ``deadline`` and ``escalate`` replace those of the start state.
    """

    number: int
    condition: Condition | None
    target: Target
    unless: Condition | None = None
    match: Condition | None = None
    deadline: Deadline | None = None
    escalate: tuple[Escalation, ...] = ()
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class AlsoRule:
    """Opened with the case, under its one main contact: sub-tasks or sub-cases, one a row of ``each``.

    ``case`` is the workflow of the sub-case (``task`` is empty then); ``carry`` the blocks/fields it gets;
    ``print`` a document to hand over at once (``ontvangstbewijs``).
    """

    number: int
    each: str = ""
    condition: Condition | None = None
    target: Target | None = None
    task: str = ""
    deadline: Deadline | None = None
    escalate: tuple[Escalation, ...] = ()
    remind: tuple[Reminder, ...] = ()
    case: str = ""
    carry: tuple[str, ...] = ()
    print: str = ""
    consent: Condition | None = None  # a partner gets it only when this holds
    span: Span = NOWHERE
    partner: str = field(default="", metadata={"later": True})
    """With ``case``: the field that names the partner of the sub-case, of the row where there is one. The partner gets
    what the agreement in ``consent`` says it ``shares``, and only that."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A term of the whole case until mark ``until`` is set; going back never moves it."""

    id: str
    until: str
    deadline: Deadline
    label: str = ""
    statutory: bool = False
    remind: tuple[Reminder, ...] = ()
    escalate: tuple[Escalation, ...] = ()
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Again:
    """Repeat the task on press: at most n, never earlier than, on another part of the day; then state ``then``."""

    at_most: int
    then: str
    not_before: Duration | None = None
    other_part_of_day: bool = False


@dataclass(frozen=True, slots=True)
class Feedback:
    """Send message ``message`` to ``to`` (``referrer``, ``resident``, ``holder`` ...) if ``condition`` holds."""

    to: str
    message: str
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A gate on an action: the button shows ``message`` while ``condition`` does not hold."""

    condition: Condition
    message: str


@dataclass(frozen=True, slots=True)
class Action:
    """A button that moves a case. ``to`` empty means stay. ``by`` default: holder and substitutes.

    ``does`` names registered effects: block_content, recall_links, stop_messages, merge, cancel_tasks,
    invite_partner.
    """

    id: str
    label: str
    to: str = ""
    form: str = ""
    marks: tuple[str, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    again: Again | None = None
    by: tuple[str, ...] = ()
    does: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    reason: bool = False  # asks for a closing reason of the end state it goes to
    open_form: str = ""  # opens another form prefilled and linked (F02 -> F01)
    help: str = ""
    fills: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), metadata=LATER)
    """What the form it opens starts with: field of that form -> field of the case."""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Auto:
    """An automatic exit: on entry and after each change; ``after`` makes it timed. ``to`` empty is ``stay``."""

    to: str
    condition: Condition | None = None
    after: Duration | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """A recurring task while in the state, with its own ladder."""

    period: Duration
    task: str
    deadline: Deadline
    remind: tuple[Reminder, ...] = field(default=(), metadata={"later": True})
    escalate: tuple[Escalation, ...] = field(default=(), metadata={"later": True})


@dataclass(frozen=True, slots=True)
class ReasonEach:
    """Closing needs a reason per row of ``of`` for which ``condition`` holds."""

    of: str
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    """A closed case may be opened again ``within`` a duration of its closing, into state ``to``; never routed again."""

    within: Duration
    to: str


@dataclass(frozen=True, slots=True)
class State:
    """One state. A state without actions, auto and end cannot exist; a waiting state has a deadline."""

    id: str
    label: str
    shown_as: str = "bezig"  # ontvangen, bekeken, bezig, klaar
    task: str = ""
    deadline: Deadline | None = None
    remind: tuple[Reminder, ...] = ()
    escalate: tuple[Escalation, ...] = ()
    actions: Mapping[str, Action] = field(default_factory=lambda: MappingProxyType({}))
    auto: tuple[Auto, ...] = ()
    every: tuple[Every, ...] = ()
    end: bool = False
    reasons: OptionList | None = None
    reason_each: ReasonEach | None = None
    on_entry: tuple[Feedback, ...] = ()
    reopen: Reopen | None = None  # on an end state: `reopen: {within: 60 calendar days, to: heropend}`
    asks: tuple[Ask, ...] = field(default=(), metadata=LATER)
    withdrawn: tuple[Withdrawn, ...] = field(default=(), metadata=LATER)
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Message:
    """A text that leaves the house or appears for a referrer; knows ``{case.number}``, ``{holder.name}`` ..."""

    id: str
    to: str
    text: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Workflow:
    """A whole workflow; ``forms`` are those whose fields the expressions name; ``not_to`` is a person field."""

    id: str
    title: str
    forms: tuple[str, ...]
    start: str
    states: Mapping[str, State] = field(default_factory=lambda: NO_STATES)
    route: tuple[RouteRule, ...] = ()
    also: tuple[AlsoRule, ...] = ()
    limits: tuple[Limit, ...] = ()
    messages: Mapping[str, Message] = field(default_factory=lambda: MappingProxyType({}))
    anywhere: Mapping[str, Action] = field(default_factory=lambda: MappingProxyType({}))
    not_to: str = ""
    receipt: tuple[Feedback, ...] = ()  # sent at submission
    number: str = ""
    matching: Matching | None = field(default=None, metadata=LATER)
    sessions: Sessions | None = field(default=None, metadata=LATER)
    links: tuple[Link, ...] = field(default=(), metadata=LATER)
    collects: Collects | None = field(default=None, metadata=LATER)
    tags: Tags | None = field(default=None, metadata=LATER)
    later: Mapping[str, Form] = field(default_factory=lambda: MappingProxyType({}), metadata=LATER)
    """The forms behind its buttons whose answers it names, by id, their fields called ``form_id.field``."""
    span: Span = NOWHERE

    def actions_of(self, state_id: str) -> Mapping[str, Action]:
        """The buttons of a state: its own and, unless it is an end, those of ``anywhere``."""
        state = self.states[state_id]
        return state.actions if state.end else {**state.actions, **self.anywhere}

    def asks(self) -> dict[str, Ask]:
        """Every question that its states put to others, by name."""
        return {ask.id: ask for state in self.states.values() for ask in state.asks}

    def feedbacks(self) -> Iterator[Feedback]:
        """Every place where a message is sent."""
        yield from self.receipt
        for action in self.anywhere.values():
            yield from action.feedback
        for state in self.states.values():
            yield from state.on_entry
            for action in state.actions.values():
                yield from action.feedback


class Per(StrEnum):
    """What decides who holds a contact point."""

    MUNICIPALITY = "municipality"
    NEIGHBOURHOOD = "neighbourhood"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A named role. ``group``: a queue with a named owner, to be claimed within ``claim``.

    ``partner``: an outside organisation; ``owner`` is then the contact point under whose holder it works.
    ``restricted``: its cases are seen by their holder only.
    """

    id: str
    label: str
    per: Per = Per.MUNICIPALITY
    group: bool = False
    claim: Duration | None = None
    partner: bool = False
    owner: str = ""
    restricted: bool = False
    controller: str = ""
    span: Span = NOWHERE
