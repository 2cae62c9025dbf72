"""How does a pasted list of dates become closing days? One a line: a date, an hour when it is half a day, a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from app.engine.model.people import ClosingDay

MOST_LINES = 400
LONGEST_LABEL = 80
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?P<day>\d{1,2})\s*[./-]\s*(?P<month>\d{1,2})(?:\s*[./-]\s*(?P<year>\d{4}))?(?!\d)")
_WORDS = re.compile(r"(?P<day>\d{1,2})\s+(?P<name>[a-z]{3,9})\.?(?:\s+(?P<year>\d{4}))?(?!\d)", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:ma|di|wo|do|vr|za|zo)[a-z]*\.?,?\s+", re.IGNORECASE)
_HOUR = re.compile(
    r"(?:vanaf\s+)?(?P<hour>\d{1,2})\s*(?:[.:u]\s*(?P<minute>\d{2})|u(?:ur)?\b)\s*(?:uur\b|u\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line that was not understood: text ``studio_calendar.days.<code>``."""

    line: int
    code: str
    typed: str


@dataclass(frozen=True, slots=True)
class ReadDays:
    """The days by date, the last of two on one date; and the lines that are none."""

    days: tuple[ClosingDay, ...]
    problems: tuple[LineProblem, ...]


def read_days(text: str, year: int) -> ReadDays:
    """Read ``02/01/2027 Nieuwjaar``, ``24 december 12.00 Kerstavond``; ``year`` where none is written."""
    found: dict[date, ClosingDay] = {}
    problems: list[LineProblem] = []
    for number, line in enumerate(text.splitlines()[:MOST_LINES], start=1):
        rest = " ".join(line.replace(";", " ").replace("\t", " ").split())
        if not rest:
            continue
        day, code, rest = _date(rest, year)
        if day is None:
            problems.append(LineProblem(number, code, line.strip()[:60]))
            continue
        hour, label = _hour(rest)
        found[day] = ClosingDay(day, label[:LONGEST_LABEL], hour)
    return ReadDays(tuple(found[day] for day in sorted(found)), tuple(problems))


def _date(text: str, year: int) -> tuple[date | None, str, str]:
    weekday = _WEEKDAY.match(text)
    start = weekday.end() if weekday else 0
    for pattern in (_ISO, _NUMBERS, _WORDS):
        match = pattern.match(text, start)
        if match is None:
            continue
        parts = match.groupdict()
        month = _month(parts)
        try:
            found = date(int(parts["year"] or year), month, int(parts["day"]))
        except ValueError:
            return None, "no_such_day", text
        if not 2000 <= found.year <= 2100:
            return None, "no_such_day", text
        return found, "", text[match.end() :].strip(" ,:-–")
    return None, "no_date", text


def _month(parts: dict[str, str | None]) -> int:
    name = (parts.get("name") or "").casefold()
    if not name:
        return int(parts["month"] or 0)
    fitting = [n for n, month in enumerate(MONTHS, start=1) if month.startswith(name)]
    return fitting[0] if len(fitting) == 1 else 0


def _hour(text: str) -> tuple[time | None, str]:
    match = _HOUR.match(text)
    if match is None:
        return None, text
    try:
        found = time(int(match["hour"]), int(match["minute"] or 0))
    except ValueError:
        return None, text
    return found, text[match.end() :].strip(" ,:-–")
