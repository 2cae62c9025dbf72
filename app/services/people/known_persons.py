"""Which records could be the resident of this form? Staff choose; nothing is merged by itself."""

from __future__ import annotations

from app.definitions.model.forms import Form
from app.engine.model.answers import Answers
from app.engine.policy import Act, Actor, Relation, may
from app.services.cases.load_case import key_of
from app.services.errors import Forbidden
from app.services.people import persons, residents
from app.services.people.persons import PersonLine
from app.storage.database import transaction
from app.storage.repositories import person_rows

NAMED = ("resident.called", "resident.first_name", "resident.name")


def asks_for(form: Form) -> bool:
    """Whether a form is about a resident with a name."""
    return any(form.meaning(means) is not None for means in NAMED)


def matching(actor: Actor, form: Form, answers: Answers) -> list[PersonLine]:
    """Records under the full name or the name used, of the same year of birth where both are known; those of the same
    neighbourhood first. Empty while no name is filled in. Raises ``Forbidden``."""
    names = dict.fromkeys((residents.full_name(form, answers), residents.called(form, answers)))
    year = residents.birth_year(form, answers)
    found = {line.id: line for name in names if name for line in persons.find(actor, name, year)}
    place = residents.option(form, answers, "case.neighbourhood")
    return sorted(found.values(), key=lambda line: line.neighbourhood != place)


def one(actor: Actor, person: str) -> PersonLine | None:
    """The record that was chosen; ``None`` when there is none any more. Raises ``Forbidden``, ``NotFound`` (no id)."""
    if not may(actor, Act.CASE_FIND, Relation.OTHER):
        raise Forbidden(str(Act.CASE_FIND))
    with transaction(actor.municipality, readonly=True) as tx:
        row = person_rows.get(tx, key_of(person))
    return persons.line_of(row) if row is not None else None
