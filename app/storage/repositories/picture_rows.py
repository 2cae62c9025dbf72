"""How is a picture of the municipality's own read and written?"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Picture


def mark_of(content: bytes) -> str:
    """Changes with the bytes of a picture."""
    return hashlib.sha256(content).hexdigest()


def put(tx: Transaction, name: str, kind: str, content: bytes) -> str:
    """Put a picture in the place of the one with that name; its mark."""
    mark = mark_of(content)
    drop(tx, name)
    place = {"municipality": tx.municipality, "name": name, "kind": kind, "size": len(content)}
    tx.execute(sa.insert(Picture), place | {"mark": mark, "content": content, "created_at": tx.now})
    return mark


def drop(tx: Transaction, name: str) -> None:
    """Take it away."""
    tx.execute(sa.delete(Picture).where(_own(tx), Picture.name == name))


def get(tx: Transaction, name: str) -> tuple[str, bytes, str] | None:
    """Kind, bytes and mark; ``None`` without one."""
    row = tx.execute(
        sa.select(Picture.kind, Picture.content, Picture.mark).where(_own(tx), Picture.name == name)
    ).first()
    return (row[0], row[1], row[2]) if row else None


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return Picture.municipality == tx.municipality
