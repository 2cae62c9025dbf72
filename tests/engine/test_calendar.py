"""Working days, terms and the hours at which people hear of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.definitions.model.expressions import FieldRef, RowRef, ValueType
from app.definitions.model.workflows import Deadline, DeadlineKind, Duration, Unit
from app.engine import calendar
from app.engine.deadlines import Started, due, term
from app.engine.durations import add_months
from app.engine.model.people import Calendar, ClosingDay

BRUSSELS = ZoneInfo("Europe/Brussels")
CAL = Calendar()
HALF_CHRISTMAS_EVE = Calendar(closing_days=(ClosingDay(date(2026, 12, 24), "Kerstavond", time(12, 0)),))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).astimezone(UTC)


def wall(moment: datetime) -> str:
    return moment.astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("received", "days", "expected"),
    [
        ("2026-11-09T09:40", 1, "2026-11-10"),
        ("2026-11-09T09:40", 3, "2026-11-13"),
        ("2026-11-09T09:40", 5, "2026-11-17"),
        ("2026-11-09T09:40", 10, "2026-11-24"),
        ("2026-11-09T18:00", 3, "2026-11-16"),
        ("2026-11-11T10:00", 3, "2026-11-17"),
        ("2026-07-17T09:00", 3, "2026-07-23"),
        ("2026-12-24T09:00", 2, "2026-12-29"),
        ("2027-05-04T09:00", 3, "2027-05-10"),
        ("2026-11-08T09:00", 0, "2026-11-09"),
        ("2026-11-09T07:00", 3, "2026-11-13"),
    ],
)
def test_working_days_count_from_the_day_of_receipt(received: str, days: int, expected: str) -> None:
    assert calendar.add_working_days(CAL, at(received), days) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("received", "read_on"),
    [
        ("2026-11-11T20:00", date(2026, 11, 12)),  # a holiday
        ("2026-11-14T10:00", date(2026, 11, 16)),  # a Saturday
        ("2026-11-09T22:00", date(2026, 11, 10)),  # after closing time
        ("2026-11-09T09:40", None),
        ("2026-11-09T06:00", None),  # before the counter opens: still today
    ],
)
def test_what_comes_in_while_the_house_is_closed_is_read_on_the_next_day(
    received: str, read_on: date | None
) -> None:
    assert calendar.waits_until(CAL, at(received)) == read_on


def test_a_local_closing_day_does_not_count() -> None:
    cal = Calendar(closing_days=(ClosingDay(date(2026, 11, 2), "Allerzielen"),))
    assert calendar.add_working_days(cal, at("2026-10-30T10:00"), 1) == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("hour", "expected"), [("11:59", "2026-12-28"), ("12:00", "2026-12-29"), ("16:00", "2026-12-29")]
)
def test_a_half_closing_day_counts_until_it_closes(hour: str, expected: str) -> None:
    assert calendar.add_working_days(HALF_CHRISTMAS_EVE, at(f"2026-12-24T{hour}"), 1) == date.fromisoformat(
        expected
    )


def test_the_ten_legal_holidays_are_closed_and_local_feasts_are_not() -> None:
    for day in (
        "2026-04-06",
        "2026-05-14",
        "2026-05-25",
        "2027-03-29",
        "2027-05-06",
        "2027-05-17",
        "2026-07-21",
    ):
        assert not calendar.is_working_day(CAL, date.fromisoformat(day)), day
    for day in ("2028-07-11", "2026-11-02", "2028-12-27"):
        assert calendar.is_working_day(CAL, date.fromisoformat(day)), day


def test_working_hours_only_pass_while_the_counter_is_open() -> None:
    assert wall(calendar.add_working_hours(CAL, at("2026-11-09T09:40"), 2)) == "2026-11-09T11:40"
    assert wall(calendar.add_working_hours(CAL, at("2026-11-10T16:00"), 2)) == "2026-11-12T09:30"
    assert (
        wall(calendar.add_working_hours(HALF_CHRISTMAS_EVE, at("2026-12-24T11:00"), 2)) == "2026-12-28T09:30"
    )


def _after(amount: int, unit: Unit, since: str = "entered") -> Deadline:
    return Deadline(DeadlineKind.AFTER, Duration(amount, unit), since)


def _started(moment: str, **more: object) -> Started:
    return Started(received=at(moment), entered=at(moment), **more)  # type: ignore[arg-type]


def test_a_calendar_term_keeps_its_date_and_its_task_is_due_on_the_working_day_before() -> None:
    thirty = _after(30, Unit.CALENDAR_DAYS, "received")
    assert term(CAL, thirty, _started("2026-11-09T10:15")) == date(2026, 12, 9)
    five = _after(5, Unit.CALENDAR_DAYS)
    assert term(CAL, five, _started("2026-11-10T10:00")) == date(2026, 11, 15)
    assert due(CAL, five, _started("2026-11-10T10:00")) == date(2026, 11, 13)


def test_a_task_is_never_due_before_it_began() -> None:
    assert due(CAL, _after(1, Unit.CALENDAR_DAYS), _started("2026-11-14T10:00")) == date(2026, 11, 15)


def test_months_keep_the_day_number_or_take_the_last_day() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 11, 13), 6) == date(2027, 5, 13)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("moment", "on_duty", "expected"),
    [
        ("2026-11-09T09:40", False, "2026-11-09"),
        ("2026-11-09T18:00", False, "2026-11-10"),
        ("2026-11-11T10:00", False, "2026-11-12"),
        ("2026-11-11T10:00", True, "2026-11-11"),
        ("2026-11-14T22:00", True, "2026-11-14"),
    ],
)
def test_same_day_is_today_while_somebody_is_there_to_see_it(
    moment: str, on_duty: bool, expected: str
) -> None:
    deadline = Deadline(DeadlineKind.SAME_DAY)
    assert due(CAL, deadline, _started(moment, on_duty=on_duty)) == date.fromisoformat(expected)


def test_a_deadline_counts_from_receipt_a_mark_or_a_date_that_was_given() -> None:
    started = Started(
        received=at("2026-11-09T09:40"),
        entered=at("2026-11-20T09:00"),
        marks={"beslist": at("2026-11-16T10:00")},
        answers={"start": date(2026, 12, 1)},
    )
    assert due(CAL, _after(10, Unit.WORKING_DAYS, "received"), started) == date(2026, 11, 24)
    assert term(CAL, _after(8, Unit.CALENDAR_DAYS, "beslist"), started) == date(2026, 11, 24)
    assert due(CAL, _after(1, Unit.WORKING_DAYS, "start"), started) == date(2026, 12, 2)
    assert term(CAL, _after(8, Unit.CALENDAR_DAYS, "elders"), started) is None
    assert due(CAL, _after(3, Unit.WORKING_DAYS, "elders"), started) == date(2026, 11, 25)


def test_a_date_from_an_answer_wins_over_its_alternative() -> None:
    deadline = Deadline(
        DeadlineKind.DATE, Duration(10, Unit.WORKING_DAYS), date=RowRef("tegen", ValueType.DATE)
    )
    assert due(CAL, deadline, _started("2026-11-09T10:00", row={"tegen": date(2026, 11, 20)})) == date(
        2026, 11, 20
    )
    assert due(CAL, deadline, _started("2026-11-09T10:00", row={"tegen": date(2026, 11, 22)})) == date(
        2026, 11, 20
    )
    assert due(CAL, deadline, _started("2026-11-09T10:00", row={})) == date(2026, 11, 24)
    by_field = Deadline(DeadlineKind.DATE, date=FieldRef("tegen", ValueType.DATE))
    assert due(CAL, by_field, _started("2026-11-09T10:00", answers={"tegen": date(2026, 11, 12)})) == date(
        2026, 11, 12
    )


def test_no_deadline_is_no_date() -> None:
    assert due(CAL, Deadline(DeadlineKind.NONE, because="aan de slag"), _started("2026-11-09T10:00")) is None


def test_reminders_come_at_half_past_eight_on_a_working_day() -> None:
    before = calendar.reminder_day(CAL, date(2026, 11, 13), Duration(2, Unit.WORKING_DAYS))
    assert wall(calendar.reminder_at(CAL, before)) == "2026-11-10T08:30"
    on_the_day = calendar.reminder_day(CAL, date(2026, 11, 13), None)
    assert wall(calendar.reminder_at(CAL, on_the_day)) == "2026-11-13T08:30"
    assert wall(calendar.reminder_at(CAL, date(2026, 11, 15))) == "2026-11-13T08:30"


def test_an_escalation_counts_from_the_deadline_and_never_comes_before_it_is_late() -> None:
    friday = date(2026, 11, 13)
    assert wall(calendar.escalation_at(CAL, friday, Duration(2, Unit.WORKING_DAYS))) == "2026-11-17T08:30"
    assert wall(calendar.escalation_at(CAL, friday, Duration(7, Unit.WORKING_DAYS))) == "2026-11-24T08:30"
    assert wall(calendar.escalation_at(CAL, friday, Duration(0, Unit.WORKING_DAYS))) == "2026-11-16T08:30"
    assert wall(calendar.escalation_at(CAL, friday, Duration(1, Unit.CALENDAR_DAYS))) == "2026-11-16T08:30"
    hours = Duration(2, Unit.WORKING_HOURS)
    assert wall(calendar.escalation_at(CAL, friday, hours)) == "2026-11-16T10:30"
    assert (
        wall(calendar.escalation_at(CAL, friday, hours, since=at("2026-11-13T09:40"))) == "2026-11-13T11:40"
    )


def test_a_day_ends_at_midnight_on_the_wall_also_when_the_clock_changes() -> None:
    assert calendar.end_of(CAL, date(2026, 10, 25)) == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)
    assert calendar.end_of(CAL, date(2027, 3, 27)) == datetime(2027, 3, 27, 23, 0, tzinfo=UTC)
    assert calendar.end_of(CAL, date(2027, 3, 28)) == datetime(2027, 3, 28, 22, 0, tzinfo=UTC)


def test_a_local_time_that_does_not_exist_moves_on_and_one_that_occurs_twice_takes_the_first() -> None:
    assert wall(calendar.instant(CAL, date(2027, 3, 28), time(2, 30))) == "2027-03-28T03:30"
    assert calendar.instant(CAL, date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_today_is_the_date_on_the_wall_and_not_in_utc() -> None:
    assert calendar.local(CAL, datetime(2026, 11, 9, 23, 30, tzinfo=UTC)).today == date(2026, 11, 10)


def test_attempts_are_told_apart_by_half_day() -> None:
    assert calendar.half_day(CAL, at("2026-11-13T11:59")) == "2026-11-13:am"
    assert calendar.half_day(CAL, at("2026-11-13T12:00")) == "2026-11-13:pm"


@settings(max_examples=100, deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001
    st.integers(0, 30),
)
def test_more_days_never_end_earlier_and_always_on_a_working_day(start: datetime, days: int) -> None:
    moment = start.replace(tzinfo=UTC)
    end = calendar.add_working_days(CAL, moment, days)
    assert calendar.is_working_day(CAL, end)
    assert end < calendar.add_working_days(CAL, moment, days + 1)
    assert end >= moment.astimezone(BRUSSELS).date()
    assert calendar.move(CAL, calendar.move(CAL, end, days), -days) == end
