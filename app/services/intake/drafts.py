"""How is nothing lost of a conversation that is still going on?

A draft keeps what was typed, as it was typed: input name -> texts. It is saved while somebody types, belongs to one
account, outlives their session, and is sealed. ``rev`` counts saves: whoever saves over a revision they never saw is
told so, and may send only the fields they changed once more.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.definitions.model.forms import Form
from app.engine import calendar
from app.engine.model.people import Calendar
from app.engine.policy import Act, Actor, Relation, may
from app.services.definitions import catalogs
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.staff import staffing
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import draft_rows
from app.storage.repositories.draft_rows import DraftRow, Raw

MOST_CHARACTERS = 1_000_000
MOST_DRAFTS = 200
_CALLED = ("resident.called", "resident.first_name", "resident.name")


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. ``id`` is text; ``form_version`` is the version it began with and keeps."""

    id: str
    form_version: int
    rev: int
    raw: Raw
    created_at: datetime
    updated_at: datetime
    person: str = ""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as lists show it: the form's title and, once typed, what the resident is called."""

    id: str
    title: str
    called: str
    updated_at: datetime
    waits: int = 0
    """Working days it has lain untouched, once they are as many as its form says; else 0."""


def start(actor: Actor, form_version: int, raw: Raw | None = None, *, person: str = "") -> Draft:
    """Begin a draft of a form version. Raises ``Forbidden``, ``NotFound``, ``Conflict`` (far too many drafts)."""
    _allowed(actor, Relation.NONE)
    if catalogs.form_version(actor.municipality, form_version).form.unlinked:
        raise Forbidden("unlinked")  # a draft has an owner and a moment
    _assert_size(raw or {})
    with transaction(actor.municipality) as tx:
        if draft_rows.count(tx, actor.account) >= MOST_DRAFTS:
            raise Conflict("too_many_drafts")
        key = _key(person) if person else None
        return _told(draft_rows.insert(tx, actor.account, form_version, raw or {}, person=key))


def load(actor: Actor, draft: str) -> Draft:
    """One of the actor's own drafts. Raises ``Forbidden``, ``NotFound`` (also for somebody else's)."""
    _allowed(actor, Relation.OWN)
    with transaction(actor.municipality, readonly=True) as tx:
        return _told(_load(tx, actor, _key(draft)))


def save(actor: Actor, draft: str, *, rev: int, changes: Raw) -> Draft:
    """Lay ``changes`` (only the inputs that changed; an empty list clears one) over revision ``rev``. Saved once more
    because the answer was lost on the way, it is what stands there already.

    Raises ``Conflict`` with the revision that stands there as ``current`` when it is another, ``Invalid`` (far too
    much text), ``Forbidden``, ``NotFound``.
    """
    _allowed(actor, Relation.OWN)
    with transaction(actor.municipality) as tx:
        standing = _load(tx, actor, _key(draft), lock=True)
        raw = {name: texts for name, texts in {**standing.raw, **changes}.items() if texts}
        if standing.rev == rev + 1 and raw == standing.raw:
            return _told(standing)
        if standing.rev != rev:
            raise Conflict("draft_changed", current=standing.rev)
        return _write(tx, standing, raw)


def replace(actor: Actor, draft: str, *, raw: Raw) -> Draft:
    """Put ``raw`` (a whole page as posted) in the place of what stands there. Raises as ``save``, no ``Conflict``."""
    _allowed(actor, Relation.OWN)
    with transaction(actor.municipality) as tx:
        return _write(tx, _load(tx, actor, _key(draft), lock=True), raw)


def discard(actor: Actor, draft: str) -> None:
    """Throw one of the actor's own drafts away; nothing happens when it is gone already. Raises ``Forbidden``."""
    _allowed(actor, Relation.OWN)
    with transaction(actor.municipality) as tx:
        draft_rows.delete(tx, actor.account, _key(draft))


