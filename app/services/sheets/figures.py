"""What do the sheets that were released say together? The only reader of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.definitions.model.forms import Field, FieldType, Form
from app.engine.policy import Act, Actor
from app.reporting.overview import Table
from app.reporting.sheets import counted
from app.services.definitions.catalogs import live
from app.services.errors import NotFound
from app.services.permission import demand
from app.services.staff import staffing
from app.storage.database import transaction
from app.storage.repositories import sheet_rows

Data = Mapping[str, Any]
SEVERAL = frozenset({FieldType.CHOICES, FieldType.TAGS})
ONE = frozenset(
    {FieldType.CHOICE, FieldType.YES_NO, FieldType.YES_NO_UNASKED, FieldType.SCALE, FieldType.NEIGHBOURHOOD}
)
TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class Question:
    """A question and how often each answer was given."""

    label: str
    table: Table


@dataclass(frozen=True, slots=True)
class Words:
    """A question and what people wrote, by the alphabet: nothing of one sheet stands together."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Of one form. ``per`` is the label of the question by which sheets come free, ``at_least`` so many together."""

    form: str
    title: str
    per: str
    at_least: int
    questions: tuple[Question, ...]
    words: tuple[Words, ...]


def titles(actor: Actor) -> dict[str, str]:
    """Form id -> title of the sheets there are. Raises ``Forbidden``."""
    demand(actor, Act.REPORTS_READ)
    forms = [version.form for version in live(actor.municipality).forms.values() if version.form.unlinked]
    return {form.id: form.title for form in forms}


def show(actor: Actor, form_id: str) -> Report:
    """What the released sheets of a form say. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.REPORTS_READ)
    form = live(actor.municipality).form(form_id).form
    if form.unlinked is None:
        raise NotFound
    places = dict(staffing.world(actor.municipality).staffing.neighbourhoods)
    sheets = released(actor.municipality, form.id)
    per = form.field(form.unlinked.per)
    return Report(
        form.id,
        form.title,
        per.label if per else "",
        form.unlinked.at_least,
        tuple(_questions(form, sheets, places)) if sheets else (),
        tuple(_words(form, sheets)) if sheets else (),
    )


def released(municipality: str, form_id: str) -> tuple[Data, ...]:
    """The answers of every sheet that came free, as JSON values, in an order drawn anew each time."""
    with transaction(municipality, readonly=True) as tx:
        return tuple(sheet.data for sheet in sheet_rows.released(tx, form_id))


def _questions(form: Form, sheets: Sequence[Data], places: Mapping[str, str]) -> Iterator[Question]:
    for field in form.fields():
        labels = places if field.type is FieldType.NEIGHBOURHOOD else _labels(field)
        if field.rows is not None:
            for row in field.rows.options:
                given = [str(sheet[key]) for sheet in sheets if (key := f"{field.id}.{row.id}") in sheet]
                yield Question(f"{field.label} {row.label}", counted(row.id, given, labels, total=False))
        elif field.type in ONE and (field.options or field.type is FieldType.NEIGHBOURHOOD):
            given = [str(sheet[field.id]) for sheet in sheets if field.id in sheet]
            total = form.unlinked is not None and field.id in form.unlinked.keeps
            yield Question(field.label, counted(field.id, given, labels, total=total))
        elif field.type in SEVERAL:
            given = [str(one) for sheet in sheets for one in sheet.get(field.id, ()) if str(one) in labels]
            yield Question(field.label, counted(field.id, given, labels, total=False))


def _words(form: Form, sheets: Sequence[Data]) -> Iterator[Words]:

    for field in form.fields():
        if field.type in TEXTS:
            texts = tuple(sorted({str(sheet[field.id]) for sheet in sheets if sheet.get(field.id)}))
            if texts:
                yield Words(field.label, texts)


def _labels(field: Field) -> dict[str, str]:
    options = field.options.options if field.options else ()
    return {option.id: option.label for option in options if not option.silent}
