"""What is asked of others, and what did somebody answer?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from app.engine.model.answers import Answers
from app.engine.model.people import AccountId


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked. ``row`` is the place of the answer, from 0; ``email`` or ``partner`` says how they are
    reached, ``account`` who got it as task ``task``; nothing of these: nobody knows yet."""

    row: int
    name: str = ""
    email: str = ""
    partner: str = ""
    account: AccountId = ""
    task: str = ""


@dataclass(frozen=True, slots=True)
class AskOthers:
    """Ask question ``ask`` of the state; answers come in until ``closes_at`` (``due_on`` in words, local).
    ``remind_at``: when who did not answer hears of it again."""

    ask: str
    due_on: date | None
    closes_at: datetime | None
    remind_at: tuple[datetime, ...]
    who: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class StopAsking:
    """The case left the state: nobody can answer these questions any more."""

    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakeAnswer:
    """The answer of one who was asked lies with the case from now on."""

    ask: str
    row: int
    answers: Answers


Asking = AskOthers | StopAsking | TakeAnswer


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody answered a question of the state the case is in; ``row`` is theirs. ``by`` where they have an account,
    else ``name``."""

    ask: str
    row: int
    answers: Answers = field(default_factory=lambda: NO_ANSWERS)
    by: AccountId = ""
    name: str = ""


NO_ANSWERS: Answers = MappingProxyType({})
