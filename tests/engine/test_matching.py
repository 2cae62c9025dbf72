"""Does a suggestion say what fits and what does not, in an order that only the answers decide?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.definitions.model.matching import Matching, PartKind, ScorePart
from app.engine import matching_words
from app.engine.evaluate import Facts
from app.engine.matching import Candidate, Point, points_of, propose
from app.engine.matching_words import Words
from app.engine.model.answers import Answers, Moment, Value
from tests.support.shipped import catalog

NOW = datetime(2026, 11, 12, 10, tzinfo=UTC)
MOMENT = Moment(NOW, date(2026, 11, 12))
PLACES = {"statie": "Statie", "oosthoek": "Oosthoek"}
TALENTS = ("herstellen", "koken", "tuin", "luisteren", "talen")
NEEDS = ("rustig_tempo", "duidelijke_uitleg", "vervoer", "rolstoel")
HALF_DAYS = ("ma.vm", "do.nm", "do.av", "za.vm")
AHMAD: Answers = {
    "talenten": ("herstellen",),
    "wanneer": ("do.nm",),
    "buurt": "statie",
    "steun_nodig": ("duidelijke_uitleg", "vervoer"),
    "groep": "groep",
    "inkomen_statuut": "leefloon",
}
REPAIR: Answers = {
    "wat": "Meehelpen in het repaircafé",
    "organisatie": "Repaircafé Statie",
    "talenten": ("herstellen",),
    "wanneer": ("do.nm", "za.vm"),
    "buurt": "statie",
    "steun": ("duidelijke_uitleg", "rustig_tempo"),
    "samen": "groep",
    "plaatsen": 2,
}


def shipped() -> Matching:
    found = catalog().workflows["vrijwilligerstraject"].matching
    assert found is not None
    return found


def words() -> Words:
    forms = catalog().forms
    return Words(shipped(), forms["vrijwilligersintake"], forms["vrijwilligerstaak"], PLACES)


def task(name: str, *, since: int = 0, **more: object) -> Candidate:
    """A task like the repair café; ``since``: days it has been waiting; ``_taken`` and its like are the candidate's."""
    own: dict[str, object] = {key[1:]: more.pop(key) for key in list(more) if key.startswith("_")}
    answers: dict[str, Value] = {**REPAIR, **more}  # type: ignore[dict-item]
    return Candidate(name, answers, NOW - timedelta(days=since), **own)  # type: ignore[arg-type]


def names(mine: Answers, *candidates: Candidate, sensitive: bool = True) -> list[str]:
    found = propose(shipped(), mine, candidates, MOMENT, sensitive=sensitive)
    return [one.id for one in (*found.best, *found.rest)]


def test_what_fits_and_what_does_not_is_said_in_words() -> None:
    (found,) = propose(shipped(), AHMAD, [task("repair")], MOMENT, sensitive=True).best
    assert matching_words.fits(words(), found) == (
        "Talent: herstellen.",
        "Kan op donderdagnamiddag.",
        "Zelfde dorp of wijk.",
        "Deze steun is er: duidelijke uitleg of pictogrammen.",
        "Werkt graag zo.",
    )
    assert matching_words.lacks(words(), found) == ("Niet voorzien: vervoer.",)


def test_who_may_not_read_what_support_is_needed_sees_nothing_of_it() -> None:
    (found,) = propose(shipped(), AHMAD, [task("repair")], MOMENT, sensitive=False).best
    told = " ".join((*matching_words.fits(words(), found), *matching_words.lacks(words(), found)))
    assert "vervoer" not in told
    assert "uitleg" not in told


def test_a_place_without_an_entrance_is_left_out_and_only_who_may_read_it_hears_why() -> None:
    needs = {**AHMAD, "steun_nodig": ("rolstoel",)}
    seen = propose(shipped(), needs, [task("repair")], MOMENT, sensitive=True)
    hidden = propose(shipped(), needs, [task("repair")], MOMENT, sensitive=False)
    assert seen.best == hidden.best == ()
    assert matching_words.why_not(words(), seen.left_out[0]) == "Er is geen rolstoeltoegang."
    assert "rolstoel" not in matching_words.why_not(words(), hidden.left_out[0])


