"""Somebody asks for a copy of what is kept of them: within a month, looked over by a person, handed over once.

The term runs to the same day of the next month (31/01 -> 28/02) and may be two months longer, for a reason.
What goes out is frozen when it is approved: what was blacked out is in it nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.engine.durations import add_months
from app.engine.policy import Act, Actor
from app.services.cases.load_case import Desk, desk_of, key_of
from app.services.errors import Conflict, Invalid, NotFound
from app.services.people import persons
from app.services.permission import demand
from app.services.privacy import person_file, proposals, terms
from app.services.privacy.frozen import frozen, mark_of
from app.services.privacy.person_file import PersonFile
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, person_rows, request_rows
from app.storage.repositories.request_rows import APPROVED, HANDED, OPEN

TERM, LONGER = 1, 2
"""Months (GDPR art. 12 (3))."""
WAYS = ("page", "letter", "desk")
LONGEST = 500
MOST_CUTS = 50


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a list shows it. ``longer``: why it takes longer, empty while it does not."""

    id: str
    person: str
    name: str
    state: str
    opened_on: date
    due_on: date
    late: bool
    longer: str
    by: str
    approved_by: str
    handed_how: str
    handed_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Work:
    """A request with everything that would go out: ``hidden`` are keys of lines, ``cuts`` words to black out by key."""

    request: Request
    file: PersonFile
    hidden: frozenset[str]
    cuts: Mapping[str, tuple[str, ...]]
    mark: str


def begin(actor: Actor, person: str) -> str:
    """Somebody asked; the request (the one that stands open, if there is one). Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.PERSON_RIGHTS)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        row = person_rows.get(tx, key_of(person), lock=True)
        if row is None:
            raise NotFound
        keys = terms.with_merged(tx, [row.id])
        standing = [item for item in request_rows.of_persons(tx, keys) if item["state"] != HANDED]
        if standing:
            return ids.to_text(standing[0]["id"])
        today = _today(tx, desk)
        due_on = add_months(today, TERM)
        key = request_rows.make(tx, row.id, on=today, due_on=due_on, by=actor.account, work={})
        _log(tx, actor, "copy_asked", key)
        return ids.to_text(key)


def listed(actor: Actor) -> tuple[Request, ...]:
    """What was asked and is not handed over, the first due first. Raises ``Forbidden``."""
    demand(actor, Act.PERSON_RIGHTS)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        return tuple(_request(tx, desk, row) for row in request_rows.listed(tx, (OPEN, APPROVED)))


def work(actor: Actor, request: str) -> Work:
    """What would go out; looking is written down on every case. Raises ``Forbidden``, ``NotFound``, ``Conflict``
    (``copy_approved``)."""
    demand(actor, Act.PERSON_RIGHTS)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        row = _get(tx, request)
        if row["state"] != OPEN:
            raise Conflict("copy_approved")
        keys = _keys(tx, row)
        found = person_file.collect(tx, desk, keys)
        event_rows.log_read(tx, account=actor.account, person=row["person"], act=str(Act.PERSON_RIGHTS))
        for case in person_rows.cases(tx, keys):
            event_rows.log_read(tx, account=actor.account, case=case["id"], act=str(Act.PERSON_RIGHTS))
        return Work(_request(tx, desk, row), found, _hidden(row, found), _cuts(row), mark_of(found))


def keep(
    actor: Actor,
    request: str,
    *,
    version: int,
    hidden: Iterable[str],
    cuts: Mapping[str, Iterable[str]],
    released: Iterable[str] = (),
) -> None:
    """Remember what is blacked out so far: whole lines by key, words of a line; and which lines about somebody else are
    ``released`` all the same. Raises ``Forbidden``, ``NotFound``, ``Conflict``."""
    demand(actor, Act.PERSON_RIGHTS)
    kept = {key: [word for word in words if word.strip()][:MOST_CUTS] for key, words in cuts.items()}
    told = {
        "hidden": sorted(hidden),
        "released": sorted(released),
        "cuts": {key: words for key, words in kept.items() if words},
    }
    with transaction(actor.municipality) as tx:
        row = _get(tx, request, lock=True)
        if row["state"] != OPEN:
            raise Conflict("copy_approved")
        _change(tx, row, version, work={**row["work"], **told})


def extend(actor: Actor, request: str, reason: str, *, version: int) -> None:
    """Two months more, once, for a reason. Raises ``Forbidden``, ``NotFound``, ``Conflict``, ``Invalid``
    (``reason_needed``, ``longer_already``)."""
    demand(actor, Act.PERSON_RIGHTS)
    reason = reason.strip()[:LONGEST]
    if not reason:
        raise Invalid("reason_needed")
    with transaction(actor.municipality) as tx:
        row = _get(tx, request, lock=True)
        if row["work"].get("longer"):
            raise Invalid("longer_already")
        due_on = add_months(row["opened_on"], TERM + LONGER)
        _change(tx, row, version, due_on=due_on, work={**row["work"], "longer": reason})
        _log(tx, actor, "copy_longer", row["id"])


def approve(actor: Actor, request: str, *, version: int, seen: str) -> None:
    """It goes out as it was looked over: frozen, without what is blacked out. ``seen`` is the mark of what the page
    showed. Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``copy_changed``: there is more now)."""
    demand(actor, Act.PERSON_RIGHTS)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        row = _get(tx, request, lock=True)
        if row["state"] != OPEN:
            raise Conflict("copy_approved")
        found = person_file.collect(tx, desk, _keys(tx, row))
        if mark_of(found) != seen:
            raise Conflict("copy_changed")
        export = frozen(found, _hidden(row, found), _cuts(row))
        values = {"state": APPROVED, "approved_by": actor.account, "approved_at": tx.now}
        _change(tx, row, version, export=export, **values)
        _log(tx, actor, "copy_approved", row["id"])


def hand_over(actor: Actor, request: str, how: str, *, version: int) -> None:
    """It was given: on the resident's own page, by letter or at the desk. Raises ``Forbidden``, ``NotFound``,
    ``Conflict``, ``Invalid`` (``copy_how``)."""
    demand(actor, Act.PERSON_RIGHTS)
    if how not in WAYS:
        raise Invalid("copy_how")
    with transaction(actor.municipality) as tx:
        row = _get(tx, request, lock=True)
        if row["state"] != APPROVED:
            raise Conflict("copy_open")
        handed = {"state": HANDED, "handed_how": how, "handed_by": actor.account, "handed_at": tx.now}
        _change(tx, row, version, **handed)
        _log(tx, actor, "copy_handed", row["id"], how=how)


def export(actor: Actor, request: str) -> dict[str, Any]:
    """What was approved, to print or give as a file; written down. Raises ``Forbidden``, ``NotFound``, ``Conflict``
    (``copy_open``)."""
    demand(actor, Act.PERSON_RIGHTS)
    with transaction(actor.municipality) as tx:
        row = _get(tx, request)
        if row["export"] is None:
            raise Conflict("copy_open")
        event_rows.log_read(tx, account=actor.account, person=row["person"], act=str(Act.PERSON_RIGHTS))
        found: dict[str, Any] = row["export"]
        return found


def one(actor: Actor, request: str) -> Request:
    """How far a request is. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.PERSON_RIGHTS)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        return _request(tx, desk, _get(tx, request))


