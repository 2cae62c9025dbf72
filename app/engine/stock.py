"""Is there enough left to lend on that day? Numbers in, errors beside the rows out.

What other cases hold on a day is theirs for as long as they run: who comes later gets what is left. A case that ends,
because it was refused or called off, holds nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.definitions.model.forms import Field, Form
from app.definitions.model.stock import Stock
from app.engine.model.answers import Answers, FieldError

SHORT, NONE_LEFT = "stock_short", "stock_none"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks to lend: on one day, so many of each thing (by option)."""

    on: date
    many: Mapping[str, int]


def wanted(form: Form, answers: Answers) -> Wanted | None:
    """What these answers ask for; ``None`` when they ask for nothing on any day."""
    if form.stock is None:
        return None
    day, many = answers.get(form.stock.day), dict[str, int]()
    for _, item, number in _rows(form.stock, answers):
        many[item] = many.get(item, 0) + number
    return Wanted(day, many) if isinstance(day, date) and many else None


def short(form: Form, answers: Answers, taken: Mapping[str, int]) -> tuple[FieldError, ...]:
    """An error beside each row that asks for more than is left, counting the rows above it. ``taken``: what others
    hold on that day."""
    if form.stock is None:
        return ()
    return tuple(_errors(form, form.stock, answers, taken))


def _errors(form: Form, stock: Stock, answers: Answers, taken: Mapping[str, int]) -> Iterator[FieldError]:
    rows = form.field(stock.rows)
    labels = {each.id: each for each in rows.fields} if rows is not None else {}
    left = {item: max(0, there - taken.get(item, 0)) for item, there in stock.there.items()}
    for place, item, number in _rows(stock, answers):
        there = left.get(item, 0)
        left[item] = max(0, there - number)
        if rows is not None and number > there:
            told = {"left": str(there), "what": _label(labels[stock.item], item)}
            where = {"label": labels[stock.many].label, "group": rows.label, "row": str(place + 1)}
            params = tuple({**where, **told}.items())
            yield FieldError(f"{stock.rows}.{place}.{stock.many}", SHORT if there else NONE_LEFT, params)


def _rows(stock: Stock, answers: Answers) -> Iterator[tuple[int, str, int]]:
    given = answers.get(stock.rows)
    for place, row in enumerate(given if isinstance(given, tuple) else ()):
        item, number = (row.get(stock.item), row.get(stock.many)) if isinstance(row, Mapping) else ("", 0)
        if isinstance(item, str) and isinstance(number, int) and number > 0:
            yield place, item, number


def _label(field: Field, item: str) -> str:
    options = field.options.options if field.options is not None else ()
    return next((option.label for option in options if option.id == item), item)