def test_full_declined_kept_and_past_tasks_are_left_out_with_the_reason() -> None:
    found = propose(
        shipped(),
        AHMAD,
        [
            task("full", _taken=2),
            task("declined", _barred="declined"),
            task("kept", _barred="kept"),
            task("past", tot=date(2026, 11, 11)),
        ],
        MOMENT,
        sensitive=True,
    )
    assert found.best == ()
    assert {one.id: matching_words.why_not(words(), one) for one in found.left_out} == {
        "past": "De taak is voorbij.",
        "declined": "Werd al voorgesteld en paste niet.",
        "full": "Alle plaatsen zijn ingenomen.",
        "kept": "Op maat gemaakt voor iemand anders.",
    }


def test_who_stays_in_the_own_village_gets_nothing_elsewhere() -> None:
    assert names({**AHMAD, "afstand": "dorp"}, task("far", buurt="oosthoek"), task("near")) == ["near"]
    assert names({**AHMAD, "afstand": "gemeente"}, task("far", buurt="oosthoek"), task("near")) == [
        "near",
        "far",
    ]


def test_what_was_made_for_somebody_comes_first_then_points_then_who_waits_longest() -> None:
    made = task("made", talenten=("koken",), _made=True)
    assert names(AHMAD, task("new"), made, task("old", since=30), task("less", wanneer=("ma.vm",))) == [
        "made",
        "old",
        "new",
        "less",
    ]


def test_at_most_five_are_proposed_and_the_others_are_kept_behind() -> None:
    found = propose(shipped(), AHMAD, [task(f"t{n}") for n in range(8)], MOMENT, sensitive=True)
    assert (len(found.best), len(found.rest)) == (5, 3)


def test_what_nothing_speaks_for_is_not_put_forward() -> None:
    found = propose(
        shipped(), {"talenten": ("koken",), "buurt": "oosthoek"}, [task("repair")], MOMENT, sensitive=True
    )
    assert (found.best, [one.id for one in found.rest]) == ((), ["repair"])


def test_many_talents_are_counted_and_named_up_to_a_point() -> None:
    every = ("luisteren", "koken", "tuin", "herstellen", "computer", "rijden")
    (found,) = propose(
        shipped(), {"talenten": every}, [task("all", talenten=every)], MOMENT, sensitive=True
    ).best
    assert found.parts[0].points == 9
    assert matching_words.fits(words(), found)[0] == "Talent: luisteren, koken, tuin en nog 3."


def test_what_the_other_side_told_in_confidence_counts_only_for_who_may_read_it() -> None:
    guarded = ScorePart(PartKind.OVERLAP, 3, "talenten", "talenten", guarded=True)
    rules = Matching("vrijwilligerstaak", ("open",), ("zoeken",), "voorstel", (guarded,))
    read, unread = (
        propose(rules, AHMAD, [task("repair", _readable=readable)], MOMENT, sensitive=True)
        for readable in (True, False)
    )
    assert [one.points for one in read.best] == [3]
    assert [(one.points, one.parts) for one in unread.rest] == [(0, ())]


