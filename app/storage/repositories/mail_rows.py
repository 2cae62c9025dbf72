"""How is mail kept that stays in the house?"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import CaughtMail

Row = tuple[int, str, str, str, datetime]
"""Id, recipient, subject, body, when."""


def insert(tx: Transaction, message_id: str, recipient: str, subject: str, body: str) -> bool:
    """Keep a message; False when one with this ``message_id`` was kept before."""
    values = {"municipality": tx.municipality, "id": new_id(), "message_id": message_id}
    told = {"recipient": recipient, "subject": subject, "body": body, "sent_at": tx.now}
    return tx.insert_new(CaughtMail, values | told)


def newest(tx: Transaction, size: int, *, before: int | None = None) -> list[Row]:
    """Messages, the newest first, from below id ``before`` on."""
    query = _select(tx).order_by(CaughtMail.id.desc()).limit(size)
    if before is not None:
        query = query.where(CaughtMail.id < before)
    return [_row(row) for row in tx.execute(query)]


def get(tx: Transaction, key: int) -> Row | None:
    """One message."""
    row = tx.execute(_select(tx).where(CaughtMail.id == key)).first()
    return _row(row) if row else None


def _select(tx: Transaction) -> sa.Select[int, str, str, str, datetime]:
    return sa.select(
        CaughtMail.id, CaughtMail.recipient, CaughtMail.subject, CaughtMail.body, CaughtMail.sent_at
    ).where(CaughtMail.municipality == tx.municipality)


def _row(row: sa.Row[int, str, str, str, datetime]) -> Row:
    return row[0], row[1], row[2], row[3], row[4]
