"""How does a post, or natural JSON, become values?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from app.definitions.model.forms import FieldType, Form
from app.engine.model.answers import FieldError, Value
from app.engine.values.choices import WITH_OWN
from app.engine.values.given import Given, NotStored, Rejected
from app.engine.values.plan import Input, Plan, Repeat, plan_of

Posted = Mapping[str, Sequence[str]]
_NUMBERS = {FieldType.DECIMAL, FieldType.INTEGER, FieldType.SCALE}
_SCORE = "score"


@dataclass(slots=True)
class _Found:
    """Values, errors and blanks as they come in."""

    values: dict[str, Value] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)
    blank: set[str] = field(default_factory=set)

    def given(self) -> Given:
        return Given(self.values, tuple(self.errors), frozenset(self.blank))


def read_posted(form: Form, posted: Posted) -> Given:
    """Read the inputs of a page: name -> all its texts. Unknown names are ignored.

    Names: ``persoon.roepnaam``, ``domeinen.wonen``, ``domeinen.wonen.nota``, ``afspraken.0.wat``, parts
    ``adres:street``, a tag field's own words ``talenten:own``. An input that came in empty is ``blank``; post an
    empty text in front of
    checkboxes to say that they were on the page. Computed fields are never read.
    """
    plan = plan_of(form)
    found = _Found()
    for item in plan.inputs.values():
        raw = _raw(posted, item, item.names)
        if raw is not None:
            _take(found, item, item.id, raw)
    for repeat in plan.repeats.values():
        _posted_rows(found, repeat, posted)
    return found.given()


def _raw(posted: Posted, item: Input, names: tuple[str, ...]) -> Sequence[str] | None:
    """The texts of one input, or ``None`` when none of its names came in."""
    if item.codec.parts:
        parts = [posted.get(name) for name in names]
        return [texts[0] if texts else "" for texts in parts] if any(parts) else None
    raw = posted.get(names[0])
    if item.field.type in WITH_OWN and (own := posted.get(f"{names[0]}:own")):
        return [*(raw or ()), *own]
    return raw


def _take(found: _Found, item: Input, name: str, raw: Sequence[str], row: int | None = None) -> None:
    if item.field.compute is not None:
        return
    try:
        value = item.codec.coerce(raw)
    except Rejected as problem:
        found.errors.append(error_at(item, name, problem.code, problem.params, row))
        return
    if value is None:
        found.blank.add(name)
    else:
        found.values[name] = value


def error_at(
    item: Input, name: str, code: str, params: tuple[tuple[str, str], ...] = (), row: int | None = None
) -> FieldError:
    """An error of this input: with its label, the row it stands in, and the author's own message if there is one."""
    where: tuple[tuple[str, str], ...] = (("label", item.label),)
    if row is not None:
        where += (("group", item.top.label), ("row", str(row + 1)))
    return FieldError(name, code, where + params, item.field.messages.get(code, ""))


def _posted_rows(found: _Found, repeat: Repeat, posted: Posted) -> None:
    prefix = f"{repeat.id}."
    places = {_place(name, len(prefix)) for name in posted if name.startswith(prefix)}
    known = [place for place in places if place is not None and place < repeat.most]
    if not known:
        if repeat.id in posted:
            found.blank.add(repeat.id)
        return
    rows: list[Mapping[str, Value]] = []
    for place in range(max(known) + 1):
        row = _Found()
        for item in repeat.columns:
            names = tuple(f"{prefix}{place}.{name}" for name in item.names)
            raw = _raw(posted, item, names)
            if raw is not None:
                _take(row, item, f"{prefix}{place}.{item.id}", raw, place)
        _add_row(found, rows, row, len(prefix) + len(str(place)) + 1)
    found.values[repeat.id] = tuple(rows)


def _add_row(found: _Found, rows: list[Mapping[str, Value]], row: _Found, cut: int) -> None:
    rows.append({name[cut:]: value for name, value in row.values.items()})
    found.errors += row.errors
    found.blank |= row.blank


def _place(name: str, start: int) -> int | None:
    digits = name[start : start + 4].partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() else None


# natural JSON --------------------------------------------------------------------------------------------------------


