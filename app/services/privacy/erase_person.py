"""Somebody asks to be erased: what goes of all their cases, and what must stay, and why?

Everything of a person, of records merged with theirs too. What runs is needed for a task of public interest (GDPR art.
17(3)(b)) and stays until it is closed; a hold stays. One person proposes, another approves; it goes as what is past its
term goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.engine import retention
from app.engine.policy import Act, Actor, may
from app.services.cases.load_case import Desk, desk_of, key_of
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.people import keying, persons
from app.services.people.persons import PersonLine
from app.services.permission import demand
from app.services.privacy import destroy, proposals, terms
from app.services.privacy.proposals import Line
from app.services.privacy.terms import Unit
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import event_rows, person_rows, retention_rows
from app.storage.repositories.retention_rows import OPEN, PROPOSED, RUNNING

ASKED, APPROVED, DROPPED = "erasure_proposed", "erasure_approved", "erasure_dropped"


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure as it stands. ``id`` empty: nobody proposed it yet. ``alike``: records that may be the same person;
    what is of them goes only once somebody said so. ``mine``: who looks proposed it, so that another approves."""

    id: str
    state: str
    person: str
    name: str
    goes: tuple[Line, ...]
    stays: tuple[Line, ...]
    alike: tuple[PersonLine, ...]
    made_by: str = ""
    made_at: datetime | None = None
    mine: bool = False
    may_approve: bool = False


def preview(actor: Actor, person: str) -> Erasure:
    """What would go, or what was proposed; looking is written down. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.PERSON_RIGHTS)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        row, keys = _records(tx, person)
        event_rows.log_read(tx, account=actor.account, person=row.id, act=str(Act.PERSON_RIGHTS))
        found = next(iter(retention_rows.of_person(tx, keys)), None)
        items = [
            proposals.item_of(unit, why, then=retention.DELETE) | {"destruction": 0, "counts": {}}
            for unit, why in _units(tx, desk, keys)
        ]
        if found is not None:
            items = retention_rows.items(tx, found["id"])
        lines = [proposals.line_of(tx, desk, item) for item in items]
        others = persons.alike(tx, desk, actor, keying.portrait(row), sure=True)
        mine = found is not None and found["made_by"] == actor.account
        return Erasure(
            id=ids.to_text(found["id"]) if found else "",
            state=found["state"] if found else "",
            person=ids.to_text(row.id),
            name=persons.shown_name(row.kept),
            goes=tuple(line for line in lines if line.standing == PROPOSED),
            stays=tuple(line for line in lines if line.standing != PROPOSED and line.why),
            alike=tuple(line for line in others if key_of(line.id) not in keys),
            made_by=proposals.name_of(desk, found["made_by"]) if found else "",
            made_at=found["made_at"] if found else None,
            mine=mine,
            may_approve=may(actor, Act.RETENTION_APPROVE) and found is not None and not mine,
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """An erasure that waits for somebody's yes, or is being carried out."""

    person: str
    state: str
    made_by: str
    made_at: datetime
    cases: int


def waiting(actor: Actor) -> tuple[Waiting, ...]:
    """The erasures that are not done, the newest first. Raises ``Forbidden``."""
    demand(actor, Act.RETENTION_READ)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        found = retention_rows.listed(tx, (OPEN, RUNNING), kind=destroy.ERASURE)
        return tuple(
            Waiting(
                ids.to_text(row["person"]),
                row["state"],
                proposals.name_of(desk, row["made_by"]),
                row["made_at"],
                retention_rows.count(tx, row["id"], PROPOSED),
            )
            for row in found
            if row["person"] is not None
        )


def propose(actor: Actor, person: str) -> str:
    """Lay it before somebody else; its id. Raises ``Forbidden``, ``NotFound``, ``Conflict`` (it was proposed)."""
    demand(actor, Act.PERSON_RIGHTS)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        row, keys = _records(tx, person, lock=True)
        if retention_rows.of_person(tx, keys):
            raise Conflict("erasure_there")
        today = tx.now.astimezone(desk.world.calendar.zone).date()
        key = retention_rows.make(tx, destroy.ERASURE, today, person=row.id, by=actor.account)
        items = [proposals.item_of(unit, why, then=retention.DELETE) for unit, why in _units(tx, desk, keys)]
        retention_rows.add(tx, key, items)
        history.append(tx, None, ASKED, {"destruction": ids.to_text(key)}, by=actor.account)
        return ids.to_text(key)


def approve(actor: Actor, erasure: str) -> tuple[int, ...]:
    """Somebody else says yes: it is carried out; outbox ids that are due. Raises ``Forbidden``, ``NotFound``,
    ``Conflict`` (``proposal_gone``), ``Invalid`` (``approve_other``)."""
    demand(actor, Act.RETENTION_APPROVE)
    with transaction(actor.municipality) as tx:
        row = _open(tx, erasure)
        if row["made_by"] == actor.account:
            raise Invalid("approve_other")
        retention_rows.change(tx, row["id"], state=RUNNING, first_by=actor.account, first_at=tx.now)
        history.append(tx, None, APPROVED, {"destruction": erasure}, by=actor.account)
        cases = [item["case"] for item in retention_rows.items(tx, row["id"], PROPOSED)]
        if not cases:
            destroy.finish(tx, {**row, "state": RUNNING})
        return destroy.promise(tx, row["id"], cases)


def drop(actor: Actor, erasure: str) -> None:
    """It is not done. Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``proposal_gone``)."""
    if not may(actor, Act.RETENTION_APPROVE) and not may(actor, Act.PERSON_RIGHTS):
        raise Forbidden(str(Act.PERSON_RIGHTS))
    with transaction(actor.municipality) as tx:
        row = _open(tx, erasure)
        retention_rows.drop(tx, row["id"])
        history.append(tx, None, DROPPED, {"destruction": erasure}, by=actor.account)


def _open(tx: Transaction, erasure: str) -> dict[str, Any]:
    row = retention_rows.get(tx, key_of(erasure), lock=True)
    if row is None or row["kind"] != destroy.ERASURE:
        raise NotFound
    if row["state"] != OPEN:
        raise Conflict("proposal_gone")
    return row


def _records(tx: Transaction, person: str, *, lock: bool = False) -> tuple[person_rows.Found, list[int]]:
    """The record that goes on, and all that are the same person by somebody's word."""
    row = person_rows.get(tx, key_of(person), lock=lock)
    while row is not None and row.merged_into is not None:
        row = person_rows.get(tx, row.merged_into, lock=lock)
    if row is None:
        raise NotFound
    return row, terms.with_merged(tx, [row.id])


def _units(tx: Transaction, desk: Desk, persons_: list[int]) -> list[tuple[Unit, str]]:
    """Everything of them, each with what keeps it."""
    found = []
    for row in person_rows.cases(tx, persons_):
        unit = terms.unit_of(tx, desk, row)
        if unit is not None:
            found.append((_dated(tx, desk, unit), terms.keeps(tx, unit, asked=True)))
    return found


def _dated(tx: Transaction, desk: Desk, unit: Unit) -> Unit:
    """A unit whose term is not known yet counts from when it came in: an erasure does not wait for it."""
    if unit.since is not None:
        return unit
    came: date = unit.root["received_at"].astimezone(desk.world.calendar.zone).date()
    return Unit(unit.cases, unit.title, unit.basis, unit.rule, came, came)
