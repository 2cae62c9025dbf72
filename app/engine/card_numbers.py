"""What number does a card on paper carry, and what did somebody mean who typed one that is not right?

``DVK-2026-P0417-5``: the series of the form, a P for paper, and a check digit (Damm) over all digits before it. It
finds every single wrong digit and every two neighbours that changed places, which is how people mistype.
"""

from __future__ import annotations

import re
from itertools import pairwise

from stdnum import damm

_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "_": "-", " ": "", "\t": "", "\u00a0": ""})
_BELGIAN_DIGITS = "à&é\"'(§è!ç"
_ENGLISH = str.maketrans(
    _BELGIAN_DIGITS + ")=:M?,qawzQAWZ",
    "0123456789" + "-/.:Mmaqzw" + "AQZW",
)
"""The same keys: first what a Belgian keyboard (AZERTY) makes of them, then what an English one does."""
KEY = 12
"""How many signs the secret behind the number in a link has."""
_IN_LINK = re.compile(rf"(?:.*/)?([^/?#]+)-[0-9a-z]{{{KEY}}}(?:[?#].*)?", re.IGNORECASE)


def printed(pattern: str, year: int, place: int) -> str:
    """The number of the card at ``place`` in its series; ``pattern`` as ``number:`` of a form."""
    stem = pattern.format(year=year, seq=f"P{place:04d}")
    return f"{stem}-{damm.calc_check_digit(_digits(stem))}"


def tidied(typed: str) -> str:
    """A number as it was typed or scanned: the number out of a link, without blanks, in capitals."""
    text = _as_meant(typed.strip())
    link = _IN_LINK.fullmatch(text) if "/" in text else None
    return (link[1] if link else text).translate(_DASHES).upper()


def _as_meant(text: str) -> str:
    """What a scanner read that is set to an English keyboard, while the computer has a Belgian one."""
    is_foreign = (
        not any(sign.isdigit() for sign in text) and sum(sign in _BELGIAN_DIGITS for sign in text) >= 4
    )
    return text.translate(_ENGLISH) if is_foreign else text


def spelt(pattern: str, number: str) -> str:
    """``number`` with its dashes where they belong, when nothing else is missing of it; else as it is."""
    loose = _shape(pattern).pattern.replace(r"\-", "-?").replace(")-(", ")-?(")
    found = re.fullmatch(loose, number)
    if found is None:
        return number
    parts = found.groupdict()
    stem = pattern.format(year=parts.get("year", ""), seq=parts["seq"])
    return f"{stem}-{parts['check']}"


def is_printed(pattern: str, number: str) -> bool:
    """Whether ``number`` has the shape of one on paper, right or wrong."""
    return bool(_shape(pattern).fullmatch(number))


def is_right(number: str) -> bool:
    """Whether the check digit fits."""
    digits = _digits(number)
    return bool(digits) and bool(damm.is_valid(digits))


def swapped(number: str) -> tuple[str, ...]:
    """The right numbers that are made of ``number`` by putting two neighbouring digits in the other order."""
    places = [at for at, sign in enumerate(number) if sign.isdigit()]
    found = []
    for first, second in pairwise(places):
        signs = list(number)
        signs[first], signs[second] = signs[second], signs[first]
        other = "".join(signs)
        if other != number and is_right(other):
            found.append(other)
    return tuple(found)


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())


def _shape(pattern: str) -> re.Pattern[str]:
    shape = re.escape(pattern).replace(r"\{year\}", "(?P<year>[0-9]{4})", 1)
    return re.compile(shape.replace(r"\{seq\}", "(?P<seq>P[0-9]{4,6})", 1) + "-(?P<check>[0-9])")
