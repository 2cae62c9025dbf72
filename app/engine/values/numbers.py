"""integer, decimal, and a scale of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from app.definitions.model.forms import Field, Limits
from app.engine.model.answers import Moment, Value
from app.engine.values.given import Finding, NotStored, Rejected
from app.engine.values.made import Check, Codec
from app.engine.values.words import one

MOST_DIGITS = 15
MOST_DECIMALS = 6
_LONG = 60
_EURO = re.compile(r"€|\bEUR\b|\beuro\b", re.IGNORECASE)
_PLAIN = re.compile(r"-?[0-9]+")
_GROUPED = re.compile(r"(-?[0-9]{1,3})((?:[ .'][0-9]{3})+)(?:,([0-9]*))?")
_COMMA = re.compile(r"(-?[0-9]+)?,([0-9]+|-)")
_POINT = re.compile(r"(-?[0-9]+)?\.([0-9]+)")
_ENGLISH = re.compile(r"(-?[0-9]{1,3})((?:,[0-9]{3})+)\.([0-9]+)")
_NOT_DIGITS = re.compile(r"[^0-9-]")
_GROUPED_FROM = 10_000


def integer_codec(field: Field) -> Codec:
    """A whole number (also a scale of numbers)."""
    unit = field.limits.unit

    def read(raw: Sequence[str]) -> Value | None:
        number = _read(raw, unit, decimals=0)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise Rejected("not_whole")
        return int(number)

    def show(value: Value, language: str) -> str:
        number = int(_decimal(value))
        return with_unit(_grouped(number, always=bool(unit)), unit)

    return Codec(read, show, lambda value: (str(value),), int_dump, _load_int, number_check(field.limits))


def decimal_codec(field: Field) -> Codec:
    """A number with at most ``limits.decimals`` (else six) decimals."""
    unit = field.limits.unit
    decimals = MOST_DECIMALS if field.limits.decimals is None else field.limits.decimals

    def read(raw: Sequence[str]) -> Value | None:
        return _read(raw, unit, decimals)

    def show(value: Value, language: str) -> str:
        return with_unit(show_number(_decimal(value), field.limits.decimals, grouped=bool(unit)), unit)

    def dump(value: Value) -> object:
        return str(value)

    def raw_text(value: Value) -> tuple[str, ...]:
        return (f"{_decimal(value):f}".replace(".", ","),)

    return Codec(read, show, raw_text, dump, _load_decimal, number_check(field.limits))


def _read(raw: Sequence[str], unit: str, decimals: int) -> Decimal | None:
    text = one(raw, _LONG)
    if not text:
        return None
    plain = text if _PLAIN.fullmatch(text) else _plain(text, unit, decimals)
    whole, _, fraction = plain.partition(".")
    if len(whole.lstrip("-")) > MOST_DIGITS:
        raise Rejected("number_too_long", max=MOST_DIGITS)
    if len(fraction.rstrip("0")) > decimals:
        if decimals == 0:
            raise Rejected("not_whole")
        raise Rejected("too_many_decimals", max=decimals, n=decimals)
    number = Decimal(plain)
    return number if number else abs(number)


def _plain(text: str, unit: str, decimals: int) -> str:
    """``€ 1 234,50`` -> ``1234.50``. A point before three digits is a thousand unless three decimals are usual here."""
    text = text.replace("\u2212", "-").replace("’", "'")
    if unit:
        text = text.removesuffix(unit)
    text = _EURO.sub("", text).strip().replace("- ", "-")
    if _PLAIN.fullmatch(text):
        return text
    if found := _ENGLISH.fullmatch(text):
        return _joined(found[1] + found[2], found[3])
    if found := _GROUPED.fullmatch(text):
        return _grouped_text(found, decimals)
    if found := _COMMA.fullmatch(text) or _POINT.fullmatch(text):
        return _joined(found[1] or "0", "" if found[2] == "-" else found[2])
    raise Rejected("number")


def _grouped_text(found: re.Match[str], decimals: int) -> str:
    single_point = found[2].startswith(".") and len(found[2]) == 4 and found[3] is None
    if single_point and decimals >= 3:
        raise Rejected("number_unclear", typed=found[0])
    return _joined(found[1] + found[2], found[3] or "")


def _joined(whole: str, fraction: str) -> str:
    whole = _NOT_DIGITS.sub("", whole)
    return f"{whole}.{fraction}" if fraction else whole


def number_check(limits: Limits) -> Check | None:
    """The check of ``min`` and ``max``."""
    low, high = _bound(limits.min_number, limits.min), _bound(limits.max_number, limits.max)
    if low is None and high is None:
        return None

    def check(value: Value, moment: Moment) -> Finding | None:
        number = _decimal(value)
        if low is not None and number < low:
            return "too_small", (("min", show_number(low)),)
        if high is not None and number > high:
            return "too_big", (("max", show_number(high)),)
        return None

    return check


def _bound(number: Decimal | None, text: str | None) -> Decimal | None:
    if number is not None or text is None:
        return number
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def show_number(number: Decimal, decimals: int | None = None, *, grouped: bool = False) -> str:
    """``1 234,50``; without ``decimals`` as many as there are. Four digits are grouped on demand, more always."""
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals))
    whole, _, fraction = f"{number:f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    shown = sign + _grouped(int(digits), always=grouped)
    return f"{shown},{fraction}" if fraction else shown


def _grouped(number: int, *, always: bool) -> str:
    if always or abs(number) >= _GROUPED_FROM:
        return f"{number:,}".replace(",", " ")
    return str(number)


def with_unit(shown: str, unit: str) -> str:
    """``€ 12,50`` in front, any other unit behind: ``12 km``."""
    if unit in {"€", "euro", "EUR"}:
        return f"€ {shown}"
    return f"{shown} {unit}" if unit else shown


def _decimal(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def int_dump(value: Value) -> object:
    """A whole number as JSON number."""
    return int(_decimal(value))


def _load_int(data: object) -> Value:
    if isinstance(data, bool) or not isinstance(data, int):
        raise NotStored("a whole number expected")
    return data


def _load_decimal(data: object) -> Value:
    try:
        if isinstance(data, str) and (number := Decimal(data)).is_finite():
            return number
    except InvalidOperation:
        pass
    raise NotStored("a number as text expected")
