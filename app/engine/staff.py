"""Who holds a contact point now, and who stands in?

A search never ends at nobody while the municipality has somebody: holder, replacement of the absence, substitutes in
order, owner of last resort, then whoever leads. A person in ``not_to`` is never chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.definitions.model.workflows import ContactPoint, Per
from app.engine.calendar import is_open, opening
from app.engine.model.people import AccountId, Calendar, Holding, Staffing, Worker, World

Points = Mapping[str, ContactPoint]
Candidate = tuple[AccountId, str]

LEADERS = ("team_lead", "head_of_service", "coordinator")
"""Roles in the order in which a task climbs when nobody below can take it."""
_LAST_RESORT = ("head_of_service", "coordinator", "team_lead", "contact", "reception")


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found and how: ``code`` as in :class:`app.engine.model.cases.Why`, or ``last_resort``. ``skipped`` holds
    ``account:reason`` with reason ``absent``, ``not_to`` or ``inactive``. ``account`` is empty when there is nobody."""

    account: AccountId
    code: str
    skipped: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.account)


# Absence ---------------------------------------------------------------------------------------------------


def absent(staffing: Staffing, account: AccountId, day: date) -> bool:
    """Whether somebody is away on ``day``."""
    return any(item.account == account and item.start <= day <= item.end for item in staffing.absences)


def absent_throughout(staffing: Staffing, account: AccountId, first: date, last: date) -> bool:
    """Whether somebody is away from ``first`` and not back before ``last`` is over."""
    return any(
        item.account == account and item.start <= first and item.end >= last for item in staffing.absences
    )


def replacement_of(staffing: Staffing, account: AccountId, day: date) -> AccountId:
    """Who replaces somebody who is away on ``day``, as the absence says; ``""`` when it names nobody."""
    for item in staffing.absences:
        if item.account == account and item.start <= day <= item.end and item.replacement:
            return item.replacement
    return ""


def _with_replacements(staffing: Staffing, account: AccountId, code: str, day: date) -> Iterator[Candidate]:
    """Somebody, then who replaces them, then who replaces that person; a circle ends."""
    yield account, code
    seen = {account}
    current = account
    while absent(staffing, current, day):
        current = replacement_of(staffing, current, day)
        if not current or current in seen:
            return
        seen.add(current)
        yield current, "replacement"


# Holdings --------------------------------------------------------------------------------------------------


def holding_of(staffing: Staffing, point: str, neighbourhood: str) -> Holding | None:
    """The holding for a neighbourhood, else the municipal default, else any."""
    mine = [item for item in staffing.holdings if item.contact_point == point]
    for wanted in (neighbourhood, ""):
        for item in mine:
            if item.neighbourhood == wanted:
                return item
    return mine[0] if mine else None


def _chain(holding: Holding, staffing: Staffing, day: date, *, owner_first: bool) -> Iterator[Candidate]:
    """Everybody a holding names, in the order of decision 11; a group queue begins at its owner."""
    if owner_first and holding.owner:
        yield from _with_replacements(staffing, holding.owner, "owner", day)
    if holding.holder:
        yield from _with_replacements(staffing, holding.holder, "holder", day)
    for substitute in holding.substitutes:
        yield substitute, "substitute"
    if holding.owner and not owner_first:
        yield from _with_replacements(staffing, holding.owner, "owner", day)


def _on_duty(world: World, point: str, at: datetime) -> Iterator[Candidate]:
    day = at.astimezone(world.calendar.zone).date()
    for duty in world.staffing.duties:
        if duty.contact_point == point and duty.start <= at < duty.end:
            yield from _with_replacements(world.staffing, duty.account, "duty", day)


def next_opening(cal: Calendar, at: datetime) -> datetime:
    """``at`` while the counter is open, else the next moment it opens."""
    if is_open(cal, at):
        return at
    today = at.astimezone(cal.zone).date()
    first = opening(cal, today)
    return first if first >= at else opening(cal, date.fromordinal(today.toordinal() + 1))


def _candidates(point: ContactPoint, neighbourhood: str, world: World, at: datetime) -> Iterator[Candidate]:
    """Everybody who could get what arrives for ``point``, best first."""
    day = at.astimezone(world.calendar.zone).date()
    where = neighbourhood if point.per is Per.NEIGHBOURHOOD else ""
    holding = holding_of(world.staffing, point.id, where)
    named = list(_chain(holding, world.staffing, day, owner_first=point.group)) if holding else []
    if point.per is not Per.ROSTER:
        yield from named
        return
    yield from _on_duty(world, point.id, at)
    later = list(_on_duty(world, point.id, next_opening(world.calendar, at)))
    yield from (named + later if is_open(world.calendar, at) else later + named)


def _refused(worker: Worker | None, world: World, day: date, not_to: frozenset[AccountId]) -> str:
    """Why somebody cannot get it; ``""`` when they can."""
    if worker is None or not worker.active:
        return "inactive"
    if worker.id in not_to:
        return "not_to"
    return "absent" if absent(world.staffing, worker.id, day) else ""


def _first(
    candidates: Iterable[Candidate], world: World, day: date, not_to: frozenset[AccountId]
) -> tuple[Found, tuple[Candidate, ...]]:
    """The first candidate who can take it, and those who are only away."""
    skipped: dict[str, None] = {}
    away: list[Candidate] = []
    for account, code in candidates:
        reason = _refused(world.staffing.workers.get(account), world, day, not_to)
        if not reason:
            return Found(account, code, tuple(skipped)), tuple(away)
        skipped[f"{account}:{reason}"] = None
        if reason == "absent":
            away.append((account, code))
    return Found("", "nobody", tuple(skipped)), tuple(away)


