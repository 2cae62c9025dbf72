"""Where does somebody on a list stand? Nobody is contacted after no or death, not too often, and never twice running in
the same part of the day.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.definitions.model.campaigns import Campaign
from app.engine import calendar
from app.engine.campaigns import OPEN, SILENT, Attempt, Part, Standing, next_of
from app.engine.model.people import Calendar
from tests.support.shipped import catalog

CAL = Calendar()
FIRST = date(2026, 11, 10)
MISSED = ("geen_antwoord", "bezet", "voicemail")
OUTCOMES = (
    *MISSED,
    *(
        "gesprek",
        "verkeerd_nummer",
        "wil_geen_oproep",
        "bel_terug",
        "overleden",
        "woonzorgcentrum",
        "verhuisd",
    ),
)


def winter() -> Campaign:
    """The shipped campaign."""
    return catalog().campaigns["winter_75plus"]


def tried(outcome: str, day: date = FIRST, part: Part = Part.MORNING, **more: object) -> Attempt:
    """One attempt."""
    return Attempt(day, part, outcome, **more)  # type: ignore[arg-type]


steps = st.lists(
    st.tuples(
        st.sampled_from(OUTCOMES),
        st.integers(0, 4),
        st.sampled_from(list(Part)),
        st.sampled_from(["", "nee", "wekelijks", "eenmalig"]),
    ),
    max_size=25,
)


def lived(campaign: Campaign, wanted: list[tuple[str, int, Part, str]]) -> list[Attempt]:
    """A life: each step is taken on the first moment that is allowed from so many days on, if there is one."""
    history: list[Attempt] = []
    day = FIRST
    for outcome, later, part, every in wanted:
        coming = next_of(campaign, history, CAL)
        if coming.standing not in OPEN:
            break
        day = max(day + timedelta(days=later), coming.day or day)
        parts = [part, *(item for item in Part if item is not part)]
        free = next((item for item in parts if coming.may(day, item)), None)
        assert free is not None, "somebody who is to be tried can be tried"
        on = day + timedelta(days=2) if outcome == "bel_terug" else None
        history.append(Attempt(day, free, outcome, on=on, every=every if outcome == "gesprek" else ""))
    return history


@settings(deadline=None)
@given(steps)
def test_nobody_is_tried_after_no_or_death_nor_too_often(wanted: list[tuple[str, int, Part, str]]) -> None:
    campaign = winter()
    history = lived(campaign, wanted)
    silent = {*campaign.opt_outs.refused, *campaign.opt_outs.deceased}
    assert not any(item.outcome in silent for item in history[:-1])
    before_talk = 0
    for item in history:
        before_talk = 0 if item.outcome in campaign.talk else before_talk + (item.outcome in MISSED)
        assert before_talk <= campaign.attempts.at_most + 1
    if not any(item.outcome in campaign.talk for item in history):
        assert sum(item.outcome in MISSED for item in history) <= campaign.attempts.at_most


@settings(deadline=None)
@given(steps)
def test_a_new_attempt_is_on_a_later_working_day_in_another_part(
    wanted: list[tuple[str, int, Part, str]],
) -> None:
    history = lived(winter(), wanted)
    for before, after in pairwise(history):
        if before.outcome in MISSED:
            assert after.part is not before.part
            assert after.day >= calendar.move(CAL, before.day, 1)


@settings(deadline=None)
@given(steps, st.sampled_from(["refused", "deceased"]))
def test_what_stops_elsewhere_stops_here(wanted: list[tuple[str, int, Part, str]], why: str) -> None:
    found = next_of(winter(), lived(winter(), wanted), CAL, stopped=why)
    assert found.standing in SILENT
    assert not any(found.may(FIRST + timedelta(days=n), part) for n in range(60) for part in Part)


def test_three_times_nobody_then_a_letter_then_nothing() -> None:
    campaign = winter()
    history = [
        tried("geen_antwoord"),
        tried("bezet", date(2026, 11, 12), Part.AFTERNOON),
        tried("voicemail", date(2026, 11, 13)),
    ]
    second = next_of(campaign, history[:1], CAL)
    assert (second.standing, second.day, second.other, second.number) == (
        Standing.WAITING,
        date(2026, 11, 12),  # 11 November is a holiday
        Part.MORNING,
        2,
    )
    assert next_of(campaign, history, CAL).standing is Standing.LETTER
    sent = Attempt(date(2026, 11, 16), Part.MORNING, letter=True)
    assert next_of(campaign, [*history, sent], CAL).standing is Standing.ENDED


def test_another_moment_is_kept_to() -> None:
    asked = tried("bel_terug", on=date(2026, 11, 20), at=Part.AFTERNOON)
    found = next_of(winter(), [asked], CAL)
    assert found.day == date(2026, 11, 20)
    assert not found.may(date(2026, 11, 20), Part.MORNING)
    assert found.may(date(2026, 11, 20), Part.AFTERNOON)


@pytest.mark.parametrize(
    ("every", "weeks", "day"),
    [("wekelijks", 0, "2026-11-17"), ("maandelijks", 0, "2026-12-10"), ("eenmalig", 3, "2026-12-01")],
)
def test_a_wish_for_more_is_planned_with_the_same_caller(every: str, weeks: int, day: str) -> None:
    found = next_of(winter(), [tried("gesprek", every=every, weeks=weeks, same=True)], CAL)
    assert (found.standing, found.day, found.same) == (Standing.RECURRING, date.fromisoformat(day), True)


def test_two_refusals_end_the_returning_calls() -> None:
    talk = tried("gesprek", every="wekelijks")
    once = [talk, tried("bel_terug", date(2026, 11, 17))]
    assert next_of(winter(), once, CAL).standing is Standing.RECURRING
    assert (
        next_of(winter(), [*once, tried("bel_terug", date(2026, 11, 24))], CAL).standing is Standing.REACHED
    )


def test_nobody_is_visited_before_the_letter_was_there_for_ten_working_days() -> None:
    visits = catalog().campaigns["huisbezoeken_65plus"]
    assert not next_of(visits, [], CAL).may(date(2027, 1, 4), Part.MORNING)
    sent = Attempt(date(2026, 11, 9), Part.MORNING, letter=True)
    assert next_of(visits, [sent], CAL).day == date(2026, 11, 24)
