"""To whom would this go, judged by what is filled in so far, and what may a page say of it already?

Settled means: no field that the rules up to the matching one read can still change the outcome. A field is known when
it was answered on the page, or when it is hidden by fields that are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Field, FieldType, Form, Section
from app.definitions.model.workflows import ContactPoint, Per, Workflow
from app.engine import holes
from app.engine.facts_of import SHOWN_CLASS, field_refs, privacy_of, words
from app.engine.model.answers import Answers, PersonRef, Value
from app.engine.model.cases import Case
from app.engine.model.people import AccountId, World
from app.engine.routing import Routed, route
from app.engine.staff import answering
from app.engine.values import show

Points = Mapping[str, ContactPoint]


@dataclass(frozen=True, slots=True)
class SoFar:
    """A form being filled in. ``typed`` is what came from the page, its rows in their places; ``answers`` is what the
    judge leaves of it (hidden ones dropped, defaults laid in), ``visible`` its visible ids, ``roles`` of who fills it
    in. ``follows``: who already follows this resident."""

    form: Form
    workflow: Workflow
    typed: Answers
    answers: Answers
    visible: frozenset[str]
    now: datetime
    world: World
    points: Points
    roles: frozenset[str] = frozenset()
    follows: AccountId = ""


def words_of(so_far: SoFar, *, final: bool = False) -> dict[str, str]:
    """The words for the holes of this form's texts that are known now; ``final``: everything is handed in, so that
    whatever is blank stays blank and the route is what it is."""
    found: dict[str, str] = {}
    routed = _routed(so_far)
    if routed is not None and (final or _settled(so_far, routed)):
        worker = so_far.world.staffing.workers.get(routed.account)
        if worker is not None:
            phone = worker.phone or so_far.world.settings.get("phone", "")
            found.update({"holder.name": worker.name, "holder.phone": phone, "holder.email": worker.email})
    found.update(
        words_told(so_far.form, so_far.typed, so_far.answers, partner_names(so_far.world, so_far.points))
    )
    return {name: text for name, text in found.items() if text}


def partner_names(world: World, points: Points) -> Mapping[str, str]:
    """What partners are called, by what an answer names: those of the register, and contact points outside."""
    return {**{point.id: point.label for point in points.values() if point.partner}, **world.partners}


def words_told(form: Form, typed: Answers, answers: Answers, partners: Mapping[str, str]) -> dict[str, str]:
    """Those of them that stand in the answers themselves: partners, rows, fields of class 0 and 1."""
    found: dict[str, str] = {}
    for field in form.fields():
        found.update(_rows(field, typed, partners))
        if field.type is FieldType.PARTNER:
            found["partner.name"] = _partner(partners, answers.get(field.id))
    for name in _named(form):
        field_named = form.field(name)
        value = answers.get(name)
        if field_named is not None and value is not None and privacy_of(form, name) <= SHOWN_CLASS:
            found[name] = show(field_named, value)
    return {name: text for name, text in found.items() if text}


def _named(form: Form) -> set[str]:
    """The holes in all texts of a form."""
    found: set[str] = set()
    for field in form.fields():
        for item in (field, *field.fields, *field.each):
            for text in (item.text, item.label, item.help, item.why):
                if "{" in text:
                    found.update(holes.names(text))
    return found


def _rows(field: Field, typed: Answers, partners: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The words of each row: its label, its partner, its own columns of class 0 and 1."""
    if field.type is FieldType.MATRIX:
        for option in field.rows.options if field.rows else ():
            yield f"{field.id}.{option.id}.row.label", option.label
    rows = typed.get(field.id) if field.type is FieldType.REPEAT else None
    for number, row in enumerate(rows if isinstance(rows, tuple) else ()):
        for column in field.fields if isinstance(row, Mapping) else ():
            assert isinstance(row, Mapping)  # noqa: S101 - the line above
            value = row.get(column.id)
            place = f"{field.id}.{number}"
            if column.type is FieldType.PARTNER:
                yield f"{place}.partner.name", _partner(partners, value)
            if value is not None and max(field.privacy, column.privacy) <= SHOWN_CLASS:
                yield f"{place}.row.{column.id}", show(column, value)


def _partner(partners: Mapping[str, str], value: Value | None) -> str:
    """The name of a partner as we know it, never as somebody typed it."""
    found = value if isinstance(value, PersonRef) else None
    return partners.get(found.id, "") if found is not None else ""


# The route -------------------------------------------------------------------------------------------------


def _routed(so_far: SoFar) -> Routed | None:
    place = so_far.form.meaning("case.neighbourhood")
    case = Case(
        id="",
        workflow=so_far.workflow.id,
        form=so_far.form.id,
        received_at=so_far.now,
        neighbourhood=words(so_far.answers.get(place.id)) if place is not None else "",
        answers=so_far.answers,
        contact_person=so_far.follows,
    )
    return route(
        so_far.workflow, so_far.form, case, now=so_far.now, world=so_far.world, contact_points=so_far.points
    )


def _settled(so_far: SoFar, routed: Routed) -> bool:
    read: list[str] = []
    for rule in so_far.workflow.route:
        if rule.number <= routed.rule.number:
            for condition in (rule.condition, rule.unless, rule.match):
                read += field_refs(condition.tree) if condition is not None else ()
    place = so_far.form.meaning("case.neighbourhood")
    point = so_far.points.get(routed.contact_point)
    house = answering(point, so_far.points) if point is not None else None
    if place is not None and house is not None and house.per is Per.NEIGHBOURHOOD:
        read.append(place.id)
    return all(_known(so_far, name, frozenset()) for name in read)


def _known(so_far: SoFar, name: str, asked: frozenset[str]) -> bool:
    field, section = _found(so_far.form, name)
    if field is None or section is None or name in asked:
        return False
    if field.type is FieldType.MATRIX:
        cells = [f"{field.id}.{row}" for row in (field.rows.ids if field.rows else ())]
        if all(cell in so_far.typed for cell in cells):
            return True
    elif name in so_far.typed or (field.compute is not None and name in so_far.answers):
        return True
    if field.only_for and so_far.roles.isdisjoint(field.only_for):
        return True
    if field.id in so_far.visible:
        return False
    hides = _refs(field.show_if) + _refs(section.show_if)
    return bool(hides) and all(_known(so_far, other, asked | {name}) for other in hides)


def _refs(condition: Condition | None) -> tuple[str, ...]:
    return field_refs(condition.tree) if condition is not None else ()


def _found(form: Form, name: str) -> tuple[Field | None, Section | None]:
    """The field that ``name`` (a field, or a cell of a matrix) belongs to, and its section."""
    for section in form.sections:
        for field in section.fields:
            if name == field.id or (field.type is FieldType.MATRIX and name.startswith(f"{field.id}.")):
                return field, section
    return None, None
