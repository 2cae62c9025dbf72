"""Is a number found however it was typed or heard?"""

from __future__ import annotations

import pytest

from app.engine.references import candidates

SERIES = ("DVK-{year}-{seq}", "BI-{year}-{seq}", "VRIJ-{seq}")
YEARS = (2026, 2025)


@pytest.mark.parametrize(
    "typed",
    ["DVK-2026-00417", "dvk 2026 417", "DVK–2026–00417", "dvk202600417", "dvk.2026/0417", " DVK 417"],
)
def test_dashes_case_and_noughts_do_not_count(typed: str) -> None:
    assert candidates(typed, SERIES, YEARS)[0] == "DVK-2026-00417"


def test_a_bare_number_may_be_of_any_series_and_year() -> None:
    assert set(candidates("417", SERIES, YEARS)) == {
        "DVK-2026-00417",
        "DVK-2025-00417",
        "BI-2026-00417",
        "BI-2025-00417",
        "VRIJ-00417",
    }


def test_letters_choose_the_series() -> None:
    assert candidates("bi 12", SERIES, (2026,)) == ("BI-2026-00012",)
    assert candidates("xyz 12", SERIES, YEARS) == ()


@pytest.mark.parametrize("typed", ["Maria", "", "-", "12 maart en 13 april", "1" * 40, "dvk-2026-00417-x"])
def test_other_words_are_no_number(typed: str) -> None:
    assert candidates(typed, SERIES, YEARS) == ()
