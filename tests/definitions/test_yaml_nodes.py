"""Do nodes keep their places, and does nothing an author hands in make the reader fall over?"""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.definitions.model.nodes import MappingNode, ScalarNode, SequenceNode, Style
from app.definitions.model.source import Source, Span
from app.definitions.yaml_nodes import MAX_BYTES, MAX_NODES, read


def top(text: str) -> MappingNode:
    node, problems = read(Source("a.yaml", text))
    assert problems == []
    assert node is not None
    return node


def test_keys_and_values_have_places_counted_in_characters_from_one() -> None:
    node = top("é: ü\nform:\n  - één: twee\n")
    first, second = node.entries
    assert (first.span, first.value.span) == (Span("a.yaml", 1, 1), Span("a.yaml", 1, 4))
    assert isinstance(second.value, SequenceNode)
    inner = second.value.items[0]
    assert isinstance(inner, MappingNode)
    assert inner.entries[0].value.span == Span("a.yaml", 3, 10)


@pytest.mark.parametrize(
    ("text", "style", "place"),
    [
        ("a: bc", Style.PLAIN, Span("a.yaml", 1, 5)),
        ("a: 'bc'", Style.SINGLE, Span("a.yaml", 1, 6)),
        ('a: "bc"', Style.DOUBLE, Span("a.yaml", 1, 6)),
        ('a: "b\\u0063"', Style.DOUBLE, Span("a.yaml", 1, 4)),
        ("a: b\n  c", Style.PLAIN, Span("a.yaml", 1, 4)),
        ("a: |\n  bc", Style.LITERAL, Span("a.yaml", 1, 4)),
    ],
)
def test_a_character_has_a_column_only_where_the_text_stands_as_it_is(
    text: str, style: Style, place: Span
) -> None:
    value = top(text).get("a")
    assert isinstance(value, ScalarNode)
    assert value.style is style
    assert value.at(1) == place


def test_a_file_over_the_limit_is_refused_before_it_is_parsed() -> None:
    _, problems = read(Source("a.yaml", "a: " + "x" * MAX_BYTES))
    assert [found.code for found in problems] == ["Y001"]


def test_the_limit_counts_bytes_not_characters() -> None:
    _, problems = read(Source("a.yaml", "a: " + "é" * (MAX_BYTES // 2)))
    assert [found.code for found in problems] == ["Y001"]


def test_too_many_nodes_are_refused() -> None:
    _, problems = read(Source("a.yaml", "a: [" + "x, " * MAX_NODES + "x]"))
    assert [found.code for found in problems] == ["Y009"]


def test_a_duplicate_key_names_both_places() -> None:
    _, problems = read(Source("a.yaml", "a: 1\nb:\n  c: 1\n  c: 2\n"))
    assert dict(problems[0].params) == {"key": "c", "line": "3", "column": "3"}
    assert problems[0].span == Span("a.yaml", 4, 3)


def test_what_can_be_read_beside_a_mistake_is_read_on() -> None:
    node, problems = read(Source("a.yaml", "a: 1\na: 2\nlabel: Kaart #1\nb: {ja:Ja}\nc: d\n"))
    assert [found.code for found in problems] == ["Y015", "Y022", "Y032"]
    assert node is not None
    assert node.keys == ("a", "label", "b", "c")


def test_a_file_full_of_rubbish_gives_a_readable_number_of_problems() -> None:
    _, problems = read(Source("a.yaml", "a: \u200b\n" + "\u200b" * 5000))
    assert len(problems) <= 51


@given(st.text(max_size=200))
@example("a: \ud800")
@example("a: >5")
@example("\x00")
@example("? ")
@example("a: 'b\n\n: c")
@example("{" * 2000)
@example("- " * 2000)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    _, problems = read(Source("a.yaml", text))
    assert all(found.span.line >= 1 and found.span.column >= 1 for found in problems)


WORDS = """a label :_ : ↵ __ -_ ' " { } [ ] ,_ # _# | > &x *x !t % @ ⇥ any( ) _in_[ --- ?_ << é \\ ` >_5 {ja:Ja}"""
PIECES = st.lists(
    st.sampled_from([word.translate(str.maketrans("_↵⇥", " \n\t")) for word in WORDS.split(" ")]),
    max_size=25,
)


@given(PIECES.map("".join))
def test_no_yaml_like_text_makes_the_reader_raise(text: str) -> None:
    node, problems = read(Source("a.yaml", text))
    assert node is not None or problems


@given(st.binary(max_size=100))
def test_no_bytes_make_the_reader_raise(raw: bytes) -> None:
    read(Source("a.yaml", raw))