def list_mine(actor: Actor) -> list[DraftLine]:
    """The actor's own drafts, the last touched first. Raises ``Forbidden``."""
    _allowed(actor, Relation.OWN)
    cal = staffing.world(actor.municipality).calendar
    with transaction(actor.municipality, readonly=True) as tx:
        today = tx.now.astimezone(cal.zone).date()
        return [
            _line(row, catalogs.cached_form(tx.municipality, row.form_version), cal, today)
            for row in draft_rows.of_owner(tx, actor.account)
        ]


def remind(tx: Transaction, day: date, away: Container[str] = ()) -> dict[str, list[str]]:
    """Owner -> their drafts that lay untouched long enough by ``day`` and were not told of since, which from now on
    they were. Who is ``away`` hears of theirs later."""
    cal = staffing.world(tx.municipality).calendar
    found: dict[str, list[int]] = {}
    for key, owner, version, updated_at in draft_rows.waiting(tx):
        form = catalogs.cached_form(tx.municipality, version)
        if owner not in away and _waits(form, cal, updated_at, day):
            found.setdefault(owner, []).append(key)
    draft_rows.reminded(tx, [key for keys in found.values() for key in keys])
    return {owner: [ids.to_text(key) for key in keys] for owner, keys in found.items()}


def reminded(tx: Transaction, owner: str, drafts: Sequence[str]) -> list[tuple[str, datetime]]:
    """Form title and last change of drafts that ``remind`` gave and that still lie there untouched."""
    return [
        (catalogs.cached_form(tx.municipality, version).title, updated_at)
        for version, updated_at in draft_rows.titles(tx, [_key(item) for item in drafts], owner)
    ]


def delete_old(municipality: str) -> int:
    """Delete drafts that lay untouched longer than their form says; how many. For the nightly sweep."""
    with transaction(municipality) as tx:
        old = [
            key
            for key, version, updated_at in draft_rows.touched(tx)
            if tx.now - updated_at
            > timedelta(days=catalogs.cached_form(municipality, version).draft_delete_days)
        ]
        draft_rows.delete_many(tx, old)
    return len(old)


def _allowed(actor: Actor, relation: Relation) -> None:
    if not actor.account or not may(actor, Act.DRAFT_OWN, relation):
        raise Forbidden(str(Act.DRAFT_OWN))


def _key(text: str) -> int:
    try:
        return ids.from_text(text)
    except ValueError as error:
        raise NotFound from error


def _load(tx: Transaction, actor: Actor, key: int, *, lock: bool = False) -> DraftRow:
    row = draft_rows.get(tx, actor.account, key, lock=lock)
    if row is None:
        raise NotFound
    return row


def _write(tx: Transaction, standing: DraftRow, raw: Raw) -> Draft:
    _assert_size(raw)
    return _told(draft_rows.write(tx, standing, raw))


def _assert_size(raw: Raw) -> None:
    if sum(len(name) + sum(map(len, texts)) for name, texts in raw.items()) > MOST_CHARACTERS:
        raise Invalid("draft_too_large")


def _told(row: DraftRow) -> Draft:
    person = ids.to_text(row.person) if row.person is not None else ""
    return Draft(
        ids.to_text(row.id), row.form_version, row.rev, row.raw, row.created_at, row.updated_at, person
    )


def _waits(form: Form, cal: Calendar, updated_at: datetime, day: date) -> int:
    """How many working days a draft lies there by ``day``; 0 while that is less than its form says."""
    if form.draft_remind_working_days is None:
        return 0
    since = calendar.day_zero(cal, updated_at)
    if calendar.move(cal, since, form.draft_remind_working_days) > day:
        return 0
    lies = 0
    while calendar.move(cal, since, lies + 1) <= day:
        lies += 1
    return lies


def _line(row: DraftRow, form: Form, cal: Calendar, today: date) -> DraftLine:
    fields = [field.id for field in map(form.meaning, _CALLED) if field]
    called = next((row.raw[name][0] for name in fields if row.raw.get(name) and row.raw[name][0].strip()), "")
    waits = _waits(form, cal, row.updated_at, today)
    return DraftLine(ids.to_text(row.id), form.title, called.strip(), row.updated_at, waits)
