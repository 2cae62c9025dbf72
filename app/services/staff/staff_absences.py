"""Who is away when, what does that mean for new work and for what is open, and who is back?

During an absence new tasks go to who replaces; open ones stay with who has them and also stand in the queue of who
replaces (``language.md`` section 4). Whoever reports ill today: the stand-in hears at once of what cannot wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.definitions.model.source import Problem
from app.definitions.model.workflows import ContactPoint
from app.engine import staff, staff_edits, staff_holes
from app.engine.calendar import instant
from app.engine.model.people import Absence, AccountId, Worker, World
from app.engine.model.staff_faults import Fault
from app.engine.policy import Act, Actor, Relation, can_carry, may
from app.engine.staff_holes import NOON
from app.services.cases.apply_decision import MAIL
from app.services.definitions.catalogs import live
from app.services.errors import AlreadyDone, Forbidden, Invalid, NotFound
from app.services.follow_up.messages import ACCOUNT
from app.services.staff import staff_change
from app.services.staff.staff_change import Change, Done
from app.storage import ids, outbox
from app.storage.database import Transaction, transaction
from app.storage.repositories import account_rows, municipality_rows
from app.storage.repositories import staffing_rows as rows
from app.storage.repositories.account_rows import OpenTask
from app.storage.repositories.staffing_rows import AbsenceRow

LONGEST = timedelta(days=3 * 366)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewWork:
    """To whom goes what arrives for a contact point while somebody is away, from ``first`` to ``last``."""

    point: str
    place: str
    person: AccountId
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """Tasks that are open and also stand in the queue of ``person``: all, due during the absence, and urgent ones."""

    person: AccountId
    tasks: int
    due: int
    urgent: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What an absence means. ``today``: it begins now; ``people`` who could replace, by name."""

    worker: Worker
    absence: Absence
    faults: tuple[Fault, ...]
    problems: tuple[Problem, ...]
    news: tuple[NewWork, ...]
    open: tuple[OpenTasks, ...]
    people: tuple[Worker, ...]
    names: Mapping[AccountId, str]
    today: bool


def upcoming(actor: Actor, *, own: bool = False) -> tuple[date, tuple[AbsenceRow, ...]]:
    """Today, and who is or will be away; ``own``: only oneself. Raises ``Forbidden``."""
    allowed = may(actor, Act.ABSENCE_OWN, Relation.OWN) if own else may(actor, Act.STAFFING_READ)
    if not allowed:
        raise Forbidden
    with transaction(actor.municipality, readonly=True) as tx:
        today = _today(tx)
        found = rows.absence_rows(tx, since=today)
    return today, tuple(row for row in found if not own or row.account == actor.account)


def demand_plan(actor: Actor, account: AccountId) -> None:
    """Raise ``Forbidden`` unless it is one's own absence, or ``actor`` edits the staffing."""
    own = account == actor.account and may(actor, Act.ABSENCE_OWN, Relation.OWN)
    if not own and not may(actor, Act.STAFFING_EDIT):
        raise Forbidden


def preview(actor: Actor, absence: Absence) -> Preview:
    """What it would mean. Raises ``Forbidden``, ``NotFound``, ``Invalid`` (per cause)."""
    demand_plan(actor, absence.account)
    _check(absence)
    points = live(actor.municipality).contact_points
    trial = staff_change.tried(actor, _apply(absence))
    with transaction(actor.municipality, readonly=True) as tx:
        today = _today(tx)
        tasks = account_rows.open_tasks_of(tx, absence.account)
    _demand_not_over(absence, today)
    workers = trial.after.staffing.workers
    able = [item for item in workers.values() if item.active and item.id != absence.account]
    return Preview(
        worker=workers[absence.account],
        absence=absence,
        faults=trial.faults,
        problems=trial.problems,
        news=tuple(_news(trial.after, absence, points, today)),
        open=_open(trial.after, absence, tasks, today),
        people=tuple(sorted((item for item in able if can_carry(item.roles)), key=lambda item: item.name)),
        names={item.id: item.name for item in workers.values()},
        today=absence.start <= today,
    )


def save(actor: Actor, absence: Absence) -> Done:
    """Somebody will be away. An absence takes nobody's work away, so no version is asked for: what others changed
    meanwhile is in what is proved. The very same once more is the one that stands: nobody is told again.

    Raises ``ToArrange``, ``Forbidden``, ``NotFound``, ``Invalid``.
    """
    demand_plan(actor, absence.account)
    _check(absence)
    with transaction(actor.municipality, readonly=True) as tx:
        _demand_not_over(absence, _today(tx))
    change = Change(
        "absence_set",
        _unless_there(absence),
        {"account": absence.account},
        lambda tx, world: _tell(tx, world, absence),
    )
    try:
        return staff_change.carry_out(actor, change)
    except AlreadyDone:
        with transaction(actor.municipality, readonly=True) as tx:
            return Done(municipality_rows.staffing_version(tx) or 0, (), ())


