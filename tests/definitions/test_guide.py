"""Is the guide whole, and is every example in it right?"""

from __future__ import annotations

import re

import pytest

from app.definitions import guide
from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.guide import Example
from app.definitions.model.forms import FieldType
from app.definitions.problems import show
from app.definitions.vocabulary_workflows import NODES
from app.texts import guide as chapters
from tests.support.guide_frames import framed

EXAMPLES = guide.examples()


def test_every_key_type_and_function_has_an_example() -> None:
    assert list(guide.unshown()) == []


def _name(item: Example) -> str:
    return f"{item.node}-{'-'.join(item.shows[:3])}"


@pytest.mark.parametrize("item", EXAMPLES, ids=_name)
def test_an_example_compiles_without_a_problem(item: Example) -> None:
    sources, staffing = framed(item.text)
    compiled = compile_sources(sources)
    assert [show(found) for found in compiled.problems] == []
    if staffing is not None:
        assert [show(found) for found in compile_staffing(staffing, compiled.catalog)[1]] == []


@pytest.mark.parametrize("item", EXAMPLES, ids=_name)
def test_an_example_shows_what_it_says_it_shows(item: Example) -> None:
    for name in item.shows:
        wanted = f"type: {name.removeprefix('type:')}" if name.startswith("type:") else name
        assert re.search(rf"\b{re.escape(wanted)}\b", item.text), f"{wanted} is not in the example"


def test_every_part_of_the_language_stands_on_a_page_of_the_reference() -> None:
    placed = [part for parts in guide.PARTS.values() for part in parts]
    assert sorted(placed) == sorted(set(NODES) - set(guide.SAME_AS))


def test_a_key_tells_what_may_stand_behind_it() -> None:
    deadline = next(key for key in guide.node_help("state").keys if key.name == "deadline")
    assert deadline.takes == ("een termijn, zoals 3 working days", "de sleutels van: een termijn op een dag")


def test_every_type_is_told_with_its_own_keys() -> None:
    told = {item.id: item for item in guide.types()}
    assert set(told) == {kind.value for kind in FieldType}
    assert "decimals" in told["decimal"].keys
    assert all(item.examples for item in told.values())


FENCES = [
    (name, number, mark.strip(), text)
    for name, chapter in chapters.read_all("chapters").items()
    for number, (mark, text) in enumerate(
        re.findall(r"^```yaml(.*)\n([\s\S]*?)^```", chapter, re.MULTILINE), 1
    )
]


@pytest.mark.parametrize(("name", "number", "mark", "text"), FENCES, ids=lambda part: str(part)[:20])
def test_what_a_chapter_writes_is_right_and_what_it_calls_wrong_is_wrong(
    name: str, number: int, mark: str, text: str
) -> None:
    sources, _ = framed(text.strip())
    problems = [show(found) for found in compile_sources(sources).problems]
    assert bool(problems) is (mark == "fout"), problems
