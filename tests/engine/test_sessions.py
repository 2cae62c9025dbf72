"""Never more seats than places, nobody passed over, and one call for who stays away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.definitions.model.sessions import Regulars
from app.engine.sessions import Came, Crowd, Seat, moving_up, seat, stayed_away, tally

CROWDS = st.builds(
    Crowd, st.none() | st.integers(0, 50), taken=st.integers(0, 60), waiting=st.integers(0, 20)
)
RULES = st.builds(
    lambda of, less, missed: Regulars(max(1, of - less), of, missed, "Bel", 3),
    st.integers(1, 8),
    st.integers(0, 7),
    st.integers(1, 4),
)
SEEN = st.lists(st.sampled_from(list(Came)), max_size=24)


@given(st.integers(0, 20), st.lists(st.sampled_from(["comes", "goes", "up"]), max_size=60), st.booleans())
def test_places_are_never_given_twice_and_nobody_is_passed_over(
    places: int, steps: list[str], may_wait: bool
) -> None:
    seated: list[int] = []
    waiting: list[int] = []
    for person, step in enumerate(steps):
        crowd = Crowd(places, len(seated), len(waiting))
        if step == "comes":
            got = seat(crowd, may_wait=may_wait)
            (seated if got is Seat.PLACED else waiting if got is Seat.WAITING else []).append(person)
            assert got is not Seat.PLACED or not waiting
        elif step == "goes" and seated:
            seated.pop()
        elif step == "up":
            n = moving_up(crowd)
            up, waiting = waiting[:n], waiting[n:]
            seated += up
        assert len(seated) <= places
        assert may_wait or not waiting
    assert waiting == sorted(waiting)


@given(CROWDS)
def test_moving_up_leaves_no_free_place_while_somebody_waits(crowd: Crowd) -> None:
    n = moving_up(crowd)
    assert 0 <= n <= crowd.waiting
    after = Crowd(crowd.places, crowd.taken + n, crowd.waiting - n)
    assert after.waiting == 0 or (after.places is not None and after.taken >= after.places)
    assert moving_up(after) == 0


@given(CROWDS)
def test_without_a_waiting_list_nobody_waits(crowd: Crowd) -> None:
    assert seat(crowd, may_wait=False) is not Seat.WAITING
    assert seat(crowd, may_wait=True) is not Seat.REFUSED


@given(RULES, SEEN)
def test_somebody_who_stays_away_is_told_of_once(rule: Regulars, history: list[Came]) -> None:
    told = [end for end in range(len(history) + 1) if stayed_away(rule, history[:end]) is not None]
    known = [came for came in history if came is not Came.UNKNOWN]
    runs = "".join(came[0] for came in known)  # p and a
    assert len({len([c for c in history[:end] if c is not Came.UNKNOWN]) for end in told}) <= runs.count("pa")
    for end in told:
        seen = [came for came in history[:end] if came is not Came.UNKNOWN]
        assert seen[-rule.missed :] == [Came.ABSENT] * rule.missed
        assert seen[: -rule.missed].count(Came.PRESENT) >= rule.came


@given(RULES, SEEN)
def test_who_came_last_time_did_not_stay_away(rule: Regulars, history: list[Came]) -> None:
    assert stayed_away(rule, [*history, Came.PRESENT]) is None


def test_three_of_four_then_twice_away() -> None:
    rule = Regulars(3, 4, 2, "Bel", 3)
    p, a, unknown = Came.PRESENT, Came.ABSENT, Came.UNKNOWN
    assert stayed_away(rule, [p, a, p, p, a, a]) == 3
    assert stayed_away(rule, [p, p, p, p, unknown, a, a]) == 4
    assert stayed_away(rule, [p, a, a, p, a, a]) is None  # no regular
    assert stayed_away(rule, [p, p, p, p, a, a, a]) is None  # told of before
    assert stayed_away(rule, [p, p, p, p, a]) is None


def test_answers_are_counted_by_option() -> None:
    assert tally([["gewoon"], ["gewoon", "suikerarm"], []]) == {"gewoon": 2, "suikerarm": 1}