UNHURRIED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no mistake of what is tested."""
SYMMETRIC = (
    ScorePart(PartKind.OVERLAP, 3, "talenten", "talenten"),
    ScorePart(PartKind.TIMES, 2, "wanneer", "wanneer"),
    ScorePart(PartKind.DISTANCE, 2, "buurt", "buurt"),
)


def chosen(options: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(options), unique=True).map(tuple)


SIDES = st.fixed_dictionaries(
    {"talenten": chosen(TALENTS), "wanneer": chosen(HALF_DAYS), "buurt": st.sampled_from(tuple(PLACES))}
)
TASKS = st.fixed_dictionaries(
    {
        "talenten": chosen(TALENTS),
        "wanneer": chosen(HALF_DAYS),
        "buurt": st.sampled_from(tuple(PLACES)),
        "steun": chosen(NEEDS),
        "plaatsen": st.integers(1, 3),
    }
)
OFFERS = st.fixed_dictionaries(
    {
        "talenten": chosen(TALENTS),
        "wanneer": chosen(HALF_DAYS),
        "buurt": st.sampled_from(tuple(PLACES)),
        "steun_nodig": chosen(NEEDS),
        "afstand": st.sampled_from(("straat", "dorp", "gemeente", "regio")),
    }
)


def total(mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> int:
    facts = Facts({}, MOMENT)
    return sum(one.points for one in points_of(enumerate(SYMMETRIC), mine, theirs, facts))


def candidates(tasks: list[dict[str, Value]]) -> list[Candidate]:
    return [Candidate(f"t{n}", answers, NOW, taken=n % 3) for n, answers in enumerate(tasks)]


@UNHURRIED
@given(SIDES, SIDES)
def test_what_both_share_counts_the_same_from_either_side(
    one: dict[str, Value], other: dict[str, Value]
) -> None:
    assert total(one, other) == total(other, one)


@UNHURRIED
@given(SIDES, SIDES, st.sampled_from(TALENTS), st.sampled_from(HALF_DAYS))
def test_telling_more_never_costs_points(
    one: dict[str, Value], other: dict[str, Value], talent: str, half_day: str
) -> None:
    more = {
        **one,
        "talenten": (*one["talenten"], talent),  # type: ignore[misc]
        "wanneer": (*one["wanneer"], half_day),  # type: ignore[misc]
    }
    assert total(more, other) >= total(one, other)


@UNHURRIED
@given(OFFERS, st.lists(TASKS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_in_which_tasks_are_found_decides_nothing(
    mine: dict[str, Value], tasks: list[dict[str, Value]], random: Random
) -> None:
    found = candidates(tasks)
    shuffled = list(found)
    random.shuffle(shuffled)
    once, again = (propose(shipped(), mine, some, MOMENT, sensitive=True) for some in (found, shuffled))
    assert once == again


@UNHURRIED
@given(OFFERS, st.lists(TASKS, max_size=8))
def test_nobody_is_proposed_what_is_full_too_far_or_cannot_be_entered(
    mine: dict[str, Value], tasks: list[dict[str, Value]]
) -> None:
    found = propose(shipped(), mine, candidates(tasks), MOMENT, sensitive=False)
    by_name = {one.id: one for one in candidates(tasks)}
    for one in (*found.best, *found.rest):
        theirs = by_name[one.id].answers
        assert one.free == int(str(theirs["plaatsen"])) - by_name[one.id].taken > 0
        assert mine["afstand"] not in ("straat", "dorp") or theirs["buurt"] == mine["buurt"]
        assert "rolstoel" not in mine["steun_nodig"] or "rolstoel" in theirs["steun"]  # type: ignore[operator]
    assert {one.id for one in (*found.best, *found.rest)} | {one.id for one in found.left_out} == set(by_name)


@UNHURRIED
@given(OFFERS, st.lists(TASKS, max_size=8), chosen(("rustig_tempo", "duidelijke_uitleg", "vervoer")))
def test_without_the_right_to_read_it_support_changes_nothing_that_is_seen(
    mine: dict[str, Value], tasks: list[dict[str, Value]], needs: tuple[str, ...]
) -> None:
    blank = {**mine, "steun_nodig": ()}
    once, again = (
        propose(shipped(), some, candidates(tasks), MOMENT, sensitive=False)
        for some in (blank, {**mine, "steun_nodig": needs})
    )
    assert once == again


@UNHURRIED
@given(TASKS, OFFERS, st.sampled_from(NEEDS))
def test_a_place_that_gives_more_support_never_falls_behind(
    theirs: dict[str, Value], mine: dict[str, Value], need: str
) -> None:
    def points(answers: dict[str, Value]) -> list[Point]:
        return list(points_of(enumerate(shipped().score), mine, answers, Facts({**mine}, MOMENT)))

    more = {**theirs, "steun": (*theirs["steun"], need)}  # type: ignore[misc]
    assert sum(one.points for one in points(more)) >= sum(one.points for one in points(theirs))
