"""What can happen to a case?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from app.engine.model.answers import Answers
from app.engine.model.asking import Answered
from app.engine.model.people import AccountId, Calendar


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form was submitted; ``case.answers`` holds the answers."""

    by: AccountId = ""


@dataclass(frozen=True, slots=True)
class Acted:
    """A button was pressed. ``answers`` are those of the action's form. ``row_reasons``: row id -> reason.

    ``open_tasks`` says of each sub-task that is still open when the case ends what becomes of it (task key -> ``done``,
    ``cancelled`` or ``kept``: it stays with who has it).
    """

    action: str
    by: AccountId = ""
    role: str = ""
    answers: Answers = field(default_factory=lambda: MappingProxyType({}))
    reason: str = ""
    row_reasons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    open_tasks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer came due: ``kind`` and ``key`` as the SetTimer effect named them; ``task`` where it hangs on one."""

    kind: str
    key: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The responsible person changes: hand over, take over, claim; ``code`` says which.

    ``of`` is who leaves everything, when it is not about the responsible person: of a colleague's case only the open
    tasks of ``of`` go.
    """

    to: AccountId
    by: AccountId
    reason: str = ""
    code: str = "handed_over"
    of: AccountId = ""


@dataclass(frozen=True, slots=True)
class TaskDone:
    """A sub-task was ticked off or given up (``outcome``: done, cancelled)."""

    task: str
    by: AccountId
    outcome: str = "done"
    note: str = ""


@dataclass(frozen=True, slots=True)
class TaskAdded:
    """Somebody who works on the case adds a task. ``label`` stands in lists; ``told`` is what only those read who may
    read the case; ``key`` names it within the case."""

    key: str
    label: str
    to: AccountId
    due_on: date
    by: AccountId
    told: str = ""
    regular: tuple[int, int, int] | None = None
    """Nobody added it: a regular came so often, of so many sessions, and then missed so many."""


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """A consent that was given is taken back. ``consent`` is its flat id, also in a row; ``how`` a colleague heard of
    it (``by``), both empty when the person did it themselves."""

    consent: str
    how: str = ""
    by: AccountId = ""


@dataclass(frozen=True, slots=True)
class ConsentRenewed:
    """Consents that end by themselves hold anew, up to and with the local day ``until``; without it so long as the form
    says, from today. ``how`` the person said so."""

    consents: tuple[str, ...]
    how: str
    until: date | None = None
    by: AccountId = ""


@dataclass(frozen=True, slots=True)
class FactsChanged:
    """Answers were corrected or a linked case changed: automatic exits are looked at again."""

    by: AccountId = ""


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """The municipality's closing days changed: ``before`` is the calendar as it was, the world's is the new one."""

    before: Calendar
    by: AccountId = ""


Event = (
    Submitted
    | Acted
    | Answered
    | TimerFired
    | HandedOver
    | TaskDone
    | TaskAdded
    | ConsentWithdrawn
    | ConsentRenewed
    | FactsChanged
    | CalendarChanged
)
