"""May this person do this, with this?

Deny by default. Services ask :func:`may` with the relation they found in the database; pages ask :func:`may_ever`
to decide whether a button or menu entry makes sense at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.engine.access import ANYONE, CONTENT, POLICY, SIGNED_IN, Act, Relation, Relations
from app.engine.model.people import AccountId

__all__ = [
    "ANONYMOUS",
    "CONTENT",
    "POLICY",
    "Act",
    "Actor",
    "Relation",
    "by_link",
    "can_carry",
    "may",
    "may_ever",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. ``account`` is empty for somebody without one; ``roles`` from the closed list plus functions
    that a municipality adds (those grant nothing here, only ``only_for:`` and ``by:`` know them).
    ``controller`` is ``ocmw`` or ``gemeente`` for staff."""

    account: AccountId
    municipality: str
    name: str = ""
    roles: frozenset[str] = frozenset()
    controller: str = ""

    @property
    def anonymous(self) -> bool:
        """Whether nobody is signed in."""
        return not self.account


ANONYMOUS = Actor(account="", municipality="")
"""A visitor about whom nothing is known, not even the municipality."""


def by_link(municipality: str, role: str = "referrer", name: str = "") -> Actor:
    """Return the actor for somebody without an account who came by a personal link or QR code."""
    return Actor(account="", municipality=municipality, name=name, roles=frozenset({role}))


def _standing(actor: Actor) -> tuple[str, ...]:
    """The rows of the table that speak about this actor."""
    pseudo = (ANYONE,) if actor.anonymous else (ANYONE, SIGNED_IN)
    return (*pseudo, *sorted(actor.roles - {ANYONE, SIGNED_IN}))


def _relations(actor: Actor, act: Act) -> Relations:
    """Everything the object may be to the actor for this act to be allowed."""
    found: Relations = frozenset()
    for role in _standing(actor):
        found |= POLICY.get(role, {}).get(act, frozenset())
    return found


def may(actor: Actor, act: Act, relation: Relation = Relation.NONE) -> bool:
    """Whether ``actor`` may do ``act`` with something that is ``relation`` to them; deny by default."""
    return relation in _relations(actor, act)


def may_ever(actor: Actor, act: Act) -> bool:
    """Whether some object could exist with which ``actor`` may do ``act``: for menus and first checks of a route."""
    return bool(_relations(actor, act))


def can_carry(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles can be responsible for a case."""
    mine = frozenset(roles)
    return may(Actor("probe", "probe", roles=mine), Act.CASE_ACT, Relation.OWN) and mine != {"dpo"}


def can_do_tasks(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles sees a task of theirs and can finish it."""
    mine = Actor("probe", "probe", roles=frozenset(roles))
    return may(mine, Act.QUEUE_READ) and may(mine, Act.TASK_FINISH, Relation.OWN)
