"""What is a workflow of sessions, once checked: moments with places, to which cases of another form belong?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.definitions.model.expressions import Condition
from app.definitions.model.source import NOWHERE, Span

BY_ITSELF = "session"
"""In ``by:`` of a button: the session presses it, nobody else does."""


@dataclass(frozen=True, slots=True)
class OpenWhile:
    """Registering is possible while the session is in one of ``states`` and until the end of the day of the date field
    ``until`` (empty: until the day of the session)."""

    states: tuple[str, ...]
    until: str = ""


@dataclass(frozen=True, slots=True)
class WhenFull:
    """A registration for which there is no place gets the button ``press``, and ``moves_up`` once there is one."""

    press: str
    moves_up: str


@dataclass(frozen=True, slots=True)
class Reminding:
    """So many ``amount`` of ``unit`` (as a duration is written) before the session, ``press`` is pressed of every
    registration that has a place."""

    press: str
    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class PrintList:
    """A list to print: how many registrations for which ``condition`` holds gave each answer to the field ``count``, or
    a line each with the fields ``shows``. ``privacy``: the highest class it tells. ``audience``: who else than those
    who read the session may print it (roles)."""

    id: str
    label: str
    condition: Condition | None = None
    count: str = ""
    shows: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    privacy: int = 1
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Attendance:
    """Buttons of a registration that are one tap: ``present``, ``absent`` and others in ``buttons``. ``new``: the
    fields that are asked of who comes in without having registered; empty: nobody does."""

    present: str
    absent: str
    buttons: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regulars:
    """Who came to ``came`` of ``of`` sessions and then missed ``missed`` in a row: one ``task`` with a term of
    ``working_days``, if ``condition`` holds for the last registration."""

    came: int
    of: int
    missed: int
    task: str
    working_days: int
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """The session is in one of ``states``: the button ``press`` of every registration that has it is pressed."""

    states: tuple[str, ...]
    press: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who helps: ``rows`` is a repeat, ``who`` its person column, ``does`` its column with what they do."""

    rows: str
    who: str
    does: str = ""


@dataclass(frozen=True, slots=True)
class Sessions:
    """Each case of this workflow is a session on ``date`` in ``place`` with ``places`` (fields; empty: no end to it).
    Cases of the form ``registers`` belong to one by its field ``by``. ``shows``: what is told beside date and place."""

    registers: str
    by: str
    date: str
    place: str
    opens: OpenWhile
    time: str = ""
    places: str = ""
    shows: tuple[str, ...] = ()
    full: WhenFull | None = None
    lists: Mapping[str, PrintList] = field(default_factory=lambda: MappingProxyType({}))
    attendance: Attendance | None = None
    regulars: Regulars | None = None
    held: Reached | None = None
    cancelled: Reached | None = None
    closed: Reached | None = None
    roster: Roster | None = None
    remind: Reminding | None = field(default=None, metadata={"later": True})
    span: Span = NOWHERE
