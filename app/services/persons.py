"""Does somebody follow this resident already?

Reception may see that a case exists and who the contact person is, never more. Nobody is found by part of a name: the
name is kept as a keyed hash, so it must be given whole; records are chosen by staff and never merged by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from app.engine.policy import Act, Actor, Relation, may
from app.services.errors import Forbidden
from app.storage import ids
from app.storage.database import transaction
from app.storage.models import Account, Case, Person


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A thin record as search shows it. ``contact_person`` is a name, ``open_cases`` how many run."""

    id: str
    name: str
    birth_year: int | None
    neighbourhood: str
    contact_person: str
    open_cases: int


def normal(name: str) -> str:
    """A name as it is looked up: case and spaces do not count."""
    return " ".join(name.casefold().split())


def find(actor: Actor, name: str, birth_year: int | None = None) -> list[PersonLine]:
    """Records with exactly this name, and of this year of birth or an unknown one. Raises ``Forbidden``."""
    if not may(actor, Act.CASE_FIND, Relation.OTHER) or not name.strip():
        raise Forbidden(str(Act.CASE_FIND))
    running = (
        sa.select(sa.func.count())
        .select_from(Case)
        .where(Case.municipality == Person.municipality, Case.person == Person.id, Case.closed_at.is_(None))
        .correlate(Person)
        .scalar_subquery()
    )
    query = (
        sa.select(Person.id, Person.sealed, Person.birth_year, Person.neighbourhood, Account.name, running)
        .outerjoin(
            Account,
            sa.and_(Account.municipality == Person.municipality, Account.id == Person.contact_person),
        )
        .order_by(Person.id.desc())
        .limit(20)
    )
    with transaction(actor.municipality, readonly=True) as tx:
        query = query.where(
            Person.municipality == tx.municipality,
            Person.name_index == tx.sealer.index("person", normal(name)),
        )
        if birth_year is not None:
            query = query.where(sa.or_(Person.birth_year == birth_year, Person.birth_year.is_(None)))
        found = []
        for key, sealed, year, neighbourhood, contact, cases in tx.execute(query):
            kept = tx.sealer.open_json(("person", key, "sealed"), sealed)
            shown = kept.get("name") or kept.get("called", "")
            found.append(PersonLine(ids.to_text(key), shown, year, neighbourhood, contact or "", cases))
    return found
