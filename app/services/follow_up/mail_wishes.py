"""When does somebody want the mail of the morning? Urgent mail goes out at once, whatever is chosen here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.engine.model.people import Worker
from app.engine.policy import Act, Actor, Relation, may
from app.services.errors import Forbidden, Invalid
from app.storage.database import transaction
from app.storage.repositories import comfort_rows
from app.storage.repositories.comfort_rows import Wish

WEEKDAYS = frozenset(range(7))
_USUAL = frozenset(range(5))


def read(actor: Actor) -> Wish:
    """What the actor chose, or what holds for who chose nothing. Raises ``Forbidden``."""
    _demand(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        return comfort_rows.wish_of(tx, actor.account)


def save(actor: Actor, *, daily: bool, days: Collection[int], only_working: bool) -> None:
    """Keep what the actor chose. Raises ``Forbidden``, ``Invalid`` (``no_day``: a mail that never comes)."""
    _demand(actor)
    chosen = tuple(sorted(set(days) & WEEKDAYS))
    if not chosen:
        raise Invalid("no_day")
    with transaction(actor.municipality) as tx:
        comfort_rows.put_wish(tx, actor.account, Wish(daily, chosen, only_working))


def days_of(wish: Wish, worker: Worker) -> frozenset[int]:
    """On which weekdays the mail comes: those chosen, without days off when that was asked. Never none at all: who
    chose only days that became days off gets it on the days they work."""
    works = frozenset(worker.weekdays) or _USUAL
    chosen = frozenset(wish.days) or works
    return (chosen & works if wish.only_working else chosen) or works


def comes(wish: Wish, worker: Worker, day: date) -> bool:
    """Whether there is a mail on ``day`` at all."""
    return day.weekday() in days_of(wish, worker)


def _demand(actor: Actor) -> None:
    if not may(actor, Act.ACCOUNT_OWN, Relation.OWN):
        raise Forbidden(str(Act.ACCOUNT_OWN))
