"""Sound examples give no problem, wrong ones exactly the problem they are an example of."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.definitions.compiler import compile_sources
from app.definitions.model.source import Problem, Source
from app.definitions.problems import show
from tests.definitions.context_files import HERE, context, problems_with

GOOD = sorted((HERE / "good").glob("*.yaml"))
GOOD_SETS = sorted(path for path in (HERE / "good").iterdir() if path.is_dir())
BAD = sorted((HERE / "bad").glob("*.yaml"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_sound_example_gives_no_problem(path: Path) -> None:
    assert [show(found) for found in problems_with(path)] == []


@pytest.mark.parametrize("folder", GOOD_SETS, ids=lambda path: path.name)
def test_a_sound_set_gives_no_problem(folder: Path) -> None:
    sources = [
        Source(path.relative_to(folder).as_posix(), path.read_text())
        for path in sorted(folder.rglob("*.yaml"))
    ]
    assert [show(found) for found in compile_sources(sources).problems] == []


def test_the_context_itself_is_sound() -> None:
    assert [show(found) for found in compile_sources(context()).problems] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_wrong_example_gives_its_problem_and_no_other(path: Path) -> None:
    expected = path.read_text().splitlines()[0].removeprefix("# expect ").split()
    assert [_place(found) for found in problems_with(path)] == expected
    assert path.stem.split("_")[0] in {place.split(":")[-1] for place in expected}


def _place(found: Problem) -> str:
    return f"{found.span.line}:{found.span.column}:{found.code}"
