"""Does somebody follow this resident already?

Reception may see that a case exists and who the contact person is, never more. Nobody is found by part of a name: the
name is kept as a keyed hash, so it must be given whole; records are chosen by staff and never merged by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.policy import Act, Actor, Relation, may
from app.services.errors import Forbidden
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import person_rows
from app.storage.repositories.person_rows import Found


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
    with transaction(actor.municipality, readonly=True) as tx:
        found = person_rows.find(tx, normal(name), birth_year)
    return [line_of(row) for row in found]


def line_of(row: Found) -> PersonLine:
    """A record as search shows it."""
    return PersonLine(
        ids.to_text(row.id),
        row.kept.get("name") or row.kept.get("called", ""),
        row.birth_year,
        row.neighbourhood,
        row.contact_person,
        row.open_cases,
    )
