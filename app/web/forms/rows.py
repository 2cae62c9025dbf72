"""Which rows of a repeat were posted, and how do they get numbers without gaps?

Names are ``<repeat>.<n>.<column>``; a marker ``<repeat>.<n>`` stands for a row in which nothing was filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.definitions.model.forms import FieldType, Form
from app.web.forms.parts import Raw


def row_numbers(raw: Iterable[str], name: str) -> list[str]:
    """The numbers, as posted, in order."""
    prefix = f"{name}."
    found = {key[len(prefix) :].partition(".")[0].partition(":")[0] for key in raw if key.startswith(prefix)}
    return sorted((number for number in found if number.isascii() and number.isdecimal()), key=int)


def row_count(raw: Raw, name: str) -> int:
    """How many rows a page must show."""
    numbers = row_numbers(raw, name)
    return int(numbers[-1]) + 1 if numbers else 0


def renumbered(form: Form, raw: Raw, *, without: str = "") -> dict[str, Sequence[str]]:
    """``raw`` with the rows of every repeat numbered 0, 1, 2 ...; the row ``afspraken.1`` is left out."""
    result = dict(raw)
    for field in form.fields():
        if field.type is FieldType.REPEAT:
            result = _one(result, field.id, without)
    return result


def with_row(form: Form, raw: Raw, name: str) -> dict[str, Sequence[str]]:
    """``raw`` with one more, empty row of the repeat ``name``; unknown names change nothing."""
    result = renumbered(form, raw)
    field = form.field(name)
    if field is not None and field.type is FieldType.REPEAT:
        result[f"{name}.{row_count(result, name)}"] = ("1",)
    return result


def _one(raw: Raw, name: str, without: str) -> dict[str, Sequence[str]]:
    kept = [number for number in row_numbers(raw, name) if f"{name}.{number}" != without]
    if not without and kept == [str(index) for index in range(len(kept))]:
        return dict(raw)
    new = {f"{name}.{number}": f"{name}.{index}" for index, number in enumerate(kept)}
    result: dict[str, Sequence[str]] = {}
    for key, texts in raw.items():
        if not key.startswith(f"{name}."):
            result[key] = texts
            continue
        number = key[len(name) + 1 :].partition(".")[0].partition(":")[0]
        row = f"{name}.{number}"
        if row in new:
            result[new[row] + key[len(row) :]] = texts
    return result
