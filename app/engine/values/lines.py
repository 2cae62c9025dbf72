"""What does a person read back of a whole form?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.definitions.model.forms import Field, FieldType, Form, Section
from app.engine.model.answers import Answers, Consent, Value
from app.engine.values.plan import Input, Plan, plan_of
from app.engine.values.stored import rows_of


@dataclass(frozen=True, slots=True)
class Line:
    """One answer to read. ``group`` is the label of the matrix or repeat it stands in.

    ``row`` is the row of a repeat, from 1. ``silent``: stored but not an answer (niet besproken). For a consent the
    label is the text that was shown.
    """

    id: str
    label: str
    text: str
    privacy: int
    section: str
    means: str = ""
    group: str = ""
    row: int | None = None
    silent: bool = False


def read_back(
    form: Form, answers: Answers, language: str = "nl", *, roles: frozenset[str] = frozenset()
) -> tuple[Line, ...]:
    """All answers in page order. Blank fields and ``shown: never`` give no line; ``only_for`` fields only for
    ``roles``."""
    plan = plan_of(form)
    found: list[Line] = []
    for section in form.sections:
        for field in section.fields:
            if field.shown and opens(field, roles):
                found += _lines(plan, section, field, answers, (language, roles))
    return tuple(found)


def opens(field: Field, roles: frozenset[str]) -> bool:
    """Whether somebody with ``roles`` may know of the field at all."""
    return not field.only_for or not roles.isdisjoint(field.only_for)


def _lines(
    plan: Plan, section: Section, field: Field, answers: Answers, reader: tuple[str, frozenset[str]]
) -> Iterator[Line]:
    language, roles = reader
    if field.type is FieldType.REPEAT:
        yield from _repeat_lines(plan, section, field, answers, reader)
        return
    ids = _matrix_ids(plan, field) if field.type is FieldType.MATRIX else (field.id,)
    for key in ids:
        item = plan.inputs.get(key)
        if item is not None and key in answers and opens(item.field, roles):
            group = field.label if item.row is not None else ""
            yield _line(item, section, key, answers[key], language, group=group)


def _matrix_ids(plan: Plan, field: Field) -> tuple[str, ...]:
    return tuple(key for key in plan.order if key in plan.inputs and plan.inputs[key].top is field)


def _repeat_lines(
    plan: Plan, section: Section, field: Field, answers: Answers, reader: tuple[str, frozenset[str]]
) -> Iterator[Line]:
    language, roles = reader
    repeat = plan.repeats[field.id]
    for place, row in enumerate(rows_of(answers.get(field.id, ()))):
        for item in repeat.columns:
            if item.id in row and item.field.shown and opens(item.field, roles):
                key = f"{field.id}.{place}.{item.id}"
                yield _line(item, section, key, row[item.id], language, group=field.label, row=place + 1)


def _line(
    item: Input,
    section: Section,
    key: str,
    value: Value,
    language: str,
    *,
    group: str = "",
    row: int | None = None,
) -> Line:
    label = value.text if isinstance(value, Consent) and value.text else item.label
    silent = isinstance(value, str) and value in item.codec.silent
    return Line(
        key,
        label,
        item.codec.show(value, language),
        item.privacy,
        section.title,
        means=item.field.means,
        group=group,
        row=row,
        silent=silent,
    )
