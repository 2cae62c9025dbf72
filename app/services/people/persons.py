"""Do we know this person? Looked up by how a name sounds, with a year or a neighbourhood beside it.

Whoever asks sees name, year of birth, neighbourhood, contact person and how many cases run: never what was told. Each
search is written down, sealed, and whoever searches far too much is asked to wait. Records are chosen by people and
never merged by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.definitions.model.forms import FieldType
from app.engine.belgium import national_number
from app.engine.likeness import SURE_ENOUGH, Portrait, asked_of, likeness
from app.engine.names import sounds
from app.engine.policy import Act, Actor, Relation, may
from app.services.cases.load_case import Desk, desk_of, key_of
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.people import keying
from app.services.people.sight import Seen, seen
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import person_rows, search_rows

PAGE, DRAFT, NUMBER, RIGHTS = "page", "draft", "number", "rights"
MOST = {PAGE: 60, DRAFT: 400, NUMBER: 10, RIGHTS: 30}
"""Searches of one account in an hour: far more than a day at the desk asks, far less than leafing through a town."""
MOST_SHOWN = 12
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A thin record as search shows it. ``contact_person`` is a name, ``open_cases`` how many run. ``reasons`` (codes
    of ``engine.likeness``) say why it is shown."""

    id: str
    name: str
    birth_year: int | None
    neighbourhood: str
    contact_person: str
    open_cases: int
    reasons: tuple[str, ...] = ()


def find(actor: Actor, asked: Portrait, *, where: str = PAGE, sure: bool = False) -> list[PersonLine]:
    """Who could be meant, the most alike first; ``sure``: only who is worth asking about unasked.

    Raises ``Forbidden``, ``Invalid`` (``search_no_name``, ``search_too_many``).
    """
    if not may(actor, Act.PERSON_FIND):
        raise Forbidden(str(Act.PERSON_FIND))
    if not any(sounds(text) for text in asked.name.readings()):
        raise Invalid("search_no_name")
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        count(tx, actor, where)
        found = alike(tx, desk, actor, asked, sure=sure)
        search_rows.add(tx, actor.account, where, words_of(asked), len(found))
        return found


def words_of(asked: Portrait) -> dict[str, object]:
    """What was looked for, as it is written down."""
    birth = asked.birth.isoformat() if asked.birth else ""
    return {"name": asked.name.readings(), "birth": birth, "place": asked.place}


def alike(
    tx: Transaction, desk: Desk, actor: Actor, asked: Portrait, *, sure: bool, whole: bool = False
) -> list[PersonLine]:
    """The same for who was allowed already and is not counted; ``whole`` as in ``sight.seen``."""
    scored = []
    for row in person_rows.under(tx, asked_of(asked)):
        found = likeness(asked, keying.portrait(row))
        if found is not None and (not sure or found.score >= SURE_ENOUGH):
            scored.append((found, row))
    scored.sort(key=lambda item: (-item[0].score, -item[1].id))
    why: dict[int, tuple[str, ...]] = {}
    for found, row in scored:
        why.setdefault(row.merged_into or row.id, found.reasons)
    every = seen(tx, desk, actor, [row for _, row in scored], whole=whole)
    lines = [line_of(desk, item) for item in every]
    return [replace(line, reasons=why.get(key_of(line.id), ())) for line in lines[:MOST_SHOWN]]


def one(actor: Actor, person: str) -> PersonLine | None:
    """The record that was chosen, or the one it was merged into; ``None`` when there is none that may be known of.
    Raises ``Forbidden``, ``NotFound`` (no id)."""
    if not may(actor, Act.PERSON_FIND):
        raise Forbidden(str(Act.PERSON_FIND))
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        row = person_rows.get(tx, key_of(person))
        found = seen(tx, desk, actor, [row]) if row is not None else []
    return line_of(desk, found[0]) if found else None


def may_find_by_number(actor: Actor) -> bool:
    """Whether somebody has a right of their own to look for a national number: a form with an authorisation asks it of
    their function."""
    desk = desk_of(actor.municipality)
    return may(actor, Act.PERSON_FIND_NATIONAL, _right(desk, actor))


def by_number(actor: Actor, number: str, reason: str) -> list[PersonLine]:
    """Who was entered with exactly this national number, for the ``reason`` that is written down.

    Raises ``Forbidden``, ``Invalid`` (``national_number``, ``reason_needed``, ``search_too_many``).
    """
    desk = desk_of(actor.municipality)
    if not may(actor, Act.PERSON_FIND_NATIONAL, _right(desk, actor)):
        raise Forbidden(str(Act.PERSON_FIND_NATIONAL))
    digits = national_number.normalise(number)
    if not digits:
        raise Invalid("national_number")
    if not reason.strip():
        raise Invalid("reason_needed")
    with transaction(actor.municipality) as tx:
        count(tx, actor, NUMBER)
        rows = person_rows.under(tx, [digits], kind=person_rows.NUMBER)
        found = [line_of(desk, item) for item in seen(tx, desk, actor, rows)]
        told = {"number": national_number.mask(digits), "reason": reason.strip()[:LONGEST_REASON]}
        search_rows.add(tx, actor.account, NUMBER, told, len(found))
        return found


def line_of(desk: Desk, item: Seen) -> PersonLine:
    """A record as search shows it."""
    row = item.row
    worker = desk.world.staffing.workers.get(item.contact_person)
    return PersonLine(
        ids.to_text(row.id),
        shown_name(row.kept),
        row.birth_year,
        row.neighbourhood,
        worker.name if worker else "",
        item.open_cases,
    )


def shown_name(kept: dict[str, str]) -> str:
    """First and family name, the name used where there is no first name."""
    first = kept.get("first_name") or kept.get("called", "")
    if kept.get("family_name"):
        return " ".join(part for part in (first, kept["family_name"]) if part)
    return kept.get("name") or kept.get("called", "")


def visible(tx: Transaction, desk: Desk, actor: Actor, person: str) -> Seen:
    """A record by its text id. Raises ``NotFound`` for one that is not there or may not be known of."""
    row = person_rows.get(tx, key_of(person))
    found: Sequence[Seen] = seen(tx, desk, actor, [row]) if row is not None else ()
    if not found:
        raise NotFound
    return found[0]


def _right(desk: Desk, actor: Actor) -> Relation:
    """OWN for who fills in a national number on some form that runs here."""
    asked = (
        item
        for version in desk.catalog.forms.values()
        for item in version.form.fields()
        if item.type is FieldType.NATIONAL_NUMBER and item.authorisation
    )
    return Relation.OWN if any(actor.roles & set(item.only_for) for item in asked) else Relation.OTHER


def count(tx: Transaction, actor: Actor, where: str) -> None:
    """Raises ``Invalid`` (``search_too_many``) for who looks far too often."""
    if search_rows.count(tx, actor.account, where) >= MOST[where]:
        raise Invalid("search_too_many", minutes=str(search_rows.WINDOW.seconds // 60))
