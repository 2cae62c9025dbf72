"""Who is behind this cookie? One select answers, with all a request needs to begin.

The cookie holds a token of 256 bits, the database only its SHA-256. A session ends after 30 minutes without a request,
after ten hours, at signing out, when the password changes and when the account is closed: at once, on every machine.

Somebody who gave only a password where a second step is asked, and somebody whose screen is locked, holds a session
that opens nothing (``look`` tells of it, ``load`` does not).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.engine.policy import Actor
from app.services.access import protection
from app.services.errors import NotFound
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import session_rows

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
FRESH = timedelta(minutes=10)
_SEEN_EVERY = timedelta(minutes=1)
OPEN, CODE, SET_UP = "open", "code", "set_up"
"""Stages: signed in; the second step is missing; it must be set up first."""
HALF_WAY = {CODE: timedelta(minutes=10), SET_UP: timedelta(minutes=30)}
"""How long somebody has for it."""
MOST_WRONG = 5
"""Wrong passwords or codes with which a locked or half session ends."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody signed in, and what their request may know before it reads anything.

    ``ends_at`` is when the session ends unless something is done, ``fresh`` that the password was given a moment ago.
    ``catalog_number`` and ``staffing_version`` tell the caches of this process whether they are up to date.
    ``stage`` and ``locked``: see ``is_open``; ``lock_after`` are seconds without a sign of life.
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
    longest: int = 0
    """Seconds until it ends whatever is done."""
    stage: str = OPEN
    locked: bool = False
    lock_after: int = 0

    @property
    def is_open(self) -> bool:
        """Whether anything may be read with it."""
        return self.stage == OPEN and not self.locked


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of somebody's own sessions, for the list on the account page; ``id`` is no secret and opens nothing."""

    id: str
    created_at: datetime
    seen_at: datetime
    ip: str
    agent: str


def load(municipality: str, token: str) -> SignedIn | None:
    """Who holds ``token``; ``None`` when nobody does, the session is over, locked or half. One select.

    At most once a minute it also writes that the session was seen.
    """
    found = look(municipality, token)
    return found if found is not None and found.is_open else None


def look(municipality: str, token: str) -> SignedIn | None:
    """The same, also of a session that is locked or half: ask ``is_open`` before anything is read with it."""
    key = hash_of(token)
    with transaction(municipality, readonly=True) as tx:
        row = session_rows.load(tx, key)
        now = tx.instant
    if row is None:
        return None
    last = row.created_at + HALF_WAY.get(row.stage, ABSOLUTE)
    left = row.locked_at is None and now - row.seen_at >= timedelta(seconds=row.lock_after)
    ends_at = last if row.locked_at else min(row.seen_at + IDLE, last)
    if now >= ends_at:
        return None
    if left or (row.locked_at is None and now - row.seen_at >= _SEEN_EVERY):
        with transaction(municipality) as tx:
            (session_rows.lock if left else session_rows.touch)(tx, key)
        ends_at = last if left else min(now + IDLE, last)
    return SignedIn(
        Actor(row.account, municipality, row.name, frozenset(row.roles), row.controller),
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
        int((last - now).total_seconds()),
        row.stage,
        left or row.locked_at is not None,
        row.lock_after,
    )


def begin(tx: Transaction, account: str, *, ip: str, agent: str, stage: str = OPEN) -> str:
    """A new session for ``account``, in the caller's transaction; the token for the cookie. Sweeps ended ones away."""
    session_rows.delete_ended(tx, IDLE, ABSOLUTE)
    token = secrets.token_urlsafe(32)
    after = int(protection.of(tx).lock_after.total_seconds())
    told = {"ip": ip, "agent": agent, "stage": stage, "lock_after": after}
    session_rows.insert(tx, hash_of(token), account, secrets.token_urlsafe(32), **told)
    return token


def lock(municipality: str, token: str) -> None:
    """Nothing is read with it until it is opened again, in whatever tab and with whatever copy of the cookie."""
    with transaction(municipality) as tx:
        session_rows.lock(tx, hash_of(token))


def renewed(tx: Transaction, token: str) -> str:
    """Who they are was proven again just now: the session is open and fresh, under a new token. Raises ``NotFound``."""
    fresh = secrets.token_urlsafe(32)
    if not session_rows.rename(tx, hash_of(token), hash_of(fresh)):
        raise NotFound
    return fresh


def count_wrong(tx: Transaction, token: str) -> bool:
    """Something is given in a locked or half session that may be wrong; True when that is once too often."""
    return session_rows.count_wrong(tx, hash_of(token)) >= MOST_WRONG


def end(municipality: str, token: str) -> None:
    """Forget one session; nothing happens when there is none."""
    with transaction(municipality) as tx:
        session_rows.delete(tx, hash_of(token))


def end_in(tx: Transaction, token: str) -> None:
    """Forget one session, in the caller's transaction."""
    session_rows.delete(tx, hash_of(token))


def end_all(tx: Transaction, account: str, *, but: str = "") -> None:
    """End every session of ``account`` except the one with token ``but``, in the caller's transaction."""
    session_rows.delete_of(tx, account, but=hash_of(but) if but else "")


def listed(actor: Actor) -> list[OpenSession]:
    """The actor's own open sessions, the last seen first."""
    with transaction(actor.municipality, readonly=True) as tx:
        return [OpenSession(*row) for row in session_rows.open_of(tx, actor.account, IDLE, ABSOLUTE)]


def end_one(actor: Actor, session: str) -> None:
    """End another of one's own sessions by its ``id``. Raises ``NotFound``."""
    with transaction(actor.municipality) as tx:
        mine = {row[0] for row in session_rows.open_of(tx, actor.account, IDLE, ABSOLUTE)}
        if session not in mine:
            raise NotFound
        session_rows.delete(tx, session)
        history.append(tx, None, "session_ended", {"account": actor.account}, by=actor.account)


def end_others(actor: Actor, token: str) -> None:
    """End all of one's own sessions but the one of ``token``."""
    with transaction(actor.municipality) as tx:
        end_all(tx, actor.account, but=token)
        history.append(tx, None, "session_ended", {"account": actor.account}, by=actor.account)


def hash_of(token: str) -> str:
    """What the database knows a token by."""
    return hashlib.sha256(token.encode()).hexdigest()