def case_person(actor: Actor, number: str) -> str:
    """The record of whom a case is about, by its number. Raises ``Forbidden``, ``Invalid`` (``rights_no_case``,
    ``rights_no_person``)."""
    demand(actor, Act.PERSON_RIGHTS)
    with transaction(actor.municipality, readonly=True) as tx:
        row = case_rows.by_number(tx, number.strip().upper())
    if row is None:
        raise Invalid("rights_no_case")
    if row["person"] is None:
        raise Invalid("rights_no_person")
    return ids.to_text(row["person"])


def _keys(tx: Transaction, row: Mapping[str, Any]) -> list[int]:
    """The record that was asked about first, then those that are the same person."""
    every = terms.with_merged(tx, [row["person"]])
    return [row["person"], *(key for key in every if key != row["person"])]


def _request(tx: Transaction, desk: Desk, row: Mapping[str, Any]) -> Request:
    found = person_rows.get(tx, row["person"])
    return Request(
        id=ids.to_text(row["id"]),
        person=ids.to_text(row["person"]),
        name=persons.shown_name(found.kept) if found is not None else "",
        state=row["state"],
        opened_on=row["opened_on"],
        due_on=row["due_on"],
        late=row["state"] != HANDED and row["due_on"] < _today(tx, desk),
        longer=row["work"].get("longer", ""),
        by=proposals.name_of(desk, row["by"]),
        approved_by=proposals.name_of(desk, row["approved_by"]),
        handed_how=row["handed_how"],
        handed_at=row["handed_at"],
        version=row["version"],
    )


def _get(tx: Transaction, request: str, *, lock: bool = False) -> dict[str, Any]:
    row = request_rows.get(tx, key_of(request), lock=lock)
    if row is None:
        raise NotFound
    return row


def _change(tx: Transaction, row: Mapping[str, Any], version: int, **values: Any) -> None:
    if row["version"] != version or not request_rows.change(tx, row["id"], version=version, **values):
        raise Conflict


def _today(tx: Transaction, desk: Desk) -> date:
    return tx.now.astimezone(desk.world.calendar.zone).date()


def _log(tx: Transaction, actor: Actor, code: str, key: int, **params: str) -> None:
    history.append(tx, None, code, {"request": ids.to_text(key), **params}, by=actor.account)


def _hidden(row: Mapping[str, Any], found: PersonFile) -> frozenset[str]:
    """What somebody said, and what is about somebody else unless it was released: also what came in since."""
    said, released = frozenset(row["work"].get("hidden", ())), frozenset(row["work"].get("released", ()))
    about_others = frozenset(item.key for item in found.items() if item.hides)
    return (said - about_others) | (about_others - released)


def _cuts(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in row["work"].get("cuts", {}).items()}
