"""A number on paper: every slip of one digit or of two neighbours is seen, and a swap is undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import card_numbers

PATTERN = "DVK-{year}-{seq}"
places = st.integers(min_value=1, max_value=99999)


def test_a_number_shows_its_series_that_it_is_paper_and_a_check_digit() -> None:
    assert card_numbers.printed(PATTERN, 2026, 417) == "DVK-2026-P0417-5"
    assert card_numbers.printed("K-{seq}", 2026, 12345).startswith("K-P12345-")


@given(places, st.data())
def test_one_wrong_digit_is_always_seen(place: int, data: st.DataObject) -> None:
    number = card_numbers.printed(PATTERN, 2026, place)
    at = data.draw(st.sampled_from([at for at, sign in enumerate(number) if sign.isdigit()]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[at]]))
    assert card_numbers.is_right(number)
    assert not card_numbers.is_right(number[:at] + other + number[at + 1 :])


@given(places, st.data())
def test_two_neighbours_that_changed_places_are_seen_and_put_back(place: int, data: st.DataObject) -> None:
    number = card_numbers.printed(PATTERN, 2026, place)
    digits = [at for at, sign in enumerate(number) if sign.isdigit()]
    first = data.draw(st.integers(min_value=0, max_value=len(digits) - 2))
    signs = list(number)
    one, other = digits[first], digits[first + 1]
    signs[one], signs[other] = signs[other], signs[one]
    typed = "".join(signs)
    if typed != number:
        assert not card_numbers.is_right(typed)
        assert number in card_numbers.swapped(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "dvk-2026-p0417-5",
        " DVK 2026-P0417–5 ".replace("K 2", "K-2"),
        "https://zandlede.example/k/DVK-2026-P0417-5-abcdefgh2345",
        "https://zandlede.example/k/dvk-2026-p0417-5-ABCDEFGH2345?x=1",
    ],
)
def test_what_is_typed_or_scanned_becomes_the_number(typed: str) -> None:
    assert card_numbers.tidied(typed) == "DVK-2026-P0417-5"


def test_dashes_that_were_left_out_are_put_back() -> None:
    assert card_numbers.spelt(PATTERN, "DVK2026P04175") == "DVK-2026-P0417-5"
    assert card_numbers.spelt(PATTERN, "DVK-2026-P000-19") == "DVK-2026-P000-19"


def test_a_scanner_set_to_an_english_keyboard_is_understood_on_a_belgian_one() -> None:
    scanned = "httpsM==wqndlede:exq,ple=k=DVK)éàé§)Pà'&è)()qbcdefgh\"è,w"
    assert card_numbers.tidied(scanned) == "DVK-2026-P0417-5"
    assert card_numbers.tidied("DVK)éàé§)Pà'&è)(") == "DVK-2026-P0417-5"


def test_a_number_of_a_case_is_none_of_paper() -> None:
    assert card_numbers.is_printed(PATTERN, "DVK-2026-P0417-0")
    assert not card_numbers.is_printed(PATTERN, "DVK-2026-00417")
    assert not card_numbers.is_printed(PATTERN, "BI-2026-P0417-5")
