"""Is a form in its season, and when does it open again?"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.definitions.model.openings import Opens, YearDay
from app.definitions.model.workflows import Duration, Unit
from app.engine.calendar import end_of, instant, term_after, term_before
from app.engine.model.openings import Opening
from app.engine.model.people import Calendar

LONG_AGO = date(2000, 1, 1)
_WEEK = 7


@dataclass(frozen=True, slots=True, order=True)
class Season:
    """From the ``first`` through the ``last`` day."""

    first: date
    last: date


def season_of(opens: Opens, today: date, cal: Calendar) -> Season | None:
    """The season that ``today`` is in, else the next one; ``None`` when none comes any more."""
    coming = sorted(season for season in _seasons(opens, today.year, cal) if season.last >= today)
    return coming[0] if coming else None


def effective(opening: Opening, opens: Opens | None, now: datetime, cal: Calendar) -> Opening:
    """How a form is reached with its season counted in. Who closed it by hand for now, closed it."""
    if opens is None or opening.is_closed(now):
        return opening
    today = now.astimezone(cal.zone).date()
    season = season_of(opens, today, cal)
    if season is not None and season.first <= today:
        ends = end_of(cal, season.last)
        if opening.closed_from is not None and opening.closed_from <= ends:
            return opening
        following = season_of(opens, season.last + timedelta(days=1), cal)
        return replace(opening, closed_from=ends, closed_until=_begin(following, cal))
    before = [one.last for one in _seasons(opens, today.year, cal) if one.last < today]
    since = end_of(cal, max(before)) if before else instant(cal, LONG_AGO, time())
    return replace(opening, closed_from=since, closed_until=_begin(season, cal))


def is_out(opens: Opens | None, now: datetime, cal: Calendar) -> bool:
    """Whether a form with these days takes nothing at ``now``."""
    return effective(Opening(""), opens, now, cal).is_closed(now)


def _begin(season: Season | None, cal: Calendar) -> datetime | None:
    return instant(cal, season.first, time()) if season is not None else None


def _seasons(opens: Opens, year: int, cal: Calendar) -> Iterator[Season]:
    """Those of the year, the one before and the next two: a season may begin in one year and end in the next."""
    years = range(year - 1, year + 3) if opens.every_year else (opens.start.year,)
    for one in years:
        first, last = day_in(opens.start, one, cal), day_in(opens.end, one, cal)
        if last < first and opens.every_year:
            last = day_in(opens.end, one + 1, cal)
        yield Season(first, last)


def day_in(day: YearDay, year: int, cal: Calendar) -> date:
    """The day itself in that ``year``."""
    year = day.year or year
    found = _by_weekday(day, year) if day.nth else date(year, day.month, day.day)
    if not day.unit:
        return found
    shift = Duration(day.amount, Unit(day.unit))
    return term_after(cal, found, shift) if day.after else term_before(cal, found, shift)


def _by_weekday(day: YearDay, year: int) -> date:
    first_weekday, length = monthrange(year, day.month)
    first = 1 + (day.weekday - first_weekday) % _WEEK
    place = first + _WEEK * (day.nth - 1) if day.nth > 0 else first + (length - first) // _WEEK * _WEEK
    return date(year, day.month, place)
