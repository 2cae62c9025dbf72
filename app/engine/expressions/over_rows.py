"""How is an expression judged once for every row of a repeat or a matrix?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from app.definitions.expressions.walking import walk
from app.definitions.model.expressions import OverRows, RowFunction, RowRef
from app.engine.expressions import numbers, reading

if TYPE_CHECKING:
    from app.engine.evaluate import Facts, Judge

Row = Mapping[str, object]


def over_rows(tree: OverRows, body: Judge | None) -> Judge:
    """``any``, ``all``, ``count`` and ``sum``: without rows false, true, 0 and 0."""
    rows_of = _matrix(tree) if tree.lines else _repeat(tree)
    if body is None:
        return lambda facts: Decimal(len(rows_of(facts)))
    judge = body

    def each(facts: Facts) -> list[object]:
        return [judge(replace(facts, row=row)) for row in rows_of(facts)]

    if tree.function is RowFunction.ANY:
        return lambda facts: any(value is True for value in each(facts))
    if tree.function is RowFunction.ALL:
        return lambda facts: all(value is True for value in each(facts))
    if tree.function is RowFunction.COUNT:
        return lambda facts: Decimal(sum(value is True for value in each(facts)))
    return lambda facts: _sum(each(facts))


def _sum(values: list[object]) -> Decimal | None:
    """Blanks are skipped; a total that does not fit is blank."""
    total: Decimal | None = Decimal(0)
    for value in values:
        if isinstance(value, Decimal) and total is not None:
            total = numbers.add(total, value)
    return total


def _repeat(tree: OverRows) -> Callable[[Facts], tuple[Row, ...]]:
    flat_id = tree.rows.field
    return lambda facts: reading.rows(facts.answers.get(flat_id)) or ()


def _matrix(tree: OverRows) -> Callable[[Facts], tuple[Row, ...]]:
    """A matrix always has all its rows; what is said of them stands under ``<matrix>.<row>`` and below."""
    flat_id = tree.rows.field
    used = {part.name for part in walk(tree) if isinstance(part, RowRef)} - {"id", "score"}

    def rows(facts: Facts) -> tuple[Row, ...]:
        answers = facts.answers
        found = []
        for line in tree.lines:
            cell = f"{flat_id}.{line.id}"
            row = {name: answers.get(f"{cell}.{name}") for name in used}
            found.append({**row, **dict(line.facts), "id": line.id, "score": answers.get(cell)})
        return tuple(found)

    return rows
