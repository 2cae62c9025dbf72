"""Which inputs does a form have, row by row and part by part?

Made once a form version and found by identity afterwards: nothing of a definition is looked up per request.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.definitions.model.forms import Field, FieldType, Form, Option
from app.engine.values.codec import codec_of
from app.engine.values.made import Codec

ROWS_MOST = 100
"""Most rows of a repeat without a ``max`` of its own; further rows of a post are not looked at."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that can be answered: a plain field, the score of a matrix row, or a child of that row.

    ``id`` is its key in the answers, ``names`` the names of its inputs on the page, ``top`` the field of the form it
    belongs to.
    """

    id: str
    field: Field
    codec: Codec
    label: str
    names: tuple[str, ...]
    top: Field
    privacy: int
    row: Option | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeat and its columns; ``id`` of a column is the bare id."""

    id: str
    field: Field
    columns: tuple[Input, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All inputs of a form by id, and its repeats by id. ``order`` names both, as they stand on the page."""

    inputs: dict[str, Input]
    repeats: dict[str, Repeat]
    order: tuple[str, ...]


_MOST_KEPT = 1_000
_kept: dict[int, tuple[Form, Plan]] = {}


def plan_of(form: Form) -> Plan:
    """The plan of ``form``."""
    found = _kept.get(id(form))
    if found is not None:
        return found[1]
    made = _make(form)
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[id(form)] = (form, made)
    return made


def _make(form: Form) -> Plan:
    inputs: dict[str, Input] = {}
    repeats: dict[str, Repeat] = {}
    order: list[str] = []
    for field in form.fields():
        if field.type is FieldType.INFO:
            continue
        if field.type is FieldType.REPEAT:
            repeats[field.id] = _repeat(form, field)
            order.append(field.id)
            continue
        for item in _matrix(form, field) if field.type is FieldType.MATRIX else [_input(form, field)]:
            inputs[item.id] = item
            order.append(item.id)
    return Plan(inputs, repeats, tuple(order))


def _input(form: Form, field: Field, top: Field | None = None) -> Input:
    codec = codec_of(with_options(form, field))
    return Input(field.id, field, codec, field.label, _names(field.id, codec), top or field, field.privacy)


def _matrix(form: Form, field: Field) -> list[Input]:
    found: list[Input] = []
    for row in field.rows.options if field.rows else ():
        own = row.privacy if row.privacy is not None else field.privacy
        score = f"{field.id}.{row.id}"
        codec = codec_of(field)
        found.append(Input(score, field, codec, row.label, _names(score, codec), field, own, row))
        for child in field.each:
            codec = codec_of(with_options(form, child))
            name = f"{score}.{child.id}"
            label = f"{row.label}: {child.label}"
            privacy = max(own, child.privacy)
            found.append(Input(name, child, codec, label, _names(name, codec), field, privacy, row))
    return found


def _repeat(form: Form, field: Field) -> Repeat:
    most = int(field.limits.max) if field.limits.max and field.limits.max.isdecimal() else 0
    columns = tuple(_input(form, child, field) for child in field.fields if child.type is not FieldType.INFO)
    return Repeat(field.id, field, columns, max(ROWS_MOST, most + 1))


def with_options(form: Form, field: Field) -> Field:
    """``field`` with the rows of another field as its options where it takes them from there."""
    source = form.field(field.options_from_rows) if field.options_from_rows else None
    if source is None or source.rows is None:
        return field
    return replace(field, options=source.rows)


def _names(name: str, codec: Codec) -> tuple[str, ...]:
    return tuple(f"{name}:{part}" for part in codec.parts) or (name,)
