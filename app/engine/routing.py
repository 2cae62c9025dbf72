"""To whom does a case go, and why?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.forms import Form
from app.definitions.model.workflows import ContactPoint, RouteRule, Workflow
from app.engine.model.cases import Case, Why
from app.engine.model.people import AccountId, World


@dataclass(frozen=True, slots=True)
class Routed:
    """The outcome of ``route:``. ``on_duty``: somebody of a roster is on duty at this very moment."""

    contact_point: str
    account: AccountId
    why: Why
    rule: RouteRule
    on_duty: bool = False


def route(
    workflow: Workflow,
    form: Form,
    case: Case,
    *,
    now: datetime,
    world: World,
    contact_points: Mapping[str, ContactPoint],
    after: int = 0,
) -> Routed | None:
    """Return the first rule that matches and its person; ``None`` only when the municipality has nobody at all.

    ``after`` skips the rules up to that number: to whom an urgent case would have gone otherwise.
    """
    raise NotImplementedError
