"""What does a resident's own page show? Words are ready to show, instants aware UTC, dates local."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.services.cases.case_view import Contact
from app.services.cases.read_log import Told as Read


@dataclass(frozen=True, slots=True)
class Term:
    """A term that the law gives; ``met`` when it was kept."""

    label: str
    due_on: date
    met: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent that stands. ``follows`` says what happens when it is withdrawn. ``all``: without it the case cannot go
    on, so that withdrawing it means stopping. ``until``: the last day of one that ends by itself; such a one can be
    given anew (``renewable``), also once it is ``over`` (withdrawn, expired) since ``over_on``."""

    id: str
    label: str
    text: str
    follows: tuple[str, ...]
    all: bool = False
    until: date | None = None
    over: str = ""
    over_on: date | None = None
    renewable: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """A button of the workflow for the resident; ``follows`` says what happens then."""

    id: str
    label: str
    follows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A message to the resident, or something they did here."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what was answered."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to be reached that can be chosen."""

    id: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Reaching:
    """How the resident is reached now, and what can be changed of it: only what the form of the case asks. ``None``
    for what it does not ask. ``message_ok``: a message may be left."""

    phone: str | None = None
    mobile: str | None = None
    email: str | None = None
    choices: tuple[Choice, ...] = ()
    message_ok: bool | None = None


@dataclass(frozen=True, slots=True)
class ResidentPage:
    """The whole page. ``status`` is one of ontvangen, bekeken, bezig, klaar; ``line`` says the same in a sentence.

    ``next_on`` is the day before which something happens (``next_late``: it should have happened). ``absence`` is told
    while the contact person is away, with ``stand_in``. ``answers`` are those of class 0 and 1, those of class 2 too
    after the second step; ``more`` says that there are such behind it, ``provable`` that the second step can be taken.
    ``goes_on_in``: the number of the case that goes on instead.
    """

    number: str
    title: str
    called: str
    received_at: datetime
    status: str
    status_label: str
    line: str
    contact: Contact
    absence: str
    stand_in: Contact | None
    next_line: str
    next_on: date | None
    next_late: bool
    terms: tuple[Term, ...] = ()
    messages: tuple[Told, ...] = ()
    done: tuple[Told, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    stops: tuple[Stop, ...] = ()
    reaching: Reaching = Reaching()
    answers: tuple[Answer, ...] = ()
    more: bool = False
    provable: bool = False
    ended: bool = False
    goes_on_in: str = ""
    readers: tuple[Read, ...] = ()
    """Who read what they told, a line a day and a reader, the last first."""
