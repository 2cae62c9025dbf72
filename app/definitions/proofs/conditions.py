"""Does every condition ask something: can it be true, can it be false, and can every field be seen?"""

from __future__ import annotations

from collections.abc import Sequence

from app.definitions.counterexamples import PARAMETER
from app.definitions.cycles import parts_of
from app.definitions.model.expressions import And, Call, Condition, Expr, FieldRef, ListOf, Not, Or
from app.definitions.model.forms import Field, Form
from app.definitions.model.nodes import MappingNode
from app.definitions.model.source import Span
from app.definitions.model.workflows import RouteRule, TargetKind, Workflow
from app.definitions.proofs.asked import conditions_in
from app.definitions.proofs.nodes import Node
from app.definitions.proofs.requirements import Given
from app.definitions.proofs.space import Space
from app.definitions.proofs.spaces import Spaces, spaces_of_form
from app.definitions.readers.desk import Desk, mappings

At = tuple[Spaces, Desk]


def check_form_conditions(form: Form, desk: Desk) -> None:
    """Fields and sections that can never be seen, and conditions that ask nothing."""
    spaces = spaces_of_form(form, [form.urgent_if] if form.urgent_if is not None else [])
    at = (spaces, desk)
    for section in form.sections:
        if section.show_if is not None:
            _tell(at, section.show_if, section.span, "P530")
        for item in section.fields:
            _check_field(item, section.show_if, at)
    told = [(rule.condition, rule.span) for rule in form.rules]
    for condition, span in [*told, *((warn.condition, warn.span) for warn in form.warn)]:
        _tell(at, condition, span, "P532")
    if form.urgent_if is not None:
        _tell(at, form.urgent_if, form.span, "P532")


def _check_field(item: Field, section: Condition | None, at: At) -> None:
    """A field, and the children that can only be seen where it is."""
    _check_one(item, [one for one in (section,) if one is not None], "", at)
    around = [one for one in (section, item.show_if) if one is not None]
    for child in (*item.each, *item.fields):
        _check_one(child, around, item.id, at)


def _check_one(one: Field, around: list[Condition], rows: str, at: At) -> None:
    spaces, desk = at
    seen = True
    if one.show_if is not None:
        seen = not _tell(at, one.show_if, one.span, "P530", rows)
        if seen and around and spaces.never(one.show_if, *around, rows=rows):
            source = " / ".join(found.source for found in (*around, one.show_if))
            desk.tell("P530", one.span, source=source)
            seen = False
    if one.required_if is not None:
        told = _tell(at, one.required_if, one.span, "P532", rows)
        if not told and seen and one.show_if and spaces.never(one.show_if, one.required_if, rows=rows):
            desk.tell("P533", one.span, source=one.required_if.source)


def _says_twice(condition: Condition) -> bool:
    """The same option twice in a list, or the same part twice beside ``and`` or ``or``."""
    for part in parts_of(condition.tree):
        same = part.items if isinstance(part, ListOf) else part.operands if isinstance(part, And | Or) else ()
        if len(set(same)) < len(same):
            return True
    return False


def _tell(at: At, condition: Condition, span: Span, code_never: str, rows: str = "") -> bool:
    """Tell when it is never (``code_never``) or always (``P531``) true."""
    spaces, desk = at
    if _says_twice(condition):
        desk.tell("P535", span, source=condition.source)
    before = len(spaces.too_large)
    if spaces.never(condition, rows=rows):
        desk.tell(code_never, span, source=condition.source)
        return True
    if spaces.always(condition, rows=rows):
        desk.tell("P531", span, source=condition.source)
        return True
    if len(spaces.too_large) > before:
        desk.advise("A703", span, source=condition.source)
    return False


