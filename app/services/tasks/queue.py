"""What should I do today, and what waits for my colleagues?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from app.engine import explaining, policy, staff
from app.engine.model.people import World
from app.engine.policy import Act, Actor
from app.services.cases.apply_decision import FLAGS, ONLOOKERS
from app.services.cases.load_case import Desk, desk_of, due_of, why_of
from app.services.errors import Forbidden, Invalid
from app.services.tasks.queue_names import names
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import queue_rows
from app.storage.repositories.queue_rows import Part, Scope, Window
from app.texts import has, say

VIEWS = ("overdue", "today", "week", "waiting", "all")
SCOPES = ("mine", "substitute", "group", "team")
DEFAULT_SIZE = 25
LARGEST_SIZE = 100
_DAY = timedelta(days=1)
_WEEK = timedelta(days=6)
_STAFF = frozenset({"contact", "reception", "coordinator", "team_lead", "head_of_service"})
_LISTED_CLASS = 1


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One task. ``label`` holds no class 2-3 answers. ``days`` is negative when overdue, None without a due date.

    ``why`` is one short sentence; ``scope`` says how it came to this viewer; ``stands_in_for`` names the absent
    colleague in scope ``substitute``. ``reminder`` is the text of a reminder that stands, or empty. ``escalation``: it
    only asks to look along; ``watched_by``: the colleagues who look along because it is late.
    """

    task: str
    case: str
    number: str
    label: str
    form_title: str
    state_label: str
    contact_point: str
    neighbourhood: str
    due_on: date | None
    days: int | None
    assignee: str
    scope: str
    why: str = ""
    reminder: str = ""
    escalation: bool = False
    watched_by: tuple[str, ...] = ()
    onlooker: bool = False
    urgent: bool = False
    claimable: bool = False
    stands_in_for: str = ""
    waits_until: date | None = None
    called: str = ""
    """The resident's name, in scopes ``mine`` and ``substitute``, for whoever may open the case."""


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Exact numbers of open tasks a view of one scope."""

    overdue: int
    today: int
    week: int
    waiting: int
    all: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue. ``next`` is the cursor of the page after it, empty at the end.

    ``totals`` gives the open tasks a scope, for the tabs; a scope the actor may not see is missing from it.
    """

    view: str
    scope: str
    rows: tuple[QueueRow, ...]
    counts: QueueCounts
    totals: tuple[tuple[str, int], ...]
    next: str = ""


def page(
    actor: Actor,
    view: str = "all",
    *,
    scope: str = "mine",
    person: str = "",
    cursor: str = "",
    size: int = DEFAULT_SIZE,
    language: str = "nl",
) -> QueuePage:
    """One page of tasks, ordered by due date (none last) and age.

    ``view`` is one of ``VIEWS`` (anything else: Invalid), ``scope`` one of ``SCOPES``, ``cursor`` what an earlier page
    gave as ``next``; ``person`` is one account, in scope ``team`` only. Raises Forbidden for a scope the actor may not
    see.
    """
    if view not in VIEWS or scope not in SCOPES:
        raise Invalid("unknown_view")
    after = _read_cursor(cursor)
    desk = desk_of(actor.municipality)
    size = max(1, min(size, LARGEST_SIZE))
    with transaction(desk.municipality, readonly=True) as tx:
        today = tx.now.astimezone(desk.world.calendar.zone).date()
        scopes = scopes_of(tx, desk, actor, today)
        if scope not in scopes:
            raise Forbidden(str(Act.QUEUE_READ))
        if person and scope == "team":
            scopes[scope] = Scope(assignees=(person,))
        window = _window(view, today)
        found = queue_rows.page(tx, scopes[scope], window, after=after, size=size + 1)
        known = names(tx, desk, actor, found[:size], scope)
        counts = count(tx, scopes[scope], today)
        totals = tuple(
            (name, counts.all if name == scope else sum(n for _, n in queue_rows.by_day(tx, chosen)))
            for name, chosen in scopes.items()
        )
    rows = tuple(
        replace(_row(desk, task, today, scope, language), called=known.get(task["case"], ""))
        for task in found[:size]
    )
    last = found[size - 1] if len(found) > size else None
    return QueuePage(view, scope, rows, counts, totals, _cursor(last) if last else "")


def scopes_of(tx: Transaction, desk: Desk, actor: Actor, today: date) -> dict[str, Scope]:
    """The scopes this actor may see, in the order of ``SCOPES``."""
    if not policy.may_ever(actor, Act.QUEUE_READ) or not actor.account:
        raise Forbidden(str(Act.QUEUE_READ))
    found = {"mine": Scope(assignees=(actor.account,))}
    if _STAFF & actor.roles:
        parts = _stands_in_for(desk.world, actor.account, tx.now, today)
        found["substitute"] = Scope(parts=parts, nothing=not parts)
        groups = groups_of(desk, actor)
        found["group"] = Scope(groups=groups, nothing=not groups)
    if policy.may_ever(actor, Act.OVERVIEW_READ):
        found["team"] = Scope()
    return found


def groups_of(desk: Desk, actor: Actor) -> tuple[str, ...]:
    """The group queues this person may take tasks from; who leads sees them all."""
    points = [point.id for point in desk.catalog.contact_points.values() if point.group]
    if policy.may(actor, Act.CASE_CLAIM, policy.Relation.OTHER):
        return tuple(points)
    held = {
        holding.contact_point
        for holding in desk.world.staffing.holdings
        if actor.account in (holding.holder, holding.owner, *holding.substitutes)
    }
    return tuple(point for point in points if point in held)


