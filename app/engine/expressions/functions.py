"""What does each function of the language give?

Every entry takes the compiled arguments and the arguments as written in the tree, and returns the compiled call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from app.definitions.model.expressions import Expr, FieldRef, ListOf, Literal, RowRef, ValueType

if TYPE_CHECKING:
    from app.engine.evaluate import Facts, Judge

Compiled = tuple["Judge", ...]


def age_on(birth: date, today: date) -> int:
    """Full years between two days; a birthday on 29 February counts from 1 March in other years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _age(args: Compiled, tree: tuple[Expr, ...]) -> Judge:
    birth = args[0]

    def age(facts: Facts) -> object:
        born = birth(facts)
        return Decimal(age_on(born, facts.moment.today)) if isinstance(born, date) else None

    return age


def _answered(args: Compiled, tree: tuple[Expr, ...]) -> Judge:
    value, silent = args[0], _words(tree[1]) if len(tree) > 1 else ()
    asked = tree[0]
    if len(tree) > 2 and isinstance(asked, FieldRef):
        cells = tuple(f"{asked.field}.{row}" for row in _words(tree[2]))
        return lambda facts: any(_said(facts.answers.get(cell), silent) for cell in cells)
    boolean = isinstance(asked, (FieldRef, RowRef)) and asked.type is ValueType.BOOLEAN
    if boolean:
        return lambda facts: value(facts) is True
    return lambda facts: _said(value(facts), silent)


def _said(value: object, silent: tuple[str, ...]) -> bool:
    """Whether it is an answer: not blank, and not only silent options."""
    if value is None or value == "":
        return False
    if isinstance(value, tuple):
        return any(item not in silent for item in value if not isinstance(item, Mapping)) or any(
            isinstance(item, Mapping) for item in value
        )
    return value not in silent


def _count(args: Compiled, tree: tuple[Expr, ...]) -> Judge:
    value, silent = args[0], _words(tree[1]) if len(tree) > 1 else ()

    def count(facts: Facts) -> object:
        found = value(facts)
        return Decimal(sum(item not in silent for item in found)) if isinstance(found, tuple) else Decimal(0)

    return count


def _worst(args: Compiled, tree: tuple[Expr, ...]) -> Judge:
    matrix, rows = tree[0], _words(tree[1])
    rank = {level: index for index, level in enumerate(_words(tree[2]))}
    cells = tuple((row, f"{matrix.field}.{row}") for row in rows) if isinstance(matrix, FieldRef) else ()

    def worst(facts: Facts) -> object:
        found, highest = None, -1
        for row, cell in cells:
            level = rank.get(str(facts.answers.get(cell)), -1)
            if level > highest:
                found, highest = row, level
        return found

    return worst


def _extreme(choose: Callable[..., object]) -> Callable[[Compiled, tuple[Expr, ...]], Judge]:
    def build(args: Compiled, tree: tuple[Expr, ...]) -> Judge:
        def extreme(facts: Facts) -> object:
            found = [value for value in (arg(facts) for arg in args) if value is not None]
            return choose(found) if found else None

        return extreme

    return build


def _length(args: Compiled, tree: tuple[Expr, ...]) -> Judge:
    def length(facts: Facts) -> object:
        text = args[0](facts)
        return Decimal(len(text)) if isinstance(text, str) else Decimal(0)

    return length


def _marked(args: Compiled, tree: tuple[Expr, ...]) -> Judge:
    mark = str(tree[0].value) if isinstance(tree[0], Literal) else ""
    return lambda facts: mark in facts.marks


def _read(args: Compiled, tree: tuple[Expr, ...]) -> Judge:
    return lambda facts: args[0](facts) is True


def _words(tree: Expr) -> tuple[str, ...]:
    items = tree.items if isinstance(tree, ListOf) else ()
    return tuple(str(item.value) for item in items if isinstance(item, Literal))


FUNCTIONS: Mapping[str, Callable[[Compiled, tuple[Expr, ...]], Judge]] = {
    "answered": _answered,
    "age": _age,
    "count": _count,
    "worst": _worst,
    "min": _extreme(min),
    "max": _extreme(max),
    "length": _length,
    "marked": _marked,
    "read": _read,
}
