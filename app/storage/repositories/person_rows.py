"""How are thin records of residents found, and who opened what?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Account, Case, Person, ReadLog


@dataclass(frozen=True, slots=True)
class Found:
    """A record, opened: ``kept`` as ``models.Person`` says; ``contact_person`` is a name."""

    id: int
    kept: dict[str, Any]
    birth_year: int | None
    neighbourhood: str
    contact_person: str
    open_cases: int


def find(tx: Transaction, name: str, birth_year: int | None, *, most: int = 20) -> list[Found]:
    """Records with exactly this (normalised) name and this year of birth or an unknown one, the newest first."""
    query = (
        _select(tx)
        .where(Person.name_index == tx.sealer.index("person", name))
        .order_by(Person.id.desc())
        .limit(most)
    )
    if birth_year is not None:
        query = query.where(sa.or_(Person.birth_year == birth_year, Person.birth_year.is_(None)))
    return [_found(tx, row) for row in tx.execute(query)]


def get(tx: Transaction, person: int) -> Found | None:
    """One record."""
    row = tx.execute(_select(tx).where(Person.id == person)).first()
    return _found(tx, row) if row is not None else None


def _select(tx: Transaction) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Person.id, Person.sealed, Person.birth_year, Person.neighbourhood, Account.name, _running())
        .outerjoin(
            Account,
            sa.and_(Account.municipality == Person.municipality, Account.id == Person.contact_person),
        )
        .where(Person.municipality == tx.municipality)
    )


def _found(tx: Transaction, row: sa.Row[*tuple[Any, ...]]) -> Found:
    key, sealed, year, place, contact, cases = row
    kept = tx.sealer.open_json(("person", key, "sealed"), sealed)
    return Found(key, kept, year, place, contact or "", cases)


def readings(tx: Transaction, case: int, *, most: int) -> list[tuple[datetime, str, str, str, str]]:
    """When, who (name), case number, act and reason of everybody who opened a case, the last first."""
    query = (
        sa.select(ReadLog.at, Account.name, Case.number, ReadLog.act, ReadLog.reason)
        .join(Account, sa.and_(Account.municipality == ReadLog.municipality, Account.id == ReadLog.account))
        .join(Case, sa.and_(Case.municipality == ReadLog.municipality, Case.id == ReadLog.case))
        .where(ReadLog.municipality == tx.municipality, ReadLog.case == case)
        .order_by(ReadLog.at.desc(), ReadLog.id.desc())
        .limit(most)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in tx.execute(query)]


def _running() -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .select_from(Case)
        .where(Case.municipality == Person.municipality, Case.person == Person.id, Case.closed_at.is_(None))
        .correlate(Person)
        .scalar_subquery()
    )
