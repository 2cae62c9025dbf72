"""A staffing file becomes the same people, holdings, duties and closing days in the engine's own shapes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from app.definitions.model.staffing_file import (
    ClosedDay,
    StaffAbsence,
    StaffDuty,
    StaffHolding,
    StaffingFile,
    StaffMember,
)
from app.engine.staffing_file import to_calendar, to_staffing

FILE = StaffingFile(
    "zandlede",
    {"joris": StaffMember("joris", "Joris Maes", roles=frozenset({"contact"}), weekdays=frozenset({0, 1}))},
    (StaffHolding("onthaal", "", "joris", ("nele",), "karin"),),
    (
        StaffDuty("wachtdienst", "joris", datetime(2026, 11, 9, 8), datetime(2026, 11, 16, 8)),  # noqa: DTZ001
        StaffDuty("wachtdienst", "joris", datetime(2026, 3, 29, 2, 30), datetime(2026, 10, 25, 2, 30)),  # noqa: DTZ001
    ),
    (StaffAbsence("joris", date(2026, 11, 12), date(2026, 11, 13), "nele"),),
    (ClosedDay(date(2026, 12, 24), "Kerstavond", time(12)),),
    {"centrum": "Centrum"},
)


def test_people_and_what_they_hold_keep_their_shape() -> None:
    staffing = to_staffing(FILE)
    assert (staffing.workers["joris"].name, staffing.workers["joris"].weekdays) == (
        "Joris Maes",
        frozenset({0, 1}),
    )
    assert (staffing.holdings[0].substitutes, staffing.holdings[0].owner) == (("nele",), "karin")
    assert (staffing.absences[0].replacement, staffing.neighbourhoods) == ("nele", {"centrum": "Centrum"})


def test_a_duty_is_written_in_local_time_and_kept_in_utc() -> None:
    assert to_staffing(FILE).duties[0].start == datetime(2026, 11, 9, 7, tzinfo=UTC)


def test_an_hour_that_does_not_exist_moves_on_and_one_that_occurs_twice_is_the_first() -> None:
    duty = to_staffing(FILE).duties[1]
    assert duty.start == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 03.30 summer time
    assert duty.end == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # still summer time


def test_closing_days_go_to_the_calendar() -> None:
    assert to_calendar(FILE).closing_days[0].from_time == time(12)
