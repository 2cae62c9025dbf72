"""What is known of one case, what can happen to it, and what is decided? Instants are UTC, dates are local.

``decide(workflow, forms, case, event, now, world) -> Decision``. Effects are data, carried out in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from app.engine.model.agreeing import Agree
from app.engine.model.answers import Answers
from app.engine.model.asking import Asking
from app.engine.model.events import (
    Acted,
    CalendarChanged,
    Event,
    FactsChanged,
    HandedOver,
    Submitted,
    TaskAdded,
    TaskDone,
    TimerFired,
)
from app.engine.model.people import AccountId

__all__ = [
    "Acted",
    "Assign",
    "Attempt",
    "CalendarChanged",
    "CancelTimers",
    "Case",
    "CloseTasks",
    "Decision",
    "Do",
    "Effect",
    "EnterState",
    "Event",
    "FactsChanged",
    "HandedOver",
    "Mark",
    "MoveTask",
    "Note",
    "OpenCase",
    "OpenTask",
    "ReassignTasks",
    "Recorded",
    "Refusal",
    "Remind",
    "RenameTask",
    "Send",
    "SetLimit",
    "SetTimer",
    "Submitted",
    "TaskAdded",
    "TaskDone",
    "TaskView",
    "Texts",
    "TimerFired",
    "Why",
]

Texts = tuple[tuple[str, str], ...]
"""Parameters of a text, kept as pairs so that they hash and store as JSON."""


@dataclass(frozen=True, slots=True)
class Why:
    """The trace of a decision, kept with the case. ``rule`` is the number in ``route:`` (1-based);
    ``read`` the values it read (class 2-3: the field's name only, value ``""``); ``code`` says how the person was
    found: ``holder``, ``substitute``, ``owner``, ``duty``, ``kept``, ``replacement``, ``handed_over``, ``claimed``."""

    rule: int = 0
    contact_point: str = ""
    neighbourhood: str = ""
    code: str = ""
    read: Texts = ()
    skipped: tuple[str, ...] = ()  # accounts passed over: "joris:absent", "nele:not_to"
    source: str = ""  # the rule's condition as written
    also: int = 0  # the number in ``also:`` that opened a sub-task
    row: str = ""  # the row it was opened for: a matrix's row id, a repeat's index


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of the case as the engine sees it. ``kind``: main, sub, limit, escalation, recurring, statutory, note."""

    id: str
    kind: str
    state: str
    assignee: AccountId
    due_on: date | None
    open: bool = True
    key: str = ""  # names it within the case: "main", "also:2:wonen", "limit:eerste_contact"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One press of an ``again`` action: when, and on which half day (``2026-11-13:am``)."""

    action: str
    state: str
    at: datetime
    part: str


@dataclass(frozen=True, slots=True)
class Case:
    """A snapshot. ``id`` is empty before the first decision. ``version`` counts decisions."""

    id: str
    workflow: str
    form: str
    state: str = ""
    received_at: datetime | None = None
    entered_at: datetime | None = None
    holder: AccountId = ""
    contact_point: str = ""
    neighbourhood: str = ""
    answers: Answers = field(default_factory=lambda: MappingProxyType({}))
    marks: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    limits: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    attempts: tuple[Attempt, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    contact_person: AccountId = ""  # who already follows this resident
    number: str = ""
    version: int = 0
    parent: str = ""
    escalations: tuple[str, ...] = ()  # route-level escalate/deadline overrides in force: "route:1"
    blocked: bool = False
    silent: bool = False  # messages were stopped: nothing leaves the house any more
    kept_from: frozenset[AccountId] = frozenset()  # never theirs, said beside the answers
    let_in: frozenset[AccountId] = frozenset()  # the answers say never theirs, taken back since


# What is decided -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EnterState:
    """The case is now in ``state``; an end state also carries ``reason`` and its ``means``."""

    state: str
    reason: str = ""
    means: str = ""
    row_reasons: Texts = ()


@dataclass(frozen=True, slots=True)
class Assign:
    """The responsible person of the case."""

    account: AccountId
    contact_point: str
    neighbourhood: str
    why: Why


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One thing to do, one assignee, one due date (local, until 24.00 of it; None only with a ``because``).

    ``label`` is the text for the queue, filled in (no class 2-3 in it); ``not_before`` hides it from 'today'.
    """

    key: str
    kind: str
    label: str
    assignee: AccountId
    due_on: date | None
    why: Why
    due_rule: str = ""  # the deadline as written, for "why is it due then"
    onlooker: bool = False
    not_before: datetime | None = None
    urgent: bool = False
    contact_point: str = ""
    privacy: int = 1
    told: str = ""  # the label with class 2-3 words in it, only for whoever may read the case


@dataclass(frozen=True, slots=True)
class CloseTasks:
    """Close open tasks by ``keys`` (``()``: all of the case) with ``outcome`` done or cancelled."""

    keys: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class ReassignTasks:
    """Open tasks of the case that were the old holder's go to ``account``."""

    keys: tuple[str, ...]
    account: AccountId
    why: Why


@dataclass(frozen=True, slots=True)
class MoveTask:
    """An open task is due on another day: later for a closing day, or as a button's form gave its date."""

    key: str
    due_on: date


@dataclass(frozen=True, slots=True)
class RenameTask:
    """All tasks of that key, closed ones too, are found under ``to`` from now on; an open one is called ``label`` when
    that is given. Only ever decided where a case moves to other versions; its timers are set anew by who decides."""

    key: str
    to: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Wake the case at ``at``. ``kind`` says for what (``engine.timers``), ``key`` is unique per case while pending;
    ``task_key`` ties it to a task: cancelled when that task closes."""

    kind: str
    key: str
    at: datetime
    task_key: str = ""


@dataclass(frozen=True, slots=True)
class CancelTimers:
    """Cancel pending timers by key prefix (``""``: all)."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone was reached now."""

    name: str


@dataclass(frozen=True, slots=True)
class SetLimit:
    """A term of the whole case: due on this local date."""

    id: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Remind:
    """Put a reminder line for ``account`` in the queue and the 8.30 digest. ``onlooker`` looks along from now on."""

    account: AccountId
    task_key: str
    code: str  # reminders.<code>
    urgent: bool = False
    onlooker: AccountId = ""


@dataclass(frozen=True, slots=True)
class Send:
    """A message of the workflow to ``to`` (referrer, resident, holder, an account as ``account:<id>``).

    ``text`` is filled in except for what only services know; no case content.
    """

    message: str
    to: str
    text: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a sub-case of ``workflow`` with the answers ``carry`` names; ``print`` a document at once. ``holder``: it
    stays with who has this case. ``partner``: whom it is about; ``carry`` is then what ``consent`` (its id) shares."""

    workflow: str
    target: str  # contact point
    carry: tuple[str, ...]
    print: str = ""
    key: str = ""
    holder: AccountId = ""
    partner: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An ``again`` press was counted."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Do:
    """A registered effect of ``does:`` (block_content, recall_links, stop_messages, merge, cancel_tasks)."""

    name: str


@dataclass(frozen=True, slots=True)
class Note:
    """A line for the append-only history: text ``history.<code>`` with ``params`` (no class 2-3 values)."""

    code: str
    params: Texts = ()


Effect = (
    EnterState
    | Assign
    | OpenTask
    | CloseTasks
    | ReassignTasks
    | MoveTask
    | RenameTask
    | SetTimer
    | CancelTimers
    | Mark
    | SetLimit
    | Remind
    | Send
    | OpenCase
    | Recorded
    | Agree
    | Do
    | Asking
    | Note
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing happened: text ``refusals.<code>`` with ``params``."""

    code: str
    params: Texts = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """``case`` is the snapshot after the effects (tasks excepted ids); refused decisions have no effects."""

    case: Case
    effects: tuple[Effect, ...] = ()
    refusal: Refusal | None = None
