"""A season of sessions at once: the same as one that is there, on other days and in changing places.

Each becomes a case of its own with its own responsible person, by the same way as one that is filled in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.definitions.model.sessions import Sessions
from app.engine import calendar, values
from app.engine.policy import Act, Actor
from app.engine.sessions import MOST_IN_A_SERIES, Every, series
from app.services.cases import readable
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of
from app.services.errors import Invalid, NotFound
from app.services.gatherings import called
from app.services.intake.submit_form import SubmitForm, submit
from app.services.permission import demand
from app.storage.database import transaction
from app.storage.repositories import moment_rows

RECEPTION = "reception"


@dataclass(frozen=True, slots=True)
class Planned:
    """One day of a series. ``closed``: the municipality is closed that day."""

    on_day: date
    place: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """The session that the others are made like."""

    id: str
    title: str
    on_day: date
    place: str


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one day: the number of the session, or the code of what was wrong with it."""

    on_day: date
    place: str
    number: str = ""
    wrong: str = ""
    wake: tuple[int, ...] = ()


def example(actor: Actor, session: str) -> Example:
    """The session itself. Raises ``Forbidden``, ``NotFound``."""
    desk, loaded, row = _like(actor, session)
    del desk, loaded
    return Example(session, called.title_of(row), row["on_day"], row["place"])


def planned(
    actor: Actor, first: date, last: date, every: Every, places: Sequence[str]
) -> tuple[Planned, ...]:
    """The days of a series, to look at before anything is made. Raises ``Forbidden``."""
    demand(actor, Act.SESSIONS_READ)
    world = desk_of(actor.municipality).world
    return tuple(
        Planned(day, place, closed=calendar.on_or_after(world.calendar, day) != day)
        for day, place in series(first, last, every, places)
    )


def make(actor: Actor, session: str, days: Sequence[tuple[date, str]], token: str) -> tuple[Made, ...]:
    """Make a session for each day, like ``session``; sent twice it is made once. Days that cannot be are told, the
    others are made. Raises ``Forbidden``, ``NotFound``."""
    desk, loaded, row = _like(actor, session)
    rules = loaded.pin.workflow.sessions
    assert rules is not None  # noqa: S101 - ``_like`` looked at it
    found = []
    for number, (day, place) in enumerate(days[:MOST_IN_A_SERIES]):
        told = _told(loaded, rules, row, (day, place))
        found.append(_made(actor, desk, loaded, told, (day, place, f"{token[:48]}:{number}")))
    return tuple(found)


def _made(
    actor: Actor, desk: Desk, loaded: Loaded, told: Mapping[str, Any], at: tuple[date, str, str]
) -> Made:
    day, place, token = at
    version = desk.catalog.form(loaded.row["form"])
    given = values.read_json(version.form, told)
    try:
        receipt = submit(SubmitForm(actor, version.id, given, token, audience=RECEPTION))
    except Invalid as problem:
        code = problem.errors[0].code if problem.errors else problem.code
        return Made(day, place, wrong=code)
    return Made(day, place, receipt.number, wake=receipt.wake)


def _told(loaded: Loaded, rules: Sessions, row: Mapping[str, Any], at: tuple[date, str]) -> dict[str, Any]:
    """The answers of the example, on another day and in another place; it closes as many days before."""
    day, place = at
    told = dict(values.to_json(loaded.pin.form, loaded.case.answers))
    told[rules.date] = day.isoformat()
    if place:
        told[rules.place] = place
    if rules.opens.until in told:
        told[rules.opens.until] = (day - (row["on_day"] - row["open_until"])).isoformat()
    return told


def _like(actor: Actor, session: str) -> tuple[Desk, Loaded, dict[str, Any]]:
    demand(actor, Act.SESSIONS_READ)
    demand(actor, Act.FORM_FILL_RECEPTION)
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = readable.read(tx, desk, actor, key_of(session))
        row = moment_rows.get(tx, key_of(session))
    if loaded is None or row is None or loaded.pin.workflow.sessions is None:
        raise NotFound
    return desk, loaded, row
