"""Which sessions are there in a month, where, and how full are they? For staff: numbers and places, no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.engine import calendar as working
from app.engine.policy import Act, Actor
from app.engine.sessions import Crowd
from app.services.cases.load_case import Desk, desk_of
from app.services.gatherings import called
from app.services.permission import demand
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.repositories import moment_rows

MOST = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """One session in the calendar. ``places``: words, or empty where there is no end to them."""

    id: str
    title: str
    on_day: date
    hour: str
    place: str
    told: tuple[str, ...]
    kind: str
    state: str
    taken: int
    limit: int | None
    waiting: int
    off: bool
    past: bool


@dataclass(frozen=True, slots=True)
class Month:
    """The sessions of a month, by day, and the places there are in it. ``forms``: what makes a new one."""

    first: date
    before: date
    after: date
    today: date
    place: str
    places: tuple[str, ...]
    entries: tuple[Entry, ...]
    forms: tuple[tuple[str, str], ...]


def show(actor: Actor, month: date | None = None, place: str = "") -> Month:
    """The sessions of the month in which ``month`` lies (this one), in one place or all. Raises ``Forbidden``."""
    demand(actor, Act.SESSIONS_READ)
    desk = desk_of(actor.municipality)
    today = working.local(desk.world.calendar, clock.now()).today
    first = (month or today).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    with transaction(desk.municipality, readonly=True) as tx:
        rows = moment_rows.between(tx, first, after - timedelta(days=1), most=MOST)
        counts = moment_rows.counts(tx, [row["case"] for row in rows])
    entries = tuple(_entry(desk, row, counts[row["case"]], today) for row in rows)
    return Month(
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=after,
        today=today,
        place=place,
        places=tuple(sorted({entry.place for entry in entries if entry.place})),
        entries=tuple(entry for entry in entries if not place or entry.place == place),
        forms=_forms(desk, actor),
    )


def _entry(desk: Desk, row: Mapping[str, Any], counts: tuple[int, int], today: date) -> Entry:
    workflow = desk.catalog.workflow_version(row["workflow_version"]).workflow
    crowd = Crowd(row["places"], *counts)
    return Entry(
        id=ids.to_text(row["case"]),
        title=called.title_of(row),
        on_day=row["on_day"],
        hour=f"{row['from_hour']:%H.%M}" if row["from_hour"] is not None else "",
        place=row["place"],
        told=tuple(row["told"].splitlines()),
        kind=workflow.title,
        state=workflow.states[row["state"]].label,
        taken=crowd.taken,
        limit=crowd.places,
        waiting=crowd.waiting,
        off=row["off"],
        past=row["on_day"] < today,
    )


def _forms(desk: Desk, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The forms with which this person makes a session."""
    known = {version.workflow.id for version in desk.catalog.workflows.values() if version.workflow.sessions}
    mine = (version.form for version in desk.catalog.forms.values() if version.form.workflow in known)
    return tuple((form.id, form.title) for form in mine if actor.roles & set(form.audience))
