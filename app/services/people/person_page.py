"""What may this reader see of a person: who they are, who follows them, what runs; and for who follows them, how to
reach them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.engine.belgium import phone
from app.engine.policy import Act, Actor, may
from app.services.cases import readable
from app.services.cases.load_case import Desk, desk_of, key_of, pin
from app.services.errors import Forbidden
from app.services.people import keying, merge_persons, persons
from app.services.people.merge_persons import MergeLine
from app.services.people.persons import PersonLine
from app.services.people.sight import Row, Seen
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import event_rows
from app.texts import say

_WAYS = ("phone", "mobile", "email", "address")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of theirs: never what it tells. ``readable``: this reader may open what was told."""

    id: str
    number: str
    title: str
    received_on: date
    state: str
    running: bool
    holder: str
    readable: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A thin record as its page shows it. ``ways`` (code, text) only for who handles a case of theirs; ``alike`` are
    records that could be the same person."""

    line: PersonLine
    called: str
    contact_phone: str
    cases: tuple[CaseLine, ...]
    ways: tuple[tuple[str, str], ...]
    alike: tuple[PersonLine, ...]
    merges: tuple[MergeLine, ...]
    since: datetime | None = None


def show(actor: Actor, person: str, *, language: str = "nl") -> PersonPage:
    """The page of one person; opening it is written down. Raises ``Forbidden``, ``NotFound``."""
    if not may(actor, Act.PERSON_FIND):
        raise Forbidden(str(Act.PERSON_FIND))
    desk = desk_of(actor.municipality)
    key = key_of(person)
    with transaction(actor.municipality) as tx:
        found = persons.visible(tx, desk, actor, person)
        event_rows.log_read(tx, account=actor.account, person=key, act=str(Act.PERSON_FIND))
        cases = tuple(_cases(tx, desk, actor, found, language))
        worker = desk.world.staffing.workers.get(found.contact_person)
        others = persons.alike(tx, desk, actor, keying.portrait(found.row), sure=True)
        return PersonPage(
            line=persons.line_of(desk, found),
            called=found.row.kept.get("called", ""),
            contact_phone=worker.phone if worker else "",
            cases=cases,
            ways=_ways(found) if any(case.readable for case in cases) else (),
            alike=tuple(line for line in others if line.id != ids.to_text(found.row.id)),
            merges=merge_persons.listed(tx, desk, found.row.id),
        )


def _cases(tx: Transaction, desk: Desk, actor: Actor, found: Seen, language: str) -> Iterator[CaseLine]:
    zone = desk.world.calendar.zone
    for case in found.cases:
        worker = desk.world.staffing.workers.get(case["holder"])
        yield CaseLine(
            id=ids.to_text(case["id"]),
            number=case["number"],
            title=case["label"].get("form", ""),
            received_on=case["received_at"].astimezone(zone).date(),
            state=_state(desk, case, language),
            running=case["closed_at"] is None,
            holder=worker.name if worker else "",
            readable=readable.read(tx, desk, actor, case["id"]) is not None,
        )


def _state(desk: Desk, case: Row, language: str) -> str:
    """One of the four words that residents and referrers read too."""
    workflow = pin(desk, case["form_version"], case["workflow_version"]).workflow
    return say(f"queue_words.status_{workflow.states[case['state']].shown_as}", language)


def _ways(found: Seen) -> tuple[tuple[str, str], ...]:
    kept = found.row.kept
    shown = {name: phone.show(kept[name]) for name in ("phone", "mobile") if kept.get(name)}
    return tuple((name, text) for name in _WAYS if (text := shown.get(name) or kept.get(name, "")))
