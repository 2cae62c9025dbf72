"""How do ``route:``, ``also:`` and ``limits:`` become rules with a place to end?"""

from __future__ import annotations

from app.definitions.expressions_of import Expressions
from app.definitions.model.expressions import Call, Condition, FieldRef, ValueType
from app.definitions.model.forms import FieldType
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.workflows import AlsoRule, Deadline, Limit, RouteRule, Target, TargetKind
from app.definitions.problems import guess
from app.definitions.readers.deadlines import Clock, read_deadline, read_escalations, read_reminders
from app.definitions.readers.desk import Desk, key_span, mappings, quiet, text_node
from app.definitions.readers.partner_cases import read_partner

ENDS = ("to", "keep", "otherwise")
PERSONS = frozenset({FieldType.PERSON, FieldType.PARTNER})


def read_route(node: MappingNode, clock: Clock, expressions: Expressions) -> tuple[RouteRule, ...]:
    """The rules in order, numbered from 1. A rule without one clear end is told (``S160``) and left out."""
    found = [
        _rule(number, item, clock, expressions)
        for number, item in enumerate(mappings(node, "route"), start=1)
    ]
    return tuple(rule for rule in found if rule is not None)


def _rule(number: int, node: MappingNode, clock: Clock, expressions: Expressions) -> RouteRule | None:
    desk = expressions.desk
    ends = [key for key in ENDS if node.entry(key) is not None]
    if len(ends) != 1:
        desk.tell("S160", node.span, number=number)
        return None
    condition = expressions.condition(text_node(node, "if"))
    match = expressions.value(text_node(node, "match"), ValueType.ROW)
    unless = expressions.condition(text_node(node, "unless"))
    if ends[0] == "otherwise" and (node.entry("if") or node.entry("match") or node.entry("unless")):
        desk.tell("S162", node.span, number=number)
    target = _end(node, ends[0], match, expressions)
    if target is None or _lost(node, condition, match):
        return None
    bare = ends[0] == "to" and node.entry("if") is None and node.entry("match") is None
    if bare and target.kind is not TargetKind.PERSON_FIELD:
        desk.tell("S161", node.span, number=number)
    return RouteRule(
        number,
        condition,
        target,
        unless,
        match,
        read_deadline(node, clock, expressions),
        read_escalations(node, desk),
        node.span,
    )


def _lost(node: MappingNode, condition: Condition | None, match: Condition | None) -> bool:
    """Whether a condition was written but could not be read: the rule must not become an ``otherwise``."""
    return (node.entry("if") is not None and condition is None) or (
        node.entry("match") is not None and match is None
    )


def _end(node: MappingNode, key: str, match: Condition | None, expressions: Expressions) -> Target | None:
    found = text_node(node, key)
    if found is None:
        return None
    if key == "keep":
        return Target(TargetKind.KEEP, found.text.strip())
    if node.entry("match") is not None and match is None:
        return None
    target = read_target(found, rows_of(match), expressions)
    if target is None or target.kind is not TargetKind.PERSON_FIELD:
        return target
    return target if _a_colleague(found, key, target, expressions) else None


def _a_colleague(node: ScalarNode, key: str, target: Target, expressions: Expressions) -> bool:
    """Whether a person field can hold a case: somebody of the house (``S173``), and never as the last way (``S172``):
    a contact point stands behind who was named."""
    if key == "otherwise":
        expressions.desk.tell("S172", node.span, name=node.text)
        return False
    field = expressions.field(target.name)
    if field is not None and (field.type is not FieldType.PERSON or "staff" not in field.of):
        expressions.desk.tell("S173", node.span, name=node.text)
        return False
    return True


def rows_of(match: Condition | None) -> str:
    """The matrix of which ``match: worst(domeinen)`` gives a row."""
    if match is None or not isinstance(match.tree, Call) or not match.tree.args:
        return ""
    first = match.tree.args[0]
    return first.field if isinstance(first, FieldRef) else ""


def read_target(
    node: ScalarNode, rows: str, expressions: Expressions, *, holder: bool = False
) -> Target | None:
    """A contact point, a person field, ``row.<column>`` of ``rows``, or ``holder`` where that makes sense."""
    name, desk = node.text.strip(), expressions.desk
    if name.startswith("row."):
        return _row_target(node, name.removeprefix("row."), rows, expressions)
    if holder and name == "holder":
        return Target(TargetKind.HOLDER, name)
    if name in expressions.person_fields:
        return Target(TargetKind.PERSON_FIELD, name)
    return Target(TargetKind.CONTACT_POINT, name) if desk.refer("contact_point", name, node.span) else None


