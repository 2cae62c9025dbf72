"""Which texts with holes did somebody agree to, and with which words in them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.definitions.model.forms import Field, FieldType, Form
from app.engine import holes
from app.engine.model.answers import Answers, Consent, Value
from app.engine.values.given import Given

AGREED = (FieldType.CONSENT, FieldType.READ_RECEIPT)


def agreed(form: Form, values: Answers) -> Iterator[tuple[str, Field]]:
    """Every consent and read receipt whose text has holes, with its flat id; those in rows once a row."""
    for field in form.fields():
        if field.type is FieldType.REPEAT:
            rows = values.get(field.id)
            places = [str(number) for number in range(len(rows) if isinstance(rows, tuple) else 0)]
        else:
            places = list(field.rows.ids) if field.rows else []
        for child in (*field.fields, *field.each):
            if _open(child):
                yield from ((f"{field.id}.{place}.{child.id}", child) for place in places)
        if _open(field):
            yield field.id, field


def has_agreed(form: Form) -> bool:
    """Whether any text that is agreed to has holes."""
    return any(_open(item) for field in form.fields() for item in (field, *field.fields, *field.each))


def texts(form: Form, values: Answers, words: holes.Words, language: str = "nl") -> dict[str, str]:
    """Flat id -> the words that are agreed to, of everything ``agreed`` gives."""
    return {
        name: holes.fill(field.text, words, language, place=holes.place_of(name), address=form.address_form)
        for name, field in agreed(form, values)
    }


def with_texts(form: Form, given: Given, shown: Mapping[str, str], language: str = "nl") -> Given:
    """``given`` with the words that were shown in its consents; those without stood there by default."""
    filled = {**texts(form, given.values, {}, language), **shown}
    values: dict[str, Value] = dict(given.values)
    for name, text in filled.items():
        _put(values, name, text)
    return Given(values, given.errors, given.blank)


def consent_at(values: Answers, name: str) -> Consent | None:
    """The consent behind a flat id, also inside a row."""
    found = at(values, name)
    return found if isinstance(found, Consent) else None


def at(values: Answers, name: str) -> Value | None:
    """The value behind a flat id, also inside a row of a repeat (``afspraken.0.wat``)."""
    if name in values:
        return values[name]
    place, _, column = name.rpartition(".")
    repeat, _, number = place.rpartition(".")
    rows = values.get(repeat)
    if not isinstance(rows, tuple) or not number.isdecimal() or int(number) >= len(rows):
        return None
    row = rows[int(number)]
    return row.get(column) if isinstance(row, Mapping) else None


def _put(values: dict[str, Value], name: str, text: str) -> None:
    found = consent_at(values, name)
    if found is None:
        return
    if name in values:
        values[name] = Consent(found.given, text)
        return
    place, _, column = name.rpartition(".")
    repeat, _, number = place.rpartition(".")
    rows = values[repeat]
    assert isinstance(rows, tuple)  # noqa: S101 - consent_at looked inside it
    values[repeat] = tuple(
        {**row, column: Consent(found.given, text)}
        if index == int(number) and isinstance(row, Mapping)
        else row
        for index, row in enumerate(rows)
    )


def _open(field: Field) -> bool:
    return field.type in AGREED and bool(holes.HOLE.search(field.text))
