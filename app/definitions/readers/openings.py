"""When does a form open and close: ``opens: {from: 1 january, until: 3 weeks before last friday of may}``?"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from app.definitions.durations import DURATION, UNITS
from app.definitions.model.forms import FormKind
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.openings import Opens, YearDay
from app.definitions.model.workflows import Unit
from app.definitions.readers.desk import Desk, key_span, text_node

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
LEAP = 2028
"""A year with a 29th of February: that day is refused, as most years do not have it."""
SHIFTED = re.compile(rf"({DURATION.pattern}) +(before|after) +(.+)")
BY_WEEKDAY = re.compile(rf"({'|'.join(ORDER)}) +({'|'.join(WEEKDAYS)}) +of +({'|'.join(MONTHS)})")
BY_NUMBER = re.compile(rf"([0-9]{{1,2}}) +({'|'.join(MONTHS)})")


def read_opens(node: MappingNode, kind: FormKind, desk: Desk) -> Opens | None:
    """``opens:`` of a form; ``None`` without it, or when it was told why not (``S264`` to ``S267``)."""
    written = node.get("opens")
    if not isinstance(written, MappingNode):
        return None
    if kind is not FormKind.CASE:
        desk.tell("S266", key_span(node, "opens"))
    start, end = (_day(text_node(written, key), desk) for key in ("from", "until"))
    if start is None or end is None:
        return None
    if bool(start.year) != bool(end.year):
        desk.tell("S265", written.span)
        return None
    if start.year and _plain(start) > _plain(end):
        desk.tell("S267", written.span)
        return None
    return Opens(start, end, written.span)


def _day(node: ScalarNode | None, desk: Desk) -> YearDay | None:
    if node is None:
        return None
    found = parse(node.text)
    if found is None:
        desk.tell("S264", node.span, text=node.text)
    return found


def parse(text: str) -> YearDay | None:
    """A day as it is written, or ``None`` when it is none of a year."""
    plain = " ".join(text.lower().split())
    shifted = SHIFTED.fullmatch(plain)
    amount, unit, rest = 0, "", plain
    if shifted is not None:
        amount, unit, rest = int(shifted[2]), UNITS[shifted[3].removesuffix("s")].value, shifted[5]
        if unit == Unit.WORKING_HOURS:
            return None
    found = _weekday(rest) or _number(rest) or _date(rest)
    if found is None:
        return None
    after = shifted is not None and shifted[4] == "after"
    return YearDay(*found, amount=amount, unit=unit, after=after, source=plain)


def _weekday(text: str) -> tuple[int, int, int, int, int] | None:
    match = BY_WEEKDAY.fullmatch(text)
    return (MONTHS.index(match[3]) + 1, 0, WEEKDAYS.index(match[2]), ORDER[match[1]], 0) if match else None


def _number(text: str) -> tuple[int, int, int, int, int] | None:
    match = BY_NUMBER.fullmatch(text)
    if match is None:
        return None
    month, day = MONTHS.index(match[2]) + 1, int(match[1])
    return (month, day, 0, 0, 0) if 1 <= day <= monthrange(LEAP - 1, month)[1] else None


def _date(text: str) -> tuple[int, int, int, int, int] | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day.month, day.day, 0, 0, day.year


def _plain(day: YearDay) -> date:
    """The day itself without what lies between: enough to see that one comes before the other."""
    return date(day.year, day.month, day.day)
