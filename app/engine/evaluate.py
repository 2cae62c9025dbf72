"""What does a checked expression say about these answers?

A condition is compiled once to closures. Blank is ``None``: it *is* nothing, an ordering with it is false, in
``and``/``or``/``not`` it counts as false, sums skip it (``language.md`` section 4, decisions 1-4 and 13). The browser's
``expressions.js`` gives the same answers; ``tests/conformance/expressions.json`` holds both to it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from operator import ge, gt, le, lt
from types import MappingProxyType
from typing import Any

from app.definitions.model.expressions import (
    And,
    Arith,
    ArithOp,
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
from app.engine.expressions import numbers
from app.engine.expressions.functions import FUNCTIONS
from app.engine.expressions.over_rows import over_rows
from app.engine.expressions.reading import READERS
from app.engine.model.answers import Moment

NOTHING: Mapping[str, object] = MappingProxyType({})
ORDERINGS: Mapping[CompareOp, Callable[[Any, Any], bool]] = {
    CompareOp.LT: lt,
    CompareOp.LE: le,
    CompareOp.GT: gt,
    CompareOp.GE: ge,
}
ARITHMETIC = {
    ArithOp.ADD: numbers.add,
    ArithOp.SUB: numbers.subtract,
    ArithOp.MUL: numbers.multiply,
    ArithOp.DIV: numbers.divide,
}
MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What an expression is judged on.

    ``answers`` by flat id (hidden fields absent). ``row``: what ``row.`` knows where the engine judges row by row: a
    repeat's row, or for a matrix ``id``, ``label``, ``score``, the columns and the children of ``each``. ``case``:
    ``reason``, ``role``, ``contact_person``. ``marks``: the ones set.
    """

    answers: Mapping[str, object]
    moment: Moment
    row: Mapping[str, object] | None = None
    case: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    marks: Collection[str] = frozenset()


Judge = Callable[[Facts], object]
_KEPT: dict[int, tuple[Condition, Judge]] = {}


def compile_condition(condition: Condition) -> Judge:
    """A function from facts to the value: ``bool`` for a condition, else ``Decimal``, ``date``, ``str`` (text, option,
    time, row id), a tuple of options, or ``None`` for blank. Kept per condition; never raises on answers."""
    kept = _KEPT.get(id(condition))
    if kept is None:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[id(condition)] = (condition, _compile(condition.tree))
    return kept[1]


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether a condition is true; blank is not."""
    return compile_condition(condition)(facts) is True


def value_of(condition: Condition, facts: Facts) -> object:
    """The value of any expression, ``None`` for blank."""
    return compile_condition(condition)(facts)


def reckoned(tree: Expr, facts: Facts) -> object:
    """The value of an expression that is asked for once in a while; ``None`` for blank."""
    return _compile(tree)(facts)


def _compile(tree: Expr) -> Judge:
    match tree:
        case Literal(value, kind):
            return _constant(READERS[kind](value))
        case FieldRef() | RowRef() | CaseRef():
            return _reference(tree)
        case Not() | And() | Or():
            return _logic(tree)
        case Compare():
            return _compare(tree)
        case Member():
            return _member(tree)
        case Arith():
            return _arith(tree)
    return _many(tree)


def _many(tree: ListOf | Call | OverRows) -> Judge:
    """What takes any number of parts."""
    match tree:
        case ListOf(items):
            judges = tuple(_compile(item) for item in items)
            return lambda facts: tuple(judge(facts) for judge in judges)
        case Call(function, args):
            return FUNCTIONS[function](tuple(_compile(arg) for arg in args), args)
        case OverRows(body=body):
            return over_rows(tree, None if body is None else _compile(body))


def _constant(value: object) -> Judge:
    return lambda facts: value


def _reference(tree: FieldRef | RowRef | CaseRef) -> Judge:
    read = READERS[tree.type]
    if isinstance(tree, FieldRef):
        flat_id = tree.field
        return lambda facts: read(facts.answers.get(flat_id))
    name = tree.name
    if isinstance(tree, RowRef):
        return lambda facts: read((facts.row or NOTHING).get(name))
    if name == "today":
        return lambda facts: facts.moment.today
    return lambda facts: read(facts.case.get(name))


def _logic(tree: Not | And | Or) -> Judge:
    if isinstance(tree, Not):
        operand = _compile(tree.operand)
        return lambda facts: operand(facts) is not True
    judges = tuple(_compile(part) for part in tree.operands)
    if isinstance(tree, And):
        return lambda facts: all(judge(facts) is True for judge in judges)
    return lambda facts: any(judge(facts) is True for judge in judges)


def _compare(tree: Compare) -> Judge:
    left, right = _compile(tree.left), _compile(tree.right)
    if tree.op in (CompareOp.IS, CompareOp.IS_NOT):
        wanted = tree.op is CompareOp.IS

        def equal(facts: Facts) -> bool:
            value = left(facts)
            return (value is not None and value == right(facts)) is wanted

        return equal
    ordering = ORDERINGS[tree.op]
    rank = {option: index for index, option in enumerate(tree.order)}

    def ordered(facts: Facts) -> bool:
        one, other = left(facts), right(facts)
        if rank:
            one, other = rank.get(str(one)), rank.get(str(other))
        return one is not None and other is not None and ordering(one, other)

    return ordered


def _member(tree: Member) -> Judge:
    item, container, wanted = _compile(tree.item), _compile(tree.container), not tree.negated

    def member(facts: Facts) -> bool:
        value, among = item(facts), container(facts)
        return (value is not None and isinstance(among, tuple) and value in among) is wanted

    return member


def _arith(tree: Arith) -> Judge:
    left, right, op = _compile(tree.left), _compile(tree.right), tree.op
    reckon = ARITHMETIC[op]

    def arith(facts: Facts) -> object:
        one, other = left(facts), right(facts)
        if isinstance(one, Decimal) and isinstance(other, Decimal):
            return reckon(one, other)
        if isinstance(one, date) and isinstance(other, date):
            return Decimal((one - other).days)
        if isinstance(one, date) and isinstance(other, Decimal):
            return _moved(one, int(other) if op is ArithOp.ADD else -int(other))
        return None

    return arith


def _moved(day: date, days: int) -> date | None:
    """Some whole days later; blank outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
