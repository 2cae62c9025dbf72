"""What may the parts of a Belgian address look like?

The municipality is the official name, no village: one postcode covers several villages, so a village is asked apart
(``domain.md`` section 5).
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]{1,4} ?[A-Za-z]{0,3}([/_-][0-9A-Za-z]{1,4})?")
_BOX = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./-]{0,9}")
_BOX_WORD = re.compile(r"^(?:bus|b\.|bte|boite|boîte)\s*", re.IGNORECASE)
_POSTCODE = re.compile(r"[1-9][0-9]{3}")
_POSTCODE_PREFIX = re.compile(r"^(?:B|BE)\s*-\s*", re.IGNORECASE)
_TRAILING_BOX = re.compile(
    r"^(?P<number>.*?)\s+(?:bus|b\.|bte)\s*(?P<box>[0-9A-Za-z][0-9A-Za-z./-]*)$", re.IGNORECASE
)


def split_number(text: str) -> tuple[str, str]:
    """``12 bus 3`` -> ``("12", "3")``; without a box word the box is ``""``."""
    found = _TRAILING_BOX.match(text)
    return (found["number"], found["box"]) if found else (text, "")


def clean_box(text: str) -> str:
    """``bus 0102`` -> ``0102``."""
    return _BOX_WORD.sub("", text)


def clean_postcode(text: str) -> str:
    """``B-8890`` -> ``8890``."""
    return _POSTCODE_PREFIX.sub("", text)


def is_number(text: str) -> bool:
    """A house number: ``12``, ``12A``, ``12/2``."""
    return bool(_NUMBER.fullmatch(text))


def is_box(text: str) -> bool:
    """A box number: ``3``, ``0102``, ``A 2``."""
    return bool(_BOX.fullmatch(text))


def is_postcode(text: str) -> bool:
    """Four digits, 1000 to 9999."""
    return bool(_POSTCODE.fullmatch(text))
