"""Has every problem words, and is the right word guessed?"""

from __future__ import annotations

import pytest

from app.definitions.model.source import Severity, Span
from app.definitions.problems import advice, cut, guess, problem, show, text_of


def test_a_problem_is_shown_with_its_place_code_and_message() -> None:
    found = problem("Y040", Span("formdefs/a.yaml", 3, 5), key="label")
    assert show(found) == "formdefs/a.yaml:3:5: Y040 Hier ontbreekt `label`."


def test_advice_does_not_stop_publication() -> None:
    assert advice("Y040", Span("a", 1, 1), key="x").severity is Severity.ADVICE


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("vandag", "vandaag"),
        ("Vandaag", "vandaag"),
        ("deze-week", "deze_week"),
        ("deze week", "deze_week"),
        ("qqq", ""),
    ],
)
def test_the_word_that_was_meant_is_guessed(wrong: str, right: str) -> None:
    assert guess(wrong, ["vandaag", "deze_week", "ja"]) == right


def test_what_an_author_wrote_is_shown_short_and_printable() -> None:
    assert cut("a\nb\x07\u202e c" + "x" * 100).startswith("a b c")
    assert len(cut("x" * 100)) == 60


def test_braces_in_what_an_author_wrote_do_no_harm() -> None:
    assert "{x}" in text_of(problem("Y051", Span("a", 1, 1), key="{x}", known="{y}"))[0]
