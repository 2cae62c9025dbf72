"""What is asked of others while a case is in a state, and what is done with their answers?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.definitions.model.expressions import Condition
from app.definitions.model.source import NOWHERE, Span

if TYPE_CHECKING:
    from app.definitions.model.workflows import Deadline, Reminder

LINK, TASK = "link", "task"
INVITED = "invited"
"""Behind ``to:``: whoever follows the case says whom to ask."""
ENOUGH = 5
"""How many answers a group needs at least before anything of it is shown, unless the author says otherwise."""


class AskTo(StrEnum):
    """How it is known whom to ask."""

    POINT = "point"  # the contact point in `to`
    FIELD = "field"  # the mail address or partner in the field `to`, of the case or of each row
    INVITED = "invited"  # people the holder names


@dataclass(frozen=True, slots=True)
class Round:
    """The answers are counted, never read one by one. ``compare`` are fields of the case: earlier cases of the same
    workflow with the same answers to them stand beside this one."""

    at_least: int = ENOUGH
    compare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a field of the answer starts with: what the cases that began with form ``of`` and stand in ``states`` say at
    ``says``. Only those that agree with the case (``same``: their field -> field of the case; blank there: all).

    ``field`` is a text field of the answer; with ``per`` one beside each row of its matrix: a case stands at the
    row that it chose in ``per``.
    """

    field: str
    of: str
    states: tuple[str, ...]
    says: str
    same: Mapping[str, str] = made(default_factory=lambda: MappingProxyType({}))
    per: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to others. In conditions ``id`` is a repeat: a row for each who was asked, blank until they answer.

    ``each`` is the repeat whose rows say whom; ``shows`` are the fields of the case that who is asked may read.
    """

    id: str
    label: str
    form: str
    kind: AskTo
    deadline: Deadline
    to: str = ""
    each: str = ""
    by: str = LINK
    condition: Condition | None = None
    shows: tuple[str, ...] = ()
    remind: tuple[Reminder, ...] = ()
    groups: Mapping[str, str] = made(default_factory=lambda: MappingProxyType({}))
    round: Round | None = None
    prefills: tuple[Prefill, ...] = made(default=(), metadata={"later": True})
    span: Span = NOWHERE
