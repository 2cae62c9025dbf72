"""Who holds a contact point now, and who stands in?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.workflows import ContactPoint
from app.engine.model.people import AccountId, World

Points = Mapping[str, ContactPoint]


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found and how: ``code`` as in :class:`app.engine.model.cases.Why` (or ``last_resort``); ``skipped`` holds
    ``account:reason`` with reason ``absent``, ``not_to``, ``inactive``. ``account`` is empty when there is nobody at all."""

    account: AccountId
    code: str
    skipped: tuple[str, ...] = ()


def holder_of(
    point: ContactPoint,
    neighbourhood: str,
    world: World,
    at: datetime,
    *,
    points: Points,
    not_to: frozenset[AccountId] = frozenset(),
) -> Found:
    """Return who gets what arrives for ``point`` at ``at``: holder, replacement of the absence, substitutes, owner."""
    raise NotImplementedError


def substitutes_of(
    account: AccountId, contact_point: str, neighbourhood: str, world: World, at: datetime
) -> frozenset[AccountId]:
    """Return who may act with ``account``'s rights on a case of this contact point at ``at``: the substitutes of the
    holding, and the replacement while ``account`` is absent."""
    raise NotImplementedError
