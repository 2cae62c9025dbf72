"""What is late and who is overloaded, without opening a personal file?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.engine import staff
from app.engine.model.people import Worker
from app.engine.policy import Act, Actor
from app.services.cases.load_case import Desk, desk_of, due_of
from app.services.cases.relation import demand_ever
from app.storage import ids, outbox
from app.storage.database import transaction
from app.storage.models.tasks import ONLOOKING
from app.storage.repositories import case_rows, count_rows, outbox_rows, queue_rows
from app.storage.repositories.count_rows import Sum
from app.storage.repositories.queue_rows import Scope, Window

_DAY = timedelta(days=1)
_WEEK = timedelta(days=6)
_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Load:
    """One person's work: open tasks, how many overdue, due today, due this week; absent now and who replaces.

    ``expected``: what comes in the next two weeks, due then or a talk that comes back; ``ending``: terms of their cases
    that end in that time.
    """

    account: str
    name: str
    open: int
    overdue: int
    today: int
    week: int
    absent_until: date | None = None
    replaced_by: str = ""
    expected: int = 0
    ending: int = 0


@dataclass(frozen=True, slots=True)
class PointLoad:
    """The open and overdue tasks of one contact point, those of who only looks along left out."""

    point: str
    label: str
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class LateTask:
    """A task that is overdue or not claimed: metadata only."""

    task: str
    case: str
    number: str
    form_title: str
    state_label: str
    assignee: str
    due_on: date | None
    days: int
    contact_point: str
    age: int = 0
    """Days since it is there."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The coordinator's page: loads (most overdue first), the latest tasks (oldest first), what nobody claimed."""

    today: date
    loads: tuple[Load, ...]
    late: tuple[LateTask, ...]
    unclaimed: tuple[LateTask, ...]
    open_cases: int
    points: tuple[PointLoad, ...] = ()
    """What is late per contact point, the most first; those where nothing is open left out."""
    dead_messages: int = 0
    """Outbox rows that gave up; somebody must look."""


def show(actor: Actor, *, size: int = 50, language: str = "nl") -> Overview:
    """The overview of this actor's municipality. Raises Forbidden without the right to see metadata."""
    demand_ever(actor, Act.OVERVIEW_READ)
    desk = desk_of(actor.municipality)
    groups = [point.id for point in desk.catalog.contact_points.values() if point.group]
    with transaction(desk.municipality, readonly=True) as tx:
        today = tx.now.astimezone(desk.world.calendar.zone).date()
        by_account: dict[str, dict[date, int]] = defaultdict(dict)
        for account, due_on, n in count_rows.by_person(tx):
            by_account[account][due_on] = n
        late = queue_rows.page(
            tx,
            Scope(points=tuple(desk.catalog.contact_points)),
            Window(last=today - _DAY),
            after=None,
            size=size,
        )
        waiting = queue_rows.unclaimed(tx, groups, size=size)
        sums = count_rows.sums(tx, (today, today + _WEEK), assignees=(), points=None)
        coming = outbox_rows.expected(tx, tx.now + _SOON)
        open_cases = case_rows.count_open(tx)
        dead = outbox.count_dead(tx)
    more = {(account, what): n for account, what, n in coming}
    loads = [
        _load(desk, worker, by_account.get(worker.id, {}), today, more)
        for worker in desk.world.staffing.workers.values()
        if worker.active or worker.id in by_account
    ]
    busy = (item for item in loads if item.open or item.expected or item.absent_until)
    return Overview(
        today=today,
        loads=tuple(sorted(busy, key=lambda item: (-item.overdue, -item.open, item.name))),
        late=tuple(_late(desk, task, today) for task in late),
        unclaimed=tuple(_late(desk, task, today) for task in waiting),
        points=_points(desk, sums),
        open_cases=open_cases,
        dead_messages=dead,
    )


def _points(desk: Desk, sums: Iterable[Sum]) -> tuple[PointLoad, ...]:
    open_: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for item in sums:
        if item.lane != ONLOOKING:
            open_[item.contact_point] += item.all
            late[item.contact_point] += item.overdue
    known = desk.catalog.contact_points
    found = (
        PointLoad(point, known[point].label if point in known else point, n, late[point])
        for point, n in open_.items()
        if n and point
    )
    return tuple(sorted(found, key=lambda item: (-item.overdue, -item.open, item.label)))


def _load(
    desk: Desk, worker: Worker, days: Mapping[date, int], today: date, more: Mapping[tuple[str, str], int]
) -> Load:
    staffing = desk.world.staffing
    away = [
        item.end
        for item in staffing.absences
        if item.account == worker.id and item.start <= today <= item.end
    ]
    replacement = staffing.workers.get(staff.replacement_of(staffing, worker.id, today))
    return Load(
        account=worker.id,
        name=worker.name,
        open=sum(days.values()),
        overdue=sum(n for day, n in days.items() if day < today),
        today=days.get(today, 0),
        week=sum(n for day, n in days.items() if today <= day <= today + _WEEK),
        absent_until=max(away, default=None),
        replaced_by=replacement.name if replacement else "",
        expected=sum(n for day, n in days.items() if today < day <= today + _SOON)
        + more.get((worker.id, "every"), 0),
        ending=more.get((worker.id, "over"), 0),
    )


def _late(desk: Desk, task: Mapping[str, Any], today: date) -> LateTask:
    worker = desk.world.staffing.workers.get(task["assignee"])
    point = desk.catalog.contact_points.get(task["contact_point"])
    due_on = due_of(task)
    return LateTask(
        task=ids.to_text(task["id"]),
        case=ids.to_text(task["case"]),
        number=task["number"],
        form_title=task["case_label"].get("form", ""),
        state_label=task["case_label"].get("state", ""),
        assignee=worker.name if worker else "",
        due_on=due_on,
        days=(due_on - today).days if due_on else 0,
        contact_point=point.label if point else task["contact_point"],
        age=(today - task["created_at"].astimezone(desk.world.calendar.zone).date()).days,
    )
