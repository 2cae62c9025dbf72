"""What is said to be always or never true surely is; everything else is left in peace."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.definitions.compiler import compile_sources
from app.definitions.counterexamples import phrase
from app.definitions.expressions import Scope, read, scope_of
from app.definitions.model.expressions import Condition, ValueType
from app.definitions.model.forms import Form
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import NOWHERE
from app.definitions.proofs.requirements import Given
from app.definitions.proofs.space import Space
from app.definitions.proofs.spaces import Spaces
from tests.definitions.context_files import context


@pytest.fixture(scope="module")
def form() -> Form:
    return compile_sources(context()).catalog.forms["vraag"]


@pytest.fixture(scope="module")
def condition(form: Form) -> Callable[[str], Condition]:
    scope: Scope = scope_of(form.fields(), {"gesproken"})

    def made(text: str) -> Condition:
        problems: list[object] = []
        found = read(ScalarNode(text, NOWHERE), scope, ValueType.BOOLEAN, problems)  # type: ignore[arg-type]
        assert problems == []
        assert found is not None
        return found

    return made


def spaces(form: Form, *conditions: Condition, given: Given = Given.PAGE) -> Spaces:
    return Spaces([Space(form, [one.tree for one in conditions], given=given)])


@pytest.mark.parametrize(
    "text",
    [
        "soort is geld and soort is wonen",
        "soort is geld and soort is not geld",
        "soort in [geld] and soort not in [geld, wonen]",
        "aantal > 5 and aantal < 5",
        "aantal >= 5 and aantal < 5",
        "aantal > 3 and aantal < 4",  # a whole number
        "age(dag) >= 65 and age(dag) < 18",
        'age(dag) > 65 and dag > date("2026-01-01") and today < date("2027-01-01")',
        "dag < today - 30 and dag > today",
        "domeinen.wonen >= zorgen and domeinen.wonen < beter",
        'dag > date("2026-11-09") and dag < date("2026-01-01")',
        'dag > date("2026-01-01") and dag < date("2026-01-02")',
        "akkoord and not akkoord",
        "answered(persoon.naam) and not answered(persoon.naam)",
        "answered(persoon.roepnaam) and not answered(persoon.naam)",  # hidden means absent
        "answered(soms) and dringend is nee",
        "soort is geld and (soort is wonen or aantal > 3) and aantal < 2",
        "any(domeinen, row.score is zorgen) and not answered(domeinen)",
        "all(domeinen, row.score is zorgen) and domeinen.geld is goed",
        "count(domeinen, row.score is zorgen) > 2",
        "count(domeinen) >= 1 and not answered(domeinen)",
        "answered(worst(domeinen)) and all(domeinen, row.score is goed)",
        "any(afspraken, answered(row.wat)) and count(afspraken) < 1",
        "any(afspraken, answered(row.wat)) and all(afspraken, not answered(row.wat))",
        "count(afspraken) > 1 and count(afspraken, answered(row.wat)) > count(afspraken) and count(afspraken) < 0",
        "length(persoon.naam) > 3 and not answered(persoon.naam)",
        'persoon.naam is "An" and length(persoon.naam) > 2',
        "dag > ooit and ooit > dag",
        "answered(domeinen.wonen.nota) and domeinen.wonen is goed",
    ],
)
def test_contradictions_are_never_true(text: str, form: Form, condition: Callable[[str], Condition]) -> None:
    made = condition(text)
    assert spaces(form, made).never(made)
    assert not spaces(form, made).always(made)


@pytest.mark.parametrize(
    "text",
    [
        "soort is geld or soort is not geld",
        "akkoord or not akkoord",
        "not (aantal > 5 and aantal < 3)",
        "aantal < 5 or not (aantal < 5)",
        "aantal < 5 or aantal >= 5 or not answered(aantal)",
        "soort in [geld, wonen] or not answered(soort)",
        "any(afspraken, answered(row.wat)) or all(afspraken, not answered(row.wat))",
        "age(dag) >= 18 or age(dag) < 18 or not answered(dag)",
        "dag > ooit or dag <= ooit or not answered(dag) or not answered(ooit)",
    ],
)
def test_tautologies_are_always_true(text: str, form: Form, condition: Callable[[str], Condition]) -> None:
    made = condition(text)
    assert spaces(form, made).always(made)
    assert not spaces(form, made).never(made)


@pytest.mark.parametrize(
    "text",
    [
        "soort is geld or soort is wonen",  # blank is neither
        "soort is not geld and soort is not wonen",  # blank
        "aantal < 5 or aantal >= 5",  # an ordering with a blank is false
        "aantal is 3 or aantal > 3",
        "aantal >= 5 and aantal <= 5",
        "aantal * 2 > 10 and aantal < 3",  # left free
        "aantal + 1 > 10",
        'dag > date("2026-01-01") and dag < date("2026-01-03")',
        'dag > date("2026-01-01") and dag < date("2027-01-01")',
        'age(dag) > 65 and dag > date("2026-01-01")',  # some day it will be
        "domeinen.wonen >= beter and domeinen.wonen < zorgen",
        "domeinen.wonen is niet_besproken or domeinen.geld >= zorgen",
        "age(dag) >= 16 and age(dag) <= 25",
        "dringend is ja and soort is geld",
        "marked(gesproken) or not akkoord",
        "any(afspraken, answered(row.wat)) and not all(afspraken, answered(row.wat))",
        "count(afspraken) > 2 and count(afspraken) < 4",
        "any(afspraken, row.tegen > today) and any(afspraken, row.tegen < today)",
        "buurt is ter_heide or buurt is centrum",
        "length(persoon.naam) > 3",
        "dag > ooit and ooit > today",
        "count(domeinen, row.score is zorgen) is 2",
    ],
)
def test_what_can_be_true_and_can_be_false_is_left_in_peace(
    text: str, form: Form, condition: Callable[[str], Condition]
) -> None:
    made = condition(text)
    assert not spaces(form, made).always(made)
    assert not spaces(form, made).never(made)


def test_complementary_conditions_cover_everything(form: Form, condition: Callable[[str], Condition]) -> None:
    yes, no, other = (condition(text) for text in ("dringend is ja", "dringend is not ja", "dringend is nee"))
    asked = spaces(form, yes, no, other)
    assert asked.covers([yes, no])
    assert not asked.covers([yes, other])


def test_what_must_be_filled_in_is_only_so_once_it_is_submitted(
    form: Form, condition: Callable[[str], Condition]
) -> None:
    made = condition("answered(dag)")
    assert not spaces(form, made).always(made)
    assert spaces(form, made, given=Given.SUBMITTED).always(made)
    assert not spaces(form, made, given=Given.CARRIED).always(made)


def test_whom_nothing_covers_is_told_in_the_words_of_the_form(
    form: Form, condition: Callable[[str], Condition]
) -> None:
    some = [condition(text) for text in ("soort is geld", "domeinen.wonen < zorgen", "age(dag) < 65")]
    found = spaces(form, *some).uncovered([some[0], condition("not (soort is wonen)")])
    assert found is not None
    assert phrase(found.written()) == "bij 'Soort' 'Wonen' kiest"


def test_nobody_is_an_example_of_what_is_not_decided(
    form: Form, condition: Callable[[str], Condition]
) -> None:
    free = condition("aantal * 2 > 10")
    asked = spaces(form, free)
    assert not asked.covers([free])
    assert asked.uncovered([free]) is None
