"""Which records could be the resident of this form? Staff choose; nothing is merged by itself."""

from __future__ import annotations

from app.definitions.model.forms import Form
from app.engine.model.answers import Answers
from app.engine.policy import Act, Actor, may
from app.services.errors import Forbidden
from app.services.people import keying, persons, residents
from app.services.people.persons import PersonLine

NAMED = ("resident.called", "resident.first_name", "resident.name")
WATCHED = (*NAMED, "resident.birth", "case.neighbourhood")
"""What it depends on who could be meant."""


def asks_for(form: Form) -> bool:
    """Whether a form is about a resident with a name."""
    return any(form.meaning(means) is not None for means in NAMED)


def watched(form: Form) -> tuple[str, ...]:
    """The ids of the fields that say who it is about."""
    return tuple(field.id for field in map(form.meaning, WATCHED) if field is not None)


def matching(actor: Actor, form: Form, answers: Answers, *, sure: bool = False) -> list[PersonLine]:
    """Records that could be meant, by sound, year of birth and neighbourhood, the most alike first; ``sure``: only who
    is worth asking about unasked. Empty while no name is filled in. Raises ``Forbidden``, ``Invalid``
    (``search_too_many``)."""
    if not may(actor, Act.PERSON_FIND):
        raise Forbidden(str(Act.PERSON_FIND))
    asked = keying.portrait_of(form, answers)
    if not residents.is_named(form, answers) or (sure and asked.birth is None and not asked.place):
        return []
    return persons.find(actor, asked, where=persons.DRAFT, sure=sure)
