"""What should I do today, and what waits for my colleagues?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from app.engine import explaining, policy
from app.engine.model.people import World
from app.engine.policy import Act, Actor, Relation
from app.services.cases.apply_decision import FLAGS, ONLOOKERS
from app.services.cases.load_case import Desk, desk_of, due_of, why_of
from app.services.errors import Forbidden
from app.services.tasks import choice as choices
from app.services.tasks import queue_pages
from app.services.tasks.choice import SCOPES, VIEWS, Choice, Options, Told
from app.services.tasks.due_words import why_due
from app.services.tasks.queue_names import names
from app.services.tasks.queue_scopes import WEEK, QueueCounts, counts_of, scopes_of
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories.queue_rows import Scope, Window
from app.texts import has, say

DEFAULT_SIZE = 25
LARGEST_SIZE = 100
_DAY = timedelta(days=1)
_LISTED_CLASS = 1


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One task. ``label`` holds no class 2-3 answers. ``days`` is negative when overdue, None without a due date.

    ``why`` is one short sentence, ``why_then`` how the due date was counted; ``scope`` says how it came to this viewer;
    ``stands_in_for`` names the absent colleague in scope ``substitute``. ``reminder`` is the text of a reminder that
    stands, or empty. ``escalation``: it only asks to look along; ``watched_by``: the colleagues who look along because
    it is late. ``does``: what the list offers to do with it: ``act`` (the buttons of its case), ``finish`` or nothing.
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
    why_then: str = ""
    reminder: str = ""
    escalation: bool = False
    watched_by: tuple[str, ...] = ()
    onlooker: bool = False
    urgent: bool = False
    claimable: bool = False
    does: str = ""
    stands_in_for: str = ""
    waits_until: date | None = None
    called: str = ""
    """The resident's name, in scopes ``mine`` and ``substitute``, for whoever may open the case."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue. ``next`` is the cursor of the page after it, empty at the end.

    ``totals`` gives the open tasks a scope, for the tabs; a scope the actor may not see is missing from it. ``counts``
    are those of the scope, whatever is filtered. ``stopped``: what is filtered is rare, ``next`` goes on looking.
    ``too_many``: the list is too long for another order than by due date.
    """

    view: str
    scope: str
    rows: tuple[QueueRow, ...]
    counts: QueueCounts
    totals: tuple[tuple[str, int], ...]
    next: str = ""
    choice: Choice = field(default_factory=Choice)
    told: tuple[Told, ...] = ()
    options: Options | None = None
    stopped: bool = False
    too_many: bool = False


def page(
    actor: Actor,
    view: str = "all",
    *,
    scope: str = "mine",
    person: str = "",
    cursor: str = "",
    size: int = DEFAULT_SIZE,
) -> QueuePage:
    """One page of a view of a scope, unfiltered, ordered by due date (none last) and age. Raises as ``show`` does."""
    chosen = Choice(view=view, scope=scope, person=person)
    return show(actor, chosen, cursor=cursor, size=size)


def show(
    actor: Actor,
    chosen: Choice,
    *,
    cursor: str = "",
    size: int = DEFAULT_SIZE,
    learnt: tuple[int, int] | None = None,
) -> QueuePage:
    """One page of tasks as ``chosen`` says. ``cursor``: what an earlier page gave as ``next``; ``learnt`` as
    ``desk_of`` takes it. Raises Invalid for what no page offers, Forbidden for a scope the actor may not see.
    """
    choices.demand_sound(chosen)
    place = queue_pages.read_cursor(cursor, chosen.sort)
    desk = desk_of(actor.municipality, learnt)
    size = max(1, min(size, LARGEST_SIZE))
    with transaction(desk.municipality, readonly=True) as tx:
        today = tx.now.astimezone(desk.world.calendar.zone).date()
        scopes = scopes_of(tx, desk, actor, today)
        if chosen.scope not in scopes:
            raise Forbidden(str(Act.QUEUE_READ))
        if chosen.person and chosen.scope == "team":
            scopes["team"] = Scope(assignees=(chosen.person,))
        counts = counts_of(tx, scopes, today)
        asked = queue_pages.Asked(
            scopes[chosen.scope],
            _window(chosen, today),
            choices.filters_of(desk, chosen),
            chosen.sort,
            counts[chosen.scope].all,
        )
        found = queue_pages.find(tx, desk, actor, asked, place, size)
        known = found.known
        if known is None:
            known = names(tx, desk, actor, found.rows, chosen.scope)
    rows = tuple(
        replace(_row(desk, actor, task, today, chosen.scope), called=known.get(task["case"], ""))
        for task in found.rows
    )
    return QueuePage(
        view=chosen.view,
        scope=chosen.scope,
        rows=rows,
        counts=counts[chosen.scope],
        totals=tuple((name, item.all) for name, item in counts.items()),
        next=found.next,
        choice=chosen,
        told=choices.told(desk, chosen) if chosen.filtered else (),
        options=choices.options_of(desk, chosen),
        stopped=found.stopped,
        too_many=found.too_many,
    )


def short_why(desk: Desk, task: Mapping[str, Any], language: str = "nl") -> str:
    """How the task came to this person, in one sentence."""
    why = replace(why_of(task["why"]), rule=0, source="", read=(), skipped=())
    lines = explaining.why_here(why, task["assignee"], desk.world, desk.catalog.contact_points, language)
    return lines[-1] if lines else ""


def reminder_text(task: Mapping[str, Any], language: str = "nl") -> str:
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


def _window(chosen: Choice, today: date) -> Window:
    window = {
        "overdue": Window(last=today - _DAY, waiting=False),
        "today": Window(first=today, last=today, waiting=False),
        "week": Window(first=today, last=today + WEEK, waiting=False),
        "waiting": Window(waiting=True),
        "all": Window(),
    }[chosen.view]
    if chosen.due_before is None:
        return window
    return replace(window, last=min(chosen.due_before, window.last or chosen.due_before))


def _does(actor: Actor, task: Mapping[str, Any], scope: str) -> str:
    if scope == "mine" and task["kind"] != "main":
        return "finish" if policy.may(actor, Act.TASK_FINISH, Relation.OWN) else ""
    near = {"mine": Relation.OWN, "substitute": Relation.SUBSTITUTE}.get(scope)
    able = near and task["kind"] == "main" and not task["blocked"] and policy.may(actor, Act.CASE_ACT, near)
    return "act" if able else ""


def _row(desk: Desk, actor: Actor, task: Mapping[str, Any], today: date, scope: str) -> QueueRow:
    due_on = due_of(task)
    point = desk.catalog.contact_points.get(task["contact_point"])
    worker = desk.world.staffing.workers.get(task["assignee"])
    name = worker.name if worker else ""
    waits = task["not_before"] and task["not_before"].astimezone(desk.world.calendar.zone).date()
    label = task["case_label"]
    open_label = task["privacy"] <= _LISTED_CLASS or scope == "mine"
    return QueueRow(
        task=ids.to_text(task["id"]),
        case=ids.to_text(task["case"]),
        number=task["number"],
        label=task["label"] if open_label else label.get("state", ""),
        form_title=label.get("form", ""),
        state_label=label.get("state", ""),
        contact_point=point.label if point else task["contact_point"],
        neighbourhood=desk.world.staffing.neighbourhoods.get(task["neighbourhood"], ""),
        due_on=due_on,
        days=(due_on - today).days if due_on else None,
        assignee=name,
        scope=scope,
        why=short_why(desk, task),
        why_then=why_due(desk, task),
        reminder=reminder_text(task),
        escalation=escalated(task),
        watched_by=watched_by(task, desk.world),
        onlooker=task["onlooker"],
        urgent=task["urgent"],
        claimable=bool(point and point.group) and not task["claimed"] and not task["onlooker"],
        does=_does(actor, task, scope),
        stands_in_for=name if scope == "substitute" else "",
        waits_until=waits if waits and waits > today else None,
    )


__all__ = ["SCOPES", "VIEWS", "QueueCounts", "QueuePage", "QueueRow", "page", "show"]
