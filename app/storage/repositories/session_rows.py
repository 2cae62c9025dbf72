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
        Session.stage,
        Session.locked_at,
        Session.lock_after,
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


def insert(tx: Transaction, key: str, account: str, csrf: str, **told: object) -> None:
    """A new session, begun now; ``told``: ip, agent, stage and lock_after."""
    times = dict.fromkeys(("created_at", "seen_at", "fresh_at"), tx.instant)
    values = {"municipality": tx.municipality, "id": key, "account": account, "csrf": csrf, "wrong": 0}
    told |= {"ip": str(told["ip"])[:45], "agent": str(told["agent"])[:200]}
    tx.execute(sa.insert(Session), {**values, **times, **told})


def touch(tx: Transaction, key: str) -> None:
    """It was seen now."""
    tx.execute(sa.update(Session).where(_own(tx), Session.id == key).values(seen_at=tx.instant))


def rename(tx: Transaction, key: str, fresh: str) -> bool:
    """It is known by another key from now on, was proven now and is not locked; False when there is none."""
    values = {"id": fresh, "seen_at": tx.instant, "fresh_at": tx.instant, "locked_at": None, "wrong": 0}
    return tx.execute(sa.update(Session).where(_own(tx), Session.id == key).values(**values)).rowcount == 1


def lock(tx: Transaction, key: str) -> None:
    """It reads nothing until it is opened again."""
    closed = sa.update(Session).where(_own(tx), Session.id == key, Session.locked_at.is_(None))
    tx.execute(closed.values(locked_at=tx.instant))


def count_wrong(tx: Transaction, key: str) -> int:
    """Somebody gave something wrong in it; how often that makes."""
    counted = sa.update(Session).where(_own(tx), Session.id == key).values(wrong=Session.wrong + 1)
    return int(tx.scalar(counted.returning(Session.wrong)) or 0)


def delete(tx: Transaction, key: str) -> None:
    """End one."""
    tx.execute(sa.delete(Session).where(_own(tx), Session.id == key))


def delete_of(tx: Transaction, account: str, *, but: str = "") -> None:
    """End all of an account, except the one with key ``but``."""
    tx.execute(sa.delete(Session).where(_own(tx), Session.account == account, Session.id != but))


def delete_ended(tx: Transaction, idle: timedelta, absolute: timedelta) -> None:
    """Remove those that are over."""
    left = sa.and_(Session.seen_at <= tx.instant - idle, Session.locked_at.is_(None))
    over = sa.or_(left, Session.created_at <= tx.instant - absolute)
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
            Session.stage == "open",
            sa.or_(Session.seen_at > tx.instant - idle, Session.locked_at.is_not(None)),
            Session.created_at > tx.instant - absolute,
        )
        .order_by(Session.seen_at.desc())
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in tx.execute(query)]


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return Session.municipality == tx.municipality
