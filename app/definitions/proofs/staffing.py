"""Who ends at nobody? Contact points against the people of a municipality: of a staffing file, or live."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from app.definitions.counterexamples import PARAMETER, Example
from app.definitions.expressions.walking import walk
from app.definitions.model.catalog import Catalog
from app.definitions.model.expressions import Compare, Condition, Expr, FieldRef, ListOf, Literal, Member
from app.definitions.model.forms import FieldType, Form
from app.definitions.model.source import Problem, Span
from app.definitions.model.workflows import ContactPoint, RouteRule, TargetKind, Workflow
from app.definitions.problems import guess, problem
from app.definitions.proofs.asked import Asked, conditions_in, conditions_of_form
from app.definitions.proofs.conditions import first_to_match, row_matched
from app.definitions.proofs.nodes import Node
from app.definitions.proofs.space import Space
from app.definitions.proofs.spaces import spaces_of
from app.definitions.proofs.values import ELSEWHERE

LAST_RESORT = frozenset({"head_of_service", "coordinator", "team_lead", "contact", "reception"})
"""Roles that get a case when nobody of its contact point can."""
DEFAULT = "default"


class Person(Protocol):
    """Somebody a task can be given to."""

    @property
    def name(self) -> str:
        """The name to show."""

    @property
    def active(self) -> bool:
        """Whether they still work here."""

    @property
    def roles(self) -> frozenset[str]:
        """Their roles."""


class Held(Protocol):
    """Who holds a contact point for one neighbourhood (``""``: the default)."""

    @property
    def contact_point(self) -> str:
        """The contact point."""

    @property
    def neighbourhood(self) -> str:
        """The neighbourhood."""

    @property
    def holder(self) -> str:
        """Whose it is."""

    @property
    def substitutes(self) -> tuple[str, ...]:
        """Who stand in, in order."""

    @property
    def owner(self) -> str:
        """The owner of last resort."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of a municipality, as far as the proofs ask. ``on_duty``: who is in the roster of a contact point."""

    people: Mapping[str, Person]
    holdings: tuple[Held, ...]
    on_duty: Mapping[str, frozenset[str]]
    places: Mapping[str, str]

    def active(self, names: Iterable[str]) -> frozenset[str]:
        """Those of them who still work here."""
        return frozenset(name for name in names if name in self.people and self.people[name].active)

    def of(self, point: str) -> list[Held]:
        """Its holdings."""
        return [held for held in self.holdings if held.contact_point == point]


@dataclass(frozen=True, slots=True)
class Gap:
    """A contact point that nobody active holds for a neighbourhood (``""``: wherever nobody is named)."""

    contact_point: str
    neighbourhood: str = ""


def gaps(points: Mapping[str, ContactPoint], staff: Staff) -> Iterator[Gap]:
    """Every contact point and neighbourhood without an active holder, substitute or owner."""
    for point in points.values():
        mine = staff.of(point.id)
        if not mine:
            if not _reached_otherwise(point, points, staff):
                yield Gap(point.id)
            continue
        for held in mine:
            if not staff.active((held.holder, *held.substitutes, held.owner)):
                yield Gap(point.id, held.neighbourhood)
        if all(held.neighbourhood for held in mine):
            yield Gap(point.id)


def _reached_otherwise(point: ContactPoint, points: Mapping[str, ContactPoint], staff: Staff) -> bool:
    """A roster by whoever is on duty; a partner under the holder of its owner."""
    if staff.active(staff.on_duty.get(point.id, ())):
        return True
    seen = {point.id}
    while point.partner and point.owner in points and point.owner not in seen:
        point = points[point.owner]
        seen.add(point.id)
    return len(seen) > 1 and bool(staff.of(point.id))


def told(points: Mapping[str, ContactPoint], staff: Staff, place: Span) -> Iterator[Problem]:
    """All that is missing among live staff, told at one place."""
    for gap in gaps(points, staff):
        yield problem("L605", place, name=gap.contact_point, neighbourhood=gap.neighbourhood or DEFAULT)
    for held in staff.holdings:
        if held.contact_point not in points:
            continue
        if not held.owner:
            yield problem("L607", place, name=held.contact_point)
        for account in filter(None, (held.holder, held.owner)):
            if not staff.active((account,)):
                person = staff.people.get(account)
                shown = person.name if person else account
                yield problem("L606", place, name=held.contact_point, person=shown)


# Who gets there -----------------------------------------------------------------------------------------------


def with_examples(problems: Iterable[Problem], catalog: Catalog, staff: Staff) -> Iterator[Problem]:
    """The same, with somebody who would be the victim of a missing holder."""
    for found in problems:
        params = dict(found.params)
        example = None
        if found.code == "L605":
            where = params["neighbourhood"].replace(DEFAULT, "")
            example = who_comes_to(catalog, staff, Gap(params["name"], where))
        more = () if example is None else ((PARAMETER, example.written()),)
        yield replace(found, params=found.params + more)


