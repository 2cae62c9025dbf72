"""Whom is this case about? Asked of who follows it when a card came in without an account; answered by them alone.

A case may be laid to a record that exists, begin a new one, or be let loose again. That it is not about somebody is
remembered and not asked twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.engine.policy import Act, Actor
from app.services.cases import readable, relation
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of, load
from app.services.errors import Conflict, Forbidden, NotFound
from app.services.people import keying, persons, residents
from app.services.people.persons import PersonLine
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, merge_rows, person_rows
from app.storage.repositories.event_rows import NewEvent

LINKED, UNLINKED = "person_linked", "person_unlinked"


@dataclass(frozen=True, slots=True)
class Question:
    """What a case page asks: ``person`` is whom the case is about, else ``alike`` are who it could be about and
    ``named`` says whether a new record can be made of it."""

    person: PersonLine | None = None
    alike: tuple[PersonLine, ...] = ()
    named: bool = False


def question(actor: Actor, case: str) -> Question | None:
    """What to ask on the page of a case; ``None`` for who does not follow it, or where there is nothing to ask.
    Raises ``NotFound``."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        loaded = load(tx, desk, key_of(case))
        if loaded.row["blocked"] or not _follows(tx, actor, loaded) or not readable.reads(tx, actor, loaded):
            return None
        if loaded.row["person"] is not None:
            person = persons.visible(tx, desk, actor, ids.to_text(loaded.row["person"]))
            return Question(person=persons.line_of(desk, person))
        form, answers = loaded.pin.form, loaded.case.answers
        if not residents.is_named(form, answers):
            return None
        apart = merge_rows.kept_apart(tx, loaded.row["id"])
        found = persons.alike(tx, desk, actor, keying.portrait_of(form, answers), sure=True)
        return Question(alike=tuple(line for line in found if key_of(line.id) not in apart), named=True)


def link(actor: Actor, case: str, person: str) -> None:
    """The case is about this person. Raises ``Forbidden``, ``NotFound``, ``Conflict`` (it is laid to somebody)."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        loaded = _mine(tx, desk, actor, case)
        found = persons.visible(tx, desk, actor, person)
        _write(tx, actor, loaded.row, found.row.id)


def make(actor: Actor, case: str) -> str:
    """Begin a record of the resident of this case; its id. Raises as ``link``, ``NotFound`` where nobody is named."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        loaded = _mine(tx, desk, actor, case)
        form, answers = loaded.pin.form, loaded.case.answers
        if not residents.is_named(form, answers):
            raise NotFound
        fresh = residents.record(tx, form, answers, keyed=keying.RULES)
        case_rows.insert_person(tx, fresh)
        keying.keep(tx, fresh["id"], form, answers, fresh=True)
        _write(tx, actor, loaded.row, fresh["id"])
        return ids.to_text(fresh["id"])


def refuse(actor: Actor, case: str, person: str) -> None:
    """The case is not about this person; it is not asked again. Raises ``Forbidden``, ``NotFound``."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        loaded = load(tx, desk, key_of(case), lock=True)
        _demand(tx, actor, loaded)
        found = persons.visible(tx, desk, actor, person)
        merge_rows.keep_apart(tx, loaded.row["id"], found.row.id, actor.account)


def unlink(actor: Actor, case: str) -> None:
    """The case was laid to the wrong person; it is asked again. Raises ``Forbidden``, ``NotFound``."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        loaded = load(tx, desk, key_of(case), lock=True)
        _demand(tx, actor, loaded)
        if loaded.row["person"] is None:
            return
        for row in (loaded.row, *_parts(tx, loaded.row)):
            if row["person"] == loaded.row["person"]:
                person_rows.set_person(tx, row["id"], None)
        event_rows.append_all(tx, loaded.row["id"], [NewEvent(UNLINKED, by=actor.account)])


def adopt(tx: Transaction, desk: Desk, actor: Actor, parent: int, person: int) -> None:
    """A form was opened from case ``parent`` for ``person``: the case is about them too, when nobody was named yet and
    this actor follows it."""
    row = case_rows.get(tx, parent)
    if row is None or row["person"] is not None:
        return
    loaded = load(tx, desk, parent, lock=True)
    if loaded.row["person"] is None and _follows(tx, actor, loaded):
        _write(tx, actor, loaded.row, person)


def _mine(tx: Transaction, desk: Desk, actor: Actor, case: str) -> Loaded:
    loaded = load(tx, desk, key_of(case), lock=True)
    _demand(tx, actor, loaded)
    if loaded.row["person"] is not None:
        raise Conflict("case_has_person")
    return loaded


def _demand(tx: Transaction, actor: Actor, loaded: Loaded) -> None:
    if not _follows(tx, actor, loaded) or loaded.row["blocked"]:
        raise Forbidden(str(Act.CASE_ACT))


def _follows(tx: Transaction, actor: Actor, loaded: Loaded) -> bool:
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    return relation.allowed(actor, Act.CASE_ACT, found)


def _write(tx: Transaction, actor: Actor, row: Any, person: int) -> None:
    """Lay a case and its sub-cases to a record, and let who follows the case follow the person when nobody does."""
    for each in (row, *_parts(tx, row)):
        if each["person"] is None:
            person_rows.set_person(tx, each["id"], person)
    case_rows.set_contact_person(tx, person, row["holder"])
    event_rows.append_all(tx, row["id"], [NewEvent(LINKED, by=actor.account)])


def _parts(tx: Transaction, row: Any) -> list[dict[str, Any]]:
    """The sub-cases that were opened with a case."""
    return [other for other in case_rows.linked(tx, row) if other["parent"] == row["id"]]
