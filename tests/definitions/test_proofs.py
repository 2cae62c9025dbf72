"""What is said to be always or never true surely is; everything else is left in peace."""

from __future__ import annotations

import pytest

from app.definitions.compiler import compile_sources
from app.definitions.expressions import Scope, read, scope_of
from app.definitions.model.expressions import Condition, ValueType
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import NOWHERE
from app.definitions.proofs import always, covers_all, never
from tests.definitions.context_files import context


@pytest.fixture(scope="module")
def scope() -> Scope:
    return scope_of(compile_sources(context()).catalog.forms["vraag"].fields(), {"gesproken"})


def condition(text: str, scope: Scope) -> Condition:
    problems: list[object] = []
    made = read(ScalarNode(text, NOWHERE), scope, ValueType.BOOLEAN, problems)  # type: ignore[arg-type]
    assert problems == []
    assert made is not None
    return made


@pytest.mark.parametrize(
    "text",
    [
        "soort is geld and soort is wonen",
        "soort is geld and soort is not geld",
        "soort in [geld] and soort not in [geld, wonen]",
        "aantal > 5 and aantal < 5",
        "aantal >= 5 and aantal < 5",
        "age(dag) >= 65 and age(dag) < 18",
        "domeinen.wonen >= zorgen and domeinen.wonen < beter",
        'dag > date("2026-11-09") and dag < date("2026-01-01")',
        "akkoord and not akkoord",
        "answered(persoon.naam) and not answered(persoon.naam)",
        "soort is geld and (soort is wonen or aantal > 3) and aantal < 2",
    ],
)
def test_contradictions_are_never_true(text: str, scope: Scope) -> None:
    assert never(condition(text, scope))
    assert not always(condition(text, scope))


@pytest.mark.parametrize(
    "text",
    [
        "soort is geld or soort is not geld",
        "akkoord or not akkoord",
        "not (aantal > 5 and aantal < 3)",
        "aantal < 5 or not (aantal < 5)",
    ],
)
def test_tautologies_are_always_true(text: str, scope: Scope) -> None:
    assert always(condition(text, scope))
    assert not never(condition(text, scope))


@pytest.mark.parametrize(
    "text",
    [
        "soort is geld or soort is wonen",  # blank is neither
        "soort is not geld and soort is not wonen",  # blank
        "aantal < 5 or aantal >= 5",  # an ordering with a blank is false
        "aantal > 3 and aantal < 4",  # 3.5
        "aantal is 3 or aantal > 3",
        "aantal >= 5 and aantal <= 5",
        'dag > date("2026-01-01") and dag < date("2026-01-03")',
        'dag > date("2026-01-01") and dag < date("2027-01-01")',
        "domeinen.wonen >= beter and domeinen.wonen < zorgen",
        "domeinen.wonen is niet_besproken or domeinen.geld >= zorgen",
        "age(dag) >= 16 and age(dag) <= 25",
        "dringend is ja and soort is geld",
        "marked(gesproken) or not akkoord",
        "any(afspraken, answered(row.wat)) and not all(afspraken, answered(row.wat))",
        "count(afspraken) > 2 and count(afspraken) < 4",
        "buurt is ter_heide or buurt is centrum",
    ],
)
def test_what_can_be_true_and_can_be_false_is_left_in_peace(text: str, scope: Scope) -> None:
    made = condition(text, scope)
    assert not always(made)
    assert not never(made)


def test_complementary_conditions_cover_everything(scope: Scope) -> None:
    yes, no, other = (
        condition(text, scope) for text in ("dringend is ja", "dringend is not ja", "dringend is nee")
    )
    assert covers_all([yes, no])
    assert not covers_all([yes, other])
