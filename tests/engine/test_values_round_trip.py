"""Does every value of every type survive the store, the page and natural JSON?"""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.definitions.model.forms import Field, FieldType
from app.engine.values import (
    Rejected,
    codec_of,
    coerce,
    from_json,
    parts_of,
    posted_of,
    raw_of,
    read_back,
    read_json,
    read_posted,
    show,
    to_json,
)
from tests.support.fields import MOMENT, form_of, make, options

FIELDS: dict[str, Field] = {
    kind.value: make(kind.value) for kind in FieldType if kind not in {FieldType.REPEAT, FieldType.MATRIX}
} | {
    "choice": make("choice", options=options("a", "b")),
    "choices": make("choices", options=options("a", "b", "c")),
    "tags": make("tags", options=options("tuin", "koken")),
    "matrix": make("matrix", options=options("a", "b")),
    "scale_of_options": make("scale", options=options("laag", "hoog", ordered=True)),
    "decimal_3": make("decimal", decimals=3, unit="€"),
    "persons": make("person", many=True),
    "files": make("file", many=True),
    "consent": make("consent", text="Ik vind het goed."),
}
SEEDS = [
    "1941", "05/1941", "17/05/1941", "17 mei 2026", "14u30", "1 234,50", "1.234", "-0,5", "0472/12.34.56",
    "+31 6 1234", "1712", "an@voorbeeld.be", "85.07.30-033.28", "BE68 5390 0754 7034", "a", "b", "tuin",
    "ja", "nee", "niet_besproken", "ma.vm", "af_en_toe", "staff:joris:Joris", "resident",
    "staff::Jan: en Piet", "id/pdf/12/een/twee.pdf", "typed", "drawn", "M 1 2 L 3 4", "Kerkstraat",
    "12A bus 3", "8890", "oosthoek", "Zoe\u0308 't Jolle", "a,b;c\nd", "\r\n x ", "hoog", "True", "IBAN",
    "[]", "{}", "0", "٣",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(SEEDS), st.text(max_size=30), st.from_regex(r"[0-9 .,/:€+-]{1,14}", fullmatch=True)
)
RAW = st.lists(TEXTS, max_size=8)


@pytest.mark.parametrize("kind", FIELDS)
@settings(max_examples=60, deadline=None)
@given(raw=RAW)
@example(raw=["\ud800"])
@example(raw=["9" * 5000])
@example(raw=["1e999999"])
@example(raw=["a" * 100_000])
def test_any_text_is_read_or_rejected_and_never_anything_else(kind: str, raw: list[str]) -> None:
    field = FIELDS[kind]
    try:
        value = coerce(field, raw)
    except Rejected:
        return
    if value is None:
        return
    codec = codec_of(field)
    assert isinstance(show(field, value), str)
    assert coerce(field, raw_of(field, value)) == value
    for look in (codec.check and codec.check(value, MOMENT), codec.warn and codec.warn(value)):
        assert look is None or look[0]
    assert codec.load(json.loads(json.dumps(codec.dump(value)))) == value


@pytest.mark.parametrize("kind", [name for name in FIELDS if name not in {"matrix", "info"}])
@settings(max_examples=40, deadline=None)
@given(raw=RAW)
def test_a_form_survives_store_page_and_natural_json(kind: str, raw: list[str]) -> None:
    field = FIELDS[kind]
    form = form_of(field)
    try:
        value = coerce(field, raw)
    except Rejected:
        return
    if value is None:
        return
    answers = {field.id: value}
    stored = json.loads(json.dumps(to_json(form, answers)))
    assert from_json(form, stored) == answers
    assert read_posted(form, posted_of(form, answers)).values == answers
    assert read_json(form, stored).values == answers
    assert [line.id for line in read_back(form, answers)] == [field.id]


@settings(max_examples=60, deadline=None)
@given(
    data=st.dictionaries(
        st.sampled_from([*FIELDS, "vreemd", "rijen"]),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
            lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
            max_leaves=8,
        ),
        max_size=6,
    )
)
def test_any_json_is_read_or_gives_errors_never_an_exception(data: dict[str, object]) -> None:
    fields = [make(field.type.value, name, options=field.options) for name, field in FIELDS.items()]
    form = form_of(*fields, make("repeat", "rijen", fields=(make("text", "wat"), make("address", "adres"))))
    given = read_json(form, data)
    assert set(given.values) <= {*FIELDS, "rijen"}


def test_parts_name_the_inputs_of_a_composite() -> None:
    assert parts_of(make("address")) == ("street", "number", "box", "postcode", "town", "homeless", "free")
    assert parts_of(make("signature")) == ("way", "data")
    assert parts_of(make("text")) == ()
