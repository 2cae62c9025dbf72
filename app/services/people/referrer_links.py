"""How does a referrer come in without an account? By a personal link that can be taken back.

The token in the link has 128 bits; the database knows its SHA-256 only, so that a copy of it opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from app.engine.policy import Act, Actor, by_link, may
from app.services.errors import Forbidden, NotFound
from app.storage import history, ids
from app.storage.database import transaction
from app.storage.repositories import partner_rows


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
    token = secrets.token_urlsafe(16)
    with transaction(actor.municipality) as tx:
        partner_key = _key(partner) if partner else None
        key = partner_rows.insert_link(tx, _hash(token), name.strip(), partner=partner_key, by=actor.account)
        history.append(tx, None, "referrer_link_made", {"link": ids.to_text(key)}, by=actor.account)
    return ids.to_text(key), token


def open_link(municipality: str, token: str) -> Referrer:
    """Who holds ``token``. Raises ``NotFound`` for an unknown and for a revoked one alike."""
    with transaction(municipality, readonly=True) as tx:
        found = partner_rows.link_behind(tx, _hash(token))
    if found is None:
        raise NotFound
    return Referrer(by_link(municipality, "referrer", found[1]), ids.to_text(found[0]))


def revoke(actor: Actor, link: str) -> None:
    """Take a link back; at once, everywhere. Raises ``Forbidden``, ``NotFound``."""
    _allowed(actor)
    with transaction(actor.municipality) as tx:
        if not partner_rows.revoke_link(tx, _key(link)):
            raise NotFound
        history.append(tx, None, "referrer_link_revoked", {"link": link}, by=actor.account)


def listed(actor: Actor) -> list[LinkLine]:
    """All links, the newest first. Raises ``Forbidden``."""
    _allowed(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        rows = partner_rows.links(tx)
    told = ("name", "created_at", "used_at", "revoked_at")
    return [LinkLine(ids.to_text(row["id"]), *(row[name] for name in told)) for row in rows]


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
