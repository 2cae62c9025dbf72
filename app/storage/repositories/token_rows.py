"""What did a one-time token already do?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import FormToken


@dataclass(frozen=True, slots=True)
class Used:
    """A used token: the hash of what came with it and what it gave."""

    body_hash: str
    result: Mapping[str, Any]


def find(tx: Transaction, token: str) -> Used | None:
    """What this token did; None when it is fresh."""
    query = sa.select(FormToken.body_hash, FormToken.result).where(
        FormToken.municipality == tx.municipality, FormToken.token == token
    )
    row = tx.execute(query).first()
    return Used(row.body_hash, row.result) if row else None


def keep(tx: Transaction, *, token: str, body_hash: str, account: str, result: Mapping[str, Any]) -> bool:
    """Remember what a token did; False when it was used in the meantime."""
    return tx.insert_new(
        FormToken,
        {
            "municipality": tx.municipality,
            "token": token,
            "body_hash": body_hash,
            "result": dict(result),
            "account": account or None,
            "used_at": tx.now,
        },
    )


def put_result(tx: Transaction, token: str, result: Mapping[str, Any]) -> None:
    """Say what a token that was kept gave."""
    mine = (FormToken.municipality == tx.municipality, FormToken.token == token)
    tx.execute(sa.update(FormToken).where(*mine).values(result=dict(result)))
