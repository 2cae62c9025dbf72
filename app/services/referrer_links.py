"""How does a referrer come in without an account? By a personal link that can be taken back.

The token in the link has 128 bits; the database knows its SHA-256 only, so that a copy of it opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.engine.policy import Act, Actor, by_link, may
from app.services.errors import Forbidden, NotFound
from app.storage import history, ids
from app.storage.database import transaction
from app.storage.models import ReferrerLink


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link as lists show it; the token itself is shown once, when it is made."""

    id: str
    name: str
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Referrer:
    """Who came by a link: ``actor`` to act as, ``link`` to keep with what they send."""

    actor: Actor
    link: str


def make(actor: Actor, name: str, *, partner: str = "") -> tuple[str, str]:
    """A new link for ``name`` (a practice, a nurse): its id and its token, shown this once. Raises ``Forbidden``."""
    _allowed(actor)
    key, token = ids.new_id(), secrets.token_urlsafe(16)
    with transaction(actor.municipality) as tx:
        values = {
            "municipality": tx.municipality,
            "id": key,
            "token_hash": _hash(token),
            "name": name.strip(),
            "partner": ids.from_text(partner) if partner else None,
            "created_by": actor.account or None,
            "created_at": tx.now,
        }
        tx.execute(sa.insert(ReferrerLink), values)
        history.append(tx, None, "referrer_link_made", {"link": ids.to_text(key)}, by=actor.account)
    return ids.to_text(key), token


def open_link(municipality: str, token: str) -> Referrer:
    """Who holds ``token``. Raises ``NotFound`` for an unknown and for a revoked one alike."""
    query = sa.select(ReferrerLink.id, ReferrerLink.name).where(
        ReferrerLink.municipality == municipality,
        ReferrerLink.token_hash == _hash(token),
        ReferrerLink.revoked_at.is_(None),
    )
    with transaction(municipality, readonly=True) as tx:
        row = tx.execute(query).first()
    if row is None:
        raise NotFound
    return Referrer(by_link(municipality, "referrer", row.name), ids.to_text(row.id))


def revoke(actor: Actor, link: str) -> None:
    """Take a link back; at once, everywhere. Raises ``Forbidden``, ``NotFound``."""
    _allowed(actor)
    with transaction(actor.municipality) as tx:
        mine = sa.and_(ReferrerLink.municipality == tx.municipality, ReferrerLink.id == _key(link))
        changed = sa.update(ReferrerLink).where(mine, ReferrerLink.revoked_at.is_(None))
        if tx.execute(changed.values(revoked_at=tx.now)).rowcount != 1:
            raise NotFound
        history.append(tx, None, "referrer_link_revoked", {"link": link}, by=actor.account)


def listed(actor: Actor) -> list[LinkLine]:
    """All links, the newest first. Raises ``Forbidden``."""
    _allowed(actor)
    query = sa.select(
        ReferrerLink.id,
        ReferrerLink.name,
        ReferrerLink.created_at,
        ReferrerLink.used_at,
        ReferrerLink.revoked_at,
    ).order_by(ReferrerLink.id.desc())
    with transaction(actor.municipality, readonly=True) as tx:
        rows = tx.execute(query.where(ReferrerLink.municipality == tx.municipality)).all()
    return [LinkLine(ids.to_text(row[0]), row[1], row[2], row[3], row[4]) for row in rows]


def _allowed(actor: Actor) -> None:
    if not may(actor, Act.STAFFING_EDIT) and not may(actor, Act.ACCOUNTS_EDIT):
        raise Forbidden


def _key(text: str) -> int:
    try:
        return ids.from_text(text)
    except ValueError as error:
        raise NotFound from error


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
