"""How does a referrer come in without an account? By a personal link that can be taken back.

The token in the link has 128 bits; the database knows its SHA-256 only, so that a copy of it opens nothing. What the
link fills in of the referrer (name, function, telephone) is sealed, and found back by what a field stands for.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from app.definitions.model.forms import Field, Form
from app.documents import house
from app.documents.links import LinkSheet, link_pdf
from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor, by_link, may
from app.services import once
from app.services import seen as pages
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.municipality.letterhead import house_of
from app.services.staff import staffing
from app.storage import clock, history, ids
from app.storage.database import transaction
from app.storage.repositories import link_rows, municipality_rows

REFERRER = "referrer."
"""How the meanings begin that a link can fill in."""
Fills = Mapping[str, tuple[str, ...]]
NOTHING: Fills = MappingProxyType({})
LONGEST = 120


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link as lists show it; the token itself is shown once, when it is made."""

    id: str
    name: str
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    fills: Fills = field(default_factory=lambda: NOTHING)

    @property
    def mark(self) -> str:
        """Of what ``change`` changes."""
        return pages.mark(_shown(self.name, self.fills))


@dataclass(frozen=True, slots=True)
class Referrer:
    """Who came by a link: ``actor`` to act as, ``link`` to keep with what they send, ``fills`` what we know of them."""

    actor: Actor
    link: str
    fills: Fills = field(default_factory=lambda: NOTHING)


def make(
    actor: Actor, name: str, *, partner: str = "", fills: Fills = NOTHING, sent: str = ""
) -> tuple[str, str]:
    """A new link for ``name`` (a practice, a nurse): its id and its token, shown this once.

    ``sent`` is the token of the page: what is sent twice is one link, and the token shown last opens it. Raises
    ``Forbidden``, Invalid (``link_name``), ``Conflict`` as ``once.first``.
    """
    _allowed(actor)
    called = _name(name)
    token = secrets.token_urlsafe(16)
    with transaction(actor.municipality) as tx:
        before = once.first(tx, actor, sent, called, partner, _shown(called, fills))
        if before is not None and link_rows.renew(tx, _key(before["link"]), _hash(token)):
            return str(before["link"]), token
        partner_key = _key(partner) if partner else None
        key = link_rows.insert_link(tx, _hash(token), called, partner=partner_key, by=actor.account)
        link_rows.change(tx, key, called, fills)
        history.append(tx, None, "referrer_link_made", {"link": ids.to_text(key)}, by=actor.account)
        once.gave(tx, sent, link=ids.to_text(key))
    return ids.to_text(key), token


def change(actor: Actor, link: str, name: str, fills: Fills, *, seen: str | None = None) -> None:
    """What the link is called and fills in; the link itself stays as it is. ``seen`` is ``LinkLine.mark``. Raises
    ``Forbidden``, ``NotFound``, Invalid (``link_name``), ``Conflict`` as ``seen.is_new``."""
    _allowed(actor)
    called = _name(name)
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        now = next((row for row in link_rows.links(tx) if row["id"] == _key(link)), None)
        if now is None:
            raise NotFound
        if not pages.is_new(_shown(now["name"], now["fills"]), _shown(called, fills), seen):
            return
        link_rows.change(tx, _key(link), called, fills)
        history.append(tx, None, "referrer_link_changed", {"link": link}, by=actor.account)


def renew(actor: Actor, link: str) -> str:
    """Another token for the same referrer, shown this once; the old one opens nothing from now on. Raises
    ``Forbidden``, ``NotFound``."""
    _allowed(actor)
    token = secrets.token_urlsafe(16)
    with transaction(actor.municipality) as tx:
        if not link_rows.renew(tx, _key(link), _hash(token)):
            raise NotFound
        history.append(tx, None, "referrer_link_renewed", {"link": link}, by=actor.account)
    return token


def open_link(municipality: str, token: str) -> Referrer:
    """Who holds ``token``. Raises ``NotFound`` for an unknown and for a revoked one alike."""
    with transaction(municipality, readonly=True) as tx:
        found = link_rows.link_behind(tx, _hash(token))
    if found is None:
        raise NotFound
    return Referrer(
        by_link(municipality, "referrer", found["name"]), ids.to_text(found["id"]), found["fills"]
    )


def revoke(actor: Actor, link: str) -> None:
    """Take a link back; at once, everywhere. Raises ``Forbidden``, ``NotFound``."""
    _allowed(actor)
    with transaction(actor.municipality) as tx:
        if not link_rows.revoke_link(tx, _key(link)):
            raise NotFound
        history.append(tx, None, "referrer_link_revoked", {"link": link}, by=actor.account)


def listed(actor: Actor) -> list[LinkLine]:
    """All links, the newest first. Raises ``Forbidden``."""
    _allowed(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        rows = link_rows.links(tx)
    told = ("name", "created_at", "used_at", "revoked_at", "fills")
    return [LinkLine(ids.to_text(row["id"]), *(row[name] for name in told)) for row in rows]


def sheet(actor: Actor, token: str, address: str, form: Form) -> bytes:
    """A PDF with the link and its QR code, to keep at the practice. Raises ``Forbidden``, and ``NotFound`` for a token
    that opens nothing."""
    _allowed(actor)
    found = open_link(actor.municipality, token)
    world = staffing.world(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        made = LinkSheet(house_of(tx, world, form.controller), found.actor.name, form.title, address)
    return link_pdf(made, clock.now())


def qr(address: str) -> str:
    """An address as a QR code, an SVG."""
    return house.qr(address)


def filled_by_link(form: Form) -> tuple[Field, ...]:
    """The fields of a form that a link can fill in."""
    return tuple(item for item in form.fields() if item.means.startswith(REFERRER))


def _name(name: str) -> str:
    called = " ".join(name.split())[:LONGEST]
    if not called:
        raise Invalid("link_name", errors=(FieldError("name", "link_name"),))
    return called


def _shown(name: str, fills: Fills) -> dict[str, str]:
    return {"name": name} | {means: "\n".join(fills[means]) for means in sorted(fills)}


def _allowed(actor: Actor) -> None:
    if not may(actor, Act.LINKS_EDIT):
        raise Forbidden(str(Act.LINKS_EDIT))


def _key(text: str) -> int:
    try:
        return ids.from_text(text)
    except ValueError as error:
        raise NotFound from error


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
