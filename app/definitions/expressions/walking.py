"""Which parts does a checked tree have, and which answers does it read?"""

from __future__ import annotations

from collections.abc import Iterator

from app.definitions.model.expressions import (
    And,
    Arith,
    Call,
    Compare,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    Member,
    Not,
    Or,
    OverRows,
)


def parts(tree: Expr) -> tuple[Expr, ...]:
    """The parts directly below."""
    match tree:
        case Not(operand):
            return (operand,)
        case And(below) | Or(below) | ListOf(below) | Call(_, below):
            return below
        case Compare(_, left, right) | Arith(_, left, right):
            return (left, right)
        case Member(item, container):
            return (item, container)
        case OverRows(_, rows, body):
            return (rows,) if body is None else (rows, body)
    return ()


def walk(tree: Expr) -> Iterator[Expr]:
    """The tree and every part of it, the whole first."""
    todo = [tree]
    while todo:
        part = todo.pop()
        yield part
        todo.extend(reversed(parts(part)))


def fields_read(tree: Expr) -> frozenset[str]:
    """The flat ids of the fields it reads; a matrix or repeat by its own id."""
    return frozenset(part.field for part in walk(tree) if isinstance(part, FieldRef))


def marks_read(tree: Expr) -> frozenset[str]:
    """The marks it asks for."""
    calls = (part for part in walk(tree) if isinstance(part, Call) and part.function == "marked")
    return frozenset(str(arg.value) for call in calls for arg in call.args if isinstance(arg, Literal))
