"""What is late and who is overloaded, without opening a personal file?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.engine.policy import Actor


@dataclass(frozen=True, slots=True)
class Load:
    """One person's work: open tasks, how many overdue, due today, due this week; absent now and who replaces."""

    account: str
    name: str
    open: int
    overdue: int
    today: int
    week: int
    absent_until: date | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class LateTask:
    """A task that is overdue or not claimed: metadata only."""

    task: str
    case: str
    number: str
    form_title: str
    state_label: str
    assignee: str
    due_on: date | None
    days: int
    contact_point: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The coordinator's page: loads (most overdue first), the latest tasks (oldest first), what nobody claimed."""

    today: date
    loads: tuple[Load, ...]
    late: tuple[LateTask, ...]
    unclaimed: tuple[LateTask, ...]
    open_cases: int
    dead_messages: int = 0
    """Outbox rows that gave up; somebody must look."""


def show(actor: Actor, *, size: int = 50, language: str = "nl") -> Overview:
    """The overview of this actor's municipality. Raises Forbidden without the right to see metadata."""
    raise NotImplementedError