def _row_target(node: ScalarNode, column: str, rows: str, expressions: Expressions) -> Target | None:
    field = expressions.field(rows)
    if field is None:
        if not rows:
            expressions.desk.tell("S163", node.span, text=node.text)
        return None
    if field.type is FieldType.MATRIX and field.rows is None:
        return None  # its list could not be read
    people = {child.id for child in (*field.fields, *field.each) if child.type in PERSONS}
    if column in people:
        return Target(TargetKind.PERSON_FIELD, column)
    points = {
        name
        for option in (field.rows.options if field.rows else ())
        for name in option.columns
        if name == "contact_point" or (field.rows and field.rows.columns.get(name) == "contact_point")
    }
    if not expressions.desk.refer("row", column, node.span, people | points):
        return None
    return Target(TargetKind.ROW_COLUMN, column)


def read_also(node: MappingNode, clock: Clock, expressions: Expressions) -> tuple[AlsoRule, ...]:
    """Sub-tasks and sub-cases, numbered from 1."""
    found = [
        _also(number, item, clock, expressions) for number, item in enumerate(mappings(node, "also"), start=1)
    ]
    return tuple(rule for rule in found if rule is not None)


def _also(number: int, node: MappingNode, clock: Clock, expressions: Expressions) -> AlsoRule | None:
    take, desk = quiet(node), expressions.desk
    each = text_node(node, "each")
    rows = take.text("each")
    if each is not None and not expressions.names_field(rows, each.span, expressions.row_fields):
        return None
    task, case = text_node(node, "task"), text_node(node, "case")
    if (task is None) == (case is None):
        desk.tell("S164", node.span, number=number)
    if case is not None:
        desk.refer("workflow", case.text.strip(), case.span)
    condition = expressions.condition(text_node(node, "if"), rows=rows)
    deadline = read_deadline(node, clock, expressions, rows=rows)
    if task is not None and node.get("deadline") is None:
        desk.tell("G404", task.span, task=task.text)
    if node.entry("if") is not None and condition is None:
        return None
    consent = expressions.condition(text_node(node, "consent"), rows=rows)
    return AlsoRule(
        number,
        rows,
        condition,
        _also_target(node, rows, expressions),
        take.text("task"),
        deadline,
        read_escalations(node, desk),
        read_reminders(node, desk),
        take.text("case"),
        _carried(node, expressions),
        take.text("print"),
        consent,
        node.span,
        read_partner(node, rows, consent, expressions),
    )


def _also_target(node: MappingNode, rows: str, expressions: Expressions) -> Target | None:
    to = text_node(node, "to")
    if to is None:
        expressions.desk.tell("Y040", node.span, key="to")
        return None
    return read_target(to, rows, expressions, holder=True)


def _carried(node: MappingNode, expressions: Expressions) -> tuple[str, ...]:
    kept: list[str] = []
    for item in quiet(node).scalars("carry"):
        if expressions.names_field(item.text.strip(), item.span, expressions.carriable):
            kept.append(item.text.strip())
    return tuple(kept)


def read_limits_of_case(node: MappingNode, clock: Clock, expressions: Expressions) -> tuple[Limit, ...]:
    """``limits:``; a limit until a mark that nobody sets is told (``G408``)."""
    found: list[Limit] = []
    desk = expressions.desk
    desk.unique("limit", ((quiet(item).text("limit"), item.span) for item in mappings(node, "limits")))
    for item in mappings(node, "limits"):
        take = quiet(item)
        deadline = read_deadline(item, clock, expressions)
        until = text_node(item, "until")
        if until is not None and until.text.strip() not in clock.marks:
            desk.tell("G408", until.span, mark=until.text, limit=take.text("limit"),
                      guess=guess(until.text.strip(), sorted(clock.marks)))  # fmt: skip
        if deadline is None or until is None:
            continue
        found.append(_limit(item, until.text.strip(), deadline, desk))
    return tuple(found)


def _limit(node: MappingNode, until: str, deadline: Deadline, desk: Desk) -> Limit:
    take = quiet(node)
    return Limit(
        take.text("limit"),
        until,
        deadline,
        take.text("label"),
        take.boolean("statutory"),
        read_reminders(node, desk),
        read_escalations(node, desk),
        key_span(node, "limit"),
    )
