"""How well must people here prove who they are? What the municipality set, or what holds where it set nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor, may
from app.services import seen as pages
from app.services.errors import Forbidden, Invalid
from app.services.municipality.municipalities import REAL
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import municipality_rows

SECOND_STEP, LOCK = "second_step_for", "lock_minutes"
"""Names of the settings."""
NOBODY = "-"
USUAL = ("form_admin", "system_admin", "dpo", "head_of_service")
"""Who can change what holds for all, or read what is most private."""
ROLES = (
    *USUAL, "team_lead", "coordinator", "contact", "neighbourhood_lead", "reception", "policy", "partner", "volunteer",
)  # fmt: skip
"""Who can be asked for a second step, in the order of the page."""
MINUTES = (2, 5, 10, 15)
USUAL_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Protection:
    """``roles`` must have a second step; ``lock_after`` so long without input the screen locks itself. ``shared``:
    accounts are shared on purpose (a demo), so that nobody is told of somebody else who signed in."""

    roles: frozenset[str]
    lock_after: timedelta
    shared: bool

    @property
    def shown(self) -> dict[str, str]:
        """What the page of ``save`` shows."""
        return {SECOND_STEP: " ".join(role for role in ROLES if role in self.roles), LOCK: str(self.minutes)}

    def asks(self, roles: Collection[str]) -> bool:
        """Whether somebody with these roles must have a second step."""
        return not self.roles.isdisjoint(roles)

    @property
    def minutes(self) -> int:
        """``lock_after`` in minutes."""
        return self.lock_after // timedelta(minutes=1)


def of(tx: Transaction) -> Protection:
    """What holds in the municipality of ``tx``. In a demo and an exercise nobody must have a second step, unless it
    says so: their passwords are known to all."""
    told = municipality_rows.settings(tx)
    shared = municipality_rows.kind(tx) != REAL
    chosen = str(told.get(SECOND_STEP, NOBODY if shared else " ".join(USUAL)))
    minutes = str(told.get(LOCK, ""))
    after = int(minutes) if minutes.isdecimal() and int(minutes) in MINUTES else USUAL_MINUTES
    return Protection(frozenset(chosen.split()) - {NOBODY}, timedelta(minutes=after), shared)


def show(actor: Actor) -> Protection:
    """What holds here, for who may change it. Raises ``Forbidden``."""
    _demand(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        return of(tx)


def save(actor: Actor, roles: Collection[str], minutes: str, *, seen: str | None = None) -> None:
    """Say who must have a second step from their next sign-in on, and after how long without input a screen locks.

    ``seen`` is the mark of ``Protection.shown``. Raises ``Forbidden``, ``Invalid``, and ``Conflict`` as
    ``seen.is_new``.
    """
    _demand(actor)
    if not minutes.isdecimal() or int(minutes) not in MINUTES:
        raise Invalid(errors=(FieldError(LOCK, "invalid"),))
    chosen = [role for role in ROLES if role in roles]
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        if not pages.is_new(of(tx).shown, {SECOND_STEP: " ".join(chosen), LOCK: minutes}, seen):
            return
        municipality_rows.put_settings(tx, {SECOND_STEP: " ".join(chosen) or NOBODY, LOCK: minutes})
        told = {"what": "protection", "second_step_for": " ".join(chosen), "lock_minutes": minutes}
        history.append(tx, None, "settings_changed", told, by=actor.account)


def _demand(actor: Actor) -> None:
    if not may(actor, Act.SETTINGS_EDIT):
        raise Forbidden(str(Act.SETTINGS_EDIT))
