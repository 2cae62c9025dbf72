"""Do the two sides of a comparison fit, and which bare names are options?

Beside a choice an option wins; where a field of that name would fit too the author must say ``field(x)`` or
``option(x)``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import replace

from app.definitions.expressions.names import (
    BOOLEAN,
    CHOICES,
    Checking,
    Typed,
    blank_word,
    dotted,
    peek,
    resolve,
)
from app.definitions.expressions.scope import NO, YES, Named
from app.definitions.model.expressions import Compare, CompareOp, Expr, ListOf, Literal, Member, ValueType
from app.definitions.problems import guess

OPS = {
    ast.Is: CompareOp.IS, ast.Eq: CompareOp.IS, ast.IsNot: CompareOp.IS_NOT, ast.NotEq: CompareOp.IS_NOT,
    ast.Lt: CompareOp.LT, ast.LtE: CompareOp.LE, ast.Gt: CompareOp.GT, ast.GtE: CompareOp.GE,
}  # fmt: skip
EQUALITY = (CompareOp.IS, CompareOp.IS_NOT)
ORDERED = (ValueType.NUMBER, ValueType.DATE, ValueType.TIME)
EQUATABLE = (*ORDERED, ValueType.TEXT, ValueType.BOOLEAN, ValueType.OPTION)


def compare(check: Checking, part: ast.Compare) -> Expr | None:
    """``a is b``, ``a < b``, ``a in b`` ..., or ``None`` with the problem told."""
    op, right = part.ops[0], part.comparators[0]
    if isinstance(op, (ast.In, ast.NotIn)):
        return _member(check, part, negated=isinstance(op, ast.NotIn))
    if _tells_many(check, part, negative=OPS[type(op)] is CompareOp.IS_NOT):
        return None
    sides = _sides(check, part.left, right)
    if sides is None:
        return None
    return _compared(check, part, OPS[type(op)], sides)


def _tells_many(check: Checking, part: ast.Compare, *, negative: bool) -> bool:
    """``zorgen is wonen``: tells that more than one can be ticked. A bare name beside a choice is its option."""
    left, right = part.left, part.comparators[0]
    named = peek(check, left)
    choice = named is not None and named.type is ValueType.OPTION
    for one, other in ((left, right),) if choice else ((left, right), (right, left)):
        found = peek(check, one)
        if found is not None and found.type is ValueType.OPTIONS:
            meant = f"{check.written(other)} {'not in' if negative else 'in'} {check.written(one)}"
            check.tell("T310", part, name=check.written(one), guess=meant)
            return True
    return False


def _sides(check: Checking, left: ast.expr, right: ast.expr) -> tuple[Typed, Typed] | None:
    """Both sides; the one that names a field says how the other is read."""
    named_left, named_right = peek(check, left), peek(check, right)
    if named_left is None and named_right is not None:
        second = check.expr(check, right)
        first = beside(check, left, named_right.named) if second else None
    else:
        first = check.expr(check, left)
        second = beside(check, right, first.named) if first else None
    return (first, second) if first and second else None


def beside(check: Checking, part: ast.expr, other: Named) -> Typed | None:
    """A part that stands beside a value of ``other``'s kind: an option beside a choice, a time beside a time."""
    word = dotted(part)
    if other.type in CHOICES:
        return option(check, part, other)
    if other.type is ValueType.BOOLEAN and word in (YES, NO):
        return Typed(Literal(word == YES, ValueType.BOOLEAN), BOOLEAN)
    if other.type is ValueType.TIME and isinstance(part, ast.Constant) and isinstance(part.value, str):
        if re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", part.value):
            return Typed(Literal(part.value, ValueType.TIME), Named(ValueType.TIME))
        check.tell("T308", part, text=part.value)
        return None
    return check.expr(check, part)


def option(check: Checking, part: ast.expr, choice: Named) -> Typed | None:
    """A part beside a choice: one of its options, else a field with options of its own."""
    if isinstance(part, ast.Call) and dotted(part.func) == "option" and len(part.args) == 1:
        return _sure_option(check, part.args[0], choice)
    if isinstance(part, ast.Constant) and isinstance(part.value, str):
        check.tell("T211", part, text=part.value, guess=guess(part.value, choice.options))
        return None
    word = dotted(part)
    if not word:
        return check.expr(check, part)
    field = resolve(word, check.scope)
    if word in choice.options:
        if field is not None and _overlap(field.named, choice):
            check.tell("T210", part, name=word)
            return None
        return _literal(word, choice)
    if field is not None:
        return field
    return _sure_option(check, part, choice)


def _sure_option(check: Checking, part: ast.expr, choice: Named) -> Typed | None:
    word = dotted(part)
    if word in choice.options or (choice.open and word and "." not in word):
        return _literal(word, choice)
    if blank_word(check, part, word):
        return None
    known = ", ".join(choice.options)
    check.tell("T202", part, name=word or check.written(part), guess=guess(word, choice.options), known=known)
    return None


