"""Does the server judge expressions as the language decides?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.definitions.expressions import as_json
from app.definitions.model.expressions import (
    Call,
    Compare,
    CompareOp,
    Condition,
    FieldRef,
    Literal,
    Member,
    ValueType,
)
from app.engine.evaluate import Facts, compile_condition, holds, value_of
from app.engine.expressions import numbers
from app.engine.model.answers import Address, Consent, FileRef, Moment, PersonRef, Signature
from tests.support.conformance import CASES, SCOPE, Case

NOW = datetime(2026, 11, 9, 8, 40, tzinfo=UTC)
MOMENT = Moment(NOW, date(2026, 11, 9))


def plain(value: object) -> object:
    """A value as the table writes it."""
    if isinstance(value, Decimal):
        return numbers.shown(value)
    return value.isoformat() if isinstance(value, date) else value


def facts_of(case: Case) -> Facts:
    """The case as the engine sees it."""
    moment = Moment(NOW, date.fromisoformat(case.today))
    return Facts(case.values(), moment, case.row, case.facts, frozenset(case.marks))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_server_agrees_with_the_table(case: Case) -> None:
    assert plain(value_of(case.condition(), facts_of(case))) == case.expect


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_tree_comes_back_from_json_and_judges_the_same(case: Case) -> None:
    condition = case.condition()
    again = replace(condition, tree=as_json.from_json(as_json.to_json(condition.tree)))
    assert again == condition
    assert plain(value_of(again, facts_of(case))) == case.expect


VALUES = st.one_of(st.none(), st.sampled_from(["ja", "nee", "weg"]), st.just(""))


@given(VALUES, st.sampled_from(["ja", "nee"]))
def test_is_and_is_not_are_always_opposites(value: str | None, option: str) -> None:
    sides = FieldRef("veld", ValueType.OPTION), Literal(option, ValueType.OPTION)
    facts = Facts({"veld": value}, MOMENT)
    same = Condition("", Compare(CompareOp.IS, *sides), ValueType.BOOLEAN)
    other = Condition("", Compare(CompareOp.IS_NOT, *sides), ValueType.BOOLEAN)
    assert holds(same, facts) is not holds(other, facts)


@given(
    st.one_of(st.none(), st.lists(st.sampled_from(["a", "b", "c"])).map(tuple)), st.sampled_from(["a", "b"])
)
def test_in_and_not_in_are_always_opposites(value: tuple[str, ...] | None, option: str) -> None:
    sides = Literal(option, ValueType.OPTION), FieldRef("veld", ValueType.OPTIONS)
    facts = Facts({"veld": value}, MOMENT)
    within = Condition("", Member(*sides), ValueType.BOOLEAN)
    without = Condition("", Member(*sides, negated=True), ValueType.BOOLEAN)
    assert holds(within, facts) is not holds(without, facts)


MILLIONTHS = st.integers(-(10**21) + 1, 10**21 - 1)


@given(MILLIONTHS, MILLIONTHS)
def test_products_and_quotients_are_exact_to_the_millionth(left: int, right: int) -> None:
    one, other = (Decimal(number).scaleb(-6, numbers.EXACT) for number in (left, right))
    product = numbers.multiply(one, other)
    assert product is None or abs(int(product.scaleb(6)) * 10**6 - left * right) * 2 <= 10**6
    quotient = numbers.divide(one, other)
    assert quotient is None or abs(int(quotient.scaleb(6)) * right - left * 10**6) * 2 <= abs(right)


ANYTHING = st.one_of(
    st.none(), st.text(max_size=5), st.integers(), st.booleans(), st.dates(), st.decimals(),
    st.tuples(st.text(max_size=3)), st.just({"a": "b"}), st.just(Consent(True)), st.just(Address()),
)  # fmt: skip


@given(st.sampled_from(CASES), ANYTHING)
def test_no_answer_of_a_wrong_kind_makes_an_expression_raise(case: Case, value: object) -> None:
    answers = dict.fromkeys([*case.answers, *SCOPE.fields], value)
    facts = Facts(answers, MOMENT, dict.fromkeys(["score", "klaar"], value) if case.row else None)
    value_of(case.condition(), facts)


@pytest.mark.parametrize(
    ("value", "answered"),
    [
        (Address(), False),
        (Address(homeless=True), True),
        (Address(street="Kerkstraat"), True),
        (Signature("drawn", ""), False),
        (Signature("typed", "An"), True),
        (PersonRef("staff", "joris"), True),
        (FileRef("1", "brief.pdf", "pdf", 10), True),
        (Consent(False), False),
        ((), False),
    ],
)
def test_answered_looks_into_composite_answers(value: object, answered: bool) -> None:
    call = Call("answered", (FieldRef("veld", ValueType.OTHER),), ValueType.BOOLEAN)
    condition = Condition("answered(veld)", call, ValueType.BOOLEAN)
    assert holds(condition, Facts({"veld": value}, MOMENT)) is answered


def test_a_condition_is_compiled_once() -> None:
    condition = CASES[0].condition()
    assert compile_condition(condition) is compile_condition(condition)
