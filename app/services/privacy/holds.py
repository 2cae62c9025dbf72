"""What may not be destroyed, whatever its term or whoever asks, and why?

A hold stands on a case or on a person, with a reason; who sets or lifts it is written down. Nothing destroys what is
held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.engine.policy import Act, Actor, may
from app.services.cases.load_case import Desk, desk_of, key_of
from app.services.errors import Conflict, Invalid, NotFound
from app.services.permission import demand
from app.services.privacy import terms
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, person_rows, retention_rows
from app.storage.repositories.event_rows import NewEvent

SET, LIFTED = "hold_set", "hold_lifted"
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold. ``on``: case or person; ``lifted_at`` once it is over."""

    id: str
    on: str
    reason: str
    by: str
    at: datetime
    lifted: str = ""
    lifted_by: str = ""
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holds:
    """The holds that keep a case, or a person; ``person`` is the record they are about, for who may hold it."""

    standing: tuple[Hold, ...] = ()
    over: tuple[Hold, ...] = ()
    may_set: bool = False
    person: str = ""
    may_rights: bool = False


def of_case(actor: Actor, case: str) -> Holds:
    """What keeps a case, its person's holds too; nothing for who has nothing to do with terms."""
    if not may(actor, Act.CASE_HOLD):
        return Holds()
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        row = case_rows.get(tx, key_of(case))
        if row is None:
            return Holds()
        persons = [row["person"]] if row["person"] is not None else []
        found = _all(tx, desk, [row["id"]], persons)
        person = ids.to_text(persons[0]) if persons else ""
        return Holds(*found, may_set=True, person=person, may_rights=may(actor, Act.PERSON_RIGHTS))


def of_person(actor: Actor, person: str) -> Holds:
    """What keeps everything of a person; nothing for who has nothing to do with terms."""
    if not may(actor, Act.CASE_HOLD):
        return Holds()
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        return Holds(*_all(tx, desk, [], [key_of(person)]), may_set=True, person=person)


def set_on_case(actor: Actor, case: str, reason: str) -> None:
    """Nothing destroys this case until it is lifted. Raises ``Forbidden``, ``NotFound``, ``Invalid``
    (``reason_needed``)."""
    reason = _reason(actor, reason)
    with transaction(actor.municipality) as tx:
        row = case_rows.get(tx, key_of(case), lock=True)
        if row is None:
            raise NotFound
        if _stands(tx, actor, reason, [row["id"]], []):
            return
        retention_rows.hold(tx, reason, by=actor.account, case=row["id"])
        event_rows.append_all(tx, row["id"], [NewEvent(SET, by=actor.account, content={"text": reason})])


def set_on_person(actor: Actor, person: str, reason: str) -> None:
    """Nothing of this person is destroyed until it is lifted. Raises as ``set_on_case``."""
    reason = _reason(actor, reason)
    with transaction(actor.municipality) as tx:
        row = person_rows.get(tx, key_of(person), lock=True)
        if row is None:
            raise NotFound
        if _stands(tx, actor, reason, [], [row.id]):
            return
        key = retention_rows.hold(tx, reason, by=actor.account, person=row.id)
        history.append(tx, None, SET, {"hold": ids.to_text(key)}, by=actor.account)


def lift(actor: Actor, hold: str, reason: str) -> None:
    """It may go again when its time comes. Raises ``Forbidden``, ``NotFound``, ``Conflict`` (it was lifted),
    ``Invalid`` (``reason_needed``)."""
    reason = _reason(actor, reason)
    with transaction(actor.municipality) as tx:
        row = retention_rows.one_hold(tx, key_of(hold))
        if row is None:
            raise NotFound
        if not retention_rows.lift(tx, row["id"], reason, by=actor.account):
            raise Conflict("hold_lifted")
        if row["case"] is not None:
            case_rows.get(tx, row["case"], lock=True)
            told = NewEvent(LIFTED, by=actor.account, content={"text": reason})
            event_rows.append_all(tx, row["case"], [told])
        else:
            history.append(tx, None, LIFTED, {"hold": hold}, by=actor.account)


def _stands(tx: Transaction, actor: Actor, reason: str, cases: list[int], persons: list[int]) -> bool:
    """Whether this person set it with these words already: the same press once more."""
    found = retention_rows.holds(tx, cases, persons)
    return any((item["reason"], item["by"]) == (reason, actor.account) for item in found)


def _reason(actor: Actor, reason: str) -> str:
    demand(actor, Act.CASE_HOLD)
    reason = reason.strip()[:LONGEST]
    if not reason:
        raise Invalid("reason_needed")
    return reason


def _all(
    tx: Transaction, desk: Desk, cases: list[int], persons: list[int]
) -> tuple[tuple[Hold, ...], tuple[Hold, ...]]:
    workers = desk.world.staffing.workers

    def who(account: str | None) -> str:
        worker = workers.get(account) if account else None
        return worker.name if worker else ""

    found = [
        Hold(
            ids.to_text(row["id"]),
            "case" if row["case"] is not None else "person",
            row["reason"],
            who(row["by"]),
            row["at"],
            row["lifted"],
            who(row["lifted_by"]),
            row["lifted_at"],
        )
        for row in retention_rows.holds(tx, cases, terms.with_merged(tx, persons), lifted=True)
    ]
    standing = tuple(item for item in found if item.lifted_at is None)
    return standing, tuple(item for item in found if item.lifted_at is not None)
