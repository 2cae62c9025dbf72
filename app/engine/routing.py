"""To whom does a case go, and why?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Form
from app.definitions.model.workflows import (
    ContactPoint,
    Deadline,
    Per,
    RouteRule,
    Target,
    TargetKind,
    Workflow,
)
from app.engine.calendar import local
from app.engine.deadlines import Started, due
from app.engine.facts_of import Reading, field_refs, read_by
from app.engine.model.answers import Answers, PersonRef, Value
from app.engine.model.cases import Case, Why
from app.engine.model.people import AccountId, Holding, World
from app.engine.staff import Found, absent_throughout, holder_of, on_duty_now

NEVER_RESPONSIBLE = frozenset({"volunteer", "partner", "resident", "referrer", "policy"})
"""Who has none but these roles gets tasks at most, never a case."""


@dataclass(frozen=True, slots=True)
class Routed:
    """The outcome of ``route:``. ``on_duty``: somebody of a roster is on duty at this very moment."""

    contact_point: str
    account: AccountId
    why: Why
    rule: RouteRule
    on_duty: bool = False


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every rule is judged with."""

    workflow: Workflow
    reading: Reading
    now: datetime
    world: World
    points: Mapping[str, ContactPoint]
    not_to: frozenset[AccountId]


def excluded(workflow: Workflow, answers: Answers) -> frozenset[AccountId]:
    """The people who may never get this case: the answer of the field that ``not_to:`` names."""
    value = answers.get(workflow.not_to) if workflow.not_to else None
    people = value if isinstance(value, tuple) else (value,)
    return frozenset(
        (item.id or item.name) if isinstance(item, PersonRef) else str(item) for item in people if item
    )


def never_to(workflow: Workflow, case: Case) -> frozenset[AccountId]:
    """The people who may never get ``case``: those the answers name and those added since, but for who was let in."""
    return (excluded(workflow, case.answers) | case.kept_from) - case.let_in


def route(
    workflow: Workflow,
    form: Form,
    case: Case,
    *,
    now: datetime,
    world: World,
    contact_points: Mapping[str, ContactPoint],
    after: int = 0,
) -> Routed | None:
    """Return the first rule that matches and its person; ``None`` only when the municipality has nobody at all.

    ``after`` skips the rules up to that number: to whom an urgent case would have gone otherwise.
    """
    reading = Reading(form, case, local(world.calendar, now))
    desk = _Desk(workflow, reading, now, world, contact_points, never_to(workflow, case))
    skipped: tuple[str, ...] = ()
    for rule in workflow.route:
        if rule.number <= after or not _matches(rule, reading):
            continue
        if rule.target.kind is TargetKind.KEEP:
            reason = _not_kept(rule, desk)
            if not reason:
                return _kept(rule, desk, skipped)
            skipped += (f"{case.contact_person}:{reason}",) if case.contact_person else ()
            continue
        person = rule.target.kind is TargetKind.PERSON_FIELD
        routed = _to_person(rule, desk, skipped) if person else _to_point(rule, desk, skipped)
        if routed is not None:
            return routed
    return None


def direct(
    point: ContactPoint,
    case: Case,
    *,
    now: datetime,
    world: World,
    points: Mapping[str, ContactPoint],
    not_to: frozenset[AccountId] = frozenset(),
) -> Routed | None:
    """A sub-case goes where the rule that opened it says; its own ``route:`` is not asked."""
    found = holder_of(point, case.neighbourhood, world, now, points=points, not_to=not_to)
    if not found:
        return None
    why = Why(0, point.id, case.neighbourhood, found.code, skipped=found.skipped)
    rule = RouteRule(0, None, Target(TargetKind.CONTACT_POINT, point.id))
    return Routed(point.id, found.account, why, rule)


def stays(case: Case) -> Routed:
    """A sub-case of the responsible person of its case."""
    why = Why(0, case.contact_point, case.neighbourhood, "responsible")
    rule = RouteRule(0, None, Target(TargetKind.HOLDER, "holder"))
    return Routed(case.contact_point, case.holder, why, rule)


def _matches(rule: RouteRule, reading: Reading) -> bool:
    if not reading.holds(rule.condition):
        return False
    return rule.unless is None or not reading.holds(rule.unless)


# keep ------------------------------------------------------------------------------------------------------


def _not_kept(rule: RouteRule, desk: _Desk) -> str:
    """Why who already follows the resident does not get this case too; ``""`` when they do (decision 28)."""
    account = desk.reading.case.contact_person
    worker = desk.world.staffing.workers.get(account)
    if worker is None or not worker.active:
        return "inactive"
    if account in desk.not_to:
        return "not_to"
    first, last = desk.reading.moment.today, _due_by(rule.deadline, desk)
    return "absent" if absent_throughout(desk.world.staffing, account, first, last) else ""


