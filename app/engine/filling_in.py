"""What is the plainest answer to a field, and the fewest answers that a form accepts?

For examples that are made by the product: invented, recognisable as such, the same every time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from app.definitions.expressions.scope import AVAILABILITY
from app.definitions.model.forms import Field, FieldType, Form, OptionList
from app.engine.judge import judge
from app.engine.model.answers import Moment
from app.engine.values import read_json
from app.texts import say

Natural = dict[str, object]
"""Answers as an author writes them, by flat id."""
ROUNDS = 12
_PLAIN: Mapping[FieldType, object] = {
    FieldType.PARTIAL_DATE: "1980",
    FieldType.TIME: "10:00",
    FieldType.EMAIL: "iemand@zandlede.example",
    FieldType.PHONE: "09 000 00 01",
    FieldType.YES_NO: "nee",
    FieldType.YES_NO_UNASKED: "nee",
    FieldType.CONSENT: "true",
    FieldType.READ_RECEIPT: "true",
    FieldType.NATIONAL_NUMBER: "85.07.30-033.28",
    FieldType.IBAN: "BE68 5390 0754 7034",
    FieldType.ENTERPRISE_NUMBER: "0566.988.259",
}


def role_of(audience: str) -> frozenset[str]:
    """The role in which an audience fills a form in: it opens the ``only_for`` fields of an example."""
    return frozenset({audience}) - {"public", ""}


def accepted(
    form: Form, given: Mapping[str, object], moment: Moment, *, neighbourhood: str = "", audience: str = ""
) -> Natural:
    """``given`` with plain answers beside it, until the form has nothing more to ask or nothing helps."""
    found: Natural = dict(given)
    for _ in range(ROUNDS):
        errors = judge(
            form, read_json(form, found), moment, audience=audience, roles=role_of(audience)
        ).errors
        filled = {error.field: _answer_at(form, error.field, moment, neighbourhood) for error in errors}
        new = {
            name: value
            for name, value in filled.items()
            if value is not None and name not in found and "." not in _tail(form, name)
        }
        if not new:
            return found
        found |= new
    return found


def plain_answer(field: Field, moment: Moment, neighbourhood: str = "") -> object | None:
    """The plainest answer to a field; ``None`` where nothing can be made up (a file, another case)."""
    if field.type in _PLAIN:
        return _PLAIN[field.type]
    maker = _MAKERS.get(field.type)
    if maker is not None:
        return maker(field)
    if field.type is FieldType.DATE:
        return moment.today.isoformat()
    if field.type is FieldType.NEIGHBOURHOOD:
        return neighbourhood or None
    if field.type is FieldType.REPEAT:
        return _rows(field, moment, neighbourhood)
    return None


def _rows(field: Field, moment: Moment, neighbourhood: str) -> list[dict[str, object]]:
    """As few rows as there must be, each with what is required of it; where nothing is, with what can be said."""
    every = {item.id: plain_answer(item, moment, neighbourhood) for item in field.fields}
    said = {name: value for name, value in every.items() if value is not None}
    needed = {item.id for item in field.fields if item.required}
    row = {name: value for name, value in said.items() if name in needed} or dict(list(said.items())[-1:])
    return [dict(row) for _ in range(max(int(field.limits.min_number or 1), 1))]


def field_at(form: Form, name: str) -> Field | None:
    """The field that an answer of this flat id belongs to: of the form, or the matrix of a cell."""
    parts = name.split(".")
    return next(
        (
            field
            for length in range(len(parts), 0, -1)
            if (field := form.field(".".join(parts[:length]))) is not None
        ),
        None,
    )


def _tail(form: Form, name: str) -> str:
    """What of a flat id stands behind its field: a row, or a row and a column."""
    field = field_at(form, name)
    return name.removeprefix(field.id).removeprefix(".") if field is not None else name


def _answer_at(form: Form, name: str, moment: Moment, neighbourhood: str) -> object | None:
    field = field_at(form, name)
    if field is None:
        return None
    if field.type is FieldType.MATRIX:
        score = _option(field.options)
        rows = field.rows.ids if field.rows else ()
        return score if _tail(form, name) else dict.fromkeys(rows, score)
    return plain_answer(field, moment, neighbourhood)


def _option(options: OptionList | None) -> str | None:
    """The first option that says something."""
    known = options.options if options else ()
    return next((item.id for item in known if not item.silent and not item.opt_out), None)


def _text(field: Field) -> object:
    words = say("studio_trial.example.text")
    return words.ljust(field.limits.min_length or 0, ".")[: field.limits.max_length or None]


def _number(field: Field) -> object:
    least = field.limits.min_number
    return str(least if least is not None else min(Decimal(1), field.limits.max_number or Decimal(1)))


def _choices(field: Field) -> object | None:
    found = _option(field.options)
    return [found] if found is not None else None


def _tags(field: Field) -> object:
    return [_option(field.options) or say("studio_trial.example.text")]


def _person(field: Field) -> object:
    return next((kind for kind in field.of if kind != "resident"), "resident")


_MAKERS: Mapping[FieldType, Callable[[Field], object | None]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.INTEGER: _number,
    FieldType.DECIMAL: _number,
    FieldType.SCALE: _number,
    FieldType.CHOICE: lambda field: _option(field.options),
    FieldType.CHOICES: _choices,
    FieldType.TAGS: _tags,
    FieldType.PERSON: _person,
    FieldType.PARTNER: _text,
    FieldType.SESSION: lambda _: say("studio_trial.example.session"),
    FieldType.AVAILABILITY: lambda _: [AVAILABILITY[0]],
    FieldType.STREET: lambda _: [say("studio_trial.example.street")],
    FieldType.SIGNATURE: lambda _: {"way": "spoken", "data": say("studio_trial.example.text")},
    FieldType.ADDRESS: lambda _: {
        "street": say("studio_trial.example.street"),
        "number": "1",
        "postcode": "9000",
        "town": say("studio_trial.example.town"),
    },
}
