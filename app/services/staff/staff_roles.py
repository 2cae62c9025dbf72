"""Which roles may somebody who edits the staffing give and take?

Never more than they answer for themselves: whoever leads makes leaders, administrators are made by who keeps the
accounts. Otherwise planning absences would be a way to read everything.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.definitions.vocabulary import ROLES
from app.engine.policy import Act, Actor, may
from app.services.errors import Forbidden

OFFERED = ROLES[2:]
"""Roles of people with an account; residents and referrers have none."""
WORKING = frozenset({"volunteer", "partner", "reception", "contact", "neighbourhood_lead", "policy"})
LEADING = frozenset({"coordinator", "team_lead", "head_of_service"})


def givable(actor: Actor, role: str) -> bool:
    """Whether ``actor`` may give this role, or take it away. A function of the municipality's own grants nothing by
    itself, so who plans the work may give it."""
    if may(actor, Act.ACCOUNTS_EDIT):
        return True
    if not may(actor, Act.STAFFING_EDIT):
        return False
    leads = bool(actor.roles & {"team_lead", "head_of_service"})
    return role not in ROLES or role in WORKING or (leads and role in LEADING)


def demand_givable(actor: Actor, roles: Iterable[str]) -> None:
    """Raise ``Forbidden`` (``role_not_yours``) for the first role that ``actor`` may not touch."""
    for role in sorted(roles):
        if not givable(actor, role):
            raise Forbidden("role_not_yours", role=role)
