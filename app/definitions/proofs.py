"""Is a condition always or never true, whatever anybody answers?

Answers with a short list of possible values are tried in all combinations (blank is one of them); comparisons of one
number or date with constants are tried around those constants; everything else may be true or false as it likes. That
allows more than reality does, so what holds for all of it surely holds: no false alarms, some silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product
from typing import cast

from app.definitions.cycles import parts_of
from app.definitions.model.expressions import (
    And,
    Arith,
    Call,
    CaseRef,
    Compare,
    CompareOp,
    Condition,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    Member,
    Not,
    Or,
    OverRows,
    RowRef,
)
from app.definitions.model.forms import Field, Form
from app.definitions.model.source import Span
from app.definitions.model.workflows import Workflow
from app.definitions.readers.desk import Desk

MOST_COMBINATIONS = 20_000
Ref = FieldRef | RowRef | CaseRef | Call | Arith | OverRows
REFERENCES = (FieldRef, RowRef, CaseRef, Call, Arith, OverRows)
OTHER = "\0other"
"""Stands for every option that the condition does not name."""
Scalar = str | Decimal | None


@dataclass(frozen=True, slots=True)
class _Space:
    """What to try: values by reference, and the parts that may be true or false as they like."""

    references: tuple[Ref, ...]
    values: tuple[tuple[Scalar, ...], ...]
    free: tuple[Expr, ...]

    @property
    def size(self) -> int:
        """How many combinations there are."""
        size = 1 << len(self.free)
        for values in self.values:
            size *= len(values)
        return size

    def worlds(self) -> Iterator[_World]:
        """Every combination."""
        for values in product(*self.values):
            for truths in product((False, True), repeat=len(self.free)):
                yield _World(
                    dict(zip(self.references, values, strict=True)), dict(zip(self.free, truths, strict=True))
                )


@dataclass(frozen=True, slots=True)
class _World:
    values: dict[Ref, Scalar]
    truths: dict[Expr, bool]


def never(condition: Condition) -> bool:
    """Whether it can surely not be true."""
    return _same_everywhere([condition.tree], any, False)


def always(condition: Condition) -> bool:
    """Whether it is surely true."""
    return _same_everywhere([condition.tree], any, True)


def covers_all(conditions: Sequence[Condition]) -> bool:
    """Whether surely at least one of them is true (``x is ja`` beside ``x is not ja``)."""
    return _same_everywhere([condition.tree for condition in conditions], any, True)


def never_together(*conditions: Condition) -> bool:
    """Whether they can surely not all be true at once."""
    return _same_everywhere([condition.tree for condition in conditions], all, False)


def _same_everywhere(trees: Sequence[Expr], join: Callable[[Iterable[bool]], bool], wanted: bool) -> bool:
    space = _space(trees)
    if space.size > MOST_COMBINATIONS:
        return False
    return all(join(_true(tree, world) for tree in trees) is wanted for world in space.worlds())


# What to try --------------------------------------------------------------------------------------------------


def _space(trees: Iterable[Expr]) -> _Space:
    constants: dict[Ref, set[Scalar]] = {}
    free: dict[Expr, None] = {}
    for tree in trees:
        _gather(tree, constants, free)
    references = tuple(constants)
    return _Space(references, tuple(_tries(constants[reference]) for reference in references), tuple(free))


def _gather(tree: Expr, constants: dict[Ref, set[Scalar]], free: dict[Expr, None]) -> None:
    if isinstance(tree, Not):
        _gather(tree.operand, constants, free)
    elif isinstance(tree, And | Or):
        for operand in tree.operands:
            _gather(operand, constants, free)
    elif isinstance(tree, Literal):
        return
    else:
        read = _constants(tree)
        if read is None:
            free[tree] = None
        else:
            constants.setdefault(read[0], set()).update(read[1])


def _constants(tree: Expr) -> tuple[Ref, list[Scalar]] | None:
    """The one reference and the constants of a comparison that can be tried; ``None`` for anything else."""
    if isinstance(tree, Compare):
        return _of_compare(tree)
    if isinstance(tree, Member) and isinstance(tree.container, ListOf) and isinstance(tree.item, REFERENCES):
        values = [_constant(item) for item in tree.container.items]
        return (tree.item, values) if all(value is not None for value in values) else None
    return None


def _of_compare(tree: Compare) -> tuple[Ref, list[Scalar]] | None:
    left, right = tree.left, tree.right
    if _constant(right) is None:
        left, right = right, left
    value = _constant(right)
    if not isinstance(left, REFERENCES) or value is None:
        return None
    return left, [value, *tree.order]


def _constant(tree: Expr) -> Scalar:
    if isinstance(tree, Literal) and not isinstance(tree.value, bool):
        return tree.value
    if isinstance(tree, Call) and tree.function == "date" and len(tree.args) == 1:
        return _constant(tree.args[0])
    return None


def _tries(constants: set[Scalar]) -> tuple[Scalar, ...]:
    """Blank, each constant, and a value before, between and behind them (numbers) or another one (texts)."""
    numbers = sorted(value for value in constants if isinstance(value, Decimal))
    if numbers:
        between = [(low + high) / 2 for low, high in pairwise(numbers)]
        return (None, *numbers, *between, numbers[0] - 1, numbers[-1] + 1)
    texts = sorted(value for value in constants if isinstance(value, str))
    around = [f"{text}\0" for text in texts]  # sorts right behind that text: the dates between
    return (None, *texts, *around, "", OTHER)


# Trying it ----------------------------------------------------------------------------------------------------


def _true(tree: Expr, world: _World) -> bool:
    if isinstance(tree, Not):
        return not _true(tree.operand, world)
    if isinstance(tree, And):
        return all(_true(operand, world) for operand in tree.operands)
    if isinstance(tree, Or):
        return any(_true(operand, world) for operand in tree.operands)
    if isinstance(tree, Literal):
        return tree.value is True
    if tree in world.truths:
        return world.truths[tree]
    if isinstance(tree, Member):
        return _member(tree, world)
    return _compare(tree, world) if isinstance(tree, Compare) else False


def _member(tree: Member, world: _World) -> bool:
    value = world.values[tree.item] if isinstance(tree.item, REFERENCES) else None
    items = tree.container.items if isinstance(tree.container, ListOf) else ()
    found = value is not None and any(_constant(item) == value for item in items)
    return found is not tree.negated


def _compare(tree: Compare, world: _World) -> bool:
    sides = [
        world.values[side] if side in world.values else _constant(side) for side in (tree.left, tree.right)
    ]
    if tree.op is CompareOp.IS:
        return sides[0] == sides[1]
    if tree.op is CompareOp.IS_NOT:
        return sides[0] != sides[1]
    return _ordered(tree, sides)


def _ordered(tree: Compare, sides: Sequence[Scalar]) -> bool:
    places: list[object] = list(sides)
    if tree.order:
        places = [tree.order.index(str(side)) if side in tree.order else None for side in sides]
    if None in places or OTHER in places or len({type(place) for place in places}) > 1:
        return False
    low, high = (cast(Decimal, place) for place in places)  # of one type, and that type has an order
    if tree.op in (CompareOp.LT, CompareOp.LE):
        return low < high or (tree.op is CompareOp.LE and low == high)
    return low > high or (tree.op is CompareOp.GE and low == high)


# Telling it ---------------------------------------------------------------------------------------------------


def check_form_conditions(form: Form, desk: Desk) -> None:
    """Fields and sections that can never be seen, and conditions that ask nothing."""
    for section in form.sections:
        if section.show_if is not None:
            _tell(section.show_if, section.span, desk, "P530")
        for item in section.fields:
            _check_field(item, section.show_if, desk)
    for rule in form.rules:
        _tell(rule.condition, rule.span, desk, "P532")


def _check_field(item: Field, around: Condition | None, desk: Desk) -> None:
    for one in (item, *item.each, *item.fields):
        if one.show_if is not None:
            told = _tell(one.show_if, one.span, desk, "P530")
            if not told and around is not None and never_together(around, one.show_if):
                desk.tell("P530", one.span, source=f"{around.source} / {one.show_if.source}")
        if one.required_if is not None:
            told = _tell(one.required_if, one.span, desk, "P532")
            if not told and one.show_if is not None and never_together(one.show_if, one.required_if):
                desk.tell("P533", one.span, source=one.required_if.source)


def check_workflow_conditions(workflow: Workflow, desk: Desk) -> None:
    """Rules, exits, gates and messages whose condition is always or never true; rules hidden behind earlier ones."""
    for condition, span in _conditions(workflow):
        _tell(condition, span, desk, "P532")
    earlier: list[Condition] = []
    for rule in workflow.route:
        if rule.condition is None or rule.match is not None or rule.unless is not None:
            continue
        if earlier and not never(rule.condition) and _hidden(rule.condition, earlier):
            desk.tell("P534", rule.span, number=rule.number)
        earlier.append(rule.condition)


def _hidden(condition: Condition, earlier: Sequence[Condition]) -> bool:
    """Whether an earlier rule always takes the case first."""
    wanted = condition.tree
    taken = Or(tuple(one.tree for one in earlier))
    return _same_everywhere([Or((Not(wanted), taken))], any, True)


def _conditions(workflow: Workflow) -> Iterator[tuple[Condition, Span]]:
    for rule in workflow.route:
        yield from ((one, rule.span) for one in (rule.condition, rule.unless) if one is not None)
    for also in workflow.also:
        yield from ((one, also.span) for one in (also.condition, also.consent) if one is not None)
    for state in workflow.states.values():
        yield from ((auto.condition, state.span) for auto in state.auto if auto.condition is not None)
        for action in (*state.actions.values(), *workflow.anywhere.values()):
            yield from ((need.condition, action.span) for need in action.needs)
            yield from (
                (item.condition, action.span) for item in action.feedback if item.condition is not None
            )


def _says_twice(condition: Condition) -> bool:
    """The same option twice in a list, or the same part twice beside ``and`` or ``or``."""
    for part in parts_of(condition.tree):
        same = part.items if isinstance(part, ListOf) else part.operands if isinstance(part, And | Or) else ()
        if len(set(same)) < len(same):
            return True
    return False


def _tell(condition: Condition, span: Span, desk: Desk, code_never: str) -> bool:
    """Tell when it is never (``code_never``) or always (``P531``) true."""
    if _says_twice(condition):
        desk.tell("P535", span, source=condition.source)
    if never(condition):
        desk.tell(code_never, span, source=condition.source)
        return True
    if always(condition):
        desk.tell("P531", span, source=condition.source)
        return True
    return False
