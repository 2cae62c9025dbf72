"""How are uploaded files kept, sealed with their names?"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import File


def insert(tx: Transaction, name: str, kind: str, content: bytes, *, owner: str) -> int:
    """Keep a file that belongs to no submission yet; its key."""
    key = new_id()
    values = {
        "municipality": tx.municipality,
        "id": key,
        "name": tx.sealer.seal(("file", key, "name"), name.encode()),
        "kind": kind,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "sealed": tx.sealer.seal(("file", key, "sealed"), content),
        "owner": owner or None,
        "submission": None,
        "created_at": tx.instant,
    }
    tx.execute(sa.insert(File), values)
    return key


def opened(tx: Transaction, key: int, submissions: Collection[int]) -> tuple[str, str, bytes] | None:
    """Name, kind and content of a file that came with one of these submissions."""
    query = sa.select(File.name, File.kind, File.sealed).where(
        File.municipality == tx.municipality, File.id == key, File.submission.in_(submissions)
    )
    row = tx.execute(query).first()
    if row is None:
        return None
    name = tx.sealer.open(("file", key, "name"), row.name).decode()
    return name, row.kind, tx.sealer.open(("file", key, "sealed"), row.sealed)


def delete_unsent(tx: Transaction, older_than: timedelta) -> int:
    """Remove files that still belong to nothing; how many."""
    old = sa.and_(File.submission.is_(None), File.created_at < tx.instant - older_than)
    return tx.execute(sa.delete(File).where(File.municipality == tx.municipality, old)).rowcount