def end(actor: Actor, key: int) -> None:
    """Somebody is back: what has not begun goes, what has ends yesterday. Raises ``Forbidden``, ``NotFound``."""
    with transaction(actor.municipality, readonly=True) as tx:
        today = _today(tx)
        found = [row for row in rows.absence_rows(tx, since=date.min) if row.id == key]
    if not found:
        raise NotFound
    row = found[0]
    demand_plan(actor, row.account)
    absence = Absence(row.account, row.start, row.end, row.replacement)

    def back(world: World) -> World:
        staffing = staff_edits.without_absence(world.staffing, absence)
        if row.start < today:
            staffing = staff_edits.with_absence(staffing, replace(absence, end=today - _DAY))
        return replace(world, staffing=staffing)

    staff_change.carry_out(actor, Change("absence_ended", back, {"account": row.account}))


def _apply(absence: Absence) -> staff_change.Apply:
    return staff_change.of_staff(lambda staffing: staff_edits.with_absence(staffing, absence))


def _unless_there(absence: Absence) -> staff_change.Apply:
    make = _apply(absence)

    def on_world(world: World) -> World:
        if absence in world.staffing.absences:
            raise AlreadyDone
        return make(world)

    return on_world


def _today(tx: Transaction) -> date:
    return tx.now.astimezone(ZoneInfo(rows.municipality(tx)["zone"])).date()


def _check(absence: Absence) -> None:
    if absence.end < absence.start:
        raise Invalid("absence_order")
    if absence.end - absence.start > LONGEST:
        raise Invalid("absence_long")
    if absence.replacement == absence.account:
        raise Invalid("absence_own_replacement")


def _demand_not_over(absence: Absence, today: date) -> None:
    if absence.end < today:
        raise Invalid("absence_over")


# What it means ---------------------------------------------------------------------------------------------


def _news(
    world: World, absence: Absence, points: Mapping[str, ContactPoint], today: date
) -> Iterator[NewWork]:
    """Contact point by contact point that somebody holds, and each time another person takes over."""
    for holding in world.staffing.holdings:
        point = points.get(holding.contact_point)
        if point is None or holding.holder != absence.account:
            continue
        turns = staff_holes.turns(world)
        first = max(absence.start, today)
        days = sorted({first, *(day for day in turns if first < day <= absence.end)})
        runs: list[NewWork] = []
        for day, last in zip(days, [*(day - _DAY for day in days[1:]), absence.end], strict=True):
            at = instant(world.calendar, day, NOON)
            who = staff.holder_of(point, holding.neighbourhood, world, at, points=points).account
            if runs and runs[-1].person == who:
                runs[-1] = replace(runs[-1], last=last)
            else:
                runs.append(NewWork(point.id, holding.neighbourhood, who, day, last))
        yield from runs


def _open(world: World, absence: Absence, tasks: list[OpenTask], today: date) -> tuple[OpenTasks, ...]:
    found: dict[AccountId, OpenTasks] = {}
    for task in tasks:
        who = _hears(world, absence, task, today)
        sums = found.get(who, OpenTasks(who, 0, 0, 0))
        found[who] = OpenTasks(
            who,
            sums.tasks + 1,
            sums.due + (task.due_on <= absence.end),
            sums.urgent + (task.urgent or task.due_on <= today),
        )
    return tuple(sorted(found.values(), key=lambda item: (-item.tasks, item.person)))


def _hears(world: World, absence: Absence, task: OpenTask, today: date) -> AccountId:
    at = instant(world.calendar, max(absence.start, today), NOON)
    return staff.stand_in(absence.account, task.contact_point, task.neighbourhood, world, at)


def _tell(tx: Transaction, world: World, absence: Absence) -> tuple[int, ...]:
    """Who stands in hears at once of what must be done the same day; the rest stands in their queue."""
    today = _today(tx)
    if absence.start > today:
        return ()
    wake: list[int] = []
    for task in account_rows.open_tasks_of(tx, absence.account):
        who = _hears(world, absence, task, today)
        if not task.urgent or who == absence.account:
            continue
        case = ids.to_text(task.case)
        payload = {"case": case, "to": f"{ACCOUNT}{who}", "message": "urgent"}
        key = f"mail:{case}:away:{ids.to_text(task.task)}:{absence.start.isoformat()}:{who}"
        fresh = outbox.emit(tx, MAIL, key, payload, case=task.case)
        wake += [] if fresh is None else [fresh]
    return tuple(wake)
