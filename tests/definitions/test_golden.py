"""Does every problem that can be told have an example, and does an author read what was agreed?"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from app.definitions.model.source import Problem, Severity
from app.definitions.problem_catalogue import CODE, SELF_EVIDENT, catalogue
from app.texts import has
from tests.definitions import golden

EXAMPLES = golden.examples()
ROOMS = [Path(__file__).parents[2] / "app" / room for room in ("definitions", "services")]
TELL = ("problem", "tell", "_tell", "advice", "advise", "Fault", "Problem")


def _calls() -> Iterator[tuple[str, str]]:
    """Every code that a line of code names, and by what call (``""``: in a table)."""
    for path in (path for room in ROOMS for path in room.rglob("*.py") if path.stem != "problem_catalogue"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {
            id(part): getattr(call.func, "attr", getattr(call.func, "id", ""))
            for call in ast.walk(tree)
            if isinstance(call, ast.Call)
            for argument in call.args
            for part in ast.walk(argument)
        }
        for part in ast.walk(tree):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and CODE.fullmatch(part.value):
                yield part.value, called.get(id(part), "")


CALLS = set(_calls())


def test_the_catalogue_is_what_the_passes_tell_and_nothing_else() -> None:
    assert sorted({code for code, _ in CALLS}) == sorted(catalogue())


def test_the_catalogue_says_what_stops_publication() -> None:
    advised = {code for code, call in CALLS if call in ("advice", "advise")}
    told = {code for code, call in CALLS if call in ("problem", "tell", "_tell", "Problem", "Fault")}
    assert {code for code, known in catalogue().items() if known.severity is Severity.ADVICE} == advised
    assert advised & told == set()


@pytest.mark.parametrize("code", catalogue())
def test_a_problem_has_words_in_both_languages_and_a_way_out(code: str) -> None:
    words = catalogue()[code].words
    for language in golden.LANGUAGES:
        assert has(words, language)
        assert has(f"{words}.hint", language) or code in SELF_EVIDENT


def test_what_has_no_hint_is_always_told_with_what_was_meant() -> None:
    told = [found for problems in _all_told() for found in problems if found.code in SELF_EVIDENT]
    assert {found.code for found in told} == SELF_EVIDENT
    silent = [found for found in told if not dict(found.params).get("guess")]
    assert [found for found in silent if not has(f"{catalogue()[found.code].words}.hint")] == []


def test_every_problem_has_an_example_in_which_it_is_told_as_the_catalogue_says() -> None:
    told = {(found.code, found.severity) for problems in _all_told() for found in problems}
    assert told == {(code, known.severity) for code, known in catalogue().items()}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_author_reads_this(name: str) -> None:
    problems = list(EXAMPLES[name]())
    code = re.match(r"[A-Z][0-9]{3}", name)
    assert problems
    assert code is None or code.group() in {found.code for found in problems}
    assert golden.as_text(problems) == _written(name)


def test_an_author_reads_this_of_a_wrong_expression() -> None:
    assert golden.traps_as_text() == _written("traps")


def test_no_golden_file_is_left_of_an_example_that_is_gone() -> None:
    assert {path.stem for path in golden.FOLDER.iterdir()} == {*EXAMPLES, "traps"}


def _all_told() -> Iterator[Iterable[Problem]]:
    tells: list[Callable[[], Iterable[Problem]]] = list(EXAMPLES.values())
    yield from (tell() for tell in tells)
    yield from golden.traps().values()


def _written(name: str) -> str:
    return (golden.FOLDER / f"{name}.txt").read_text(encoding="utf-8")
