"""Is a hole in the staffing found before it is made, and is nothing else called one?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.engine import staff_edits
from app.engine.model.people import Absence, Duty, Holding, Staffing, World
from app.engine.model.staff_faults import Fault, OpenWork, Question, Work
from app.engine.staff_faults import brought
from tests.support.zandlede import POINTS, at, away, duty, world

NOW = at("2026-11-09T09:00")
HELD = Holding("wachtdienst", "", "wout_wacht", ("nele_lambrecht",), "karin_thijs")


def town(*absences: Absence, duties: tuple[Duty, ...] = ()) -> World:
    found = world(*absences, duties=duties)
    return replace(found, staffing=staff_edits.with_holding(found.staffing, HELD))


def asked(before: World, after: Staffing, work: Work | None = None) -> tuple[Fault, ...]:
    return brought(Question(POINTS, NOW, work or {}), before, replace(before, staffing=after))


def codes(before: World, after: Staffing, work: Work | None = None) -> list[tuple[str, str, str]]:
    return [(item.code, item.point, item.place) for item in asked(before, after, work)]


def gone(town_: World, account: str) -> Staffing:
    worker = replace(town_.staffing.workers[account], active=False)
    return staff_edits.with_worker(town_.staffing, worker)


def test_nothing_is_wrong_with_no_change() -> None:
    assert codes(town(), town().staffing) == []


def test_who_leaves_must_have_handed_over_what_is_theirs() -> None:
    work = {"bram_de_coster": OpenWork(7, 9, frozenset({("woonloket", "")}))}
    found = asked(town(), gone(town(), "bram_de_coster"), work)
    assert [(item.code, item.point) for item in found] == [
        ("left_work", ""),
        ("holder_gone", "buurtzorgregisseur"),
        ("holder_gone", "woonloket"),
    ]
    assert (found[0].cases, found[0].tasks) == (7, 9)


def test_the_last_of_a_role_and_the_owner_of_last_resort_are_missed() -> None:
    found = codes(town(), gone(town(), "karin_thijs"))
    assert ("sole_role", "", "") in found
    assert ("owner_gone", "woonloket", "") in found
    assert "sole_role" not in {code for code, _, _ in codes(town(), gone(town(), "wout_wacht"))}


def test_a_holder_needs_a_role_that_can_follow_up() -> None:
    after = staff_edits.with_holding(
        town().staffing, Holding("woonloket", "", "ilse_verbeke", ("nele_lambrecht",), "karin_thijs")
    )
    assert codes(town(), after) == [("cannot_carry", "woonloket", "")]


@pytest.mark.parametrize(
    ("holding", "code"),
    [
        (Holding("woonloket", "", "bram_de_coster", ("bram_de_coster",), "karin_thijs"), "twice"),
        (
            Holding("woonloket", "", "bram_de_coster", ("joris_maes", "joris_maes"), "karin_thijs"),
            "twice",
        ),
        (Holding("woonloket", "", "bram_de_coster", ("joris_maes",)), "no_owner"),
    ],
)
def test_a_chain_without_circle_and_with_an_end(holding: Holding, code: str) -> None:
    assert codes(town(), staff_edits.with_holding(town().staffing, holding)) == [(code, "woonloket", "")]


def test_a_neighbourhood_may_go_and_the_default_may_not() -> None:
    staffing = town().staffing
    assert codes(town(), staff_edits.without_holding(staffing, "buurtzorgregisseur", "oosthoek")) == []
    assert codes(town(), staff_edits.without_holding(staffing, "buurtzorgregisseur", "")) == [
        ("no_default", "buurtzorgregisseur", "")
    ]
    assert codes(town(), staff_edits.without_holding(staffing, "woonloket", "")) == [
        ("no_holding", "woonloket", "")
    ]


def test_an_absence_is_fine_while_the_substitute_is_there() -> None:
    after = staff_edits.with_absence(town().staffing, away("joris_maes", "2026-11-16", "2026-11-20"))
    assert codes(town(), after) == []


def test_the_only_substitute_away_at_the_same_time_leaves_a_hole_of_those_days() -> None:
    before = town(away("nele_lambrecht", "2026-11-18", "2026-11-27", "bram_de_coster"))
    after = staff_edits.with_absence(before.staffing, away("joris_maes", "2026-11-16", "2026-11-20"))
    found = asked(before, after)
    assert [(item.code, item.person, item.point, item.start, item.end) for item in found] == [
        ("nobody_there", "joris_maes", "aanspreekpunt_65plus", "2026-11-18", "2026-11-20")
    ]
    named = staff_edits.with_absence(
        before.staffing, away("joris_maes", "2026-11-16", "2026-11-20", "bram_de_coster")
    )
    assert codes(before, named) == []


def test_a_replacement_who_is_away_too_is_refused_unless_replaced_in_turn() -> None:
    alone = town(away("bram_de_coster", "2026-11-16", "2026-11-17"))
    joris = away("joris_maes", "2026-11-16", "2026-11-20", "bram_de_coster")
    assert ("replacement_away", "", "") in codes(alone, staff_edits.with_absence(alone.staffing, joris))
    chained = town(away("bram_de_coster", "2026-11-16", "2026-11-17", "nele_lambrecht"))
    assert codes(chained, staff_edits.with_absence(chained.staffing, joris)) == []


def test_two_who_replace_each_other_are_a_circle() -> None:
    before = town(away("bram_de_coster", "2026-11-16", "2026-11-17", "joris_maes"))
    after = staff_edits.with_absence(
        before.staffing, away("joris_maes", "2026-11-17", "2026-11-20", "bram_de_coster")
    )
    assert "circle" in {code for code, _, _ in codes(before, after)}


def test_days_on_which_nobody_works_make_no_hole() -> None:
    before = town(away("nele_lambrecht", "2026-11-14", "2026-11-15", "bram_de_coster"))
    after = staff_edits.with_absence(before.staffing, away("joris_maes", "2026-11-14", "2026-11-15"))
    assert codes(before, after) == []


def test_open_work_of_somebody_away_is_heard_by_somebody() -> None:
    lonely = {"ilse_verbeke": OpenWork(0, 1, frozenset({("dpo_post", "")}))}
    after = staff_edits.with_absence(town().staffing, away("ilse_verbeke", "2026-11-16", "2026-11-17"))
    assert codes(town(), after, lonely) == [("unheard", "", "")]


WEEKS = (
    duty("wout_wacht", "2026-11-09T08:30", "2026-11-16T08:30"),
    duty("nele_lambrecht", "2026-11-16T08:30", "2026-11-23T08:30"),
    duty("wout_wacht", "2026-11-23T08:30", "2026-11-30T08:30"),
)


def test_a_roster_may_end_and_may_not_break() -> None:
    before = town(duties=WEEKS)
    assert codes(before, staff_edits.with_duties(before.staffing, "wachtdienst", WEEKS[:2])) == []
    found = asked(before, staff_edits.with_duties(before.staffing, "wachtdienst", WEEKS[::2]))
    assert [(item.code, item.start, item.end) for item in found] == [
        ("roster_gap", at("2026-11-16T08:30").isoformat(), at("2026-11-23T08:30").isoformat())
    ]


def test_a_roster_that_goes_on_later_leaves_a_gap() -> None:
    before = town(duties=WEEKS[:1])
    found = asked(before, staff_edits.with_duties(before.staffing, "wachtdienst", WEEKS[::2]))
    assert [item.code for item in found] == ["roster_gap"]
    old_gap = town(duties=WEEKS[::2])
    assert codes(old_gap, old_gap.staffing) == []


def test_who_leaves_or_is_away_while_on_duty_must_be_replaced() -> None:
    before = town(duties=WEEKS)
    left = {item.code for item in asked(before, gone(before, "wout_wacht"))}
    assert "roster_gap" in left
    away_then = away("nele_lambrecht", "2026-11-18", "2026-11-19")
    assert ("duty_away", "wachtdienst", "") in codes(
        before, staff_edits.with_absence(before.staffing, away_then)
    )
    replaced = replace(away_then, replacement="joris_maes")
    assert codes(before, staff_edits.with_absence(before.staffing, replaced)) == []


def test_what_is_over_is_no_longer_judged() -> None:
    before = town(away("nele_lambrecht", "2026-10-01", "2026-10-20"))
    past = away("joris_maes", "2026-10-02", date(2026, 10, 3).isoformat(), "nele_lambrecht")
    assert codes(before, staff_edits.with_absence(before.staffing, past)) == []
