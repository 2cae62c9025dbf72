"""What happens when somebody presses a button of a case?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.engine.judge import Given
from app.engine.policy import Actor

NOTHING_GIVEN = Given(MappingProxyType({}), ())


@dataclass(frozen=True, slots=True)
class ActOnCase:
    """A press. ``version`` is that of the page it was pressed on; ``token`` was minted with that page."""

    actor: Actor
    case: str
    action: str
    version: int
    token: str
    given: Given = NOTHING_GIVEN
    reason: str = ""
    row_reasons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ActOutcome:
    """Where the case is now. ``again``: this token was used before, this is what it did then."""

    case: str
    number: str
    version: int
    state: str
    state_label: str
    ended: bool
    said: tuple[str, ...] = ()
    """What happened, in words, for the message on the next page."""
    wake: tuple[int, ...] = ()
    again: bool = False
    open_form: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a colleague did since the page was opened: the payload of Conflict, for the merge page."""

    version: int
    state_label: str
    lines: tuple[str, ...]


def act(request: ActOnCase) -> ActOutcome:
    """Press a button.

    Raises Forbidden, NotFound, Invalid (the action's form, a missing reason, a need that does not hold), Conflict with a
    ``Changed`` when the case moved on since ``version``.
    """
    raise NotImplementedError
