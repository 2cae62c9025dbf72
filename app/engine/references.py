"""Which case does somebody mean with a number as typed or heard: ``dvk 2026 417``, ``DVK–2026–00417``, ``417``?"""

from __future__ import annotations

import re
from collections.abc import Iterable

_TYPED = re.compile(r"([A-Z]*)(20\d\d(?=\d))?(\d{1,9})")
_GAPS = re.compile(r"[^0-9A-Z]+")
_HOLE = re.compile(r"\{\w+\}")
MOST_LETTERS = 20


def candidates(text: str, series: Iterable[str], years: Iterable[int]) -> tuple[str, ...]:
    """The numbers that could be meant, of these series (``DVK-{year}-{seq}``) in these years; none for other words."""
    typed = _GAPS.sub("", text.upper())
    match = _TYPED.fullmatch(typed) if len(typed) <= MOST_LETTERS else None
    if match is None:
        return ()
    letters, year, digits = match.groups()
    ways = [([int(year)], int(digits))] if year else []
    if not year or len(digits) < 3:  # 20264 may be a number of its own as well as the fourth of 2026
        ways.append((list(years), int(f"{year or ''}{digits}")))
    found = [
        pattern.replace("{year}", f"{one}").replace("{seq}", f"{seq:05d}")
        for pattern in dict.fromkeys(series)
        if _GAPS.sub("", _HOLE.sub("", pattern).upper()).startswith(letters)
        for some, seq in ways
        for one in some
    ]
    return tuple(dict.fromkeys(found))
