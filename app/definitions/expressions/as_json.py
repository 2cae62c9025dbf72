"""How does a checked tree travel to the browser and back?

Arrays with a tag first: ``["cmp", "is", ["field", "dringend", "option"], ["lit", "option", "vandaag"], []]``.
Numbers are text, so that no reader makes them doubles. ``expressions.js`` reads the same shape.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from app.definitions.model.expressions import (
    And,
    Arith,
    ArithOp,
    Call,
    CaseRef,
    Compare,
    CompareOp,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    Member,
    Not,
    Or,
    OverRows,
    RowFacts,
    RowFunction,
    RowRef,
    ValueType,
)


class Malformed(ValueError):
    """JSON that no checked tree ever became."""


def to_json(tree: Expr) -> list[object]:
    """The tree as nested arrays of text, booleans and ``null``."""
    match tree:
        case Literal(value, kind):
            return ["lit", kind.value, _plain(value)]
        case FieldRef(name, kind) | RowRef(name, kind) | CaseRef(name, kind):
            return [REFS[type(tree)], name, kind.value]
        case Not(operand):
            return ["not", to_json(operand)]
        case And(below) | Or(below) | ListOf(below):
            return [GROUPS[type(tree)], *(to_json(part) for part in below)]
        case Compare(op, left, right, order):
            return ["cmp", op.value, to_json(left), to_json(right), list(order)]
        case Member(item, container, negated):
            return ["in", to_json(item), to_json(container), negated]
        case _:
            return _compound(tree)


def _compound(tree: Expr) -> list[object]:
    match tree:
        case Arith(op, left, right, kind):
            return ["arith", op.value, to_json(left), to_json(right), kind.value]
        case Call(function, args, kind):
            return ["call", function, kind.value, *(to_json(arg) for arg in args)]
        case OverRows(function, rows, body, order, lines):
            judged = None if body is None else to_json(body)
            fixed = [[line.id, [list(pair) for pair in line.facts]] for line in lines]
            return ["rows", function.value, rows.field, judged, list(order), fixed]
    raise TypeError(tree)  # pragma: no cover - the union is closed


def from_json(data: object) -> Expr:
    """The tree of :func:`to_json`. Raises :class:`Malformed` for anything else."""
    if not isinstance(data, list) or not data or not isinstance(data[0], str):
        raise Malformed("not a part of a tree")
    reader = READERS.get(data[0])
    if reader is None:
        raise Malformed(f"no part is called {data[0]!r}")
    try:
        return reader(data[1:])
    except (ValueError, TypeError, IndexError, InvalidOperation) as error:
        raise Malformed(f"malformed {data[0]!r}") from error


def _plain(value: str | Decimal | bool) -> str | bool:
    return format(value, "f") if isinstance(value, Decimal) else value


def _type(data: object) -> ValueType:
    try:
        return ValueType(str(data))
    except ValueError as error:
        raise Malformed(f"no type is called {data!r}") from error


def _text(data: object) -> str:
    if not isinstance(data, str):
        raise Malformed("text expected")
    return data


def _texts(data: object) -> tuple[str, ...]:
    if not isinstance(data, list):
        raise Malformed("a list expected")
    return tuple(_text(item) for item in data)


def _all(data: Sequence[object]) -> tuple[Expr, ...]:
    return tuple(from_json(part) for part in data)


def _literal(data: Sequence[object]) -> Expr:
    kind, value = _type(data[0]), data[1]
    if kind is ValueType.BOOLEAN:
        if not isinstance(value, bool):
            raise Malformed("true or false expected")
        return Literal(value, kind)
    return Literal(Decimal(_text(value)) if kind is ValueType.NUMBER else _text(value), kind)


def _compare(data: Sequence[object]) -> Expr:
    return Compare(CompareOp(_text(data[0])), from_json(data[1]), from_json(data[2]), _texts(data[3]))


def _member(data: Sequence[object]) -> Expr:
    return Member(from_json(data[0]), from_json(data[1]), data[2] is True)


def _arith(data: Sequence[object]) -> Expr:
    return Arith(ArithOp(_text(data[0])), from_json(data[1]), from_json(data[2]), _type(data[3]))


def _rows(data: Sequence[object]) -> Expr:
    body = None if data[2] is None else from_json(data[2])
    lines = data[4]
    if not isinstance(lines, list):
        raise Malformed("a list expected")
    fixed = tuple(RowFacts(_text(row), tuple((name, value) for name, value in facts)) for row, facts in lines)
    rows = FieldRef(_text(data[1]), ValueType.ROWS)
    return OverRows(RowFunction(_text(data[0])), rows, body, _texts(data[3]), fixed)


REFS: dict[type[object], str] = {FieldRef: "field", RowRef: "row", CaseRef: "case"}
GROUPS: dict[type[object], str] = {And: "and", Or: "or", ListOf: "list"}
READERS: dict[str, Callable[[Sequence[object]], Expr]] = {
    "lit": _literal,
    "field": lambda data: FieldRef(_text(data[0]), _type(data[1])),
    "row": lambda data: RowRef(_text(data[0]), _type(data[1])),
    "case": lambda data: CaseRef(_text(data[0]), _type(data[1])),
    "not": lambda data: Not(from_json(data[0])),
    "and": lambda data: And(_all(data)),
    "or": lambda data: Or(_all(data)),
    "list": lambda data: ListOf(_all(data)),
    "cmp": _compare,
    "in": _member,
    "arith": _arith,
    "call": lambda data: Call(_text(data[0]), _all(data[2:]), _type(data[1])),
    "rows": _rows,
}
