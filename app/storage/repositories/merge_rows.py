"""Which records were found to be one person, and which case is surely not about whom?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import PersonApart, PersonMerge

_MERGE = table_of(PersonMerge)
_REASON = "reason"


def add(
    tx: Transaction, person: int, into: int, *, cases: Sequence[int], followed_by: str, by: str, reason: str
) -> int:
    """Write a merge down; its key. ``followed_by``: whom ``into`` had as contact person, or empty."""
    key = ids.new_id()
    values = {
        "municipality": tx.municipality,
        "id": key,
        "person": person,
        "into": into,
        "reason": tx.sealer.seal_json(("person_merge", key, _REASON), reason),
        "cases": [ids.to_text(case) for case in cases],
        "followed_by": followed_by or None,
        "by": by,
        "at": tx.now,
    }
    tx.execute(sa.insert(PersonMerge), values)
    return key


def get(tx: Transaction, merge: int, *, lock: bool = False) -> dict[str, Any] | None:
    """One merge, its reason opened."""
    query = sa.select(_MERGE).where(_MERGE.c.municipality == tx.municipality, _MERGE.c.id == merge)
    row = tx.execute(query.with_for_update() if lock else query).mappings().first()
    return _opened(tx, row) if row is not None else None


def of_person(tx: Transaction, person: int) -> list[dict[str, Any]]:
    """All merges into a record, undone ones too, the last first."""
    query = sa.select(_MERGE).where(_MERGE.c.municipality == tx.municipality, _MERGE.c.into == person)
    rows = tx.execute(query.order_by(_MERGE.c.id.desc())).mappings()
    return [_opened(tx, row) for row in rows]


def undo(tx: Transaction, merge: int, by: str) -> None:
    """They are two again."""
    mine = sa.and_(PersonMerge.municipality == tx.municipality, PersonMerge.id == merge)
    tx.execute(sa.update(PersonMerge).where(mine).values(undone_by=by, undone_at=tx.now))


def keep_apart(tx: Transaction, case: int, person: int, by: str) -> None:
    """A case is not about this person; said twice is said once."""
    values = {"municipality": tx.municipality, "case": case, "person": person, "by": by, "at": tx.now}
    tx.insert_new(PersonApart, values)


def kept_apart(tx: Transaction, case: int) -> frozenset[int]:
    """Whom a case is not about, as somebody said."""
    query = sa.select(PersonApart.person).where(
        PersonApart.municipality == tx.municipality, PersonApart.case == case
    )
    return frozenset(tx.execute(query).scalars())


def _opened(tx: Transaction, row: Mapping[Any, Any]) -> dict[str, Any]:
    found = dict(row)
    found["reason"] = tx.sealer.open_json(("person_merge", row["id"], _REASON), row["reason"])
    found["cases"] = [ids.from_text(text) for text in row["cases"]]
    return found
