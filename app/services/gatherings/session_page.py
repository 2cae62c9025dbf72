"""What does the page of one session show: who comes, who is there, who helps, what is to be printed?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.definitions.model.sessions import BY_ITSELF, Sessions
from app.engine import calendar
from app.engine.decide import Presser, offers
from app.engine.model.cases import Case
from app.engine.policy import Act, Actor
from app.engine.sessions import Came, Crowd
from app.services.cases import readable
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of, snapshot
from app.services.errors import NotFound
from app.services.gatherings import called, people, roster
from app.services.gatherings.people import Registered
from app.services.gatherings.roster import Helper
from app.services.people import residents
from app.services.permission import demand
from app.storage import clock, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import moment_rows

PHONES = ("resident.phone", "resident.mobile")


@dataclass(frozen=True, slots=True)
class Tap:
    """One button of somebody on the list. ``kind``: present, absent or other."""

    action: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list. ``name`` is empty for who may not read it: then only the number stands there."""

    case: str
    number: str
    version: int
    name: str
    phone: str
    came: str
    state: str
    fresh: bool
    mail: bool
    taps: tuple[Tap, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to print."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session. ``places``: words about how full it is; ``call``: who has no mail, once it is called off;
    ``ask``: fields asked of who walks in, by id (empty: nobody does now)."""

    id: str
    number: str
    title: str
    on_day: date
    told: tuple[str, ...]
    state: str
    off: bool
    taken: int
    limit: int | None
    present: int
    fresh: int
    lines: tuple[Line, ...]
    waiting: tuple[Line, ...]
    call: tuple[Line, ...]
    helpers: tuple[Helper, ...]
    lists: tuple[Listed, ...]
    form: str
    ask: tuple[str, ...]


def show(actor: Actor, session: str) -> SessionPage:
    """Everything of one session. Raises ``Forbidden``; ``NotFound`` for who may not read it, or for no session."""
    demand(actor, Act.SESSIONS_READ)
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = readable.read(tx, desk, actor, key_of(session))
        row = moment_rows.get(tx, key_of(session))
        rules = loaded.pin.workflow.sessions if loaded is not None else None
        if loaded is None or row is None or rules is None:
            raise NotFound
        return _page(tx, desk, actor, loaded, row)


def line(actor: Actor, session: str, registration: str) -> Line:
    """One line of it, after a tap. Raises ``NotFound``."""
    demand(actor, Act.SESSIONS_READ)
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        entry = moment_rows.entry_of(tx, key_of(registration))
        loaded = readable.read(tx, desk, actor, key_of(session))
        rules = loaded.pin.workflow.sessions if loaded is not None else None
        row = moment_rows.get(tx, key_of(session))
        if entry is None or loaded is None or rules is None or row is None or entry["session"] != row["case"]:
            raise NotFound
        found = people.of_entries(tx, desk, actor, [entry])
        return next(iter(_lines(tx, actor, rules, found, row)))


def _page(tx: Transaction, desk: Desk, actor: Actor, loaded: Loaded, row: Mapping[str, Any]) -> SessionPage:
    rules = loaded.pin.workflow.sessions
    assert rules is not None  # noqa: S101 - who calls looked at it
    found = people.of_session(tx, desk, actor, row["case"])
    lines = dict(zip([one.row["id"] for one in found], _lines(tx, actor, rules, found, row), strict=True))
    by = {name: [one for one in found if one.entry["standing"] == name] for name in ("placed", "waiting")}
    here = tuple(
        sorted((lines[one.row["id"]] for one in by["placed"]), key=lambda item: item.name.casefold())
    )
    crowd = Crowd(row["places"], len(by["placed"]), len(by["waiting"]))
    today = calendar.local(desk.world.calendar, clock.now()).today
    ended = loaded.pin.workflow.states[loaded.row["state"]].end
    walk_in = rules.attendance is not None and not row["off"] and not ended and today >= row["on_day"]
    return SessionPage(
        id=ids.to_text(row["case"]),
        number=row["number"],
        title=called.title_of(row),
        on_day=row["on_day"],
        told=tuple(row["told"].splitlines()),
        state=loaded.pin.workflow.states[loaded.row["state"]].label,
        off=row["off"],
        taken=crowd.taken,
        limit=crowd.places,
        present=sum(item.came == Came.PRESENT for item in here),
        fresh=sum(item.fresh for item in here if item.came == Came.PRESENT),
        lines=here,
        waiting=tuple(lines[one.row["id"]] for one in by["waiting"]),
        call=tuple(item for item in lines.values() if row["off"] and not item.mail),
        helpers=roster.helpers(loaded.pin, loaded.case.answers),
        lists=tuple(Listed(item.id, item.label) for item in rules.lists.values()),
        form=rules.registers,
        ask=rules.attendance.new if rules.attendance is not None and walk_in else (),
    )


def _lines(
    tx: Transaction, actor: Actor, rules: Sessions, found: Sequence[Registered], row: Mapping[str, Any]
) -> Iterator[Line]:
    known = moment_rows.came_before(
        tx, [one.entry["who"] for one in found if one.entry["who"]], row["on_day"]
    )
    for one in found:
        form, answers = one.pinned.form, one.answers
        numbers = (residents.shown(form, answers, means) for means in PHONES)
        yield Line(
            case=ids.to_text(one.row["id"]),
            number=one.row["number"],
            version=one.row["version"],
            name=residents.listed(form, answers),
            phone=next((number for number in numbers if number), ""),
            came=one.entry["came"],
            state=one.pinned.workflow.states[one.row["state"]].label,
            fresh=bool(one.entry["who"]) and one.entry["who"] not in known,
            mail=bool(residents.meaning(form, answers, "resident.email")),
            taps=_taps(tx, actor, rules, one) if one.may_act else (),
        )


def _taps(tx: Transaction, actor: Actor, rules: Sessions, one: Registered) -> tuple[Tap, ...]:
    """The buttons of the list that this person can press for somebody now."""
    named = rules.attendance
    if named is None:
        return ()
    kinds = {named.present: "present", named.absent: "absent", **dict.fromkeys(named.buttons, "other")}
    case: Case = snapshot(one.row, (), one.answers, "")
    possible = {
        offer.action.id: offer.action.label
        for offer in offers(
            one.pinned.workflow,
            one.pinned.form,
            case,
            Presser(actor.account),
            now=tx.now,
            world=one.pinned.world,
            contact_points=one.pinned.contact_points,
        )
        if offer.refusal is None and not (BY_ITSELF in offer.action.by and len(offer.action.by) == 1)
    }
    return tuple(Tap(name, possible[name], kind) for name, kind in kinds.items() if name in possible)