def _leaders(staffing: Staffing, roles: Iterable[str]) -> Iterator[Candidate]:
    for role in roles:
        for account in sorted(staffing.workers):
            if role in staffing.workers[account].roles:
                yield account, "last_resort"


def _search(
    candidates: Iterable[Candidate], world: World, at: datetime, not_to: frozenset[AccountId]
) -> Found:
    """The best candidate; else a leader who is there; else whoever is only away: away is better than nobody."""
    day = at.astimezone(world.calendar.zone).date()
    found, away = _first(candidates, world, day, not_to)
    if found:
        return found
    leader, leaders_away = _first(_leaders(world.staffing, _LAST_RESORT), world, day, not_to)
    skipped = found.skipped
    if leader:
        return Found(leader.account, leader.code, skipped)
    for account, code in (*away, *leaders_away):
        return Found(account, code, skipped)
    return Found("", "nobody", skipped)


# What others ask -------------------------------------------------------------------------------------------


def answering(point: ContactPoint, points: Points) -> ContactPoint:
    """The contact point of the house behind ``point``: a partner works under the holder of its owner."""
    seen = {point.id}
    while point.partner and point.owner in points and point.owner not in seen:
        point = points[point.owner]
        seen.add(point.id)
    return point


def holder_of(
    point: ContactPoint,
    neighbourhood: str,
    world: World,
    at: datetime,
    *,
    points: Points,
    not_to: frozenset[AccountId] = frozenset(),
) -> Found:
    """Return who gets what arrives for ``point`` at ``at``: holder, replacement of the absence, substitutes, owner.

    A group queue is its owner's until somebody claims; a partner's is who was named for it here, else who has the
    contact point it works under; a roster's is whoever is on duty at that hour, else at the first hour of the next
    working day.
    """
    named = point.partner and holding_of(world.staffing, point.id, neighbourhood) is not None
    house = point if named else answering(point, points)
    return _search(_candidates(house, neighbourhood, world, at), world, at, not_to)


def on_duty_now(point: ContactPoint, world: World, at: datetime) -> bool:
    """Whether a roster has somebody at this very moment who can take it."""
    day = at.astimezone(world.calendar.zone).date()
    return bool(_first(_on_duty(world, point.id, at), world, day, frozenset())[0])


def stand_in(
    account: AccountId,
    contact_point: str,
    neighbourhood: str,
    world: World,
    at: datetime,
    *,
    not_to: frozenset[AccountId] = frozenset(),
) -> AccountId:
    """Who hears of an open task of ``account`` at ``at``: themselves, or whoever replaces them while they are away."""
    day = at.astimezone(world.calendar.zone).date()
    if not absent(world.staffing, account, day):
        return account
    holding = holding_of(world.staffing, contact_point, neighbourhood)
    others: list[Candidate] = list(_with_replacements(world.staffing, account, "holder", day))
    if holding is not None:
        others += _chain(holding, world.staffing, day, owner_first=False)
    found, _ = _first(others, world, day, not_to)
    return found.account or account


def substitutes_of(
    account: AccountId, contact_point: str, neighbourhood: str, world: World, at: datetime
) -> frozenset[AccountId]:
    """Return who may act with ``account``'s rights on a case of this contact point at ``at``: the substitutes of the
    holding, and the replacement while ``account`` is absent."""
    day = at.astimezone(world.calendar.zone).date()
    holding = holding_of(world.staffing, contact_point, neighbourhood)
    found = set(holding.substitutes) if holding is not None else set()
    found |= {name for name, _ in _with_replacements(world.staffing, account, "holder", day)}
    workers = world.staffing.workers
    return frozenset(name for name in found - {account} if name in workers and workers[name].active)


def onlooker(
    to: str, rung: Iterable[AccountId], world: World, at: datetime, *, exclude: frozenset[AccountId]
) -> Found:
    """Return who an escalation to ``to`` (substitute, or a leading role) reaches, nobody of ``exclude``.

    ``rung`` are the people of that rung, best first. When they cannot, it climbs: team lead, head of service,
    coordinator. Nobody is found only when all of them are excluded.
    """
    first = LEADERS.index(to) if to in LEADERS else 0
    ladder: list[Candidate] = [(account, to) for account in rung if account]
    ladder += [(account, to) for account, _ in _leaders(world.staffing, (*LEADERS[first:], *LEADERS[1:]))]
    day = at.astimezone(world.calendar.zone).date()
    found, away = _first((item for item in ladder if item[0] not in exclude), world, day, frozenset())
    if found or not away:
        return found
    return Found(away[0][0], away[0][1], found.skipped)


def with_role(world: World, role: str) -> tuple[AccountId, ...]:
    """Everybody active who has a role, in a fixed order."""
    workers = world.staffing.workers
    return tuple(name for name in sorted(workers) if workers[name].active and role in workers[name].roles)


def works_on(world: World, account: AccountId, day: date) -> bool:
    """Whether somebody normally works on that weekday; counts for reminders, never for a deadline."""
    worker = world.staffing.workers.get(account)
    return worker is None or not worker.weekdays or day.weekday() in worker.weekdays
