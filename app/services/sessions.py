"""Who is behind this cookie? One select answers, with all a request needs to begin.

The cookie holds a token of 256 bits, the database only its SHA-256. A session ends after 30 minutes without a request,
after ten hours, at signing out, when the password changes and when the account is closed: at once, on every machine.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.engine.policy import Actor
from app.storage.database import Transaction, transaction
from app.storage.models import Account, Municipality, Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
FRESH = timedelta(minutes=10)
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody signed in, and what their request may know before it reads anything.

    ``ends_at`` is when the session ends unless something is done, ``fresh`` that the password was given a moment ago.
    ``catalog_number`` and ``staffing_version`` tell the caches of this process whether they are up to date.
    """

    actor: Actor
    name: str
    language: str
    municipality_name: str
    csrf: str
    catalog_number: int
    staffing_version: int
    must_change_password: bool
    ends_at: datetime
    fresh: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of somebody's own sessions, for the list on the account page; ``id`` is no secret and opens nothing."""

    id: str
    created_at: datetime
    seen_at: datetime
    ip: str
    agent: str


_LOAD = (
    sa.select(
        Session.account,
        Session.csrf,
        Session.created_at,
        Session.seen_at,
        Session.fresh_at,
        Account.name,
        Account.roles,
        Account.controller,
        Account.language,
        Account.must_change_password,
        Municipality.name.label("municipality_name"),
        Municipality.catalog_number,
        Municipality.staffing_version,
    )
    .join(Account, sa.and_(Account.municipality == Session.municipality, Account.id == Session.account))
    .join(Municipality, Municipality.id == Session.municipality)
    .where(
        Session.municipality == sa.bindparam("municipality"),
        Session.id == sa.bindparam("key"),
        Account.active,
    )
)


def load(municipality: str, token: str) -> SignedIn | None:
    """Who holds ``token``; ``None`` when nobody does or the session is over. One select.

    At most once a minute it also writes that the session was seen.
    """
    key = hash_of(token)
    with transaction(municipality, readonly=True) as tx:
        row = tx.execute(_LOAD, {"municipality": municipality, "key": key}).first()
        now = tx.instant
    if row is None:
        return None
    ends_at = min(row.seen_at + IDLE, row.created_at + ABSOLUTE)
    if now >= ends_at:
        return None
    if now - row.seen_at >= _SEEN_EVERY:
        _touch(municipality, key)
        ends_at = min(now + IDLE, row.created_at + ABSOLUTE)
    actor = Actor(row.account, municipality, row.name, frozenset(row.roles), row.controller)
    return SignedIn(
        actor,
        row.name,
        row.language,
        row.municipality_name,
        row.csrf,
        row.catalog_number,
        row.staffing_version,
        row.must_change_password,
        ends_at,
        now - row.fresh_at < FRESH,
    )


def begin(tx: Transaction, account: str, *, ip: str, agent: str) -> str:
    """A new session for ``account``, in the caller's transaction; the token for the cookie. Sweeps ended ones away."""
    tx.execute(_ended(tx))
    token = secrets.token_urlsafe(32)
    tx.execute(
        sa.insert(Session),
        {
            "municipality": tx.municipality,
            "id": hash_of(token),
            "account": account,
            "csrf": secrets.token_urlsafe(32),
            "created_at": tx.instant,
            "seen_at": tx.instant,
            "fresh_at": tx.instant,
            "ip": ip[:45],
            "agent": agent[:200],
        },
    )
    return token


def end(municipality: str, token: str) -> None:
    """Forget one session; nothing happens when there is none."""
    with transaction(municipality) as tx:
        tx.execute(
            sa.delete(Session).where(Session.municipality == municipality, Session.id == hash_of(token))
        )


def end_all(tx: Transaction, account: str, *, but: str = "") -> None:
    """End every session of ``account`` except the one with token ``but``, in the caller's transaction."""
    tx.execute(
        sa.delete(Session).where(
            Session.municipality == tx.municipality,
            Session.account == account,
            Session.id != (hash_of(but) if but else ""),
        )
    )


def freshen(tx: Transaction, token: str) -> None:
    """The password was given again just now."""
    tx.execute(
        sa.update(Session)
        .where(Session.municipality == tx.municipality, Session.id == hash_of(token))
        .values(fresh_at=tx.instant, seen_at=tx.instant)
    )


def listed(actor: Actor) -> list[OpenSession]:
    """The actor's own open sessions, the last seen first."""
    with transaction(actor.municipality, readonly=True) as tx:
        query = (
            sa.select(Session.id, Session.created_at, Session.seen_at, Session.ip, Session.agent)
            .where(
                Session.municipality == actor.municipality,
                Session.account == actor.account,
                Session.seen_at > tx.instant - IDLE,
                Session.created_at > tx.instant - ABSOLUTE,
            )
            .order_by(Session.seen_at.desc())
        )
        return [OpenSession(*row) for row in tx.execute(query)]


def hash_of(token: str) -> str:
    """What the database knows a token by."""
    return hashlib.sha256(token.encode()).hexdigest()


def _touch(municipality: str, key: str) -> None:
    with transaction(municipality) as tx:
        tx.execute(
            sa.update(Session)
            .where(Session.municipality == municipality, Session.id == key)
            .values(seen_at=tx.instant)
        )


def _ended(tx: Transaction) -> sa.Delete:
    over = sa.or_(Session.seen_at <= tx.instant - IDLE, Session.created_at <= tx.instant - ABSOLUTE)
    return sa.delete(Session).where(Session.municipality == tx.municipality, over)
