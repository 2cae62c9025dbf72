"""Can a post set what its page did not offer: a hidden field, a field for others, a computed one? Every field of every
shipped form is tried."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.definitions.model.forms import Field, FieldType, Form
from app.engine import values
from app.engine.calendar import local
from app.engine.judge import judge
from app.engine.model.answers import Judgement
from tests.support.shipped import catalog, zandlede

T = FieldType
PLAIN: dict[FieldType, object] = {
    T.TEXT: "ingesmokkeld",
    T.LONG_TEXT: "ingesmokkeld",
    T.INTEGER: 7,
    T.DECIMAL: 7,
    T.DATE: "2026-11-30",
    T.PARTIAL_DATE: "1950",
    T.TIME: "10:00",
    T.EMAIL: "smokkel@zandlede.example",
    T.PHONE: "09 000 00 09",
    T.YES_NO: "ja",
    T.YES_NO_UNASKED: "ja",
    T.CONSENT: True,
    T.READ_RECEIPT: True,
    T.PERSON: "iemand",
    T.PARTNER: "iemand",
    T.NEIGHBOURHOOD: "oosthoek",
    T.ADDRESS: {"homeless": True},
}
FORMS = sorted(catalog().forms)


def _sample(field: Field) -> object:
    if field.options is not None and field.options.options:
        last = field.options.options[-1].id
        return [last] if field.type in {T.CHOICES, T.TAGS} else last
    return PLAIN.get(field.type)


def _posted(form: Form, told: dict[str, object]) -> Judgement:
    moment = local(zandlede().calendar, datetime.fromisoformat("2026-11-09T10:00:00+01:00"))
    return judge(form, values.read_json(form, told), moment, audience=next(iter(form.audience), ""))


@pytest.mark.parametrize("name", FORMS)
def test_what_is_not_on_the_page_cannot_be_set(name: str) -> None:
    """ASVS 2.2.2, 2.2.3, 15.3.3: a field that is hidden, for others or computed keeps its own value."""
    form = catalog().forms[name]
    for field in form.fields():
        sample = _sample(field)
        if sample is None:
            continue
        found, without = _posted(form, {field.id: sample}), _posted(form, {})
        if field.only_for or field.compute is not None or field.id not in found.visible:
            assert found.answers.get(field.id) == without.answers.get(field.id), field.id


def test_enough_was_tried() -> None:
    tried = [
        field.id
        for name in FORMS
        for field in catalog().forms[name].fields()
        if _sample(field) is not None and (field.only_for or field.compute or field.show_if)
    ]
    assert len(tried) >= 12, tried
