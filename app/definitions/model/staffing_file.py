"""Who holds what, as written in a file for the demo and for tests?

The same shapes as the engine's staffing; instants are local here, for a file knows no zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType

from app.definitions.model.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody a task can be given to. ``weekdays`` 0 = Monday."""

    id: str
    name: str
    phone: str = ""
    email: str = ""
    roles: frozenset[str] = frozenset()
    active: bool = True
    controller: str = ""
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class StaffHolding:
    """Who holds a contact point for one neighbourhood (``""``: the municipal default)."""

    contact_point: str
    neighbourhood: str
    holder: str
    substitutes: tuple[str, ...] = ()
    owner: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class StaffDuty:
    """One stretch of a roster; local and naive, end excluded."""

    contact_point: str
    account: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class StaffAbsence:
    """From and until are local dates, both included."""

    account: str
    start: date
    end: date
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A local closing day; ``from_time`` closes only the rest of it."""

    day: date
    label: str = ""
    from_time: time | None = None


@dataclass(frozen=True, slots=True)
class StaffingFile:
    """A whole staffing file; ``neighbourhoods`` id -> label."""

    id: str
    people: Mapping[str, StaffMember] = field(default_factory=lambda: MappingProxyType({}))
    holdings: tuple[StaffHolding, ...] = ()
    duties: tuple[StaffDuty, ...] = ()
    absences: tuple[StaffAbsence, ...] = ()
    closing_days: tuple[ClosedDay, ...] = ()
    neighbourhoods: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    title: str = ""
