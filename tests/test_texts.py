"""Is every problem said in both languages, with the same parameters?"""

from __future__ import annotations

import importlib
import re

import pytest

from app.definitions.problems import AREAS

HOLE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
EACH = [(area, code) for area in AREAS for code in importlib.import_module(f"app.texts.nl.{area}").TEXTS]


def _text(language: str, area: str, code: str) -> str:
    texts: dict[str, str] = importlib.import_module(f"app.texts.{language}.{area}").TEXTS
    return texts[code]


@pytest.mark.parametrize(("area", "code"), EACH, ids=lambda part: part)
def test_a_problem_is_said_in_english_with_what_is_said_in_dutch(area: str, code: str) -> None:
    dutch, english = (set(HOLE.findall(_text(language, area, code))) for language in ("nl", "en"))
    assert english == dutch


@pytest.mark.parametrize("area", AREAS)
def test_nothing_is_said_in_english_alone(area: str) -> None:
    dutch, english = (
        importlib.import_module(f"app.texts.{language}.{area}").TEXTS for language in ("nl", "en")
    )
    assert set(english) - set(dutch) == set()
