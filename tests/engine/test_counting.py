"""Is the sum behind a due date told, and only where it gives that day?"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.engine.counting import counted
from app.engine.model.people import BRUSSELS, Calendar, ClosingDay

CAL = Calendar(closing_days=(ClosingDay(date(2026, 12, 24), "halve dag"),))
MONDAY = datetime(2026, 11, 9, 9, 40, tzinfo=BRUSSELS)


def test_a_holiday_in_between_is_named_and_one_behind_it_is_not() -> None:
    found = counted(CAL, date(2026, 11, 13), "3 working days", entered=MONDAY, received=MONDAY)
    assert found is not None
    assert (found.begun, found.skipped, found.weekend) == (date(2026, 11, 9), (date(2026, 11, 11),), False)
    short = counted(CAL, date(2026, 11, 10), "1 working day", entered=MONDAY, received=MONDAY)
    assert short is not None
    assert short.skipped == ()


def test_it_counts_from_where_the_deadline_says() -> None:
    before = datetime(2026, 11, 5, 10, tzinfo=BRUSSELS)
    found = counted(CAL, date(2026, 11, 12), "4 working days from received", entered=MONDAY, received=before)
    assert found is not None
    assert (found.begun, found.skipped, found.weekend) == (date(2026, 11, 5), (date(2026, 11, 11),), True)


def test_a_term_that_ends_on_a_sunday_says_why_it_is_earlier() -> None:
    found = counted(CAL, date(2026, 11, 13), "6 calendar days", entered=MONDAY, received=MONDAY)
    assert found is not None
    assert found.earlier == date(2026, 11, 15)


@pytest.mark.parametrize(
    ("due_on", "rule"),
    [
        (date(2026, 11, 16), "3 working days"),  # moved since
        (date(2026, 11, 13), "3 working days from opgestart"),  # a mark nobody told us of
        (date(2026, 11, 13), "persoon.afspraak, or 3 working days"),
        (date(2026, 11, 9), "same day"),
        (None, "3 working days"),
    ],
)
def test_what_was_set_otherwise_has_no_sum(due_on: date | None, rule: str) -> None:
    assert counted(CAL, due_on, rule, entered=MONDAY, received=MONDAY) is None
