"""Which values of a cell are worth trying: one of every kind that the conditions tell apart, blank among them?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from app.definitions.expressions.scope import NO, ROLES, UNASKED, YES
from app.definitions.model.expressions import ValueType
from app.definitions.model.forms import Field, FieldType
from app.definitions.proofs.scalars import Marks, Scalar, between, days_of, decimals_between

OTHER = "\0"
"""Stands for every option or text that no condition names."""
ELSEWHERE = ("geen_vast_adres", "andere_gemeente")
"""Neighbourhoods that every municipality has (``language.md`` section 4, decision 12)."""
MOST_DIGITS = 10**15
USUAL, LONGEST = 3, 5_000
"""Lengths of a text."""


def values_of(
    kind: ValueType,
    field: Field | None,
    marks: Marks,
    todays: Sequence[int],
    *,
    places: Sequence[str] | None,
    many: int,
) -> tuple[Scalar, ...]:
    """The values, blank first. ``places`` are the neighbourhoods when they are known; ``many`` how many fields are
    compared with one another."""
    if kind is ValueType.OPTION:
        return (None, *_options(field, marks, places))
    if kind is ValueType.BOOLEAN:
        return (None, False, True)
    if kind is ValueType.NUMBER:
        return (None, *_numbers(field, marks, many))
    if kind is ValueType.DATE:
        return (None, *days_of(marks, todays, many=many))
    if kind is ValueType.TIME:
        return (None, *_times(marks, many))
    if kind is ValueType.TEXT:
        return (None, *_texts(marks, many))
    return (None, OTHER)


def case_values(name: str, marks: Marks) -> tuple[Scalar, ...]:
    """The roles, or the closing reasons: those that conditions name, and any other."""
    named = sorted(str(one) for one in marks.constants)
    return tuple(dict.fromkeys((None, *(ROLES if name == "role" else ()), *named, OTHER)))


def _options(field: Field | None, marks: Marks, places: Sequence[str] | None) -> Iterable[str]:
    named = sorted(map(str, marks.constants))
    if field is None:
        return dict.fromkeys((*named, OTHER))
    if field.type in (FieldType.YES_NO, FieldType.YES_NO_UNASKED):
        return (YES, NO) if field.type is FieldType.YES_NO else (YES, NO, UNASKED)
    if field.type is FieldType.NEIGHBOURHOOD:
        return dict.fromkeys((*(places if places is not None else (*named, OTHER)), *ELSEWHERE))
    return field.options.ids if field.options else dict.fromkeys((*named, OTHER))


def _numbers(field: Field | None, marks: Marks, many: int) -> Iterable[Decimal]:
    numbers = {value for value in marks.constants if isinstance(value, Decimal)}
    whole = field is not None and field.type in (FieldType.INTEGER, FieldType.SCALE)
    if not whole:
        return decimals_between(numbers, many=many)
    around = {int(one.to_integral_value(way)) for one in numbers for way in (ROUND_FLOOR, ROUND_CEILING)}
    return [Decimal(one) for one in between(around, -MOST_DIGITS, MOST_DIGITS, many=many)]


def _times(marks: Marks, many: int) -> Iterable[str]:
    minutes = {int(str(one)[:2]) * 60 + int(str(one)[3:5]) for one in marks.constants if isinstance(one, str)}
    return [f"{one // 60:02d}:{one % 60:02d}" for one in between(minutes, 0, 24 * 60 - 1, many=many)]


def _texts(marks: Marks, many: int) -> Iterable[str]:
    named = sorted(str(one) for one in marks.constants if one)
    fillers = [OTHER * length for length in between({*marks.lengths, USUAL}, 1, LONGEST)]
    return dict.fromkeys((*fillers, *named))
