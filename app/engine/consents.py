"""Which consents were given, until when do they hold, and what are the answers once one changed?

A consent goes by its flat id, also in a row: ``doorverwijzen.0.akkoord``. What became of it stands in the answer
itself, so that a condition, a page and a copy all read the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.definitions.model.consents import Holding
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.workflows import Workflow
from app.engine import calendar
from app.engine.model.answers import Answers, Consent, Value
from app.engine.model.cases import Case
from app.engine.model.people import Calendar

WITHDRAWN, EXPIRED = "withdrawn", "expired"
OWN_PAGE = "own_page"
WAYS = ("spoken", "paper", "screen", "written")
"""How somebody of the house heard that a consent goes on or ends; ``OWN_PAGE``: the person said so themselves."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One consent of a case: given, or given and over. ``until`` is the last day on which it holds, ``None`` where it
    does not end by itself; ``given_on`` the day it was given or renewed, of one that is over the day it was sent."""

    name: str
    field: Field
    consent: Consent
    given_on: date
    until: date | None = None


def called(field: Field) -> str:
    """What a consent is called: its label, or what is agreed to."""
    return field.label or field.text


def told(form: Form, answers: Answers) -> Iterator[tuple[str, Field, Consent]]:
    """Flat id, field and answer of every consent that was answered, in the order of the form."""
    for field in form.fields():
        value = answers.get(field.id)
        if field.type is FieldType.CONSENT and isinstance(value, Consent):
            yield field.id, field, value
        if field.type is FieldType.REPEAT and isinstance(value, tuple):
            yield from _in_rows(field, value)


def _in_rows(field: Field, rows: tuple[object, ...]) -> Iterator[tuple[str, Field, Consent]]:
    children = [child for child in field.fields if child.type is FieldType.CONSENT]
    for index, row in enumerate(rows):
        for child in children:
            value = row.get(child.id) if isinstance(row, Mapping) else None
            if isinstance(value, Consent):
                yield f"{field.id}.{index}.{child.id}", child, value


def given(form: Form, answers: Answers) -> Iterator[tuple[str, Field, Consent]]:
    """Those that stand."""
    return (item for item in told(form, answers) if item[2].given)


def standing(form: Form, answers: Answers, received: date, cal: Calendar) -> tuple[Standing, ...]:
    """Every consent that was ever given, with until when; ``received`` is the local day it was sent."""
    return tuple(
        Standing(
            name,
            field,
            consent,
            (consent.on if consent.given else None) or received,
            _until(form, answers, (field, consent), received, cal),
        )
        for name, field, consent in told(form, answers)
        if consent.given or consent.ended
    )


def of_case(form: Form, case: Case, now: datetime, cal: Calendar) -> tuple[Standing, ...]:
    """Every consent of a case that was ever given, with until when."""
    return standing(form, case.answers, calendar.local(cal, case.received_at or now).today, cal)


def _until(
    form: Form, answers: Answers, item: tuple[Field, Consent], received: date, cal: Calendar
) -> date | None:
    field, consent = item
    if consent.until is not None or field.holds is None:
        return consent.until
    asked = answers.get(field.holds.until) if field.holds.until else None
    if isinstance(asked, date):
        return asked
    return calendar.term_after(cal, received, field.holds.duration)


def carried(form: Form, workflow: Workflow) -> bool:
    """Whether a case only took its answers along from the case that it was opened beside: what somebody agreed to
    stands with that one."""
    return form.workflow != workflow.id


def terms(form: Form) -> dict[str, Holding]:
    """How long each consent of a form holds that ends by itself."""
    every = ((top, item) for top in form.fields() for item in (top, *top.fields))
    return {f"{top.id}.{item.id}": item.holds for top, item in every if item.holds is not None}


def column(name: str) -> str:
    """Its id without the number of its row: ``doorverwijzen.akkoord``."""
    return ".".join(part for part in name.split(".") if not part.isdecimal())


def at(answers: Answers, name: str) -> Consent | None:
    """The consent behind a flat id, also inside a row."""
    found = value_at(answers, name)
    return found if isinstance(found, Consent) else None


def value_at(answers: Answers, name: str) -> Value | None:
    """The value behind a flat id, also inside a row of a repeat (``afspraken.0.wat``)."""
    if name in answers:
        return answers[name]
    repeat, number, child = _place(name)
    rows = answers.get(repeat)
    if not isinstance(rows, tuple) or not number.isdecimal() or int(number) >= len(rows):
        return None
    row = rows[int(number)]
    return row.get(child) if isinstance(row, Mapping) else None


def put(answers: Answers, name: str, consent: Consent) -> dict[str, Value]:
    """The answers with this consent at a flat id where one is; as they are where none is."""
    found = dict(answers)
    if at(answers, name) is None:
        return found
    if name in found:
        found[name] = consent
        return found
    repeat, number, child = _place(name)
    rows = found[repeat]
    assert isinstance(rows, tuple)  # noqa: S101 - ``at`` looked inside it
    found[repeat] = tuple(
        {**row, child: consent} if str(index) == number and isinstance(row, Mapping) else row
        for index, row in enumerate(rows)
    )
    return found


def _place(name: str) -> tuple[str, str, str]:
    place, _, child = name.rpartition(".")
    repeat, _, number = place.rpartition(".")
    return repeat, number, child
