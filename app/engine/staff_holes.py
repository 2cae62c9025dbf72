"""On which days and hours would nobody be there whom somebody named for it?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta

from app.definitions.model.workflows import ContactPoint
from app.engine.calendar import instant, is_working_day
from app.engine.model.people import AccountId, Duty, World
from app.engine.model.staff_faults import Fault, Question
from app.engine.policy import can_carry
from app.engine.staff import absent, holder_of, on_duty_now, stand_in

_ARRANGED = frozenset({"holder", "replacement", "substitute", "duty"})
NOON = time(12)
"""The hour at which a day is judged."""
_DAY = timedelta(days=1)
Hole = tuple[str, str, AccountId, date]
Stretch = tuple[date, date]


def can(world: World, account: AccountId) -> bool:
    """Whether somebody is here and can be responsible for a case."""
    worker = world.staffing.workers.get(account)
    return worker is not None and worker.active and can_carry(worker.roles)


# Day by day ------------------------------------------------------------------------------------------------


def turns(world: World) -> set[date]:
    """Days on which it changes who is there."""
    return {day for item in world.staffing.absences for day in (item.start, item.end + _DAY)}


def stretches(question: Question, before: World, after: World) -> list[Stretch]:
    """Stretches of days, both included, in which nothing changes; those without a working day left out."""
    today = question.now.astimezone(after.calendar.zone).date()
    days = sorted({today, *(day for day in turns(before) | turns(after) if day > today)})
    ends = [*(day - _DAY for day in days[1:]), days[-1]]
    return [
        (first, last)
        for first, last in zip(days, ends, strict=True)
        if any(
            is_working_day(after.calendar, first + _DAY * n) for n in range(min((last - first).days, 10) + 1)
        )
    ]


def unmanned(question: Question, world: World, days: Collection[Stretch]) -> set[Hole]:
    """Contact point, neighbourhood, holder and first day where neither the holder nor who was arranged is there."""
    found: set[Hole] = set()
    for holding in world.staffing.holdings:
        point = question.points.get(holding.contact_point)
        if point is None:
            continue
        for first, _ in days:
            at = instant(world.calendar, first, NOON)
            who = holder_of(point, holding.neighbourhood, world, at, points=question.points)
            there = bool(who) and can(world, who.account) and not absent(world.staffing, who.account, first)
            if not there or not (who.code in _ARRANGED or (point.group and who.code == "owner")):
                found.add((holding.contact_point, holding.neighbourhood, holding.holder, first))
    return found


def merged(holes: Iterable[Hole], days: Collection[Stretch]) -> set[Fault]:
    """Holes on days that follow each other are one; somebody inactive is told as such already."""
    last_of = dict(days)
    found: dict[tuple[str, str, AccountId], list[Stretch]] = {}
    for point, place, holder, first in sorted(holes):
        runs = found.setdefault((point, place, holder), [])
        if runs and runs[-1][1] + _DAY == first:
            runs[-1] = (runs[-1][0], last_of[first])
        else:
            runs.append((first, last_of[first]))
    return {
        Fault("nobody_there", holder, point, place, first.isoformat(), last.isoformat())
        for (point, place, holder), runs in found.items()
        for first, last in runs
    }


def unheard(question: Question, world: World, days: Collection[Stretch]) -> set[Fault]:
    """Who is away with open work of which nobody else would hear."""
    found: set[Fault] = set()
    for account, work in question.work.items():
        for first, last in days:
            if not absent(world.staffing, account, first):
                continue
            at = instant(world.calendar, first, NOON)
            if any(stand_in(account, point, place, world, at) == account for point, place in work.places):
                found.add(Fault("unheard", account, start=first.isoformat(), end=last.isoformat()))
    return found


def duties_away(point: ContactPoint, world: World, days: Collection[Stretch]) -> set[Fault]:
    """Stretches of a roster on which who is on duty is away, and nobody replaces them."""
    found: set[Fault] = set()
    for duty in world.staffing.duties:
        if duty.contact_point != point.id or not can(world, duty.account):
            continue
        first_day, last_day = (at.astimezone(world.calendar.zone).date() for at in (duty.start, duty.end))
        for first, _ in days:
            if not (absent(world.staffing, duty.account, first) and first_day <= first <= last_day):
                continue
            at = max(duty.start, instant(world.calendar, first, NOON))
            if at < duty.end and not on_duty_now(point, world, at):
                found.add(Fault("duty_away", duty.account, point.id, start=first.isoformat()))
    return found


# Rosters ---------------------------------------------------------------------------------------------------


def new_gaps(point: str, now: datetime, before: World, after: World) -> Iterator[Fault]:
    """Hours before the end of the new roster on which nobody active is on duty, and somebody was (or it was later than
    the old one)."""
    old, new = (_roster(world, point) for world in (before, after))
    horizon = max((duty.end for duty in new), default=now)
    known = max((duty.end for duty in old), default=now)
    edges = sorted({now, *(at for duty in old + new for at in (duty.start, duty.end) if now < at <= horizon)})
    start: datetime | None = None
    for left in edges:
        open_ = left < horizon and not _covered(after, new, left)
        if open_ and (left >= known or _covered(before, old, left)):
            start = start or left
        elif start is not None:
            yield _gap(point, start, left)
            start = None


def _gap(point: str, start: datetime, end: datetime) -> Fault:
    return Fault("roster_gap", point=point, start=start.isoformat(), end=end.isoformat())


def _roster(world: World, point: str) -> list[Duty]:
    return [item for item in world.staffing.duties if item.contact_point == point]


def _covered(world: World, roster: Iterable[Duty], at: datetime) -> bool:
    return any(duty.start <= at < duty.end and can(world, duty.account) for duty in roster)
