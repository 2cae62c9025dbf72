"""Two records turn out to be one person: shown beforehand, done by somebody with a reason, undone when it was wrong.

The cases of the one go to the other and say so in their history; the record itself stays, under its own name, and leads
to the one that goes on. Nothing merges by itself, no case changes hands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.engine.policy import Act, Actor, may
from app.services.cases.load_case import Desk, desk_of, key_of
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.people import persons
from app.services.people.persons import PersonLine, line_of
from app.services.people.sight import Seen, seen
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, merge_rows, person_rows
from app.storage.repositories.event_rows import NewEvent

MERGED, UNMERGED = "persons_merged", "persons_unmerged"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Follower:
    """Who could follow the one person from now on."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do. ``moving``: numbers of the cases of ``person`` that may be known of. ``followers``: whom
    they have as contact person, the one of the oldest open case first; more than one asks for a choice."""

    person: PersonLine
    into: PersonLine
    moving: tuple[str, ...]
    followers: tuple[Follower, ...]


@dataclass(frozen=True, slots=True)
class MergeLine:
    """One merge into a record, as its page tells it. ``undone_at`` once they were parted again."""

    id: str
    name: str
    by: str
    at: datetime
    reason: str
    undone_by: str
    undone_at: datetime | None


def preview(actor: Actor, person: str, into: str) -> Preview:
    """What would happen. Raises ``Forbidden``, ``NotFound``, ``Invalid`` (``merge_self``)."""
    desk = _desk(actor, person, into)
    with transaction(actor.municipality, readonly=True) as tx:
        one, other = (persons.visible(tx, desk, actor, key) for key in (person, into))
        _demand_two(one, other)
        return Preview(
            line_of(desk, one),
            line_of(desk, other),
            tuple(case["number"] for case in one.cases),
            _followers(desk, one, other),
        )


def merge(actor: Actor, person: str, into: str, *, reason: str, follower: str = "") -> str:
    """Let ``into`` go on with the cases of ``person``; the id of the merge, to undo it.

    ``follower`` is one of the preview's; else the first. Raises as ``preview``, ``Invalid`` (``reason_needed``),
    ``Conflict`` (one of the two was merged meanwhile).
    """
    desk = _desk(actor, person, into)
    if not reason.strip():
        raise Invalid("reason_needed")
    with transaction(actor.municipality) as tx:
        one, other = (persons.visible(tx, desk, actor, key) for key in (person, into))
        _demand_two(one, other)
        _lock(tx, one.row.id, other.row.id)
        moving = [row["id"] for row in person_rows.cases(tx, [one.row.id])]
        followers = _followers(desk, one, other)
        chosen = next((item.account for item in followers if item.account == follower), "")
        before = other.row.contact_person
        key = merge_rows.add(
            tx,
            one.row.id,
            other.row.id,
            cases=moving,
            followed_by=before,
            by=actor.account,
            reason=reason.strip()[:LONGEST],
        )
        follows = chosen or before or (followers[0].account if followers else "")
        person_rows.write(tx, one.row.id, {"merged_into": other.row.id})
        person_rows.write(tx, other.row.id, {"contact_person": follows or None})
        _move(tx, moving, other.row.id, NewEvent(MERGED, {"merge": ids.to_text(key)}, by=actor.account))
        _log(tx, MERGED, actor, key)
        return ids.to_text(key)


def unmerge(actor: Actor, merge_id: str) -> str:
    """Part them again: cases that came along and are still there go back; the id of the record that comes loose.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (parted already).
    """
    desk = _desk(actor)
    with transaction(actor.municipality) as tx:
        row = merge_rows.get(tx, key_of(merge_id), lock=True)
        if row is None or not seen(tx, desk, actor, person_rows.many(tx, [row["into"]]).values()):
            raise NotFound
        if row["undone_at"] is not None:
            raise Conflict("merge_undone")
        there = {case["id"] for case in person_rows.cases(tx, [row["into"]])}
        back = [case for case in row["cases"] if case in there]
        merge_rows.undo(tx, row["id"], actor.account)
        person_rows.write(tx, row["person"], {"merged_into": None})
        if row["followed_by"]:
            person_rows.write(tx, row["into"], {"contact_person": row["followed_by"]})
        _move(tx, back, row["person"], NewEvent(UNMERGED, {"merge": merge_id}, by=actor.account))
        _log(tx, UNMERGED, actor, row["id"])
        return ids.to_text(row["person"])


def listed(tx: Transaction, desk: Desk, person: int) -> tuple[MergeLine, ...]:
    """What was merged into a record, the last first."""
    rows = merge_rows.of_person(tx, person)
    names = person_rows.many(tx, [row["person"] for row in rows])
    workers = desk.world.staffing.workers

    def who(account: str | None) -> str:
        worker = workers.get(account) if account else None
        return worker.name if worker else ""

    return tuple(
        MergeLine(
            ids.to_text(row["id"]),
            persons.shown_name(names[row["person"]].kept),
            who(row["by"]),
            row["at"],
            row["reason"],
            who(row["undone_by"]),
            row["undone_at"],
        )
        for row in rows
    )


def _desk(actor: Actor, *keys: str) -> Desk:
    if not may(actor, Act.PERSON_MERGE):
        raise Forbidden(str(Act.PERSON_MERGE))
    for text in keys:
        key_of(text)
    return desk_of(actor.municipality)


def _demand_two(one: Seen, other: Seen) -> None:
    if one.row.id == other.row.id:
        raise Invalid("merge_same_person")


def _lock(tx: Transaction, *keys: int) -> None:
    """In the order of their keys: two who merge at once never wait crosswise. Raises ``Conflict``."""
    for key in sorted(keys):
        row = person_rows.get(tx, key, lock=True)
        if row is None or row.merged_into is not None:
            raise Conflict("person_merged")


def _followers(desk: Desk, one: Seen, other: Seen) -> tuple[Follower, ...]:
    """Their contact persons, the one of the oldest open case first."""
    workers = desk.world.staffing.workers
    running = sorted(
        (case for item in (one, other) for case in item.cases if case["closed_at"] is None),
        key=lambda case: (case["received_at"], case["id"]),
    )
    theirs = [item.contact_person for item in (other, one) if item.contact_person]
    oldest = [case["holder"] for case in running if case["holder"] in theirs]
    found = dict.fromkeys((*oldest, *theirs))
    return tuple(Follower(account, workers[account].name) for account in found if account in workers)


def _move(tx: Transaction, cases: list[int], person: int, event: NewEvent) -> None:
    for case in sorted(cases):
        case_rows.get(tx, case, lock=True)
        person_rows.set_person(tx, case, person)
        event_rows.append_all(tx, case, [NewEvent(event.code, event.params, by=event.by)])


def _log(tx: Transaction, code: str, actor: Actor, key: int) -> None:
    history.append(tx, None, code, {"merge": ids.to_text(key)}, by=actor.account)
