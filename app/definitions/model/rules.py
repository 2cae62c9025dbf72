"""What does a form say of several answers together: what must be so, and what is only warned of?"""

from __future__ import annotations

from dataclasses import dataclass

from app.definitions.model.expressions import Condition
from app.definitions.model.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition over several fields, judged at submit; ``message`` appears at field ``at`` when it does not hold."""

    condition: Condition
    message: str
    at: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Warn:
    """A condition that stops nobody: while it holds, ``message`` stands at field ``at``, and again when it was sent."""

    condition: Condition
    message: str
    at: str
    span: Span = NOWHERE
