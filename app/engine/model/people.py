"""Who can a case go to? A snapshot of staffing and calendar that decisions are made on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app.engine.model.openings import Opening

AccountId = str
BRUSSELS = ZoneInfo("Europe/Brussels")


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody a task can be given to; ``roles`` from the closed list of ``language.md`` section 1.

    ``manager`` roles (team_lead, head_of_service) are found by role. ``weekdays`` 0 = Monday; ``hours`` are those of
    the days on which somebody is not there all day: weekday, from, until (local).
    """

    id: AccountId
    name: str
    phone: str = ""
    email: str = ""
    roles: frozenset[str] = frozenset()
    active: bool = True
    controller: str = ""
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    hours: tuple[tuple[int, time, time], ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a contact point for one neighbourhood (``""``: the municipal default).

    ``substitutes`` in order; ``owner`` of last resort.
    """

    contact_point: str
    neighbourhood: str
    holder: AccountId
    substitutes: tuple[AccountId, ...] = ()
    owner: AccountId = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """One stretch of a roster: who is on duty, UTC instants, end excluded."""

    contact_point: str
    account: AccountId
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Absence:
    """From and until are local dates, both included. ``replacement`` overrides the contact point's substitutes."""

    account: AccountId
    start: date
    end: date
    replacement: AccountId = ""


@dataclass(frozen=True, slots=True)
class Staffing:
    """All live data about who holds what."""

    workers: Mapping[AccountId, Worker] = field(default_factory=lambda: MappingProxyType({}))
    holdings: tuple[Holding, ...] = ()
    duties: tuple[Duty, ...] = ()
    absences: tuple[Absence, ...] = ()
    neighbourhoods: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # id -> label


@dataclass(frozen=True, slots=True)
class ClosingDay:
    """A local closing day; ``from_time`` closes only the rest of that day (24/12 from 12.00)."""

    day: date
    label: str = ""
    from_time: time | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A municipality's working calendar. Belgian legal holidays come on top of ``closing_days``."""

    zone: ZoneInfo = BRUSSELS
    opens: time = time(8, 30)
    closes: time = time(17, 0)
    closing_days: tuple[ClosingDay, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """What a decision may know besides the case: calendar, staffing, the municipality."""

    municipality: str
    calendar: Calendar
    staffing: Staffing
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    openings: Mapping[str, Opening] = field(
        default_factory=lambda: MappingProxyType({})
    )  # form -> how it is reached
    partners: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Key -> name of the organisations to whom can be referred now."""

    @property
    def kind(self) -> str:
        """``real``, ``demo`` or ``exercise``."""
        return self.settings.get("kind", "real")
