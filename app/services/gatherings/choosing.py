"""For which sessions can somebody register now, and how many places are left?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from app.definitions.model.workflows import Workflow
from app.engine import calendar
from app.engine.policy import Act, Actor, may_ever
from app.engine.sessions import Crowd
from app.services.cases import session_links
from app.services.cases.load_case import Desk, desk_of, key_of
from app.services.errors import NotFound
from app.services.gatherings import called
from app.services.intake import drafts
from app.services.municipality import openings
from app.services.permission import demand
from app.storage import clock, ids
from app.storage.database import Transaction, reading, transaction
from app.storage.repositories import case_rows, moment_rows

MOST = 60
PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Coming:
    """A session that can be chosen. ``told``: lines for everybody; ``places``: words about those that are left."""

    id: str
    number: str
    title: str
    on_day: date
    hour: time | None
    place: str
    told: tuple[str, ...]
    places: str
    full: bool
    value: str


@dataclass(frozen=True, slots=True)
class Series:
    """The coming sessions for which one form registers."""

    form: str
    title: str
    intro: str
    sessions: tuple[Coming, ...]


def choices(municipality: str, form: str) -> tuple[tuple[str, str], ...]:
    """What somebody can choose in a form: value and words, the next session first."""
    desk = desk_of(municipality)
    workflow = session_links.workflow_for(desk, form)
    if workflow is None:
        return ()
    with reading(municipality) as tx:
        found = list(_coming(tx, desk, workflow))
    return tuple(
        (item.value, f"{item.title} ({item.places})" if item.places else item.title) for item in found
    )


def chosen(municipality: str, form: str, number: str) -> tuple[str, str]:
    """The field that asks for a session, and what it holds for the one with that number; both empty when it cannot be
    chosen."""
    desk = desk_of(municipality)
    workflow = session_links.workflow_for(desk, form)
    if workflow is None or workflow.sessions is None:
        return "", ""
    with reading(municipality) as tx:
        found = next((item for item in _coming(tx, desk, workflow) if item.number == number), None)
    return (workflow.sessions.by, found.value) if found is not None else ("", "")


def begin(actor: Actor, session: str) -> str:
    """A draft of a registration for this session; its id. Raises ``NotFound``, ``Forbidden``."""
    demand(actor, Act.SESSIONS_READ)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        row = moment_rows.get(tx, key_of(session))
        held = case_rows.get(tx, row["case"]) if row is not None else None
        rules = session_links.rules_of(desk, held) if held is not None else None
    if row is None or rules is None:
        raise NotFound
    version = desk.catalog.form(rules.registers)
    return drafts.start(actor, version.id, {rules.by: [called.value_of(row)]}).id


def behind(actor: Actor, case: str) -> str:
    """The session that a case is, or belongs to; empty for any other case and for who has no calendar. Raises
    ``NotFound`` for text that is no id."""
    desk = desk_of(actor.municipality)
    if not may_ever(actor, Act.SESSIONS_READ) or not any(
        one.workflow.sessions for one in desk.catalog.workflows.values()
    ):
        return ""
    with transaction(actor.municipality, readonly=True) as tx:
        entry = moment_rows.entry_of(tx, key_of(case))
        row = moment_rows.get(tx, entry["session"] if entry is not None else key_of(case))
    return ids.to_text(row["case"]) if row is not None else ""


def for_everybody(municipality: str) -> tuple[Series, ...]:
    """The coming sessions for which anybody can register, by form; without those of forms that are closed now."""
    desk = desk_of(municipality)
    found: list[Series] = []
    with reading(municipality) as tx:
        for version in desk.catalog.forms.values():
            workflow = session_links.workflow_for(desk, version.form.id)
            if workflow is None or PUBLIC not in version.form.audience:
                continue
            if not openings.standing(desk.world, version.form).closed:
                coming = tuple(_coming(tx, desk, workflow))
                found.append(Series(version.form.id, version.form.title, version.form.intro, coming))
    return tuple(found)


def _coming(tx: Transaction, desk: Desk, workflow: Workflow) -> Iterator[Coming]:
    rules = workflow.sessions
    today = calendar.local(desk.world.calendar, clock.now()).today
    rows = moment_rows.open_ones(tx, workflow.id, today, most=MOST)
    counts = moment_rows.counts(tx, [row["case"] for row in rows])
    may_wait = rules is not None and rules.full is not None
    for row in rows:
        left = Crowd(row["places"], *counts[row["case"]]).left
        yield Coming(
            id=ids.to_text(row["case"]),
            number=row["number"],
            title=called.title_of(row),
            on_day=row["on_day"],
            hour=row["from_hour"],
            place=row["place"],
            told=tuple(row["told"].splitlines()),
            places=called.places_words(left, may_wait=may_wait),
            full=left == 0,
            value=called.value_of(row),
        )
