"""Whose tasks may somebody see in the queue, and how many are they?

Nothing is counted here: the numbers are kept with the tasks (``count_rows.py``), and one question brings all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.engine import policy, staff
from app.engine.model.people import World
from app.engine.policy import Act, Actor
from app.services.cases.load_case import Desk
from app.services.errors import Forbidden
from app.storage.database import Transaction
from app.storage.models.tasks import FREE, ONLOOKING
from app.storage.repositories import count_rows, kept_rows
from app.storage.repositories.count_rows import EVERYBODY, Sum
from app.storage.repositories.queue_rows import Part, Scope

WEEK = timedelta(days=6)
_STAFF = frozenset(
    {"contact", "neighbourhood_lead", "reception", "coordinator", "team_lead", "head_of_service"}
)


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Exact numbers of open tasks a view of one scope."""

    overdue: int = 0
    today: int = 0
    week: int = 0
    waiting: int = 0
    all: int = 0


def scopes_of(tx: Transaction, desk: Desk, actor: Actor, today: date) -> dict[str, Scope]:
    """The scopes this actor may see, in the order of ``choice.SCOPES``."""
    if not policy.may_ever(actor, Act.QUEUE_READ) or not actor.account:
        raise Forbidden(str(Act.QUEUE_READ))
    found = {"mine": Scope(assignees=(actor.account,))}
    if _STAFF & actor.roles:
        parts = _stands_in_for(desk.world, actor.account, tx.now, today)
        found["substitute"] = Scope(parts=parts, nothing=not parts, reader=actor.account)
        points = points_of(desk, actor)
        found["points"] = Scope(points=points, nothing=not points, reader=actor.account)
        groups = groups_of(desk, actor)
        found["group"] = Scope(groups=groups, nothing=not groups, reader=actor.account)
    if policy.may_ever(actor, Act.OVERVIEW_READ):
        found["team"] = Scope()
    return found


def groups_of(desk: Desk, actor: Actor) -> tuple[str, ...]:
    """The group queues this person may take tasks from; who leads sees them all."""
    points = [point.id for point in desk.catalog.contact_points.values() if point.group]
    if policy.may(actor, Act.CASE_CLAIM, policy.Relation.OTHER):
        return tuple(points)
    held = _held(desk.world, actor.account)
    return tuple(point for point in points if point in held)


def points_of(desk: Desk, actor: Actor) -> tuple[str, ...]:
    """The contact points this person (also) holds; of a restricted one nobody sees a colleague's work."""
    held = _held(desk.world, actor.account)
    return tuple(
        point.id
        for point in desk.catalog.contact_points.values()
        if point.id in held and not point.restricted
    )


def _held(world: World, account: str) -> set[str]:
    return {
        holding.contact_point
        for holding in world.staffing.holdings
        if account in (holding.holder, holding.owner, *holding.substitutes)
    }


def counts_of(tx: Transaction, scopes: Mapping[str, Scope], today: date) -> dict[str, QueueCounts]:
    """The numbers of every scope; a task that cannot be done yet counts as waiting and in all."""
    wanted = scopes.values()
    people = {account for scope in wanted for account in scope.assignees}
    people |= {part.assignee for scope in wanted for part in scope.parts}
    points = {point for scope in wanted for point in (*scope.points, *scope.groups)}
    sums = count_rows.sums(
        tx,
        (today, today + WEEK),
        assignees=sorted(people),
        points=None if any(_is_team(scope) for scope in wanted) else sorted(points),
    )
    reader = next((scope.reader for scope in wanted if scope.reader), "")
    hidden = kept_rows.hidden_tasks(tx, reader) if reader else []
    fewer = count_rows.without(tx, (today, today + WEEK), hidden)
    return {
        name: _added(
            item
            for item in (*sums, *(fewer if scope.reader else ()))
            if not scope.nothing and _belongs(item, scope)
        )
        for name, scope in scopes.items()
    }


def _is_team(scope: Scope) -> bool:
    return not (scope.nothing or scope.assignees or scope.parts or scope.points or scope.groups)


def _belongs(item: Sum, scope: Scope) -> bool:
    if scope.assignees:
        return item.assignee in scope.assignees
    if scope.parts:
        return any(
            item.assignee == part.assignee
            and part.contact_point in ("", item.contact_point)
            and (not part.places or item.neighbourhood in part.places)
            for part in scope.parts
        )
    if item.assignee != EVERYBODY:
        return False
    if scope.groups:
        return item.contact_point in scope.groups and item.lane == FREE
    if scope.points:
        return item.contact_point in scope.points and item.lane != ONLOOKING
    return True


def _added(sums: Iterable[Sum]) -> QueueCounts:
    columns = list(zip(*(item[4:] for item in sums), strict=True))
    return QueueCounts(*(int(sum(column)) for column in columns))


def _stands_in_for(world: World, account: str, now: datetime, today: date) -> tuple[Part, ...]:
    """What this person does for absent colleagues: all of it, or a contact point's work in some neighbourhoods."""
    staffing = world.staffing
    found: list[Part] = []
    away = {item.account for item in staffing.absences if item.start <= today <= item.end}
    for worker in sorted(away - {account}):
        if staff.replacement_of(staffing, worker, today) == account:
            found.append(Part(worker))
            continue
        found += _points_for(world, worker, account, now)
    return tuple(found)


def _points_for(world: World, absent: str, account: str, now: datetime) -> Iterator[Part]:
    """The contact points for which ``account`` may act in the place of ``absent``, and where."""
    everywhere = ("", *world.staffing.neighbourhoods)
    for point in sorted({item.contact_point for item in world.staffing.holdings if absent == item.holder}):
        places = tuple(
            place for place in everywhere if account in staff.substitutes_of(absent, point, place, world, now)
        )
        if places:
            yield Part(absent, point, () if places == everywhere else places)
