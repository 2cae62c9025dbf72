"""Who opened what? For the data protection officer, for a person who asks, and on the resident's own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.engine.policy import Act, Actor
from app.services import spreadsheets
from app.services.cases.load_case import Pinned, key_of
from app.services.errors import NotFound
from app.services.permission import demand
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, person_rows, read_rows
from app.storage.repositories.read_rows import Read
from app.texts import has, say

MOST = 500
MATCH = "match"
"""The ground of who looked at a case to match another one with it."""
_SHOWN_ROLES = (
    "reception", "contact", "neighbourhood_lead", "coordinator", "team_lead", "head_of_service", "dpo", "system_admin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody opened a case, or with an empty ``case_number`` the record of a person: ``act`` as the policy names it,
    ``ground`` what the case was to them, ``reason`` as they gave it."""

    at: datetime
    who: str
    case_number: str
    act: str
    reason: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a resident is told: on which day who read, why in a few words, how often. ``who`` is a name while they work
    here, with their function."""

    on: date
    who: str
    why: str
    times: int


def of_case(actor: Actor, case: str, *, most: int = MOST) -> list[Reading]:
    """Who opened a case, the last first. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.AUDIT_READ)
    key = key_of(case)
    with transaction(actor.municipality, readonly=True) as tx:
        found = [_reading(row) for row in read_rows.of_case(tx, key, most=most)]
        if not found and case_rows.get(tx, key) is None:
            raise NotFound
        return found


def person_of(actor: Actor, case: str) -> str:
    """The record of whom a case is about; empty where there is none. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.AUDIT_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        row = case_rows.get(tx, key_of(case))
    if row is None:
        raise NotFound
    return ids.to_text(row["person"]) if row["person"] is not None else ""


def of_person(actor: Actor, person: str, *, most: int = MOST) -> list[Reading]:
    """Who opened the record of a person or a case of theirs, the last first; of records that were merged too. Raises
    ``Forbidden``, ``NotFound``."""
    demand(actor, Act.AUDIT_READ)
    key = key_of(person)
    with transaction(actor.municipality, readonly=True) as tx:
        if person_rows.get(tx, key) is None:
            raise NotFound
        records = [key, *person_rows.merged_with(tx, [key])]
        cases = [case["id"] for case in person_rows.cases(tx, records)]
        return [_reading(row) for row in read_rows.of_persons(tx, records, cases, most=most)]


def as_csv(readings: Iterable[Reading], language: str = "nl") -> str:
    """The list as a file for a spreadsheet."""
    head = [
        say(f"emergency.readers.{name}", language)
        for name in ("at", "who", "case", "what", "ground", "reason")
    ]
    lines = [
        (
            item.at.isoformat(timespec="minutes"),
            item.who,
            item.case_number,
            what(item.act, language),
            ground(item.ground, language),
            item.reason,
        )
        for item in readings
    ]
    return spreadsheets.written([head, *lines])


def for_resident(tx: Transaction, pinned: Pinned, case: int, language: str = "nl") -> tuple[Told, ...]:
    """Who read a case, a line a day and a reader, the last first. Reasons in somebody's own words are not among it, as
    they may speak of others: those are asked of the data protection officer."""
    found: dict[tuple[date, str, str], int] = {}
    for row in read_rows.of_case(tx, case, most=MOST):
        day = row.at.astimezone(pinned.world.calendar.zone).date()
        line = (day, _named(pinned, row, language), _why(row, language))
        found[line] = found.get(line, 0) + 1
    return tuple(Told(*line, times) for line, times in found.items())


def what(act: str, language: str = "nl") -> str:
    """What somebody did, in words."""
    code = f"working.read.{act.replace('.', '_')}"
    return say(code if has(code) else "working.read.other", language)


def ground(code: str, language: str = "nl") -> str:
    """What a case was to who read it, in words; empty for an older line."""
    named = f"emergency.ground.{code}"
    return say(named, language) if has(named) else ""


def _reading(row: Read) -> Reading:
    return Reading(row.at, row.who, row.number, row.act, row.reason, row.ground)


def _why(row: Read, language: str) -> str:
    if row.act == str(Act.EMERGENCY_READ):
        return say("emergency.resident.emergency", language)
    if row.act == str(Act.CASE_READ_WITH_REASON):
        return say("emergency.resident.with_reason", language)
    return say(f"emergency.resident.{'match' if row.ground == MATCH else 'works_on_it'}", language)


def _named(pinned: Pinned, row: Read, language: str) -> str:
    """Somebody's name and function; only the municipality for who left."""
    worker = pinned.world.staffing.workers.get(row.account)
    if worker is None or not worker.active:
        return say("emergency.resident.left", language)
    role = next((role for role in _SHOWN_ROLES if role in worker.roles), "")
    function = say(f"studio_staff.role.{role}", language) if role else ""
    return (
        say("emergency.resident.who", language, name=worker.name, function=function)
        if function
        else worker.name
    )
