"""What happens to a case when something happens to it? One pure function, called by every service that moves a case.

The decision's ``case`` is the snapshot after the effects. Its plain fields (state, received_at, entered_at, holder,
contact_point, neighbourhood, marks, limits, attempts, escalations, blocked, answers, version) are what the store keeps as
they are; tasks, timers, messages and history come from the effects, in their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.forms import Form
from app.definitions.model.workflows import Action, ContactPoint, Workflow
from app.engine.model.cases import Case, Decision, Event, Refusal
from app.engine.model.people import AccountId, World


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of the case page; ``refusal`` says why it cannot be pressed (yet), ``None`` when it can."""

    action: Action
    refusal: Refusal | None


def decide(
    workflow: Workflow,
    form: Form,
    case: Case,
    event: Event,
    *,
    now: datetime,
    world: World,
    contact_points: Mapping[str, ContactPoint],
) -> Decision:
    """Return what ``event`` does to ``case`` at ``now`` (aware UTC).

    ``workflow`` and ``form`` are the versions the case is pinned to; ``contact_points`` and ``world`` are live.
    ``case.answers`` are the submission's, with those of earlier action forms laid over them by field id. Before the first
    decision ``case.state`` is empty and ``case.number`` already drawn. A refused decision has no effects and the same
    case; an event that no longer matters (a timer of a closed task) gives no effects and no refusal.
    """
    raise NotImplementedError


def offers(
    workflow: Workflow,
    form: Form,
    case: Case,
    *,
    by: AccountId,
    role: str = "",
    now: datetime,
    world: World,
    contact_points: Mapping[str, ContactPoint],
) -> tuple[Offer, ...]:
    """Return the buttons of the case's state in order, each with why it cannot be pressed (yet)."""
    raise NotImplementedError
