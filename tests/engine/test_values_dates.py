from __future__ import annotations

from datetime import date, time

import pytest

from app.engine.model.answers import PartialDate
from app.engine.values import Rejected, codec_of, coerce, show
from tests.support.fields import MOMENT, make


@pytest.mark.parametrize(
    "typed",
    [
        "17/5/2026",
        "17-05-26",
        "17.05.2026",
        "17 5 2026",
        "17052026",
        "170526",
        "2026-05-17",
        "20260517",
        "17 mei 2026",
    ],
)
def test_a_date_is_read_in_every_usual_way(typed: str) -> None:
    assert coerce(make("date"), [typed]) == date(2026, 5, 17)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/02/2026", "no_such_date"),
        ("morgen", "date"),
        ("05/2026", "date_partial"),
        ("2026", "date_partial"),
        ("17/05/0026", "year"),
        ("17/13/2026", "no_such_date"),
        ("٣/٤/٢٠٢٦", "date"),
    ],
)
def test_what_is_no_date_says_why(typed: str, code: str) -> None:
    with pytest.raises(Rejected) as problem:
        coerce(make("date"), [typed])
    assert problem.value.code == code


@pytest.mark.parametrize(
    ("typed", "expected", "shown"),
    [
        ("1941", PartialDate(1941), "1941"),
        ("05/1941", PartialDate(1941, 5), "05/1941"),
        ("5-1941", PartialDate(1941, 5), "05/1941"),
        ("1941-05", PartialDate(1941, 5), "05/1941"),
        ("mei 1941", PartialDate(1941, 5), "05/1941"),
        ("17/05/1941", PartialDate(1941, 5, 17), "17/05/1941"),
        ("17051941", PartialDate(1941, 5, 17), "17/05/1941"),
        ("1941-05-17", PartialDate(1941, 5, 17), "17/05/1941"),
    ],
)
def test_a_birth_date_may_be_partial_and_is_read_back_as_known(
    typed: str, expected: PartialDate, shown: str
) -> None:
    field = make("partial_date")
    assert coerce(field, [typed]) == expected
    assert show(field, expected) == shown


@pytest.mark.parametrize(
    ("typed", "code"), [("17/5/25", "year_short"), ("41", "partial_date"), ("0041", "year")]
)
def test_a_birth_year_of_two_digits_is_not_guessed(typed: str, code: str) -> None:
    with pytest.raises(Rejected) as problem:
        coerce(make("partial_date"), [typed])
    assert problem.value.code == code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14.30", time(14, 30)),
        ("14:30", time(14, 30)),
        ("14u30", time(14, 30)),
        ("14.30 uur", time(14, 30)),
        ("14:30:00", time(14, 30)),
        ("1430", time(14, 30)),
        ("930", time(9, 30)),
        ("9u", time(9)),
        ("9", time(9)),
    ],
)
def test_a_time_is_read_in_every_usual_way(typed: str, expected: time) -> None:
    assert coerce(make("time"), [typed]) == expected


@pytest.mark.parametrize("typed", ["24:00", "12.60", "straks", "12345", "14.3"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Rejected, match="time"):
        coerce(make("time"), [typed])


@pytest.mark.parametrize(
    ("limits", "value", "finding"),
    [
        ({"min": "today"}, date(2026, 11, 9), None),
        ({"min": "today"}, date(2026, 11, 8), ("too_early", (("min", "09/11/2026"),))),
        ({"max": "today + 30"}, date(2026, 12, 9), None),
        ({"max": "today + 30"}, date(2026, 12, 10), ("too_late", (("max", "09/12/2026"),))),
        ({"min": "today - 7"}, date(2026, 11, 1), ("too_early", (("min", "02/11/2026"),))),
        ({"max": "2026-12-24"}, date(2026, 12, 25), ("too_late", (("max", "24/12/2026"),))),
    ],
)
def test_date_limits_count_from_the_day_of_judging(
    limits: dict[str, str], value: date, finding: object
) -> None:
    check = codec_of(make("date", **limits)).check
    assert check is not None
    assert check(value, MOMENT) == finding


def test_a_partial_date_is_late_only_when_every_day_it_can_be_is() -> None:
    check = codec_of(make("partial_date", max="today")).check
    assert check is not None
    assert check(PartialDate(2026), MOMENT) is None
    assert check(PartialDate(2026, 12), MOMENT) is not None
    assert check(PartialDate(2027), MOMENT) is not None


def test_nobody_is_born_in_the_future_even_without_a_limit() -> None:
    check = codec_of(make("partial_date", means="resident.birth")).check
    assert check is not None
    assert check(PartialDate(2027), MOMENT) == ("too_late", (("max", "09/11/2026"),))
