"""How are uploaded files kept, sealed with their names?"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import CaseFile, Draft, File, Submission


def insert(tx: Transaction, name: str, kind: str, content: bytes, *, owner: str, claim: str = "") -> int:
    """Keep a file that belongs to no submission yet; its key. Without an owner ``claim`` says whose it is."""
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
        "claim": "" if owner else claim,
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


def owned(
    tx: Transaction, keys: Collection[int], *, owner: str, claim: str, token: str
) -> dict[int, tuple[str, str, int]]:
    """Name, kind and size of those of these files that belong to whoever asks and were not sent yet, or were with this
    very ``token``, by key."""
    if not keys:
        return {}
    query = sa.select(File.id, File.name, File.kind, File.size).where(
        File.municipality == tx.municipality,
        File.id.in_(keys),
        _mine(owner, claim),
        sa.or_(_UNSENT, _sent_with(tx, token)),
    )
    return {
        row[0]: (tx.sealer.open(("file", row[0], "name"), row[1]).decode(), row[2], row[3])
        for row in tx.execute(query)
    }


def attach(tx: Transaction, keys: Collection[int], submission: int, *, owner: str, claim: str) -> int:
    """These uploads of whoever asks belong to a submission from now on; how many did."""
    if not keys:
        return 0
    mine = sa.and_(File.municipality == tx.municipality, File.id.in_(keys), _mine(owner, claim), _UNSENT)
    return tx.execute(sa.update(File).where(mine).values(submission=submission)).rowcount


@dataclass(frozen=True, slots=True)
class Laid:
    """A file that was laid with a case; ``name`` is opened, ``by`` empty for the resident."""

    id: int
    name: str
    kind: str
    size: int
    by: str
    added_at: datetime


def lay(tx: Transaction, key: int, case: int, *, by: str, privacy: int) -> None:
    """A file lies with a case from now on."""
    values = {
        "municipality": tx.municipality,
        "file": key,
        "case": case,
        "by": by or None,
        "privacy": privacy,
    }
    tx.execute(sa.insert(CaseFile), {**values, "added_at": tx.now})


def of_case(tx: Transaction, case: int) -> list[Laid]:
    """The files that were laid with a case, the last first."""
    query = (
        sa.select(File.id, File.name, File.kind, File.size, CaseFile.by, CaseFile.added_at)
        .join(CaseFile, sa.and_(CaseFile.municipality == File.municipality, CaseFile.file == File.id))
        .where(File.municipality == tx.municipality, CaseFile.case == case)
        .order_by(CaseFile.added_at.desc(), File.id.desc())
    )
    return [
        Laid(key, tx.sealer.open(("file", key, "name"), name).decode(), kind, size, by or "", at)
        for key, name, kind, size, by, at in tx.execute(query)
    ]


def delete_unsent(tx: Transaction, older_than: timedelta) -> int:
    """Remove files that still belong to nothing, but for those of somebody who still has a draft; how many."""
    drafting = sa.exists().where(Draft.municipality == File.municipality, Draft.owner == File.owner)
    old = sa.and_(File.submission.is_(None), File.created_at < tx.instant - older_than, ~drafting)
    return tx.execute(sa.delete(File).where(File.municipality == tx.municipality, old)).rowcount


_UNSENT = File.submission.is_(None)


def _sent_with(tx: Transaction, token: str) -> sa.ColumnElement[bool]:
    known = sa.select(Submission.id).where(
        Submission.municipality == tx.municipality, Submission.token == token
    )
    return File.submission.in_(known)


def _mine(owner: str, claim: str) -> sa.ColumnElement[bool]:
    """Uploaded by this account or this visitor; nobody's without either."""
    if owner:
        return File.owner == owner
    return sa.and_(File.owner.is_(None), File.claim == claim) if claim else sa.false()
