"""How is a phone number read, stored (E.164) and shown (national)?"""

from __future__ import annotations

import re

BELGIUM = "+32"
_ODDITIES = str.maketrans("", "", " \t\u00a0\u202f./-()")
_DIGITS = re.compile(r"\+?[0-9]+")
_LONG_ENOUGH = 3
_E164_MOST = 15
_SHORT_ZONES = ("2", "3", "4", "9")
_MOBILE_SECOND_DIGITS = "056789"
_ONE_DIGIT_COUNTRIES = ("1", "7")
# Country codes of two digits (ITU-T E.164, zones 2-9); all others have three.
_TWO_DIGIT_COUNTRIES = frozenset({
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47",
    "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65",
    "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
})  # fmt: skip


def normalise(text: str) -> str:
    """Return E.164 (``+32472123456``), the digits themselves for what has no international form (``1712``),
    or ``""`` where there is no number in ``text``.

    ``+32 (0)472`` loses its zero; ``0032`` is ``+32``; a number that starts with one zero is Belgian.
    """
    digits = text.replace("(0)", "").translate(_ODDITIES)
    if not _DIGITS.fullmatch(digits) or len(digits) < _LONG_ENOUGH:
        return ""
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = BELGIUM + digits[1:]
    if digits.startswith(BELGIUM + "0"):
        digits = BELGIUM + digits[4:]
    return digits if len(digits) >= _LONG_ENOUGH else ""


def is_usual(number: str) -> bool:
    """Whether a normalised number has the length and start of a number one can ring.

    Belgian: a mobile 04xx has nine digits after +32, a zone number eight. ``0400 00 00 xx`` (never given out) passes:
    the demo uses it. Foreign: 7 to 15 digits.
    """
    if not number.startswith("+"):
        return False
    if not number.startswith(BELGIUM):
        return 7 <= len(number) - 1 <= _E164_MOST
    rest = number[len(BELGIUM) :]
    if not rest or rest[0] == "0":
        return False
    if rest[0] == "4" and len(rest) == 9:
        return rest[1] in _MOBILE_SECOND_DIGITS
    return len(rest) == 8


def show(number: str) -> str:
    """``0472 12 34 56``, ``051 12 34 56``, ``02 123 45 67``; foreign ``+31 612345678``; anything else as it is."""
    if number.startswith(BELGIUM) and is_usual(number):
        return _national(number[len(BELGIUM) :])
    if number.startswith("+") and len(number) > 5 and number[1:].isdecimal():
        cut = _country_length(number) + 1
        return f"{number[:cut]} {number[cut:]}"
    return number


def _national(rest: str) -> str:
    if len(rest) == 9:
        return f"0{rest[:3]} {rest[3:5]} {rest[5:7]} {rest[7:]}"
    if rest[0] in _SHORT_ZONES:
        return f"0{rest[0]} {rest[1:4]} {rest[4:6]} {rest[6:]}"
    return f"0{rest[:2]} {rest[2:4]} {rest[4:6]} {rest[6:]}"


def _country_length(number: str) -> int:
    if number[1] in _ONE_DIGIT_COUNTRIES:
        return 1
    return 2 if number[1:3] in _TWO_DIGIT_COUNTRIES else 3
