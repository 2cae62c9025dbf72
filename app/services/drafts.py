"""How is nothing lost of a conversation that is still going on?

A draft keeps what was typed, as it was typed: input name -> texts. It is saved while somebody types, belongs to one
account, outlives their session, and is sealed. ``rev`` counts saves: whoever saves over a revision they never saw is
told so, and may send only the fields they changed once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.definitions.model.forms import Form
from app.engine.policy import Act, Actor, Relation, may
from app.services import catalogs
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.models import Draft as DraftRow

Raw = Mapping[str, Sequence[str]]
MOST_BYTES = 1_000_000
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


def start(actor: Actor, form_version: int, raw: Raw | None = None, *, person: str = "") -> Draft:
    """Begin a draft of a form version. Raises ``Forbidden``, ``NotFound``, ``Conflict`` (far too many drafts)."""
    _allowed(actor, Relation.NONE)
    catalogs.form_version(actor.municipality, form_version)
    fresh = ids.new_id()
    with transaction(actor.municipality) as tx:
        if _count(tx, actor.account) >= MOST_DRAFTS:
            raise Conflict("too_many_drafts")
        values = {
            "municipality": tx.municipality,
            "id": fresh,
            "owner": actor.account,
            "form_version": form_version,
            "person": _key(person) if person else None,
            "rev": 1,
            "sealed": _seal(tx, fresh, raw or {}),
            "created_at": tx.now,
            "updated_at": tx.now,
        }
        tx.execute(sa.insert(DraftRow), values)
        return Draft(ids.to_text(fresh), form_version, 1, raw or {}, tx.now, tx.now, person)


def load(actor: Actor, draft: str) -> Draft:
    """One of the actor's own drafts. Raises ``Forbidden``, ``NotFound`` (also for somebody else's)."""
    _allowed(actor, Relation.OWN)
    with transaction(actor.municipality, readonly=True) as tx:
        return _load(tx, actor, _key(draft))


def save(actor: Actor, draft: str, *, rev: int, changes: Raw) -> Draft:
    """Lay ``changes`` (only the inputs that changed; an empty list clears one) over revision ``rev``.

    Raises ``Conflict`` with the revision that stands there as ``current`` when it is another, ``Invalid`` (far too
    much text), ``Forbidden``, ``NotFound``.
    """
    _allowed(actor, Relation.OWN)
    with transaction(actor.municipality) as tx:
        standing = _load(tx, actor, _key(draft), lock=True)
        if standing.rev != rev:
            raise Conflict("draft_changed", current=standing.rev)
        raw = {name: texts for name, texts in {**standing.raw, **changes}.items() if texts}
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
        tx.execute(sa.delete(DraftRow).where(_mine(tx, actor), DraftRow.id == _key(draft)))


def list_mine(actor: Actor) -> list[DraftLine]:
    """The actor's own drafts, the last touched first. Raises ``Forbidden``."""
    _allowed(actor, Relation.OWN)
    query = sa.select(DraftRow.id, DraftRow.form_version, DraftRow.sealed, DraftRow.updated_at)
    with transaction(actor.municipality, readonly=True) as tx:
        rows = tx.execute(query.where(_mine(tx, actor)).order_by(DraftRow.updated_at.desc(), DraftRow.id))
        return [
            _line(tx, row.id, catalogs.cached_form(tx.municipality, row.form_version), row) for row in rows
        ]


def delete_old(municipality: str, *, default_days: int = 30) -> int:
    """Delete drafts that lay untouched longer than their form says; how many. For the nightly sweep."""
    with transaction(municipality) as tx:
        rows = tx.execute(
            sa.select(DraftRow.id, DraftRow.form_version, DraftRow.updated_at).where(
                DraftRow.municipality == municipality
            )
        ).all()
        old = [
            row.id
            for row in rows
            if row.updated_at
            < tx.now
            - timedelta(
                days=catalogs.cached_form(municipality, row.form_version).draft_delete_days or default_days
            )
        ]
        if old:
            tx.execute(sa.delete(DraftRow).where(DraftRow.municipality == municipality, DraftRow.id.in_(old)))
    return len(old)


def _allowed(actor: Actor, relation: Relation) -> None:
    if not actor.account or not may(actor, Act.DRAFT_OWN, relation):
        raise Forbidden(str(Act.DRAFT_OWN))


def _key(text: str) -> int:
    try:
        return ids.from_text(text)
    except ValueError as error:
        raise NotFound from error


def _mine(tx: Transaction, actor: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(DraftRow.municipality == tx.municipality, DraftRow.owner == actor.account)


def _count(tx: Transaction, account: str) -> int:
    query = sa.select(sa.func.count()).select_from(DraftRow)
    return int(tx.scalar(query.where(DraftRow.municipality == tx.municipality, DraftRow.owner == account)))


def _load(tx: Transaction, actor: Actor, key: int, *, lock: bool = False) -> Draft:
    query = sa.select(
        DraftRow.form_version,
        DraftRow.rev,
        DraftRow.sealed,
        DraftRow.created_at,
        DraftRow.updated_at,
        DraftRow.person,
    ).where(_mine(tx, actor), DraftRow.id == key)
    row = tx.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFound
    person = ids.to_text(row.person) if row.person is not None else ""
    raw = _open(tx, key, row.sealed)
    return Draft(ids.to_text(key), row.form_version, row.rev, raw, row.created_at, row.updated_at, person)


def _write(tx: Transaction, standing: Draft, raw: Raw) -> Draft:
    key = ids.from_text(standing.id)
    tx.execute(
        sa.update(DraftRow)
        .where(DraftRow.municipality == tx.municipality, DraftRow.id == key)
        .values(sealed=_seal(tx, key, raw), rev=standing.rev + 1, updated_at=tx.now, reminded_at=None)
    )
    return Draft(
        standing.id,
        standing.form_version,
        standing.rev + 1,
        raw,
        standing.created_at,
        tx.now,
        standing.person,
    )


def _seal(tx: Transaction, key: int, raw: Raw) -> bytes:
    sealed = tx.sealer.seal_json(("draft", key, "sealed"), {name: list(texts) for name, texts in raw.items()})
    if len(sealed) > MOST_BYTES:
        raise Invalid("draft_too_large")
    return sealed


def _open(tx: Transaction, key: int, sealed: bytes) -> dict[str, list[str]]:
    opened: dict[str, list[str]] = tx.sealer.open_json(("draft", key, "sealed"), sealed)
    return opened


def _line(tx: Transaction, key: int, form: Form, row: sa.Row[int, int, bytes, datetime]) -> DraftLine:
    raw = _open(tx, key, row[2])
    fields = [field.id for field in map(form.meaning, _CALLED) if field]
    called = next((raw[name][0] for name in fields if raw.get(name) and raw[name][0].strip()), "")
    return DraftLine(ids.to_text(key), form.title, called.strip(), row[3])
