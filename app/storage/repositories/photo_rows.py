"""How is the picture of somebody who is called kept? Sealed, one a person."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from app.engine.photos import Photo
from app.storage.database import Transaction
from app.storage.models import Photo as Row
from app.storage.sealing import Place


def put(tx: Transaction, account: str, photo: Photo) -> None:
    """Keep a photo in the place of the one before."""
    drop(tx, account)
    values = {
        "municipality": tx.municipality,
        "account": account,
        "kind": photo.kind,
        "turned": photo.turned,
        "mark": hashlib.sha256(photo.content).hexdigest(),
        "content": tx.sealer.seal(_place(account), photo.content),
        "created_at": tx.now,
    }
    tx.execute(sa.insert(Row), values)


def get(tx: Transaction, account: str) -> Photo | None:
    """The photo of somebody."""
    query = sa.select(Row.kind, Row.content, Row.turned).where(
        Row.municipality == tx.municipality, Row.account == account
    )
    found = tx.execute(query).first()
    return Photo(found[0], tx.sealer.open(_place(account), found[1]), found[2]) if found else None


def marks(tx: Transaction) -> dict[str, str]:
    """Account -> a mark that changes with the picture, of everybody who has one."""
    query = sa.select(Row.account, Row.mark).where(Row.municipality == tx.municipality)
    return {account: mark[:16] for account, mark in tx.execute(query)}


def drop(tx: Transaction, account: str) -> None:
    """Take it away."""
    tx.execute(sa.delete(Row).where(Row.municipality == tx.municipality, Row.account == account))


def _place(account: str) -> Place:
    return ("photo", account, "content")
