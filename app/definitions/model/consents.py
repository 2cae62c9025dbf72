"""How long does a consent hold, and what is to be done once it ends?"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.definitions.model.source import NOWHERE, Span
from app.definitions.model.terms import Deadline, Duration, Escalation, Reminder


@dataclass(frozen=True, slots=True)
class Holding:
    """``holds:`` of a consent: up to and with the day in ``until``, a date field of the same form (its flat id); where
    that is blank or not said, so long as ``duration`` from the day it was given. ``remind`` says how long before that
    somebody asks again."""

    duration: Duration
    until: str = ""
    remind: tuple[Reminder, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """``withdrawn:`` of a state: the task for the responsible person when one of the consents ``of`` ends there, by
    being taken back or by itself. One task a consent; the label knows ``{consent.label}``."""

    of: tuple[str, ...]
    task: str
    deadline: Deadline
    remind: tuple[Reminder, ...] = ()
    escalate: tuple[Escalation, ...] = ()
    span: Span = field(default=NOWHERE)
