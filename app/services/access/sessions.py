"""Who is behind this cookie? One select answers, with all a request needs to begin.

The cookie holds a token of 256 bits, the database only its SHA-256. A session ends after 30 minutes without a request,
after ten hours, at signing out, when the password changes and when the account is closed: at once, on every machine.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.engine.policy import Actor
from app.storage.database import Transaction, transaction
from app.storage.repositories import session_rows

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
    ends_in: int = 0
    """Seconds until ``ends_at``."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of somebody's own sessions, for the list on the account page; ``id`` is no secret and opens nothing."""

    id: str
    created_at: datetime
    seen_at: datetime
    ip: str
    agent: str


def load(municipality: str, token: str) -> SignedIn | None:
    """Who holds ``token``; ``None`` when nobody does or the session is over. One select.

    At most once a minute it also writes that the session was seen.
    """
    key = hash_of(token)
    with transaction(municipality, readonly=True) as tx:
        row = session_rows.load(tx, key)
        now = tx.instant
    if row is None:
        return None
    ends_at = min(row.seen_at + IDLE, row.created_at + ABSOLUTE)
    if now >= ends_at:
        return None
    if now - row.seen_at >= _SEEN_EVERY:
        with transaction(municipality) as tx:
            session_rows.touch(tx, key)
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
        int((ends_at - now).total_seconds()),
    )


def begin(tx: Transaction, account: str, *, ip: str, agent: str) -> str:
    """A new session for ``account``, in the caller's transaction; the token for the cookie. Sweeps ended ones away."""
    session_rows.delete_ended(tx, IDLE, ABSOLUTE)
    token = secrets.token_urlsafe(32)
    session_rows.insert(tx, hash_of(token), account, secrets.token_urlsafe(32), ip=ip, agent=agent)
    return token


def end(municipality: str, token: str) -> None:
    """Forget one session; nothing happens when there is none."""
    with transaction(municipality) as tx:
        session_rows.delete(tx, hash_of(token))


def end_all(tx: Transaction, account: str, *, but: str = "") -> None:
    """End every session of ``account`` except the one with token ``but``, in the caller's transaction."""
    session_rows.delete_of(tx, account, but=hash_of(but) if but else "")


def freshen(tx: Transaction, token: str) -> None:
    """The password was given again just now."""
    session_rows.touch(tx, hash_of(token), fresh=True)


def listed(actor: Actor) -> list[OpenSession]:
    """The actor's own open sessions, the last seen first."""
    with transaction(actor.municipality, readonly=True) as tx:
        return [OpenSession(*row) for row in session_rows.open_of(tx, actor.account, IDLE, ABSOLUTE)]


def hash_of(token: str) -> str:
    """What the database knows a token by."""
    return hashlib.sha256(token.encode()).hexdigest()
