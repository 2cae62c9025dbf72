"""On which days is a form open, year after year?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.definitions.model.openings import Opens
from app.definitions.readers.openings import parse
from app.engine.model.openings import Opening
from app.engine.model.people import Calendar
from app.engine.seasons import Season, day_in, effective, is_out, season_of

CAL = Calendar()
NEIGHBOURS = ("1 january", "3 weeks before last friday of may")
WINTER = ("first monday of november", "15 march")
ONCE = ("2027-01-04", "2027-05-07")


def _opens(days: tuple[str, str]) -> Opens:
    start, end = map(parse, days)
    assert start
    assert end
    return Opens(start, end)


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("last friday of may", 2027, date(2027, 5, 28)),
        ("3 weeks before last friday of may", 2027, date(2027, 5, 7)),
        ("fourth friday of may", 2026, date(2026, 5, 22)),  # the last one is the 29th
        ("first monday of november", 2027, date(2027, 11, 1)),
        ("2 working days before 26 december", 2028, date(2028, 12, 21)),  # over Christmas and a weekend
        ("1 month after 31 january", 2027, date(2027, 2, 28)),
        ("2027-01-04", 2030, date(2027, 1, 4)),
    ],
)
def test_a_day_of_the_year_is_the_one_on_the_calendar(text: str, year: int, expected: date) -> None:
    day = parse(text)
    assert day
    assert day_in(day, year, CAL) == expected


@pytest.mark.parametrize(
    "text", ["31 april", "29 february", "fifth monday of may", "2 working hours before 1 may"]
)
def test_what_no_year_or_not_every_year_has_is_no_day(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("days", "today", "season"),
    [
        (NEIGHBOURS, date(2027, 5, 7), Season(date(2027, 1, 1), date(2027, 5, 7))),
        (NEIGHBOURS, date(2027, 5, 8), Season(date(2028, 1, 1), date(2028, 5, 5))),
        (
            WINTER,
            date(2027, 2, 1),
            Season(date(2026, 11, 2), date(2027, 3, 15)),
        ),  # goes on into the next year
        (WINTER, date(2027, 3, 16), Season(date(2027, 11, 1), date(2028, 3, 15))),
        (ONCE, date(2026, 11, 9), Season(date(2027, 1, 4), date(2027, 5, 7))),
        (ONCE, date(2027, 5, 8), None),
    ],
)
def test_the_season_of_a_day_is_the_one_it_is_in_or_the_next(
    days: tuple[str, str], today: date, season: Season | None
) -> None:
    assert season_of(_opens(days), today, CAL) == season


def test_a_form_closes_at_midnight_after_its_last_day_and_opens_at_midnight() -> None:
    opens = _opens(NEIGHBOURS)
    last, after = (
        datetime(2027, 5, 7, 21, 59, tzinfo=UTC),
        datetime(2027, 5, 7, 22, 0, tzinfo=UTC),
    )  # 24.00 in summer
    assert not is_out(opens, last, CAL)
    assert is_out(opens, after, CAL)
    found = effective(Opening("x"), opens, after, CAL)
    assert (found.closed_from, found.closed_until) == (after, datetime(2027, 12, 31, 23, 0, tzinfo=UTC))
    assert is_out(_opens(ONCE), datetime(2026, 11, 9, tzinfo=UTC), CAL)
    assert not is_out(None, last, CAL)


def test_what_somebody_closed_by_hand_stays_closed_and_a_form_that_never_opens_again_says_no_day() -> None:
    now = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    by_hand = Opening("x", closed_from=datetime(2027, 1, 20, tzinfo=UTC), sentence="Even niet.")
    assert effective(by_hand, _opens(NEIGHBOURS), now, CAL) == by_hand
    ended = effective(Opening("x"), _opens(ONCE), datetime(2028, 1, 1, tzinfo=UTC), CAL)
    assert ended.closed_until is None
