"""Do sound expressions become the tree that was meant?"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.definitions.expressions import Named, Scope, merged, read
from app.definitions.expressions.functions import FUNCTIONS
from app.definitions.expressions.walking import fields_read, marks_read
from app.definitions.model.expressions import (
    Call,
    Compare,
    CompareOp,
    FieldRef,
    Literal,
    Member,
    OverRows,
    RowFacts,
    ValueType,
)
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import Problem, Source, Span
from app.definitions.yaml_nodes import read as read_yaml
from app.texts import has
from tests.support.expression_scope import SCOPE, tried

OPTION = ValueType.OPTION


def tree(text: str, expected: ValueType | None = ValueType.BOOLEAN) -> object:
    condition, problems = tried(text, expected)
    assert problems == []
    assert condition is not None
    return condition.tree


def test_a_bare_name_beside_a_choice_is_its_option() -> None:
    wanted = Compare(CompareOp.IS, FieldRef("dringend", OPTION), Literal("vandaag", OPTION))
    assert tree("dringend is vandaag") == wanted
    assert tree("dringend == vandaag") == wanted
    assert tree("dringend is option(vandaag)") == wanted


def test_an_option_wins_from_a_field_that_could_not_stand_there() -> None:
    assert tree("domeinen.wonen is zorgen") == Compare(
        CompareOp.IS, FieldRef("domeinen.wonen", OPTION), Literal("zorgen", OPTION)
    )


def test_where_a_field_would_fit_too_the_author_chooses() -> None:
    named = FieldRef("geldvraag", OPTION)
    assert tree("geldvraag is option(hulp)") == Compare(CompareOp.IS, named, Literal("hulp", OPTION))
    assert tree("geldvraag is field(hulp)") == Compare(CompareOp.IS, named, FieldRef("hulp", OPTION))


def test_options_of_a_choices_field_stand_before_in() -> None:
    choices = FieldRef("zorgen", ValueType.OPTIONS)
    assert tree("wonen in zorgen") == Member(Literal("wonen", OPTION), choices)
    assert tree("wonen not in zorgen") == Member(Literal("wonen", OPTION), choices, negated=True)


def test_an_ordering_of_options_carries_their_order_without_silent_ones() -> None:
    found = tree("domeinen.wonen >= kan_beter")
    assert isinstance(found, Compare)
    assert found.order == ("goed", "kan_beter", "zorgen", "dringend")


def test_worst_counts_from_the_second_option_or_from_the_one_that_is_named() -> None:
    for text, levels in (
        ("worst(domeinen)", ["kan_beter", "zorgen", "dringend"]),
        ("worst(domeinen, zorgen)", ["zorgen", "dringend"]),
    ):
        found = tree(text, ValueType.ROW)
        assert isinstance(found, Call)
        assert [getattr(item, "value", "") for item in getattr(found.args[2], "items", ())] == levels


def test_rows_of_a_matrix_carry_only_the_columns_that_are_used() -> None:
    found = tree("any(domeinen, row.contact_point is woonloket)")
    assert isinstance(found, OverRows)
    assert found.lines == (RowFacts("wonen", (("contact_point", "woonloket"),)), RowFacts("gezin"))


def test_a_bare_yes_no_field_means_yes_and_a_bare_consent_means_given() -> None:
    assert tree("kort") == Compare(CompareOp.IS, FieldRef("kort", OPTION), Literal("ja", OPTION))
    assert tree("akkoord") == FieldRef("akkoord", ValueType.BOOLEAN)


def test_a_computed_value_has_the_type_of_its_field() -> None:
    assert tree("bedrag * 2", ValueType.NUMBER)
    condition, problems = tried("bedrag * 2", ValueType.DATE)
    assert condition is None
    assert [found.code for found in problems] == ["T304"]


def test_negative_numbers_are_constants() -> None:
    assert tree("-1.50", ValueType.NUMBER) == Literal(Decimal("-1.50"), ValueType.NUMBER)


def test_folded_lines_read_as_one_expression() -> None:
    node, _ = read_yaml(Source("a.yaml", "show_if: >-\n  dringend is vandaag\n  or (akkoord\n  and kort)\n"))
    assert node is not None
    scalar = node.get("show_if")
    assert isinstance(scalar, ScalarNode)
    assert tree(scalar.text)


def test_row_is_known_only_inside_rows() -> None:
    assert tried("row.klaar", scope=SCOPE.inside("afspraken"))[0] is not None
    assert tried("row.klaar")[0] is None


def test_what_an_expression_reads_can_be_asked() -> None:
    found = tree(
        "age(persoon.geboorte) > 5 and any(afspraken, row.klaar) and marked(gesproken) and answered(reason)"
    )
    assert fields_read(found) == {"persoon.geboorte", "afspraken"}  # type: ignore[arg-type]
    assert marks_read(found) == {"gesproken"}  # type: ignore[arg-type]


def test_a_problem_inside_quotes_stands_at_its_own_column() -> None:
    problems: list[Problem] = []
    node, _ = read_yaml(Source("a.yaml", "if: \"naam is 'é' and bedrg > 1\"\n"))
    assert node is not None
    scalar = node.get("if")
    assert isinstance(scalar, ScalarNode)
    read(scalar, SCOPE, ValueType.BOOLEAN, problems)
    assert problems[0].span == Span("a.yaml", 1, 22)


def test_scopes_of_several_forms_add_up() -> None:
    one = Scope({"a": Named(OPTION, ("x",))}, frozenset({"m"}))
    two = Scope({"a": Named(OPTION, ("y",)), "b": Named(ValueType.NUMBER)})
    both = merged([one, two])
    assert both.fields["a"].options == ("x", "y")
    assert set(both.fields) == {"a", "b"}
    assert both.marks == {"m"}


def test_all_mistakes_of_an_expression_are_told_at_once() -> None:
    _, problems = tried("drngend is vandaag and bedrg > 1")
    assert [found.code for found in problems] == ["T201", "T201"]


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=list(FUNCTIONS))
def test_every_function_is_explained(function: object) -> None:
    assert has(getattr(function, "doc", ""))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 300 + "akkoord" + ")" * 300,
        "not " * 249 + "ja",
        "-" * 900 + "1",
        "a" + ".a" * 400,
        "1" + "+1" * 499,
    ],
)
def test_what_is_nested_too_deep_is_refused(text: str) -> None:
    _, problems = tried(text)
    assert [found.code for found in problems] == ["T103"]


def test_a_thousand_characters_are_enough() -> None:
    assert [found.code for found in tried("x" * 1001)[1]] == ["T101"]
    assert [found.code for found in tried("  ")[1]] == ["T104"]


@given(st.text(max_size=120))
@example("\ud800")
@example("\x00")
@example("()")
@example("ﬁ.ﬁ")
@example("'''")
@example("9" * 500)
def test_no_text_makes_the_parser_raise(text: str) -> None:
    condition, problems = tried(text, None)
    assert (condition is None) == bool(problems)


WORDS = r"""dringend zorgen bedrag datum akkoord kort domeinen afspraken row. row.klaar row.score vandaag wonen today
true is not in and or is_not == < >= + - * / ( ) [ ] , any( count( sum( worst( answered( age( field( option( date( min(
1 1.5 "x" '2026-11-09' . .. niet en of = # persoon.geboorte persoon gesproken marked( lambda x if else for é"""


@given(
    st.lists(st.sampled_from(re.split(r"\s+", WORDS)), max_size=18).map(" ".join),
    st.sampled_from([*ValueType, None]),
)
def test_no_words_of_the_language_make_the_checker_raise(text: str, expected: ValueType | None) -> None:
    condition, problems = tried(text, expected)
    assert (condition is None) == bool(problems)
    condition, problems = tried(text, expected, SCOPE.inside("afspraken"))
    assert (condition is None) == bool(problems)
