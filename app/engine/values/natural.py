"""How would an author write these answers in an example? The way back of ``read_json``, in plain words.

What a field holds by itself is left out: its default is laid in again when the example is played. Where examples are
kept, people of the house are named by their kind only (``staff``): an example outlives who works there.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.definitions.model.forms import FieldType, Form
from app.engine.model.answers import Answers, PersonRef, Value
from app.engine.values.agreements import is_given
from app.engine.values.given import Rejected
from app.engine.values.plan import Input, plan_of

_LISTS = frozenset({FieldType.CHOICES, FieldType.TAGS, FieldType.AVAILABILITY, FieldType.FILE,
                    FieldType.STREET})  # fmt: skip
_AGREED = frozenset({FieldType.CONSENT, FieldType.READ_RECEIPT})


def natural_of(form: Form, answers: Answers, *, kept: bool = False) -> dict[str, object]:
    """Flat id -> text, list of texts, mapping of parts, or rows, in page order. ``kept``: for a definition to hold."""
    plan = plan_of(form)
    found: dict[str, object] = {}
    for name in plan.order:
        value = answers.get(name)
        if value is None:
            continue
        if name in plan.inputs:
            item = plan.inputs[name]
            if not _is_default(item, value):
                found[name] = _one(item, value, kept=kept)
        else:
            columns = {item.id: item for item in plan.repeats[name].columns}
            rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
            found[name] = [
                {key: _one(columns[key], cell, kept=kept) for key, cell in row.items() if key in columns}
                for row in rows
            ]
    return found


def _one(item: Input, value: Value, *, kept: bool) -> object:
    if kept and item.field.type is FieldType.PERSON:
        return _kinds(value)
    raw = item.codec.raw(value)
    if item.codec.parts:
        return {part: text for part, text in zip(item.codec.parts, raw, strict=True) if text}
    if item.field.type in _AGREED:
        return "true" if is_given(value) else "false"
    if item.field.type in _LISTS or item.field.many:
        return list(raw)
    return raw[0] if raw else ""


def _kinds(value: Value) -> object:
    if isinstance(value, tuple):
        return [_kinds(each) for each in value]
    return value.kind if isinstance(value, PersonRef) else str(value)


def _is_default(item: Input, value: Value) -> bool:
    if item.field.default is None:
        return False
    try:
        return item.codec.coerce([item.field.default]) == value
    except Rejected:
        return False
