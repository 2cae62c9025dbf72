"""What is late and who is overloaded, without opening a personal file?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
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
from app.storage.repositories import case_rows, count_rows, queue_rows
from app.storage.repositories.queue_rows import Scope, Window

_DAY = timedelta(days=1)
_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Load:
    """One person's work: open tasks, how many overdue, due today, due this week; absent now and who replaces."""

    account: str
    name: str
    open: int
    overdue: int
    today: int
    week: int
    absent_until: date | None = None
    replaced_by: str = ""


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


@dataclass(frozen=True, slots=True)
class Overview:
    """The coordinator's page: loads (most overdue first), the latest tasks (oldest first), what nobody claimed."""

    today: date
    loads: tuple[Load, ...]
    late: tuple[LateTask, ...]
    unclaimed: tuple[LateTask, ...]
    open_cases: int
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
        late = queue_rows.page(tx, Scope(), Window(last=today - _DAY), after=None, size=size)
        waiting = queue_rows.unclaimed(tx, groups, size=size)
        open_cases = case_rows.count_open(tx)
        dead = outbox.count_dead(tx)
    loads = [
        _load(desk, worker, by_account.get(worker.id, {}), today)
        for worker in desk.world.staffing.workers.values()
        if worker.active or worker.id in by_account
    ]
    busy = (item for item in loads if item.open or item.absent_until)
    return Overview(
        today=today,
        loads=tuple(sorted(busy, key=lambda item: (-item.overdue, -item.open, item.name))),
        late=tuple(_late(desk, task, today) for task in late),
        unclaimed=tuple(_late(desk, task, today) for task in waiting),
        open_cases=open_cases,
        dead_messages=dead,
    )


def _load(desk: Desk, worker: Worker, days: Mapping[date, int], today: date) -> Load:
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
    )
