"""Answers written as an author would are read back as the same answers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from app.engine.model.answers import Answers, PersonRef
from app.engine.values import Rejected, coerce, read_json
from app.engine.values.natural import natural_of
from tests.engine.test_values_round_trip import FIELDS, RAW
from tests.support.fields import form_of, make, options

CARRIED = sorted(name for name in FIELDS if name not in {"matrix", "info"})


@pytest.mark.parametrize("kind", CARRIED)
@settings(max_examples=40, deadline=None)
@given(raw=RAW)
def test_every_value_survives(kind: str, raw: list[str]) -> None:
    field = FIELDS[kind]
    form = form_of(field)
    try:
        value = coerce(field, raw)
    except Rejected:
        return
    if value is not None:
        assert read_json(form, natural_of(form, {field.id: value})).values == {field.id: value}


def test_rows_are_mappings_and_a_signature_its_parts() -> None:
    form = form_of(
        make("repeat", "rijen", fields=(make("text", "wat"), make("person", "wie"))), make("signature")
    )
    rows: tuple[Answers, ...] = (
        {"wat": "Bellen", "wie": PersonRef("staff", "01ABC", "Joris")},
        {"wat": "Gaan"},
    )
    signature = coerce(make("signature"), ["typed", "Maria"])
    assert signature is not None
    answers: Answers = {"rijen": rows, make("signature").id: signature}
    found = natural_of(form, answers)
    assert found["rijen"] == [{"wat": "Bellen", "wie": "staff:01ABC:Joris"}, {"wat": "Gaan"}]
    assert read_json(form, found).values == answers


def test_what_is_kept_in_a_definition_names_nobody_who_works_here() -> None:
    form = form_of(make("person", many=True), make("person", "wie"))
    answers: Answers = {
        make("person").id: (PersonRef("staff", "01ABC", "Joris"), PersonRef("volunteer", "", "An")),
        "wie": PersonRef("staff", "01ABC", "Joris"),
    }
    assert natural_of(form, answers, kept=True) == {make("person").id: ["staff", "volunteer"], "wie": "staff"}


def test_a_default_is_not_written_down() -> None:
    field = make("choice", options=options("a", "b"), default="a")
    form = form_of(field)
    assert natural_of(form, {field.id: "a"}) == {}
    assert natural_of(form, {field.id: "b"}) == {field.id: "b"}
