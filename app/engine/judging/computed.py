"""How does the outcome of an expression become the value of a computed field?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from app.definitions.model.forms import Field, FieldType
from app.engine.model.answers import Consent, PartialDate, Value
from app.engine.values import Rejected
from app.engine.values.made import Codec
from app.engine.values.numbers import show_number

_AGREEMENTS = {FieldType.CONSENT, FieldType.READ_RECEIPT}


def as_value(field: Field, codec: Codec, outcome: object) -> Value | None:
    """``outcome`` as a value of the field's type; ``None`` when blank or when it does not fit."""
    if outcome is None:
        return None
    if isinstance(outcome, bool):
        return _boolean(field, outcome)
    if isinstance(outcome, int | Decimal):
        return _number(field, Decimal(outcome))
    if isinstance(outcome, PartialDate | date):
        return _date(field, outcome)
    if isinstance(outcome, Mapping):
        outcome = outcome.get("id", "")
    texts = [str(item) for item in outcome] if isinstance(outcome, tuple | frozenset) else [str(outcome)]
    try:
        return codec.coerce(texts)
    except Rejected:
        return None


def _boolean(field: Field, outcome: bool) -> Value:
    if field.type in _AGREEMENTS:
        return Consent(outcome, field.text)
    return "ja" if outcome else "nee"


def _number(field: Field, number: Decimal) -> Value:
    if field.type is FieldType.DECIMAL:
        if field.limits.decimals is None:
            return number
        return number.quantize(Decimal(1).scaleb(-field.limits.decimals), ROUND_HALF_EVEN)
    if field.type in {FieldType.INTEGER, FieldType.SCALE}:
        return int(number.to_integral_value(ROUND_HALF_EVEN))
    return show_number(number)


def _date(field: Field, outcome: PartialDate | date) -> Value:
    if isinstance(outcome, PartialDate):
        return outcome if field.type is FieldType.PARTIAL_DATE else outcome.earliest
    if field.type is FieldType.PARTIAL_DATE:
        return PartialDate(outcome.year, outcome.month, outcome.day)
    return outcome
