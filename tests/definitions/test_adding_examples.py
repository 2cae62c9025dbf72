"""An example goes into a file without a letter of the rest changing, whatever is in it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.definitions.adding_examples import NoPlace, Plain, example_text, with_examples
from app.definitions.model.source import Source
from app.definitions.yaml_nodes import plain, read
from tests.support.shipped import sources

NEW: Mapping[str, Plain] = {
    "name": "Els belt: 'kan het ook morgen?'",
    "answers": {
        "persoon.geboorte": "1941",
        "zorgen": ["eenzaam"],
        "dringend": "nee",
        "nota": "eerste regel\n- tweede",
    },
    "at": "2026-11-09 09:40",
    "act": [{"action": "bereikt", "at": "2026-11-10 10:00", "answers": {"wijze": "bellen"}}],
    "expect": {"states": ["toegewezen", "in_opvolging"], "errors": []},
}
HEAD = "# de kaart\nform: kaart\ntitle: Kaart\n"
OLD = "examples:\n  # van An\n  - name: oud\n    at: 2026-11-09 09:40\n"


def examples(text: str) -> object:
    top, problems = read(Source("", text))
    assert top is not None
    assert not problems, problems
    found = top.get("examples")
    return plain(found) if found is not None else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        (OLD, ""),
        (OLD, "\n# de regels\nrules: []\n"),
        ("examples: []   # nog geen\n", "rules: []\n"),
        ("examples:\n", ""),
        ("examples:\n- name: oud\n  at: 2026-11-09 09:40\n", ""),
        ("examples:\n      -   name: oud\n          at: 2026-11-09 09:40\n", "rules: []\n"),
    ],
)
def test_it_stands_behind_the_others_and_the_rest_is_as_it_was(before: str, after: str) -> None:
    text = HEAD + before + after
    made = with_examples(text, [NEW])
    found = examples(made)
    assert isinstance(found, list)
    assert found[-1] == NEW
    assert [item["name"] for item in found[:-1]] == (["oud"] if "oud" in before else [])
    kept = made.splitlines()
    for line in text.splitlines():
        line = line.replace(" []", "") if line.startswith("examples") else line
        assert line in kept
        kept = kept[kept.index(line) + 1 :]
    assert made.endswith("\n")


def test_what_was_there_is_a_part_of_what_comes_out_to_the_letter() -> None:
    for source in sources():
        text = str(source.text)
        if source.path.startswith("formdefs/") and "examples:" in text:
            made = with_examples(text, [NEW])
            assert made.startswith(text) or made.replace(example_text(NEW), "", 1) == text


def test_line_ends_stay_what_they_are_and_a_missing_last_one_is_added() -> None:
    made = with_examples((HEAD + OLD).replace("\n", "\r\n").removesuffix("\r\n"), [NEW])
    assert made.count("\n") == made.count("\r\n")
    assert examples(made) is not None


@pytest.mark.parametrize(
    "text", ["form: [", "examples: {name: oud}\n", "examples: [{name: oud}]\n", "- a\n", ""]
)
def test_a_file_in_which_it_has_no_place_is_refused(text: str) -> None:
    with pytest.raises(NoPlace):
        with_examples(text, [NEW])


def test_short_answers_stand_on_one_line_and_long_ones_below_each_other() -> None:
    short = example_text({"name": "kort", "answers": {"a": "1", "b": ["x", "y"]}})
    assert short == "  - name: kort\n    answers: {a: 1, b: [x, y]}\n"
    long = example_text(
        {"name": "lang", "answers": {"a": "woord " * 20 + "einde", "b": "woord " * 20 + "einde"}}
    )
    assert [line[:9] for line in long.splitlines()[1:]] == ["    answe", "      a: ", "      b: "]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(bool), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["name", "answers", "at", "expect", "act"]), VALUES, min_size=1))
def test_whatever_somebody_typed_is_read_back_or_refused_and_never_something_else(
    example: dict[str, Plain],
) -> None:
    try:
        made = with_examples(HEAD + OLD, [example])
    except NoPlace:
        return
    found = examples(made)
    assert isinstance(found, list)
    assert found[1:] == [example]


@pytest.mark.parametrize(
    "typed",
    ["ja", "nee", "~", "null", "0400 00 00 05", "- punt", "a: b", "# geen", "{x}", "'", '"', "\\", "é€", "10:00", "x:",
     "\u00a0", "\u202e", "(", "!", "&a", "*a", "%", "@", "a\tb", " rand ", "2026-11-09", "=", "regel\n\nname: x"],
)  # fmt: skip
def test_texts_that_yaml_reads_otherwise_come_back_as_typed(typed: str) -> None:
    example: dict[str, Plain] = {"name": "x", "answers": {"a": typed, "b": [typed]}}
    found = examples(with_examples(HEAD + OLD, [example]))
    assert isinstance(found, list)
    assert found[1] == example
