"""Is somebody shown who could be meant, with why, and somebody else not?"""

from __future__ import annotations

import pytest

from app.engine.likeness import SURE_ENOUGH, Likeness, Portrait, asked_of, index_of, likeness
from app.engine.model.answers import PartialDate
from app.engine.names import Name

MARIA = Portrait(Name("Maria", "Vandenbulcke"), PartialDate(1941, 5, 17), "oosthoek")


def _asked(whole: str, birth: PartialDate | None = None, place: str = "") -> Portrait:
    return Portrait(Name(whole=whole), birth, place)


def _found(asked: Portrait, known: Portrait = MARIA) -> Likeness | None:
    """As a search does it: first by the index, then opened and compared."""
    return likeness(asked, known) if asked_of(asked) & index_of(known) else None


@pytest.mark.parametrize(
    ("asked", "reasons"),
    [
        (_asked("Maria Vandenbulcke"), ("spelled",)),
        (_asked("van den bulke maria"), ("sounds",)),
        (_asked("Maria van den Bulke", PartialDate(1941)), ("sounds", "year")),
        (_asked("Vandenbulcke Maria", PartialDate(1941, 5, 17), "oosthoek"), ("spelled", "birth", "place")),
        (_asked("Maria Vandenbulcke", PartialDate(1941, 6, 2)), ("spelled", "other_day")),
        (_asked("Maria Vandenbulcke", PartialDate(1940)), ("spelled", "near_year")),
        (_asked("Vandenbulke", PartialDate(1941)), ("part", "year")),
        (_asked("Vandenbulke", place="oosthoek"), ("part", "place")),
        (_asked("Mia Vandenbulcke", PartialDate(1941)), ("part", "year")),
        (_asked("Mario Vandenbilke", PartialDate(1941)), ("near", "year")),
    ],
)
def test_who_could_be_meant_is_shown_with_why(asked: Portrait, reasons: tuple[str, ...]) -> None:
    found = _found(asked)
    assert found is not None
    assert found.reasons == reasons


@pytest.mark.parametrize(
    "asked",
    [
        _asked("Maria Vandenbulcke", PartialDate(1950)),
        _asked("Vandenbulcke"),
        _asked("Maria"),
        _asked("Maria", place="statie"),
        _asked("Maria Janssens", PartialDate(1941)),
        _asked("Mario Vandenbilke"),
        _asked("Jozef Daelemans", PartialDate(1941), "oosthoek"),
        _asked(""),
    ],
)
def test_others_are_not(asked: Portrait) -> None:
    assert _found(asked) is None


def test_a_particle_that_was_not_heard_is_found_with_a_year() -> None:
    jolle = Portrait(Name("Godelieve", "'t Jolle"), PartialDate(1947))
    assert _found(_asked("Godelieve Jolle", PartialDate(1947)), jolle) == Likeness(70, ("part", "year"))
    assert _found(_asked("Godelieve Jolle"), jolle) is None


def test_nobody_leafs_through_everyone_of_one_family_name() -> None:
    assert not asked_of(_asked("Vandenbulcke")) & index_of(MARIA)


def test_more_signs_come_first_and_a_name_alone_is_sure_enough_to_ask() -> None:
    whole, year, part = (
        _found(asked)
        for asked in (
            _asked("Maria Vandenbulcke", PartialDate(1941)),
            _asked("Maria Van den Bulke", PartialDate(1941)),
            _asked("Vandenbulcke", PartialDate(1940)),
        )
    )
    assert whole
    assert year
    assert part
    assert whole.score > year.score > SURE_ENOUGH > part.score


def test_a_record_without_a_year_is_found_with_one_and_by_the_name_used() -> None:
    called = Portrait(Name(family="El Amrani", called="Fatima"))
    assert _found(_asked("Fatima Elamrani", PartialDate(1975)), called) == Likeness(80, ("sounds",))


def test_an_alias_is_a_whole_name() -> None:
    assert _found(_asked("els"), Portrait(Name(called="Els"))) == Likeness(100, ("spelled",))
    assert _found(_asked("Els"), Portrait(Name(family="Peeters", called="Els"))) is None
