"""When is the municipality closed, and which open terms move when a closing day comes?

Internal terms that count in working days move, later only; statutory ones never (``language.md`` decision 21).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from app.engine.calendar import holiday_names
from app.engine.decide import decide
from app.engine.messages import running_limits
from app.engine.model.cases import CalendarChanged, MoveTask, SetLimit
from app.engine.model.people import Calendar, ClosingDay, World
from app.engine.policy import Actor
from app.engine.turn import Turn
from app.services.cases.load_case import Desk, Loaded, desk_of, load
from app.services.errors import Invalid
from app.services.staff import staff_change
from app.services.staff.staff_change import Change, Done
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import case_rows, municipality_rows

MOST_CASES = 200
"""So many cases are played in a preview; all of them are told after saving."""


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year: ``holidays`` (day, name) are given by law, ``days`` are the municipality's own, of that year only."""

    version: int
    year: int
    today: date
    calendar: Calendar
    holidays: tuple[tuple[date, str], ...]
    days: tuple[ClosingDay, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """One open term of a case: from ``old`` to ``new``; the same day twice for one that stays because the law says
    so. ``what`` names the step or the limit."""

    case: str
    number: str
    what: str
    old: date
    new: date


@dataclass(frozen=True, slots=True)
class Preview:
    """What would move (the first due first) and what stays. ``looked`` of ``cases`` were played."""

    moves: tuple[Moves, ...]
    stays: tuple[Moves, ...]
    cases: int
    looked: int


def show(actor: Actor, year: int) -> YearPage:
    """The calendar of a year. Raises ``Forbidden``."""
    staff_change.demand_edit(actor)
    world = desk_of(actor.municipality).world
    with transaction(actor.municipality, readonly=True) as tx:
        version = municipality_rows.staffing_version(tx) or 0
        today = tx.now.astimezone(world.calendar.zone).date()
    year = year or today.year
    days = tuple(item for item in world.calendar.closing_days if item.day.year == year)
    return YearPage(version, year, today, world.calendar, holiday_names(year), days)


def of_year(calendar: Calendar, year: int, days: Iterable[ClosingDay]) -> tuple[ClosingDay, ...]:
    """All closing days when those of ``year`` are ``days``. Raises ``Invalid``."""
    fresh = tuple(days)
    if any(item.day.year != year for item in fresh):
        raise Invalid("day_of_other_year", year=str(year))
    if len({item.day for item in fresh}) < len(fresh):
        raise Invalid("day_twice")
    kept = (item for item in calendar.closing_days if item.day.year != year)
    return tuple(sorted((*kept, *fresh), key=lambda item: item.day))


def preview(actor: Actor, days: Iterable[ClosingDay]) -> Preview:
    """Which open terms these closing days (all of them, of every year) would move. Nothing is written."""
    staff_change.demand_edit(actor)
    desk = desk_of(actor.municipality)
    before = desk.world.calendar
    fresh = tuple(days)
    added = {(item.day, item.from_time) for item in fresh} - {
        (item.day, item.from_time) for item in before.closing_days
    }
    if not added:
        return Preview((), (), 0, 0)
    after = replace(desk, world=replace(desk.world, calendar=replace(before, closing_days=fresh)))
    moves: list[Moves] = []
    stays: list[Moves] = []
    with transaction(actor.municipality, readonly=True) as tx:
        keys = case_rows.with_work(tx)
        for key in keys[:MOST_CASES]:
            loaded = load(tx, after, key)
            moves += _moved(loaded, after, before, tx.now)
            stays += _statutory(loaded, {day for day, _ in added}, tx.now)
    order = sorted(moves, key=lambda item: (item.old, item.number))
    return Preview(tuple(order), tuple(stays), len(keys), min(len(keys), MOST_CASES))


def save(
    actor: Actor, days: Iterable[ClosingDay], opens: time, closes: time, *, seen: int | None = None
) -> Done:
    """All closing days, and the hours of a working day. Open terms move after the commit: ``wake`` is to be hinted.
    Raises ``Forbidden``, ``Invalid`` (``hours_order``), ``Conflict``."""
    staff_change.demand_edit(actor)
    if opens >= closes:
        raise Invalid("hours_order")
    fresh = tuple(sorted(days, key=lambda item: item.day))

    def closed(world: World) -> World:
        return replace(
            world, calendar=replace(world.calendar, closing_days=fresh, opens=opens, closes=closes)
        )

    return staff_change.carry_out(actor, Change("calendar_set", closed), seen=seen)


def _moved(loaded: Loaded, desk: Desk, before: Calendar, now: datetime) -> Iterator[Moves]:
    pinned = loaded.pin
    decision = decide(
        pinned.workflow,
        pinned.form,
        loaded.case,
        CalendarChanged(before),
        now=now,
        world=desk.world,
        contact_points=pinned.contact_points,
    )
    due = {task.key: task.due_on for task in loaded.case.tasks if task.open}
    labels = {limit.id: limit.label or limit.id for limit in pinned.workflow.limits}
    for effect in decision.effects:
        if isinstance(effect, MoveTask):
            old = due.get(effect.key)
            if old is not None:
                yield _line(loaded, loaded.row["label"].get("state", ""), old, effect.due_on)
        elif isinstance(effect, SetLimit):
            yield _line(loaded, labels[effect.id], loaded.case.limits[effect.id], effect.due_on)


def _statutory(loaded: Loaded, added: set[date], now: datetime) -> Iterator[Moves]:
    """Terms by law that a new closing day falls in: they stay where they are."""
    pinned = loaded.pin
    turn = Turn(pinned.workflow, pinned.form, pinned.world, pinned.contact_points, now, loaded.case)
    today = turn.reading.moment.today
    running = dict(running_limits(turn))
    for limit in pinned.workflow.limits:
        end = running.get(limit.id)
        if limit.statutory and end is not None and any(today <= day <= end for day in added):
            yield _line(loaded, limit.label or limit.id, end, end)


def _line(loaded: Loaded, what: str, old: date, new: date) -> Moves:
    return Moves(ids.to_text(loaded.row["id"]), loaded.row["number"], what, old, new)
