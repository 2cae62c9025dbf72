"""What is an answer worth to a rule: one plain value of the type the rule was checked for, or blank?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from app.definitions.model.expressions import ValueType
from app.engine.expressions.numbers import rounded
from app.engine.model.answers import Address, Consent, FileRef, PartialDate, PersonRef, Signature

Rows = tuple[Mapping[str, object], ...]


def number(value: object) -> Decimal | None:
    """A number with at most 6 decimals."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        return rounded(value if isinstance(value, Decimal) else Decimal(str(value)))
    except InvalidOperation:
        return None


def text(value: object) -> str | None:
    """Text; empty text is blank."""
    return None if value is None or value == "" else str(value)


def day(value: object) -> date | None:
    """A date; of a partial one the earliest day it can be."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, PartialDate):
            return value.earliest
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def clock(value: object) -> str | None:
    """A time as ``09:30``."""
    return value.isoformat("minutes") if isinstance(value, time) else text(value)


def yes(value: object) -> bool | None:
    """A consent or a receipt: given, not given, or blank."""
    if isinstance(value, Consent):
        return value.given
    if isinstance(value, bool):
        return value
    return None if text(value) is None else value in ("ja", "true")


def option(value: object) -> str | None:
    """One option id."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return text(value)


def options(value: object) -> tuple[str, ...] | None:
    """Option ids; none at all is blank."""
    if isinstance(value, (tuple, list, frozenset)):
        return tuple(str(item) for item in value) or None
    single = text(value)
    return None if single is None else (single,)


def rows(value: object) -> Rows | None:
    """The rows of a repeat; none at all is blank."""
    if not isinstance(value, (tuple, list)):
        return None
    return tuple(row for row in value if isinstance(row, Mapping)) or None


def other(value: object) -> object | None:
    """Files, signatures, addresses: there or not."""
    match value:
        case Address():
            parts = (value.street, value.number, value.postcode, value.town, value.free)
            return value if value.homeless or any(parts) else None
        case Signature(_, data):
            return value if data else None
        case PersonRef(_, person, name):
            return value if person or name else None
        case FileRef():
            return value
        case Consent(given):
            return value if given else None
    return value or None


READERS: Mapping[ValueType, Callable[[object], object | None]] = {
    ValueType.NUMBER: number,
    ValueType.TEXT: text,
    ValueType.DATE: day,
    ValueType.TIME: clock,
    ValueType.BOOLEAN: yes,
    ValueType.OPTION: option,
    ValueType.OPTIONS: options,
    ValueType.ROWS: rows,
    ValueType.ROW: text,
    ValueType.OTHER: other,
}