def who_comes_to(catalog: Catalog, staff: Staff, gap: Gap) -> Example | None:
    """Somebody whose answers lead to a contact point for a neighbourhood, through any workflow's route; of those that
    are found who is described in the fewest words."""
    found: list[Example] = []
    sub_cases = {rule.case for workflow in catalog.workflows.values() for rule in workflow.also if rule.case}
    for workflow in catalog.workflows.values():
        rules = [(place, rule) for place, rule in enumerate(workflow.route) if _may_lead_to(rule, gap)]
        if not rules:
            continue
        forms = [catalog.forms[name] for name in workflow.forms if name in catalog.forms]
        spaces = spaces_of(workflow, forms, sub_case=workflow.id in sub_cases, places=staff.places)
        tries = [spaces.example(_leading(rule, workflow.route[:place], gap, staff)) for place, rule in rules]
        found += [one for one in tries if one is not None]
    return min(found, key=lambda one: len(one.said) or len(LAST_RESORT), default=None)


def _may_lead_to(rule: RouteRule, gap: Gap) -> bool:
    named = rule.target.kind is TargetKind.CONTACT_POINT and rule.target.name == gap.contact_point
    return named or (rule.match is not None and rule.target.kind is TargetKind.ROW_COLUMN)


def _leading(
    rule: RouteRule, earlier: tuple[RouteRule, ...], gap: Gap, staff: Staff
) -> Callable[[Space], Node]:
    def goal(space: Space) -> Node:
        first = first_to_match(space, rule, earlier)
        row = (row_matched(space, rule, gap.contact_point),) if rule.match is not None else ()
        return space.formulas.all((first, *row, _lives_at(space, gap, staff)))

    return goal


def _lives_at(space: Space, gap: Gap, staff: Staff) -> Node:
    """That the case is of that neighbourhood; for the default, of none that has a holding of its own."""
    field = space.form.meaning("case.neighbourhood")
    own = {held.neighbourhood for held in staff.of(gap.contact_point)} - {""}
    if field is None:
        return space.formulas.all(()) if not gap.neighbourhood else space.formulas.any(())
    variable = space.variable(space.cells[field.id].ref)
    mask = sum(
        1 << place
        for place, value in enumerate(variable.values)
        if (value == gap.neighbourhood if gap.neighbourhood else value not in own)
    )
    return space.formulas.leaf(variable.number, mask)


# Never to -----------------------------------------------------------------------------------------------------


def alone(catalog: Catalog, staff: Staff) -> Iterator[tuple[Held, Workflow]]:
    """Holdings of which one person is all there is, in a workflow where somebody can be kept out (``not_to``)."""
    leaders = staff.active(name for name, person in staff.people.items() if person.roles & LAST_RESORT)
    for workflow in catalog.workflows.values():
        if not workflow.not_to:
            continue
        points = set(_points_of(workflow, catalog))
        for held in staff.holdings:
            able = staff.active((held.holder, *held.substitutes, held.owner)) | leaders
            if held.contact_point in points and len(able) == 1:
                yield held, workflow


def ends_of(workflow: Workflow, catalog: Catalog) -> frozenset[str]:
    """The contact points at which a case of the workflow, or a task beside it, can end."""
    beside = (rule.target for rule in workflow.also if rule.target is not None)
    also = (target.name for target in beside if target.kind is TargetKind.CONTACT_POINT)
    return frozenset((*_points_of(workflow, catalog), *also)) - {""}


def _points_of(workflow: Workflow, catalog: Catalog) -> Iterator[str]:
    for rule in workflow.route:
        if rule.target.kind is TargetKind.CONTACT_POINT:
            yield rule.target.name
        elif rule.target.kind is TargetKind.ROW_COLUMN:
            for form in (catalog.forms[name] for name in workflow.forms if name in catalog.forms):
                for field in form.fields():
                    rows = field.rows.options if field.rows else ()
                    yield from (row.columns.get(rule.target.name, "") for row in rows)


# Neighbourhoods in conditions ---------------------------------------------------------------------------------


def unknown_places(catalog: Catalog, staff: Staff) -> Iterator[Problem]:
    """Neighbourhoods that a condition names and this municipality does not have (``L612``)."""
    known = (*staff.places, *ELSEWHERE)
    for form in catalog.forms.values():
        yield from _strangers(form, conditions_of_form(form), known)
    for workflow in catalog.workflows.values():
        for name in workflow.forms:
            if name in catalog.forms:
                yield from _strangers(catalog.forms[name], conditions_in(workflow), known)


def _strangers(form: Form, asked: Iterable[Asked], known: tuple[str, ...]) -> Iterator[Problem]:
    fields = {item.id for item in form.fields() if item.type is FieldType.NEIGHBOURHOOD}
    for one in asked:
        for name in _named(one.condition, fields):
            if name not in known:
                yield problem("L612", one.span, name=name, guess=guess(name, known), known=", ".join(known))


def _named(condition: Condition, fields: set[str]) -> Iterator[str]:
    for part in walk(condition.tree):
        if isinstance(part, Compare):
            sides: tuple[Expr, ...] = (part.left, part.right)
        elif isinstance(part, Member) and isinstance(part.container, ListOf):
            sides = (part.item, *part.container.items)
        else:
            continue
        if any(isinstance(side, FieldRef) and side.field in fields for side in sides):
            yield from (str(side.value) for side in sides if isinstance(side, Literal))
