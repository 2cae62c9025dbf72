"""How are thin records of residents read and written?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.storage import ready
from app.storage.database import Transaction, table_of
from app.storage.models import Case, Person, PersonKey

NAME, NUMBER = "name", "number"
MOST = 200
"""Candidates opened for one question."""
_KEY = table_of(PersonKey)


@dataclass(frozen=True, slots=True)
class Found:
    """A record, opened: ``kept`` as ``models.Person`` says; ``contact_person`` is an account, or empty."""

    id: int
    kept: dict[str, Any]
    birth_year: int | None
    neighbourhood: str
    contact_person: str
    merged_into: int | None
    version: int


def under(tx: Transaction, texts: Collection[str], *, kind: str = NAME, most: int = MOST) -> list[Found]:
    """Records kept under one of these texts, the newest first."""
    hashes = [_hash(tx, kind, text) for text in texts]
    if not hashes:
        return []
    kept = sa.select(PersonKey.person).where(
        PersonKey.municipality == tx.municipality, PersonKey.kind == kind, PersonKey.hash.in_(hashes)
    )
    query = _select(tx).where(Person.id.in_(kept)).order_by(Person.id.desc()).limit(most)
    return [_found(tx, row) for row in tx.execute(query)]


def get(tx: Transaction, person: int, *, lock: bool = False) -> Found | None:
    """One record; ``lock`` when it will be written."""
    query = _select(tx).where(Person.id == person)
    row = tx.execute(query.with_for_update() if lock else query).first()
    return _found(tx, row) if row is not None else None


def many(tx: Transaction, persons: Collection[int]) -> dict[int, Found]:
    """Records by id."""
    if not persons:
        return {}
    rows = tx.execute(_select(tx).where(Person.id.in_(persons)))
    return {found.id: found for found in (_found(tx, row) for row in rows)}


def write(tx: Transaction, person: int, values: Mapping[str, Any]) -> None:
    """Change columns of a record; the next version."""
    mine = sa.and_(Person.municipality == tx.municipality, Person.id == person)
    tx.execute(sa.update(Person).where(mine).values(**values, version=Person.version + 1))


def put_keys(
    tx: Transaction, person: int, texts: Iterable[str], *, kind: str = NAME, fresh: bool = False
) -> None:
    """The texts under which a record is found, in the place of those it had; ``fresh``: it has none yet."""
    if not fresh:
        mine = sa.and_(PersonKey.municipality == tx.municipality, PersonKey.person == person)
        tx.execute(sa.delete(PersonKey).where(mine, PersonKey.kind == kind))
    hashes = {_hash(tx, kind, text) for text in texts}
    rows = [
        {"municipality": tx.municipality, "hash": item, "person": person, "kind": kind}
        for item in sorted(hashes)
    ]
    if rows:
        ready.insert_rows(tx, _KEY, rows)


def add_number(tx: Transaction, person: int, number: str) -> None:
    """The record is found by this national number too."""
    values = {"hash": _hash(tx, NUMBER, number), "person": person, "kind": NUMBER}
    tx.insert_new(PersonKey, {"municipality": tx.municipality, **values})


def not_keyed(tx: Transaction, rules: int, *, most: int) -> list[int]:
    """Records whose keys were made by older rules than ``rules``, oldest first."""
    query = sa.select(Person.id).where(Person.municipality == tx.municipality, Person.keyed < rules)
    return list(tx.execute(query.order_by(Person.id).limit(most)).scalars())


def cases(tx: Transaction, persons: Sequence[int]) -> list[dict[str, Any]]:
    """The cases of these records, the last received first."""
    if not persons:
        return []
    case = table_of(Case)
    query = sa.select(case).where(case.c.municipality == tx.municipality, case.c.person.in_(persons))
    ordered = query.order_by(case.c.received_at.desc(), case.c.id.desc())
    return [dict(row) for row in tx.execute(ordered).mappings()]


def merged_with(tx: Transaction, persons: Sequence[int]) -> list[int]:
    """The records merged into these, and those these were merged into."""
    into = sa.select(Person.id).where(Person.municipality == tx.municipality, Person.merged_into.in_(persons))
    onto = sa.select(Person.merged_into).where(
        Person.municipality == tx.municipality, Person.id.in_(persons), Person.merged_into.is_not(None)
    )
    return [*tx.execute(into).scalars(), *(key for key in tx.execute(onto).scalars() if key is not None)]


def set_person(tx: Transaction, case: int, person: int | None) -> None:
    """Whom a case is about; its version stays, as nothing is decided."""
    mine = sa.and_(Case.municipality == tx.municipality, Case.id == case)
    tx.execute(sa.update(Case).where(mine).values(person=person))


def _select(tx: Transaction) -> sa.Select[*tuple[Any, ...]]:
    columns = (Person.id, Person.sealed, Person.birth_year, Person.neighbourhood, Person.contact_person)
    query = sa.select(*columns, Person.merged_into, Person.version)
    return query.where(Person.municipality == tx.municipality)


def _found(tx: Transaction, row: sa.Row[*tuple[Any, ...]]) -> Found:
    key, sealed, year, place, contact, merged_into, version = row
    kept = tx.sealer.open_json(("person", key, "sealed"), sealed)
    return Found(key, kept, year, place, contact or "", merged_into, version)


def _hash(tx: Transaction, kind: str, text: str) -> str:
    return tx.sealer.index(f"person:{kind}", text)
