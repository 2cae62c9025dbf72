"""What is told while typing, and does the button "bedoel je" mend it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.definitions import quick
from app.definitions.model.source import Problem, Source
from tests.definitions.context_files import HERE, problems_with

BAD = sorted((HERE / "bad").glob("*.yaml"))
GOOD = sorted((HERE / "good").glob("*.yaml"))


def guessed(path: Path) -> list[Problem]:
    """The problems of an example that know what was probably meant."""
    return [found for found in problems_with(path) if dict(found.params).get("guess")]


@pytest.mark.parametrize("path", [path for path in BAD if guessed(path)], ids=lambda path: path.stem)
def test_the_guess_mends_its_problem(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    for found in guessed(path):
        mend = quick.mend(found, lines)
        if mend is None:
            assert found.code == "S120"  # told at the head of the list, not where the word is
            continue
        mended = list(lines)
        old = mended[mend.line - 1]
        mended[mend.line - 1] = old[: mend.column - 1] + mend.text + old[mend.column - 1 + mend.length :]
        again = tmp_path / path.name
        again.write_text("\n".join(mended), encoding="utf-8")
        left = [(each.code, each.span.line, dict(each.params).get("guess")) for each in problems_with(again)]
        assert (found.code, found.span.line, mend.text) not in left


@pytest.mark.parametrize("path", [path for path in BAD if path.stem[0] in "YS"], ids=lambda path: path.stem)
def test_nothing_is_told_early_that_the_whole_check_does_not_tell(path: Path) -> None:
    early = {(found.code, found.span.line, found.span.column) for found in quick.check(_source(path))}
    whole = {(found.code, found.span.line, found.span.column) for found in problems_with(path)}
    assert early <= whole


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_sound_file_is_silent(path: Path) -> None:
    assert quick.check(_source(path)) == ()


def test_a_missing_key_and_a_wrong_type_are_told_while_typing() -> None:
    text = "form: a\ntitle: T\nsections:\n  - section: b\n    fields:\n      - {field: c, label: C, type: tekst}\n"
    found = quick.check(Source("formdefs/a.yaml", text))
    assert [(each.code, each.span.line) for each in found] == [("Y040", 4), ("S102", 6)]
    lines = text.split("\n")
    assert quick.length_at(found[1], lines) == len("tekst")
    assert quick.mend(found[1], lines) == quick.Mend(6, 36, 5, "text")


def test_a_file_that_says_nothing_is_told() -> None:
    assert [each.code for each in quick.check(Source("x.yaml", "wat: dan"))] == ["S100"]
    assert [each.code for each in quick.check(Source("formdefs/a.yaml", ""))] == ["Y006"]


def _source(path: Path) -> Source:
    return Source(path.name, path.read_text(encoding="utf-8"))
