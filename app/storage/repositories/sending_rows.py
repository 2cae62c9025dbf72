"""Who sends far too much without an account? Sendings are counted per link and per origin, on the real clock."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import PublicSending

WINDOW = timedelta(hours=1)
MOST = 30


def count_one(tx: Transaction, who: str) -> bool:
    """Count one sending of ``who`` (any text; kept as a keyed hash); False when that is one too many."""
    key = tx.sealer.index("public_sending", who)
    old = PublicSending.at <= tx.instant - WINDOW
    tx.execute(sa.delete(PublicSending).where(PublicSending.municipality == tx.municipality, old))
    query = sa.select(sa.func.count()).select_from(PublicSending)
    before = tx.scalar(query.where(PublicSending.municipality == tx.municipality, PublicSending.who == key))
    tx.execute(
        sa.insert(PublicSending),
        {"municipality": tx.municipality, "id": new_id(), "who": key, "at": tx.instant},
    )
    return int(before) < MOST
