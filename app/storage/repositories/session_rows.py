"""How are sessions read and written? All on the real clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.storage import ready
from app.storage.database import Transaction
from app.storage.models import Account, Municipality, Session

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


def load(tx: Transaction, key: str) -> Any:
    """Session, open account and municipality in one select, as a row with the names above; ``None`` without."""
    return ready.first(tx, _LOAD, {"municipality": tx.municipality, "key": key})


def insert(tx: Transaction, key: str, account: str, csrf: str, *, ip: str, agent: str) -> None:
    """A new session, begun now."""
    times = dict.fromkeys(("created_at", "seen_at", "fresh_at"), tx.instant)
    values = {"municipality": tx.municipality, "id": key, "account": account, "csrf": csrf}
    tx.execute(sa.insert(Session), {**values, **times, "ip": ip[:45], "agent": agent[:200]})


def touch(tx: Transaction, key: str, *, fresh: bool = False) -> None:
    """It was seen now; ``fresh``: and the password was given."""
    values = {"seen_at": tx.instant} | ({"fresh_at": tx.instant} if fresh else {})
    tx.execute(sa.update(Session).where(_own(tx), Session.id == key).values(**values))


def delete(tx: Transaction, key: str) -> None:
    """End one."""
    tx.execute(sa.delete(Session).where(_own(tx), Session.id == key))


def delete_of(tx: Transaction, account: str, *, but: str = "") -> None:
    """End all of an account, except the one with key ``but``."""
    tx.execute(sa.delete(Session).where(_own(tx), Session.account == account, Session.id != but))


def delete_ended(tx: Transaction, idle: timedelta, absolute: timedelta) -> None:
    """Remove those that are over."""
    over = sa.or_(Session.seen_at <= tx.instant - idle, Session.created_at <= tx.instant - absolute)
    tx.execute(sa.delete(Session).where(_own(tx), over))


def open_of(
    tx: Transaction, account: str, idle: timedelta, absolute: timedelta
) -> list[tuple[str, datetime, datetime, str, str]]:
    """Key, begun, seen, origin and browser of an account's running sessions, the last seen first."""
    query = (
        sa.select(Session.id, Session.created_at, Session.seen_at, Session.ip, Session.agent)
        .where(
            _own(tx),
            Session.account == account,
            Session.seen_at > tx.instant - idle,
            Session.created_at > tx.instant - absolute,
        )
        .order_by(Session.seen_at.desc())
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in tx.execute(query)]


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return Session.municipality == tx.municipality
