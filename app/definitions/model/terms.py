"""How is a term written: a duration with its unit, a deadline, who is woken around it?"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.definitions.model.expressions import Expr


class Unit(StrEnum):
    """The unit of a duration is always written."""

    WORKING_HOURS = "working hours"
    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Duration:
    """``5 working days``."""

    amount: int
    unit: Unit


class DeadlineKind(StrEnum):
    """How a deadline is given."""

    AFTER = "after"  # duration from `since`
    SAME_DAY = "same_day"
    DATE = "date"  # the date in `date`, else `duration`
    NONE = "none"  # with a because


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due. ``since`` is ``entered`` (default), ``received``, a mark or a date field's id; ``date`` a
    date, or a list of which the first that is filled in counts.

    Calendar units keep their date; working units count on the municipality's calendar.
    """

    kind: DeadlineKind
    duration: Duration | None = None
    since: str = "entered"
    date: Expr | None = None
    because: str = ""
    source: str = ""
    before: Duration | None = field(default=None, metadata={"later": True})
    """So long before ``date``."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """``1 working day before`` (duration) or ``on the day`` (``None``), at 8.30 on a working day."""

    before: Duration | None


@dataclass(frozen=True, slots=True)
class Escalation:
    """``after`` the deadline, ``to`` gets an onlooker's task: substitute, team_lead, head_of_service or a point."""

    after: Duration
    to: str
