"""Does a reader take typed values, tell all that does not fit, and guess what was meant?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.definitions.model.forms import FormKind
from app.definitions.model.source import Problem, Source
from app.definitions.model.workflows import Duration, Unit
from app.definitions.problems import text_of
from app.definitions.yaml_nodes import read
from app.definitions.yaml_reader import Reader


def reader(text: str) -> Reader:
    problems: list[Problem] = []
    node, found = read(Source("a.yaml", text))
    assert not found
    assert node is not None
    return Reader(node, problems)


def codes(found: Reader) -> list[str]:
    return [f"{one.span.line}:{one.span.column}: {one.code}" for one in found.problems]


def test_values_are_typed_by_the_key_that_reads_them() -> None:
    form = reader(
        "required: ja\nmax: 12\nstep: 0.5\nkind: action\ndeadline: 1 working day\nof: [staff, partner]\nid: ter_heide"
    )
    assert form.boolean("required") is True
    assert form.integer("max", least=1, most=20) == 12
    assert form.decimal("step") == Decimal("0.5")
    assert form.enum("kind", FormKind, FormKind.CASE) is FormKind.ACTION
    assert form.duration("deadline") == Duration(1, Unit.WORKING_DAYS)
    assert form.words("of", ["staff", "partner", "resident"]) == ("staff", "partner")
    assert form.identifier("id") == "ter_heide"
    form.finish()
    assert form.problems == []


def test_what_is_absent_reads_as_its_default_and_is_told_only_when_required() -> None:
    form = reader("a: b")
    assert form.text("title", "Zonder titel") == "Zonder titel"
    assert form.integer("max") is None
    assert form.text("label", required=True) == ""
    assert codes(form) == ["1:1: Y040"]


@pytest.mark.parametrize(
    ("text", "take", "code"),
    [
        ("a: misschien", "boolean", "1:4: Y044"),
        ("a: veel", "integer", "1:4: Y045"),
        ("a: 1,5", "decimal", "1:4: Y048"),
        ("a: Ter Heide", "identifier", "1:4: Y046"),
        ("a: 3 dagen", "duration", "1:4: Y050"),
        ("a: [x]", "text", "1:4: Y041"),
        ("a:", "text", "1:3: Y042"),
        ("a: x", "reader", "1:4: Y043"),
        ("a: [x]", "entries", "1:4: Y043"),
    ],
)
def test_a_value_that_does_not_fit_is_told_at_its_place(text: str, take: str, code: str) -> None:
    form = reader(text)
    getattr(form, take)("a")
    assert codes(form) == [code]


def test_an_unknown_key_is_told_with_the_key_that_was_meant() -> None:
    form = reader("lable: Naam\nrequired: true")
    form.text("label")
    form.boolean("required")
    form.finish()
    assert codes(form) == ["1:1: Y051"]
    assert text_of(form.problems[0])[1].startswith("Bedoel je `label`?")


def test_a_wrong_word_names_the_words_that_are_possible() -> None:
    form = reader("kind: acton")
    assert form.one_of("kind", ["case", "action"]) == ""
    message, hint = text_of(form.problems[0])
    assert "acton" in message
    assert "action" in hint


def test_an_identifier_that_cannot_be_one_is_proposed() -> None:
    form = reader("field: Zoë's buurt")
    form.identifier("field")
    assert "`zoe_s_buurt`" in text_of(form.problems[0])[1]


def test_one_item_alone_counts_as_a_list_of_one() -> None:
    form = reader("audience: reception\nfields: {field: a}")
    assert form.texts("audience") == ("reception",)
    assert [child.text("field") for child in form.readers("fields")] == ["a"]


def test_what_yaml_already_refused_is_not_told_twice() -> None:
    problems: list[Problem] = []
    node, found = read(Source("a.yaml", "label: Kaart #1"))
    assert node is not None
    assert Reader(node, problems).text("label", required=True) == ""
    assert [one.code for one in found] == ["Y022"]
    assert problems == []
