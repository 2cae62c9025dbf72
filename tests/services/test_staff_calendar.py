"""Is a pasted list of days understood, and does the preview of a closing day say what saving it does?"""

from __future__ import annotations

from datetime import date, time

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.engine.model.people import ClosingDay
from app.services.errors import Conflict, Forbidden, Invalid
from app.services.municipality.closing_days_text import read_days
from app.services.staff import staff_calendar, staffing
from app.services.tasks import queue
from app.storage import clock
from app.texts import has
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local, send_card, settle

MONDAY, TUESDAY = local("2026-11-09 09:40"), local("2026-11-10 09:00")
BRIDGE = ClosingDay(date(2026, 11, 12), "Brug")
OPENS, CLOSES = time(8, 30), time(17, 0)


@pytest.mark.parametrize(
    ("line", "day", "label", "hour"),
    [
        ("02/01/2027 Nieuwjaar", date(2027, 1, 2), "Nieuwjaar", None),
        ("2-1 dag na nieuwjaar", date(2027, 1, 2), "dag na nieuwjaar", None),
        ("2027-05-07\tBrug", date(2027, 5, 7), "Brug", None),
        ("vr 7 mei 2027: brugdag", date(2027, 5, 7), "brugdag", None),
        ("24 december 12.00 Kerstavond", date(2027, 12, 24), "Kerstavond", time(12)),
        ("31/12 vanaf 12u Oudejaar", date(2027, 12, 31), "Oudejaar", time(12)),
        ("31.12.2027 12:30 uur", date(2027, 12, 31), "", time(12, 30)),
    ],
)
def test_days_are_read_as_people_write_them(line: str, day: date, label: str, hour: time | None) -> None:
    assert read_days(line, 2027).days == (ClosingDay(day, label, hour),)


def test_a_line_that_is_no_day_is_named_and_the_others_stay() -> None:
    found = read_days("Sluitingsdagen\n30/02/2027 Nooit\n\n3/5 Brug\n", 2027)
    assert [(item.line, item.code) for item in found.problems] == [(1, "no_date"), (2, "no_such_day")]
    assert found.days == (ClosingDay(date(2027, 5, 3), "Brug"),)
    assert all(has(f"studio_calendar.days.{item.code}") for item in found.problems)


@given(st.text(max_size=80))
def test_no_line_is_too_odd(line: str) -> None:
    found = read_days(line, 2027)
    assert len(found.days) + len(found.problems) <= max(1, len(line.splitlines()))


def test_the_preview_names_what_moves_and_saving_moves_it(town: Flask) -> None:
    karin = actor("karin_thijs")
    with clock.stopped_at(MONDAY):
        card = send_card()
    with clock.stopped_at(TUESDAY):
        page = staff_calendar.show(karin, 2026)
        assert (date(2026, 11, 11), "Wapenstilstand") in page.holidays
        seen = staff_calendar.preview(karin, [*page.days, BRIDGE])
        assert {(item.number, item.old, item.new) for item in seen.moves} == {
            (card.number, date(2026, 11, 13), date(2026, 11, 16)),
            (card.number, date(2026, 11, 24), date(2026, 11, 25)),
        }
        assert staff_calendar.preview(karin, page.days).cases == 0
        assert [row.due_on for row in queue.page(actor("joris_maes")).rows] == [date(2026, 11, 13)]
        done = staff_calendar.save(karin, [*page.days, BRIDGE], time(9), CLOSES, seen=page.version)
        assert done.wake
        settle()
        assert [row.due_on for row in queue.page(actor("joris_maes")).rows] == [date(2026, 11, 16)]
    assert staffing.world(MUNICIPALITY).calendar.opens == time(9)


def test_a_statutory_term_is_shown_as_one_that_stays(town: Flask) -> None:
    karin = actor("karin_thijs")
    with clock.stopped_at(MONDAY):
        card = send_card(dringend="ja", zorgen=["geld"])
        found = staff_calendar.preview(karin, [BRIDGE])
    assert all(item.old == item.new for item in found.stays)
    assert card.number in {item.number for item in (*found.moves, *found.stays)}


def test_two_coordinators_at_once_overwrite_nothing(town: Flask) -> None:
    karin, veerle = actor("karin_thijs"), actor("veerle_naessens")
    page = staff_calendar.show(karin, 2026)
    staff_calendar.save(karin, [BRIDGE], OPENS, CLOSES, seen=page.version)
    with pytest.raises(Conflict, match="staff_changed"):
        staff_calendar.save(veerle, [], OPENS, CLOSES, seen=page.version)
    assert staffing.world(MUNICIPALITY).calendar.closing_days == (BRIDGE,)


def test_a_year_keeps_to_itself(town: Flask) -> None:
    karin = actor("karin_thijs")
    calendar = staffing.world(MUNICIPALITY).calendar
    both = staff_calendar.of_year(calendar, 2027, [ClosingDay(date(2027, 1, 2))])
    assert [item.day.year for item in both] == [2027]
    with pytest.raises(Invalid):
        staff_calendar.of_year(calendar, 2026, [ClosingDay(date(2027, 1, 2))])
    with pytest.raises(Invalid):
        staff_calendar.save(karin, both, CLOSES, OPENS)
    with pytest.raises(Forbidden):
        staff_calendar.preview(actor("joris_maes"), both)
