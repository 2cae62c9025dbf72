"""Does an id that was published once keep its meaning?"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.definitions.meanings import Ids, check, ids_of
from app.definitions.model.forms import FieldType, Form, Option
from app.definitions.problems import text_of
from tests.support.shipped import catalog

CARD = "doorverwijskaart"


def card(**changes: object) -> Form:
    """The card with its field `dringend` changed."""
    form = catalog().forms[CARD]
    sections = tuple(
        replace(
            section,
            fields=tuple(
                replace(item, **changes) if item.id == "dringend" else item  # type: ignore[arg-type]
                for item in section.fields
            ),
        )
        for section in form.sections
    )
    return replace(form, sections=sections)


def with_label(label: str) -> Form:
    field = catalog().forms[CARD].field("dringend")
    assert field is not None
    assert field.options is not None
    first, *others = field.options.options
    return card(options=replace(field.options, options=(Option(first.id, label), *others)))


def without_first() -> Form:
    field = catalog().forms[CARD].field("dringend")
    assert field is not None
    assert field.options is not None
    return card(options=replace(field.options, options=field.options.options[1:]))


def stored(form: Form) -> Ids:
    """As a database gives it back."""
    found: Ids = json.loads(json.dumps(ids_of(form)))
    return found


def found(form: Form, *earlier: Form) -> list[tuple[str, str]]:
    return [(item.code, str(item.severity)) for item in check(form, [stored(before) for before in earlier])]


def test_nothing_is_said_of_what_stays_or_is_the_first_version() -> None:
    assert found(card()) == []
    assert found(card(), card()) == []


def test_a_field_that_comes_back_as_something_else_is_refused_even_after_a_gap() -> None:
    other = card(type=FieldType.LONG_TEXT, options=None)
    empty = replace(card(), sections=())
    assert found(other, card()) == [("V901", "error")]
    assert found(other, empty, card()) == [("V901", "error")]


@pytest.mark.parametrize(
    ("was", "now"), [(FieldType.CHOICE, FieldType.CHOICES), (FieldType.CHOICES, FieldType.CHOICE)]
)
def test_types_that_are_counted_alike_may_change_places(was: FieldType, now: FieldType) -> None:
    assert found(card(type=now), card(type=was)) == []


def test_an_option_in_other_words_is_advice_and_one_that_comes_back_in_other_words_is_refused() -> None:
    assert found(with_label("Zeker niet"), card()) == [("V903", "advice")]
    assert found(with_label("Zeker niet"), without_first(), card()) == [("V902", "error")]
    assert found(card(), without_first(), card()) == []


def test_a_correction_of_spelling_is_no_other_meaning() -> None:
    assert found(with_label("JA."), with_label("ja")) == []


def test_a_reason_of_a_process_keeps_its_meaning_too() -> None:
    flow = catalog().workflows["wettelijke_termijn"]
    end = flow.states["afgesloten"]
    assert end.reasons is not None
    first, *others = end.reasons.options
    reasons = replace(end.reasons, options=(replace(first, label="Iets anders"), *others))
    changed = replace(flow, states={**flow.states, "afgesloten": replace(end, reasons=reasons)})
    (advice,) = check(changed, [ids_of(flow)])
    message, hint = text_of(advice)
    assert "Iets anders" in message
    assert f"{first.id}_2" in hint
