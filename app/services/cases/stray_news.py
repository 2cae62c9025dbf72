"""An account was closed: look, a while later, whether something still reached it."""

from __future__ import annotations

from datetime import timedelta

from app.engine.model.people import AccountId
from app.storage import ids, outbox
from app.storage.database import Transaction

STRAYS = "strays"
AFTER = timedelta(minutes=2)
"""Longer than any request that read the staff before."""


def promise(tx: Transaction, account: AccountId) -> None:
    """Look after the commit, and not at once."""
    key = f"{STRAYS}:{account}:{ids.to_text(ids.new_id())}"
    outbox.emit(tx, STRAYS, key, {"account": account}, due_at=tx.now + AFTER)
