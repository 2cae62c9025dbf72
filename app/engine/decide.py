"""What happens to a case when something happens to it? One pure function, called by every service that moves a case.

The decision's ``case`` is the snapshot after the effects. Its plain fields (state, received_at, entered_at, holder,
contact_point, neighbourhood, marks, limits, attempts, escalations, blocked, silent, answers, version) are what the
store keeps as they are; tasks, timers, messages and history come from the effects, in their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.forms import Form
from app.definitions.model.workflows import Action, ContactPoint, Workflow
from app.engine import consenting
from app.engine.acting import Presser, acted, buttons, reasons_each, refusal_of
from app.engine.asking import answered
from app.engine.entering import look_again, submitted
from app.engine.handing_over import handed_over, task_added, task_done
from app.engine.model.asking import Answered
from app.engine.model.cases import (
    Acted,
    CalendarChanged,
    Case,
    Decision,
    Event,
    FactsChanged,
    HandedOver,
    Refusal,
    Submitted,
    TaskAdded,
    TaskDone,
    TimerFired,
)
from app.engine.model.events import ConsentRenewed, ConsentWithdrawn
from app.engine.model.people import World
from app.engine.moving import calendar_changed
from app.engine.settling import asked_about
from app.engine.timers import fired
from app.engine.turn import Refused, Turn

__all__ = ["Offer", "Presser", "decide", "offers"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of the case page; ``refusal`` says why it cannot be pressed (yet), ``None`` when it can.

    ``rows`` are the rows that need a closing reason of their own when it is pressed, ``tasks`` the keys of the open
    sub-tasks of which must be said whether they are done, cancelled or kept.
    """

    action: Action
    refusal: Refusal | None
    rows: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


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
    ``case.answers`` are the submission's with those of earlier action forms beside them (``facts_of.laid_over``: the
    case's own always win). Before the
    first decision ``case.state`` is empty and ``case.number`` already drawn. A refused decision has no effects and the
    same case; an event that no longer matters (a timer of a closed task) gives no effects and no refusal.
    """
    turn = Turn(workflow, form, world, contact_points, now, case)
    try:
        _happen(turn, event)
    except Refused as refused:
        return Decision(case, (), refused.refusal)
    return turn.decision() if turn.effects else Decision(case)


def _happen(turn: Turn, event: Event) -> None:
    if isinstance(event, Submitted):
        if turn.case.state:
            raise Refused("already_submitted")
        submitted(turn)
    elif isinstance(event, TimerFired):
        fired(turn, event)
    elif not turn.case.state:
        raise Refused("not_submitted")
    elif isinstance(event, Acted):
        acted(turn, event)
    elif isinstance(event, Answered):
        answered(turn, event)
        look_again(turn)
    else:
        _small(turn, event)


Small = HandedOver | TaskDone | TaskAdded | ConsentWithdrawn | ConsentRenewed | FactsChanged | CalendarChanged


def _small(turn: Turn, event: Small) -> None:
    if isinstance(event, HandedOver):
        handed_over(turn, event)
    elif isinstance(event, TaskDone):
        task_done(turn, event)
    elif isinstance(event, TaskAdded):
        task_added(turn, event)
    elif isinstance(event, CalendarChanged):
        calendar_changed(turn, event)
    elif isinstance(event, ConsentWithdrawn):
        consenting.withdrawn(turn, event)
        look_again(turn)
    elif isinstance(event, ConsentRenewed):
        consenting.renewed(turn, event)
        look_again(turn)
    else:
        look_again(turn)


def offers(
    workflow: Workflow,
    form: Form,
    case: Case,
    presser: Presser,
    *,
    now: datetime,
    world: World,
    contact_points: Mapping[str, ContactPoint],
) -> tuple[Offer, ...]:
    """Return the buttons of the case's state in order, each with why ``presser`` cannot press it (yet)."""
    turn = Turn(workflow, form, world, contact_points, now, case, role=presser.role)
    return tuple(
        Offer(action, refusal_of(turn, action, presser), _rows(turn, action), asked_about(turn, action))
        for action in buttons(turn).values()
    )


def _rows(turn: Turn, action: Action) -> tuple[str, ...]:
    target = turn.workflow.states.get(action.to)
    return reasons_each(turn, target) if target is not None and target.end else ()