def _literal(word: str, choice: Named) -> Typed:
    alone = replace(choice, type=ValueType.OPTION, yes="", rows=(), row={})
    return Typed(Literal(word, ValueType.OPTION), alone)


def _overlap(one: Named, other: Named) -> bool:
    return one.type is ValueType.OPTION and (
        one.open or other.open or not set(one.options).isdisjoint(other.options)
    )


def _compared(check: Checking, part: ast.Compare, op: CompareOp, sides: tuple[Typed, Typed]) -> Expr | None:
    left, right = sides
    if left.type is not right.type or left.type not in EQUATABLE:
        _misfit(check, part, left, right)
        return None
    if op in EQUALITY:
        return _equal(check, part, op, sides)
    if left.type in ORDERED:
        return Compare(op, left.tree, right.tree)
    return _ordered(check, part, op, sides)


def _equal(check: Checking, part: ast.Compare, op: CompareOp, sides: tuple[Typed, Typed]) -> Expr | None:
    left, right = sides
    if left.type is ValueType.OPTION and not _overlap(left.named, right.named):
        check.tell("T307", part, left=check.written(part.left), right=check.written(part.comparators[0]))
        return None
    return Compare(op, left.tree, right.tree)


def _ordered(check: Checking, part: ast.Compare, op: CompareOp, sides: tuple[Typed, Typed]) -> Expr | None:
    left, right = sides
    if left.type is not ValueType.OPTION:
        check.tell("T312", part, name=check.written(part.left), type=left.type.value)
        return None
    order = left.named.order
    if not order or order != right.named.order:
        check.tell("T309", part, name=check.written(part.left))
        return None
    for side, written in zip(sides, (part.left, part.comparators[0]), strict=True):
        if isinstance(side.tree, Literal) and side.tree.value not in order:
            check.tell("T306", written, name=side.tree.value)
            return None
    return Compare(op, left.tree, right.tree, order)


def _misfit(check: Checking, part: ast.Compare, left: Typed, right: Typed) -> None:
    right_part = part.comparators[0]
    meant = ""
    if left.type is ValueType.DATE and isinstance(right.tree, Literal) and right.type is ValueType.TEXT:
        meant = f'date("{right.tree.value}")'
    names = {"left": check.written(part.left), "right": check.written(right_part)}
    types = {"type_left": left.type.value, "type_right": right.type.value}
    code = "T311" if left.type is right.type else "T302"
    check.tell(code, part, **names, **types, guess=meant)


def _member(check: Checking, part: ast.Compare, *, negated: bool) -> Expr | None:
    right = part.comparators[0]
    if isinstance(right, ast.List):
        return _in_list(check, part, right, negated=negated)
    container = check.expr(check, right)
    if container is None:
        return None
    if container.type is not ValueType.OPTIONS:
        word = "is not" if negated else "is"
        single = container.type is ValueType.OPTION
        meant = f"{check.written(right)} {word} {check.written(part.left)}" if single else ""
        check.tell("T313", part, name=check.written(right), guess=meant)
        return None
    if isinstance(part.left, ast.List):
        word = "not in" if negated else "in"
        name = check.written(right)
        meant = " or ".join(f"{check.written(item)} {word} {name}" for item in part.left.elts)
        check.tell("T314", part, guess=meant)
        return None
    item = option(check, part.left, container.named)
    if item is None:
        return None
    if item.type is not ValueType.OPTION:
        names = {"left": check.written(part.left), "right": check.written(right)}
        check.tell("T302", part, **names, type_left=item.type.value, type_right=container.type.value)
        return None
    return Member(item.tree, container.tree, negated)


def _in_list(check: Checking, part: ast.Compare, right: ast.List, *, negated: bool) -> Expr | None:
    item = check.expr(check, part.left)
    if item is None:
        return None
    if not right.elts:
        check.tell("T315", right)
        return None
    if item.type is ValueType.OPTIONS:
        name, word = check.written(part.left), "not in" if negated else "in"
        glue = " and " if negated else " or "
        meant = glue.join(f"{check.written(one)} {word} {name}" for one in right.elts)
        check.tell("T314", part, guess=meant)
        return None
    if item.type not in EQUATABLE:
        check.tell("T316", part.left, name=check.written(part.left), type=item.type.value)
        return None
    items = _items(check, part, item, right.elts)
    return None if items is None else Member(item.tree, ListOf(items), negated)


def _items(
    check: Checking, part: ast.Compare, item: Typed, written: Sequence[ast.expr]
) -> tuple[Expr, ...] | None:
    found: list[Expr] = []
    for one in written:
        value = beside(check, one, item.named)
        if value is None:
            continue
        if value.type is item.type:
            found.append(value.tree)
            continue
        names = {"left": check.written(part.left), "right": check.written(one)}
        check.tell("T302", one, **names, type_left=item.type.value, type_right=value.type.value)
    return tuple(found) if len(found) == len(written) else None
