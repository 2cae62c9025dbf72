"""Which texts with holes did somebody agree to, and with which words in them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.definitions.model.forms import Field, FieldType, Form
from app.engine import consents, holes
from app.engine.model.answers import Answers
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
    values: Answers = given.values
    for name, text in filled.items():
        found = consents.at(values, name)
        if found is not None:
            values = consents.put(values, name, replace(found, text=text))
    return Given(values, given.errors, given.blank)


def _open(field: Field) -> bool:
    return field.type in AGREED and bool(holes.HOLE.search(field.text))
