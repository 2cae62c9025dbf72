"""How are drafts read and written? Sealed and opened here, so that nobody else names their place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import Draft

Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft, opened."""

    id: int
    form_version: int
    rev: int
    raw: Raw
    created_at: datetime
    updated_at: datetime
    person: int | None


def insert(tx: Transaction, owner: str, form_version: int, raw: Raw, *, person: int | None) -> DraftRow:
    """A new draft."""
    key = new_id()
    values = {"municipality": tx.municipality, "id": key, "owner": owner, "form_version": form_version}
    more = {
        "person": person,
        "rev": 1,
        "sealed": _seal(tx, key, raw),
        "created_at": tx.now,
        "updated_at": tx.now,
    }
    tx.execute(sa.insert(Draft), values | more)
    return DraftRow(key, form_version, 1, raw, tx.now, tx.now, person)


def of_owner(tx: Transaction, owner: str) -> list[DraftRow]:
    """All drafts of an account, the last touched first."""
    query = _select().where(Draft.municipality == tx.municipality, Draft.owner == owner)
    return [_row(tx, row) for row in tx.execute(query.order_by(Draft.updated_at.desc(), Draft.id))]


def get(tx: Transaction, owner: str, key: int, *, lock: bool = False) -> DraftRow | None:
    """One draft of an account; ``lock`` when it will be written."""
    names = {"town": tx.municipality, "by": owner, "draft": key}
    row = tx.execute(_one(lock=lock), names).first()
    return _row(tx, row) if row else None


@cache
def _one(*, lock: bool) -> sa.Select[int, int, int, bytes, datetime, datetime, int | None]:
    query = _select().where(
        Draft.municipality == sa.bindparam("town"),
        Draft.owner == sa.bindparam("by"),
        Draft.id == sa.bindparam("draft"),
    )
    return query.with_for_update() if lock else query


def write(tx: Transaction, standing: DraftRow, raw: Raw) -> DraftRow:
    """Put ``raw`` in the place of what stands there; the next revision."""
    tx.execute(
        sa.update(Draft)
        .where(Draft.municipality == tx.municipality, Draft.id == standing.id)
        .values(sealed=_seal(tx, standing.id, raw), rev=standing.rev + 1, updated_at=tx.now, reminded_at=None)
    )
    rest = (standing.created_at, tx.now, standing.person)
    return DraftRow(standing.id, standing.form_version, standing.rev + 1, raw, *rest)


def delete(tx: Transaction, owner: str, key: int) -> None:
    """Remove one draft of an account."""
    tx.execute(
        sa.delete(Draft).where(Draft.municipality == tx.municipality, Draft.owner == owner, Draft.id == key)
    )


def count(tx: Transaction, owner: str) -> int:
    """How many drafts an account has."""
    query = sa.select(sa.func.count()).select_from(Draft)
    return int(tx.scalar(query.where(Draft.municipality == tx.municipality, Draft.owner == owner)))


def waiting(tx: Transaction) -> list[tuple[int, str, int, datetime]]:
    """Id, owner, form version and last change of the drafts whose owner was not reminded since."""
    query = sa.select(Draft.id, Draft.owner, Draft.form_version, Draft.updated_at)
    rows = tx.execute(query.where(Draft.municipality == tx.municipality, Draft.reminded_at.is_(None)))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def reminded(tx: Transaction, keys: Sequence[int]) -> None:
    """Their owners hear of them now."""
    if keys:
        mine = sa.and_(Draft.municipality == tx.municipality, Draft.id.in_(keys))
        tx.execute(sa.update(Draft).where(mine).values(reminded_at=tx.now))


def titles(tx: Transaction, keys: Sequence[int], owner: str) -> list[tuple[int, datetime]]:
    """Form version and last change of these drafts of an account that were not touched since they were reminded of."""
    if not keys:
        return []
    query = sa.select(Draft.form_version, Draft.updated_at).where(
        Draft.municipality == tx.municipality,
        Draft.owner == owner,
        Draft.id.in_(keys),
        Draft.reminded_at.is_not(None),
    )
    return [(row[0], row[1]) for row in tx.execute(query.order_by(Draft.updated_at, Draft.id))]


def touched(tx: Transaction) -> list[tuple[int, int, datetime]]:
    """Id, form version and last change of every draft here."""
    query = sa.select(Draft.id, Draft.form_version, Draft.updated_at)
    rows = tx.execute(query.where(Draft.municipality == tx.municipality))
    return [(row[0], row[1], row[2]) for row in rows]


def forget(tx: Transaction, named: Collection[str]) -> int:
    """Remove drafts in which one of these ids (as text) was chosen: of a person, or of the case it was opened from; how
    many."""
    rows = tx.execute(_select().where(Draft.municipality == tx.municipality)).all()
    about = set(named)
    gone = [
        row.id
        for row in (_row(tx, found) for found in rows)
        if about & {x for some in row.raw.values() for x in some}
    ]
    delete_many(tx, gone)
    return len(gone)


def any_of(tx: Transaction, persons: Sequence[int]) -> bool:
    """Whether somebody is filling in a form for one of these people."""
    query = sa.select(Draft.id).where(Draft.municipality == tx.municipality, Draft.person.in_(persons))
    return tx.scalar(query.limit(1)) is not None


def delete_many(tx: Transaction, keys: Sequence[int]) -> None:
    """Remove drafts, whoever's they are."""
    if keys:
        tx.execute(sa.delete(Draft).where(Draft.municipality == tx.municipality, Draft.id.in_(keys)))


def _select() -> sa.Select[int, int, int, bytes, datetime, datetime, int | None]:
    return sa.select(
        Draft.id,
        Draft.form_version,
        Draft.rev,
        Draft.sealed,
        Draft.created_at,
        Draft.updated_at,
        Draft.person,
    )


def _row(tx: Transaction, row: sa.Row[int, int, int, bytes, datetime, datetime, int | None]) -> DraftRow:
    key, form_version, rev, sealed, created_at, updated_at, person = row
    raw = tx.sealer.open_json(("draft", key, "sealed"), sealed)
    return DraftRow(key, form_version, rev, raw, created_at, updated_at, person)


def _seal(tx: Transaction, key: int, raw: Raw) -> bytes:
    return tx.sealer.seal_json(("draft", key, "sealed"), {name: list(texts) for name, texts in raw.items()})
