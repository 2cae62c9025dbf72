"""date and partial_date."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from app.definitions.model.forms import Field, Limits
from app.engine.model.answers import Moment, PartialDate, Value
from app.engine.values.given import Finding, NotStored, Rejected
from app.engine.values.made import Check, Codec
from app.engine.values.words import one

FIRST_YEAR, LAST_YEAR = 1800, 2199
_LONG = 60
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari feb febr",
            "maart mrt",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "augustus aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s?[-/. ]\s?([0-9]{1,2})\s?[-/. ]\s?([0-9]{4}|[0-9]{2})")
_DIGITS = re.compile(r"[0-9]{8}|[0-9]{6}")
_WORDS = re.compile(r"(?:([0-9]{1,2})\.?\s+)?([a-zA-Z]+)\.?\s+([0-9]{4}|[0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})\s?[-/. ]\s?([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_RELATIVE = re.compile(r"today(?:\s*([+-])\s*([0-9]{1,5}))?")
_PIVOT = 70  # 69 is 2069, 70 is 1970: for agreements and appointments; a date of birth asks for four digits

Parts = tuple[int, int | None, int | None]


def date_codec(field: Field) -> Codec:
    """A whole date, day first."""

    def read(raw: Sequence[str]) -> Value | None:
        text = one(raw, _LONG)
        return _read_date(text) if text else None

    return Codec(
        read, _show_date, lambda value: (_show_date(value, ""),), _iso, _load_date, date_check(field.limits)
    )


def partial_date_codec(field: Field) -> Codec:
    """A date of which day or month may be unknown."""

    def read(raw: Sequence[str]) -> Value | None:
        text = one(raw, _LONG)
        return _read_partial(text) if text else None

    return Codec(
        read,
        _show_partial,
        lambda value: (_show_partial(value, ""),),
        _iso,
        _load_partial,
        date_check(field.limits, birth=field.means == "resident.birth"),
    )


# reading -------------------------------------------------------------------------------------------------------------


def read_day(text: str) -> date | None:
    """A whole day as people write it in Flanders; ``None`` when it is none."""
    try:
        return _read_date(text)
    except Rejected:
        return None


def _read_date(text: str) -> date:
    parts = _parts(text)
    if parts is None:
        raise Rejected("date_partial" if _partial_parts(text) else "date")
    year, month, day = parts
    if year < 100:
        year += 2000 if year < _PIVOT else 1900
    return _real_date(year, month or 0, day or 0)


def _read_partial(text: str) -> PartialDate:
    parts = _parts(text) or _partial_parts(text)
    if parts is None:
        raise Rejected("partial_date")
    year, month, day = parts
    if year < 100:
        raise Rejected("year_short")
    if month is not None:
        _real_date(year, month, day or 1)
    elif not FIRST_YEAR <= year <= LAST_YEAR:
        raise Rejected("year", year=year)
    return PartialDate(year, month, day)


def _parts(text: str) -> Parts | None:
    """Year (two digits stay two), month and day of a whole date, not yet a real one."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.fullmatch(text):
        return _year(found[3]), int(found[2]), int(found[1])
    if _DIGITS.fullmatch(text):
        return _from_digits(text)
    found = _WORDS.fullmatch(text)
    if found and found[1] and found[2].lower() in _MONTHS:
        return _year(found[3]), _MONTHS[found[2].lower()], int(found[1])
    return None


def _year(text: str) -> int:
    """The year; two digits stay two, so four digits below 100 have to go here."""
    if len(text) == 4 and text < "0100":
        raise Rejected("year", year=text)
    return int(text)


def _from_digits(text: str) -> Parts:
    day_first = _year(text[4:]), int(text[2:4]), int(text[:2])
    if len(text) == 8 and text[:2] in {"19", "20"} and not _exists(*day_first):
        return int(text[:4]), int(text[4:6]), int(text[6:])
    return day_first


def _partial_parts(text: str) -> Parts | None:
    if _YEAR.fullmatch(text):
        return _year(text), None, None
    if found := _MONTH_YEAR.fullmatch(text):
        return _year(found[2]), int(found[1]), None
    if found := _YEAR_MONTH.fullmatch(text):
        return int(found[1]), int(found[2]), None
    found = _WORDS.fullmatch(text)
    if found and found[2].lower() in _MONTHS:
        return _year(found[3]), _MONTHS[found[2].lower()], None
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return FIRST_YEAR <= year <= LAST_YEAR


def _real_date(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Rejected("no_such_date", typed=f"{day:02d}/{month:02d}/{year:04d}") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Rejected("year", year=year)
    return found


# limits --------------------------------------------------------------------------------------------------------------


def date_check(limits: Limits, *, birth: bool = False) -> Check | None:
    """The check of ``min`` and ``max``; a date of birth is never in the future, whatever the form says.

    A partial date is too early only when its last possible day is, too late only when its first possible day is.
    """
    low = bound(limits.min)
    high = bound(limits.max) or (bound("today") if birth else None)
    if low is None and high is None:
        return None

    def check(value: Value, moment: Moment) -> Finding | None:
        first, last = _range(value)
        if low is not None and last < (least := low(moment)):
            return "too_early", (("min", show_day(least)),)
        if high is not None and first > (most := high(moment)):
            return "too_late", (("max", show_day(most)),)
        return None

    return check


def bound(text: str | None) -> Callable[[Moment], date] | None:
    """``2026-11-09``, ``today`` or ``today + 30`` as a function of the moment."""
    if not text:
        return None
    if found := _RELATIVE.fullmatch(text.strip()):
        days = int(found[2] or 0) * (-1 if found[1] == "-" else 1)
        return partial(_relative, days)
    try:
        fixed = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return lambda moment: fixed


def _relative(days: int, moment: Moment) -> date:
    try:
        return moment.today + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _range(value: Value) -> tuple[date, date]:
    if isinstance(value, PartialDate):
        if value.month is None:
            return date(value.year, 1, 1), date(value.year, 12, 31)
        if value.day is None:
            following = date(value.year + value.month // 12, value.month % 12 + 1, 1)
            return value.earliest, following - timedelta(days=1)
        return value.earliest, value.earliest
    return (value, value) if isinstance(value, date) else (date.max, date.min)


# showing and storing -------------------------------------------------------------------------------------------------


def show_day(day: date) -> str:
    """``17/05/1941``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def _show_date(value: Value, language: str) -> str:
    return show_day(value) if isinstance(value, date) else str(value)


def _show_partial(value: Value, language: str) -> str:
    if not isinstance(value, PartialDate):
        return _show_date(value, language)
    parts = [f"{part:02d}" for part in (value.day, value.month) if part is not None]
    return "/".join([*parts, f"{value.year:04d}"])


def _iso(value: Value) -> object:
    return value.isoformat() if isinstance(value, date | PartialDate) else str(value)


def _load_date(data: object) -> Value:
    try:
        return date.fromisoformat(str(data))
    except ValueError:
        raise NotStored("a date expected") from None


def _load_partial(data: object) -> Value:
    try:
        pieces = [int(piece) for piece in str(data).split("-")]
        found = PartialDate(*pieces)
        _ = found.earliest
    except (TypeError, ValueError):
        raise NotStored("a year, month or day expected") from None
    return found
