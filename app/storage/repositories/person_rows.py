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
        sa.select(Person.id, Person.sealed, Person.birth_year, Person.neighbourhood, Account.name, _running())
        .outerjoin(
            Account,
            sa.and_(Account.municipality == Person.municipality, Account.id == Person.contact_person),
        )
        .where(Person.municipality == tx.municipality, Person.name_index == tx.sealer.index("person", name))
        .order_by(Person.id.desc())
        .limit(most)
    )
    if birth_year is not None:
        query = query.where(sa.or_(Person.birth_year == birth_year, Person.birth_year.is_(None)))
    return [
        Found(key, tx.sealer.open_json(("person", key, "sealed"), sealed), year, place, contact or "", cases)
        for key, sealed, year, place, contact, cases in tx.execute(query)
    ]


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
