"""Whose picture stands on a card? Of somebody who works here, put there by themselves or by who looks after staff.

It goes with the account: of who left, no picture is shown any more.
"""

from __future__ import annotations

from app.documents import house
from app.engine import photos
from app.engine.model.answers import FieldError
from app.engine.model.people import AccountId, World
from app.engine.policy import Act, Actor, Relation, may
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.staff import staffing
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import photo_rows

FIELD = "photo"
_SIDE = 100


def save(actor: Actor, account: AccountId, content: bytes) -> None:
    """Take a photo of ``account``. Raises ``Forbidden``, ``NotFound``, Invalid (``photo_missing``, ``photo_large``,
    ``photo_kind``, ``photo_size``)."""
    demand(actor, account)
    _demand_here(actor.municipality, account)
    if not content:
        raise _refused("photo_missing")
    try:
        photo = photos.taken(content)
    except photos.Unusable as problem:
        raise _refused(problem.code) from problem
    with transaction(actor.municipality) as tx:
        photo_rows.put(tx, account, photo)
        history.append(tx, None, "photo_changed", {"account": account}, by=actor.account)


def remove(actor: Actor, account: AccountId) -> None:
    """Take the photo of ``account`` away. Raises ``Forbidden``."""
    demand(actor, account)
    with transaction(actor.municipality) as tx:
        photo_rows.drop(tx, account)
        history.append(tx, None, "photo_changed", {"account": account}, by=actor.account)


def shown(actor: Actor, account: AccountId) -> bytes:
    """The photo as it stands on a card, an SVG, for colleagues. Raises ``Forbidden``, ``NotFound``."""
    if not actor.account:
        raise Forbidden(str(Act.ACCOUNT_OWN))
    world = staffing.world(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        found = drawn(tx, world, account)
    if not found:
        raise NotFound
    return found.encode()


def has_one(municipality: str, account: AccountId) -> bool:
    """Whether there is a photo of ``account``."""
    with transaction(municipality, readonly=True) as tx:
        return account in photo_rows.marks(tx)


def drawn(tx: Transaction, world: World, account: AccountId) -> str:
    """The photo as a square SVG; empty without one and for who does not work here any more."""
    worker = world.staffing.workers.get(account)
    found = photo_rows.get(tx, account) if worker is not None and worker.active else None
    if found is None:
        return ""
    return house.picture(found.kind, found.content, _SIDE, _SIDE, fill=True, turned=found.turned)


def demand(actor: Actor, account: AccountId) -> None:
    """Raise ``Forbidden`` unless it is their own or they look after the staff."""
    own = actor.account == account and may(actor, Act.ACCOUNT_OWN, Relation.OWN)
    if not (own or may(actor, Act.STAFFING_EDIT) or may(actor, Act.ACCOUNTS_EDIT)):
        raise Forbidden(str(Act.STAFFING_EDIT))


def _demand_here(municipality: str, account: AccountId) -> None:
    worker = staffing.world(municipality).staffing.workers.get(account)
    if worker is None or not worker.active:
        raise NotFound


def _refused(code: str) -> Invalid:
    params = (
        ("max", str(photos.MOST_BYTES // (1024 * 1024))),
        ("least", str(photos.LEAST)),
        ("most", str(photos.MOST)),
    )
    return Invalid(code, errors=(FieldError(FIELD, code, params),))
