"""Who asks for their data, or to be erased? Found by how a name sounds, for the request that is written down with it.

Nobody is hidden here: what is kept of somebody is theirs, also where the case is restricted or its consent withdrawn.
"""

from __future__ import annotations

from app.engine.likeness import Portrait
from app.engine.names import sounds
from app.engine.policy import Act, Actor
from app.services.cases.load_case import desk_of, key_of
from app.services.errors import Invalid, NotFound
from app.services.people import persons
from app.services.people.persons import LONGEST_REASON, RIGHTS, PersonLine
from app.services.permission import demand
from app.storage.database import transaction
from app.storage.repositories import event_rows, person_rows, search_rows


def find(actor: Actor, asked: Portrait, reason: str) -> list[PersonLine]:
    """Who could be meant, the most alike first; ``reason`` is the request, kept with the search.

    Raises ``Forbidden``, ``Invalid`` (``search_no_name``, ``reason_needed``, ``search_too_many``).
    """
    demand(actor, Act.PERSON_RIGHTS)
    why = _reason(reason)
    if not any(sounds(text) for text in asked.name.readings()):
        raise Invalid("search_no_name")
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        persons.count(tx, actor, RIGHTS)
        found = persons.alike(tx, desk, actor, asked, sure=False, whole=True)
        search_rows.add(tx, actor.account, RIGHTS, {**persons.words_of(asked), "reason": why}, len(found))
        return found


def choose(actor: Actor, person: str, reason: str) -> None:
    """Open the record of who asks, for the request. Raises ``Forbidden``, ``NotFound``, ``Invalid``
    (``reason_needed``)."""
    demand(actor, Act.PERSON_RIGHTS)
    why = _reason(reason)
    with transaction(actor.municipality) as tx:
        row = person_rows.get(tx, key_of(person))
        if row is None:
            raise NotFound
        event_rows.log_read(tx, account=actor.account, person=row.id, act=str(Act.PERSON_RIGHTS), reason=why)


def _reason(text: str) -> str:
    found = text.strip()[:LONGEST_REASON]
    if not found:
        raise Invalid("reason_needed")
    return found
