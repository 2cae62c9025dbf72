"""What does a report count of the streets of a register? Each is a row: somebody named it in a case, or nobody did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.definitions.expressions.scope import NO, YES
from app.definitions.model.forms import FieldType, Form
from app.definitions.model.reports import COVERED, RECEIVED, Report
from app.engine.model.people import Calendar
from app.engine.reported import Told, lines_of_rows
from app.engine.streets import fold
from app.engine.values.choices import street_of
from app.reporting.rows import Monthly

Street = tuple[str, str]
"""Neighbourhood (``""``: any) and name."""


def covered(register: Sequence[Street], named: Iterable[Street]) -> dict[Street, bool]:
    """Of each street whether somebody named it: in its own neighbourhood, or without saying where it lies."""
    known = {(place, fold(name)) for place, name in named}
    return {(place, name): bool({(place, fold(name)), ("", fold(name))} & known) for place, name in register}


def named_in(case: Told) -> Iterator[Street]:
    """The streets that a case names."""
    for field in case.form.fields():
        given = case.answers.get(field.id)
        if field.type is FieldType.STREET and isinstance(given, tuple):
            yield from (street_of(str(text)) for text in given)


def lines(report: Report, calendar: Calendar, today: date, found: Mapping[Street, bool]) -> Iterator[Monthly]:
    """The lines of the streets; ``where`` was judged on the cases."""
    form = Form(report.streets, "", ())
    for (place, _), there in found.items():
        street = Told(
            form, {}, {RECEIVED: today}, {"neighbourhood": place}, calendar, words=frozenset({YES, NO})
        )
        for line in lines_of_rows(replace(report, where=None), street, [{COVERED: YES if there else NO}]):
            yield f"{today:%Y-%m}", line
