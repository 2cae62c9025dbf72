"""What should I do today, and what waits for my colleagues?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.engine.policy import Actor

VIEWS = ("overdue", "today", "week", "waiting", "all")
SCOPES = ("mine", "substitute", "group", "team")
DEFAULT_SIZE = 25
LARGEST_SIZE = 100


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One task. ``label`` holds no class 2-3 answers. ``days`` is negative when overdue, None without a due date.

    ``why`` is one short sentence; ``scope`` says how it came to this viewer; ``stands_in_for`` names the absent
    colleague in scope ``substitute``. ``reminder`` is the text of a reminder that stands, or empty.
    """

    task: str
    case: str
    number: str
    label: str
    form_title: str
    state_label: str
    contact_point: str
    neighbourhood: str
    due_on: date | None
    days: int | None
    assignee: str
    scope: str
    why: str = ""
    reminder: str = ""
    escalation: bool = False
    onlooker: bool = False
    urgent: bool = False
    claimable: bool = False
    stands_in_for: str = ""
    waits_until: date | None = None


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Exact numbers of open tasks a view of one scope."""

    overdue: int
    today: int
    week: int
    waiting: int
    all: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue. ``next`` is the cursor of the page after it, empty at the end.

    ``totals`` gives the open tasks a scope, for the tabs; a scope the actor may not see is missing from it.
    """

    view: str
    scope: str
    rows: tuple[QueueRow, ...]
    counts: QueueCounts
    totals: tuple[tuple[str, int], ...]
    next: str = ""


def page(
    actor: Actor,
    view: str = "all",
    *,
    scope: str = "mine",
    cursor: str = "",
    size: int = DEFAULT_SIZE,
    language: str = "nl",
) -> QueuePage:
    """One page of tasks, ordered by due date (none last) and age.

    ``view`` is one of ``VIEWS`` (anything else: Invalid), ``scope`` one of ``SCOPES``, ``cursor`` what an earlier page
    gave as ``next``. Raises Forbidden for a scope the actor may not see.
    """
    raise NotImplementedError