def count(tx: Transaction, scope: Scope, today: date) -> QueueCounts:
    """Exact numbers a view; a task that cannot be done yet counts as waiting and in all."""
    everything = dict(queue_rows.by_day(tx, scope))
    later = dict(queue_rows.by_day(tx, scope, waiting=True))
    ready = {day: n - later.get(day, 0) for day, n in everything.items()}
    return QueueCounts(
        overdue=sum(n for day, n in ready.items() if day < today),
        today=ready.get(today, 0),
        week=sum(n for day, n in ready.items() if today <= day <= today + _WEEK),
        waiting=sum(later.values()),
        all=sum(everything.values()),
    )


def short_why(desk: Desk, task: Mapping[str, Any], language: str) -> str:
    """How the task came to this person, in one sentence."""
    why = replace(why_of(task["why"]), rule=0, source="", read=(), skipped=())
    lines = explaining.why_here(why, task["assignee"], desk.world, desk.catalog.contact_points, language)
    return lines[-1] if lines else ""


def reminder_text(task: Mapping[str, Any], language: str) -> str:
    """The reminder that stands with a task, in words; empty when none does."""
    code = f"reminders.{task['why'].get(FLAGS, {}).get('reminder', '')}"
    return say(code, language) if has(code) else ""


def escalated(task: Mapping[str, Any]) -> bool:
    """Whether it only asks to look along because a colleague's task is late."""
    return bool(task["kind"] == "escalation")


def watched_by(task: Mapping[str, Any], world: World) -> tuple[str, ...]:
    """The names of the colleagues who look along because it is late, the first first."""
    flags = task["why"].get(FLAGS, {})
    found = (world.staffing.workers.get(account) for account in flags.get(ONLOOKERS, ()))
    return tuple(dict.fromkeys(worker.name for worker in found if worker))


def _window(view: str, today: date) -> Window:
    return {
        "overdue": Window(last=today - _DAY, waiting=False),
        "today": Window(first=today, last=today, waiting=False),
        "week": Window(first=today, last=today + _WEEK, waiting=False),
        "waiting": Window(waiting=True),
        "all": Window(),
    }[view]


def _stands_in_for(world: World, account: str, now: datetime, today: date) -> tuple[Part, ...]:
    """What this person does for absent colleagues: all of it, or a contact point's work in some neighbourhoods."""
    staffing = world.staffing
    found: list[Part] = []
    for worker in sorted(staffing.workers):
        if worker == account or not staff.absent(staffing, worker, today):
            continue
        if staff.replacement_of(staffing, worker, today) == account:
            found.append(Part(worker))
            continue
        found += _points_of(world, worker, account, now)
    return tuple(found)


def _points_of(world: World, absent: str, account: str, now: datetime) -> Iterator[Part]:
    """The contact points for which ``account`` may act in the place of ``absent``, and where."""
    everywhere = ("", *world.staffing.neighbourhoods)
    for point in sorted({item.contact_point for item in world.staffing.holdings if absent == item.holder}):
        places = tuple(
            place for place in everywhere if account in staff.substitutes_of(absent, point, place, world, now)
        )
        if places:
            yield Part(absent, point, () if places == everywhere else places)


def _row(desk: Desk, task: Mapping[str, Any], today: date, scope: str, language: str) -> QueueRow:
    due_on = due_of(task)
    point = desk.catalog.contact_points.get(task["contact_point"])
    worker = desk.world.staffing.workers.get(task["assignee"])
    name = worker.name if worker else ""
    waits = task["not_before"] and task["not_before"].astimezone(desk.world.calendar.zone).date()
    label = task["case_label"]
    return QueueRow(
        task=ids.to_text(task["id"]),
        case=ids.to_text(task["case"]),
        number=task["number"],
        label=task["label"]
        if task["privacy"] <= _LISTED_CLASS or scope == "mine"
        else label.get("state", ""),
        form_title=label.get("form", ""),
        state_label=label.get("state", ""),
        contact_point=point.label if point else task["contact_point"],
        neighbourhood=desk.world.staffing.neighbourhoods.get(task["neighbourhood"], ""),
        due_on=due_on,
        days=(due_on - today).days if due_on else None,
        assignee=name,
        scope=scope,
        why=short_why(desk, task, language),
        reminder=reminder_text(task, language),
        escalation=escalated(task),
        watched_by=watched_by(task, desk.world),
        onlooker=task["onlooker"],
        urgent=task["urgent"],
        claimable=bool(point and point.group) and not task["claimed"] and not task["onlooker"],
        stands_in_for=name if scope == "substitute" else "",
        waits_until=waits if waits and waits > today else None,
    )


def _cursor(task: Mapping[str, Any]) -> str:
    day: date = task["due_on"]
    return f"{day.isoformat()}.{ids.to_text(task['id'])}"


def _read_cursor(text: str) -> tuple[date, int] | None:
    if not text:
        return None
    day, _, key = text.partition(".")
    try:
        return date.fromisoformat(day), ids.from_text(key)
    except ValueError as error:
        raise Invalid("unknown_view") from error


__all__ = ["SCOPES", "VIEWS", "QueueCounts", "QueuePage", "QueueRow", "page"]