def _due_by(deadline: Deadline | None, desk: _Desk) -> date:
    """When the first task would be due: how long somebody may be away and still be kept."""
    start = desk.workflow.states.get(desk.workflow.start)
    written = deadline or (start.deadline if start is not None else None)
    begun = Started(desk.now, desk.now, answers=desk.reading.case.answers)
    found = due(desk.world.calendar, written, begun) if written is not None else None
    return found or desk.reading.moment.today


def _holds_openly(holding: Holding, case: Case, desk: _Desk) -> bool:
    """Whether who is kept holds this contact point, and it is no restricted one, which would tell of another case."""
    point = desk.points.get(holding.contact_point)
    return holding.holder == case.contact_person and not (point is not None and point.restricted)


def _kept(rule: RouteRule, desk: _Desk, skipped: tuple[str, ...]) -> Routed:
    case = desk.reading.case
    point = next(
        (item.contact_point for item in desk.world.staffing.holdings if _holds_openly(item, case, desk)),
        "",
    )
    return Routed(
        point, case.contact_person, _why(rule, desk, point, Found(case.contact_person, "kept", skipped)), rule
    )


# a colleague the answers name ------------------------------------------------------------------------------


def colleague(value: Value | None, world: World, not_to: frozenset[AccountId]) -> AccountId:
    """The account that a person field names; ``""`` for a resident, a partner, or somebody who may not get it."""
    people = value if isinstance(value, tuple) else (value,)
    for person in people:
        name = (person.id or person.name) if isinstance(person, PersonRef) else str(person or "")
        worker = world.staffing.workers.get(name)
        if worker is not None and worker.active and name not in not_to:
            return name
    return ""


def _to_person(rule: RouteRule, desk: _Desk, skipped: tuple[str, ...]) -> Routed | None:
    """The colleague of the house whom the answers name, at the contact point where the case would come otherwise: whose
    holder stands behind them. Somebody who is away until it is due, or may not hold cases, is passed over."""
    case, world = desk.reading.case, desk.world
    account = colleague(case.answers.get(rule.target.name), world, desk.not_to)
    behind = _behind(rule, desk)
    if not account or behind is None:
        return None
    first, last = desk.reading.moment.today, _due_by(rule.deadline, desk)
    outside = not world.staffing.workers[account].roles - NEVER_RESPONSIBLE
    if outside or absent_throughout(world.staffing, account, first, last):
        return None
    found = Found(account, "named", skipped)
    return Routed(behind.contact_point, account, _why(rule, desk, behind.contact_point, found), rule)


def _behind(rule: RouteRule, desk: _Desk) -> Routed | None:
    case, reading = desk.reading.case, desk.reading
    return route(
        desk.workflow,
        reading.form,
        case,
        now=desk.now,
        world=desk.world,
        contact_points=desk.points,
        after=rule.number,
    )


# contact points --------------------------------------------------------------------------------------------


def _point_of(rule: RouteRule, desk: _Desk) -> ContactPoint | None:
    """The contact point a rule ends at; ``None`` when the matched row names none."""
    name = rule.target.name
    if rule.target.kind is TargetKind.ROW_COLUMN:
        name = _column(rule.match, name, desk.reading)
    return desk.points.get(name)


def _column(match: Condition | None, column: str, reading: Reading) -> str:
    found = reading.value(match) if match is not None else None
    if match is None or found is None:
        return ""
    for field_id in field_refs(match.tree):
        row = reading.row(field_id, found)
        if row is not None:
            return str(row.values.get(column, "") or "")
    return ""


def _to_point(rule: RouteRule, desk: _Desk, skipped: tuple[str, ...]) -> Routed | None:
    point = _point_of(rule, desk)
    if point is None:
        return None
    found = holder_of(
        point, desk.reading.case.neighbourhood, desk.world, desk.now, points=desk.points, not_to=desk.not_to
    )
    if not found:
        return None
    found = Found(found.account, found.code, skipped + found.skipped)
    on_duty = point.per is Per.ROSTER and on_duty_now(point, desk.world, desk.now)
    return Routed(point.id, found.account, _why(rule, desk, point.id, found), rule, on_duty)


def _named_in(rule: RouteRule) -> str:
    """The field that names a colleague, for a rule that asks nothing else."""
    return rule.target.name if rule.target.kind is TargetKind.PERSON_FIELD else ""


def _why(rule: RouteRule, desk: _Desk, point: str, found: Found) -> Why:
    case = desk.reading.case
    written = rule.condition or rule.match
    return Why(
        rule=rule.number,
        contact_point=point,
        neighbourhood=case.neighbourhood,
        code=found.code,
        read=read_by(desk.reading.form, case.answers, rule.condition, rule.unless, rule.match),
        skipped=tuple(dict.fromkeys(found.skipped)),
        source=written.source if written is not None else _named_in(rule),
    )
