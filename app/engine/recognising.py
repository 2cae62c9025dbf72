"""Could somebody be known by what is written here?

Pure. Finds what points at one person in a text that should be about nobody: numbers, addresses, names. It sees only
what is plain to see, and is sometimes wrong: whoever writes decides.
"""

from __future__ import annotations

import re

from app.engine.belgium import national_number, phone
from app.engine.first_names import FIRST_NAMES

_SHOWN = 40
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_DIGITS = re.compile(r"(?<![\w.])\+?\(?[0-9][0-9 ./()\u00a0\u2013-]{5,24}[0-9](?![\w])")
_NATIONAL = re.compile(r"[0-9]{2}[. ]?[0-9]{2}[. ]?[0-9]{2}[- ]?[0-9]{3}[. ]?[0-9]{2}")
_STREET = re.compile(
    r"\b(?:[\w'\u2019-]{2,40}(?:straat|laan|plein|steenweg|dreef|kaai)"
    r"|[A-Z\u00c0-\u00d6][\w'\u2019-]{1,40}(?:weg|lei|pad|hof|baan|dijk|veld|berg|wijk|str\.?)|Dorp|Markt)"
    r"\s{1,3}(?:nr\.?\s?|nummer\s)?[0-9]{1,4}\s?[A-Za-z]?\b"
)
_TITLE = re.compile(
    r"\b(?:[Mm]evrouw|[Mm]eneer|[Mm]ijnheer|[Mm]evr\.?|[Mm]w\.?|[Dd]hr\.?|[Mm]adame|[Mm]adam|[Ff]amilie)\s+"
    r"(?:(?:van|de|den|der|'t|Van|De|Den|Der)\s+){0,3}[A-Z\u00c0-\u00d6][\w'\u2019-]+"
)
_CAPITAL = re.compile(r"(?<![\w'\u2019-])[A-Z\u00c0-\u00d6][a-z\u00df-\u00ff]+(?![\w-])")
_SAINT = re.compile(r"\b(?:Sint|St\.?|Sinte|Heilige)[ -]$")


def recognised(text: str) -> tuple[str, str] | None:
    """What kind of thing points at somebody (``email``, ``number``, ``phone``, ``street``, ``name``) and the words that
    do, cut short; ``None`` when nothing was found."""
    for kind, find in _FINDERS:
        found = find(text)
        if found:
            return kind, found[:_SHOWN]
    return None


def _email(text: str) -> str:
    found = _EMAIL.search(text)
    return found[0] if found else ""


def _number(text: str) -> str:
    """A national number by its check digits, or one that is written like it."""
    for piece in _DIGITS.findall(text):
        if _NATIONAL.fullmatch(piece) and ("." in piece or national_number.normalise(piece)):
            return str(piece)
    return ""


def _phone(text: str) -> str:
    for piece in _DIGITS.findall(text):
        number = phone.normalise(piece)
        if number and piece[0] in "+0(" and phone.is_usual(number):
            return str(piece)
    return ""


def _street(text: str) -> str:
    found = _STREET.search(text)
    return found[0] if found else ""


def _name(text: str) -> str:
    found = _TITLE.search(text)
    if found:
        return found[0]
    for word in _CAPITAL.finditer(text):
        if word[0].casefold() in FIRST_NAMES and not _SAINT.search(
            text[max(0, word.start() - 8) : word.start()]
        ):
            return word[0]
    return ""


_FINDERS = (("email", _email), ("number", _number), ("phone", _phone), ("street", _street), ("name", _name))