def read_json(form: Form, data: Mapping[str, Any]) -> Given:
    """Read answers as people write them in examples and for ``simulate``.

    Texts, numbers and booleans (``true`` is ``ja``); lists; ``domeinen.wonen`` or nested ``domeinen: {wonen: zorgen}``,
    also ``{wonen: {score: zorgen, nota: ...}}``; a repeat as a list of mappings or ``afspraken.0.wat``; composites as
    mappings of their parts; whatever ``to_json`` makes. A name the form does not have is an error ``unknown_field``.
    """
    plan = plan_of(form)
    found = _Found()
    _walk(found, plan, "", data)
    return found.given()


def _walk(found: _Found, plan: Plan, prefix: str, data: Mapping[str, Any]) -> None:
    loose: dict[str, dict[int, dict[str, Any]]] = {}
    for key, value in data.items():
        name = f"{prefix}{key}"
        if name in plan.inputs:
            _one(found, plan, name, value)
        elif name in plan.repeats:
            _rows(found, plan.repeats[name], value)
        elif isinstance(value, Mapping):
            _walk(found, plan, f"{name}.", value)
        elif not _loose_cell(loose, plan, name, value):
            found.errors.append(_unknown(name))
    for repeat, rows in loose.items():
        _rows(found, plan.repeats[repeat], [rows.get(place, {}) for place in range(max(rows) + 1)])


def _one(found: _Found, plan: Plan, name: str, value: object) -> None:
    item = plan.inputs[name]
    if item.field is item.top and item.row is not None and isinstance(value, Mapping):
        children = {key: each for key, each in value.items() if key != _SCORE}
        if _SCORE in value:
            _natural(found, item, name, value[_SCORE])
        _walk(found, plan, f"{name}.", children)
        return
    _natural(found, item, name, value)


def _natural(found: _Found, item: Input, name: str, value: object, row: int | None = None) -> None:
    if value is None:
        found.blank.add(name)
        return
    if _is_stored(value, item):
        try:
            found.values[name] = item.codec.load(value)
        except NotStored:
            found.errors.append(error_at(item, name, "shape", (), row))
        return
    _take(found, item, name, _texts(value, item), row)


def _is_stored(value: object, item: Input) -> bool:
    """Whether only ``load`` can read it: mappings of something without parts, and lists of mappings."""
    if isinstance(value, Mapping):
        return not item.codec.parts
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _texts(value: object, item: Input) -> list[str]:
    if isinstance(value, Mapping):
        return [_text(value.get(part, ""), item) for part in item.codec.parts]
    if isinstance(value, list | tuple | set | frozenset):
        return [_text(each, item) for each in value]
    if item.codec.parts:  # a whole address in one text is free lines; a signature in one text is a typed name
        return [*[""] * (len(item.codec.parts) - 1), _text(value, item)]
    return [_text(value, item)]


def _text(value: object, item: Input) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date | time):
        return value.isoformat()
    text = str(value)
    if item.field.type in _NUMBERS and (isinstance(value, int | float | Decimal) or text.count(".") == 1):
        return text.replace(".", ",") if "," not in text else text  # in JSON a point is a decimal point
    return text


def _rows(found: _Found, repeat: Repeat, value: object) -> None:
    if value is None or value == []:
        found.blank.add(repeat.id)
        return
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        found.errors.append(FieldError(repeat.id, "shape", (("label", repeat.field.label),)))
        return
    columns = {item.id: item for item in repeat.columns}
    rows: list[Mapping[str, Value]] = []
    for place, cells in enumerate(value[: repeat.most]):
        prefix = f"{repeat.id}.{place}."
        row = _Found()
        for key, cell in cells.items():
            if key in columns:
                _natural(row, columns[key], f"{prefix}{key}", cell, place)
            else:
                row.errors.append(_unknown(f"{prefix}{key}"))
        _add_row(found, rows, row, len(prefix))
    found.values[repeat.id] = tuple(rows)


def _loose_cell(loose: dict[str, dict[int, dict[str, Any]]], plan: Plan, name: str, value: object) -> bool:
    """``afspraken.0.wat`` written as one key."""
    for repeat in plan.repeats.values():
        place = _place(name, len(repeat.id) + 1) if name.startswith(f"{repeat.id}.") else None
        if place is not None and place < repeat.most:
            column = name[len(f"{repeat.id}.{place}.") :]
            loose.setdefault(repeat.id, {}).setdefault(place, {})[column] = value
            return True
    return False


def _unknown(name: str) -> FieldError:
    return FieldError(name, "unknown_field", (("label", name), ("typed", name)))