def check_retention(form: Form, node: MappingNode, desk: Desk) -> None:
    """How long data are kept is said for every case (``G405``), and each rule of it asks something."""
    written = mappings(node, "retention")
    conditions = [rule.condition for rule in form.retention if rule.condition is not None]
    if not conditions or len(form.retention) < len(written):
        return
    spaces = spaces_of_form(form, conditions, given=Given.SUBMITTED)
    for condition, item in zip(conditions, written, strict=False):
        _tell((spaces, desk), condition, item.span, "P532")
    if len(conditions) < len(form.retention) or spaces.covers(conditions):
        return
    missed = spaces.uncovered(conditions)
    if missed is not None:
        desk.tell("G405", written[-1].span, **{PARAMETER: missed.written()})
    else:
        desk.advise("A705", written[-1].span)


def check_workflow_conditions(workflow: Workflow, spaces: Spaces, desk: Desk) -> None:
    """Rules, exits, gates and messages whose condition is always or never true; rules hidden behind earlier ones."""
    told: set[tuple[str, Span]] = set()
    for asked in conditions_in(workflow):
        if (asked.condition.source, asked.span) not in told:
            told.add((asked.condition.source, asked.span))
            at = (spaces.later_for(asked.condition) if asked.later else spaces, desk)
            _tell(at, asked.condition, asked.span, "P532", asked.rows)
    for place, rule in enumerate(workflow.route):
        if rule.condition is not None or rule.match is not None:
            _check_hidden(rule, workflow.route[:place], spaces, desk)


def _check_hidden(rule: RouteRule, earlier: Sequence[RouteRule], spaces: Spaces, desk: Desk) -> None:
    """Whether earlier rules always take what this one asks for, and which."""
    if not spaces.any_model(lambda space: matches(space, rule)):
        return
    taking = [one for one in earlier if one.condition is not None or one.match is not None]
    alone = next((one for one in taking if not _left(rule, [one], spaces)), None)
    if alone is not None:
        desk.tell("P534", rule.span, number=rule.number, earlier=alone.number)
    elif taking and not _left(rule, taking, spaces):
        desk.tell("P534", rule.span, number=rule.number, earlier=", ".join(str(one.number) for one in taking))


def _left(rule: RouteRule, earlier: Sequence[RouteRule], spaces: Spaces) -> bool:
    return spaces.any_model(lambda space: first_to_match(space, rule, earlier))


def first_to_match(space: Space, rule: RouteRule, earlier: Sequence[RouteRule]) -> Node:
    """That a rule gets the case: it matches, and none before it takes it."""
    before = (space.formulas.opposite(taken(space, one)) for one in earlier)
    return space.formulas.all((matches(space, rule), *before))


def taken(space: Space, rule: RouteRule) -> Node:
    """That a rule surely takes what it matches: who is kept or named may be away, so those never do."""
    nobody = rule.target.kind in (TargetKind.KEEP, TargetKind.PERSON_FIELD)
    return space.formulas.any(()) if nobody else matches(space, rule)


def matches(space: Space, rule: RouteRule) -> Node:
    """That the conditions of a rule hold and, where it matches a row, that the row names a contact point."""
    trees: list[Expr] = [] if rule.condition is None else [rule.condition.tree]
    trees += [] if rule.unless is None else [Not(rule.unless.tree)]
    found = [space.formula(tree) for tree in trees]
    if rule.match is not None:
        found.append(row_matched(space, rule))
    return space.formulas.all(found)


def row_matched(space: Space, rule: RouteRule, point: str = "") -> Node:
    """That the row that ``match:`` gives names a contact point, or that one."""
    tree = rule.match.tree if rule.match is not None else None
    if not isinstance(tree, Call) or tree.function != "worst":
        return space.formulas.any(())
    field = space.form.field(tree.args[0].field) if isinstance(tree.args[0], FieldRef) else None
    lines = {option.id: option for option in (field.rows.options if field and field.rows else ())}
    named = {name: line.columns.get(rule.target.name, "") for name, line in lines.items()}
    return space.formulas.any(
        node for row, node in space.worst(tree) if named.get(row) and point in ("", named[row])
    )
