"""How does Meernet reckon, on the server and in the browser alike?

Numbers have at most 15 digits before the point and 6 after it; every result is rounded half-even to 6 decimals; a
result that does not fit, and a division by zero, are blank. ``expressions.js`` does the same in whole millionths.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException

EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
MILLIONTH = Decimal("0.000001")
TOO_LARGE = Decimal(10) ** 15


def rounded(number: Decimal) -> Decimal | None:
    """At most 6 decimals, half-even; ``None`` for what does not fit."""
    try:
        result = number.quantize(MILLIONTH, context=EXACT)
    except DecimalException:
        return None
    return result if abs(result) < TOO_LARGE else None


def add(left: Decimal, right: Decimal) -> Decimal | None:
    """``left + right``."""
    return rounded(EXACT.add(left, right))


def subtract(left: Decimal, right: Decimal) -> Decimal | None:
    """``left - right``."""
    return rounded(EXACT.subtract(left, right))


def multiply(left: Decimal, right: Decimal) -> Decimal | None:
    """``left * right``."""
    return rounded(EXACT.multiply(left, right))


def divide(left: Decimal, right: Decimal) -> Decimal | None:
    """``left / right``; blank for a division by zero."""
    return rounded(EXACT.divide(left, right)) if right else None


def shown(number: Decimal) -> str:
    """``12.5``, ``3``: no exponent, no zeros at the end, no minus before zero."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
