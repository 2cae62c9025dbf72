"""Who guesses passwords? Failed sign-ins are counted per address tried and per origin, on the real clock."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import SignInAttempt

WINDOW = timedelta(minutes=15)
MOST_PER_ADDRESS = 5
MOST_PER_ORIGIN = 50


def too_many(tx: Transaction, who: str, ip: str) -> bool:
    """Whether ``who`` (a keyed hash) or ``ip`` failed too often in the last quarter of an hour."""
    count = sa.func.count()
    query = sa.select(
        count.filter(SignInAttempt.who == who), count.filter(SignInAttempt.ip == ip, SignInAttempt.ip != "")
    ).where(
        SignInAttempt.municipality == tx.municipality,
        SignInAttempt.at > tx.instant - WINDOW,
        sa.or_(SignInAttempt.who == who, SignInAttempt.ip == ip),
    )
    by_address, by_origin = tx.execute(query).one()
    return bool(by_address >= MOST_PER_ADDRESS or by_origin >= MOST_PER_ORIGIN)


def count_failure(tx: Transaction, who: str, ip: str) -> None:
    """One more; what is older than the window goes."""
    _delete(tx, SignInAttempt.at <= tx.instant - WINDOW)
    values = {"municipality": tx.municipality, "id": new_id(), "who": who, "ip": ip[:45], "at": tx.instant}
    tx.execute(sa.insert(SignInAttempt), values)


def forget(tx: Transaction, who: str) -> None:
    """They got in: what they mistyped before no longer counts."""
    _delete(tx, SignInAttempt.who == who)


def _delete(tx: Transaction, which: sa.ColumnElement[bool]) -> None:
    tx.execute(sa.delete(SignInAttempt).where(SignInAttempt.municipality == tx.municipality, which))
