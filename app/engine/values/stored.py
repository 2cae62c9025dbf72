"""How are answers kept as JSON, and put back into inputs?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.definitions.model.forms import Form
from app.engine.model.answers import Answers, Value
from app.engine.values.given import NotStored
from app.engine.values.plan import Input, Repeat, plan_of


def to_json(form: Form, answers: Answers) -> dict[str, Any]:
    """Answers as JSON values by flat id, in page order: equal answers give equal text.

    Options by id, dates as ISO text (``1941-05``), times ``14:30``, decimals as text, whole numbers as numbers, rows
    as a list of objects, consents, addresses, signatures, files and persons as objects. Raises :class:`NotStored`
    for an
    id the form does not have.
    """
    plan = plan_of(form)
    _refuse_strangers(answers, plan.order)
    stored: dict[str, Any] = {}
    for key in plan.order:
        if key not in answers:
            continue
        repeat = plan.repeats.get(key)
        stored[key] = (
            _dump_rows(repeat, answers[key]) if repeat else plan.inputs[key].codec.dump(answers[key])
        )
    return stored


def from_json(form: Form, data: Mapping[str, Any]) -> Answers:
    """The answers that ``to_json`` stored under this form version; raises :class:`NotStored` where they do not fit.

    Options are not looked up: a removed option stays readable.
    """
    plan = plan_of(form)
    _refuse_strangers(data, plan.order)
    answers: dict[str, Value] = {}
    for key, value in data.items():
        repeat = plan.repeats.get(key)
        answers[key] = _load_rows(repeat, value) if repeat else plan.inputs[key].codec.load(value)
    return answers


def posted_of(form: Form, answers: Answers) -> dict[str, list[str]]:
    """Input names and texts that fill a page in with ``answers``: ``read_posted`` of it gives them back."""
    plan = plan_of(form)
    posted: dict[str, list[str]] = {}
    for key, value in answers.items():
        if key in plan.inputs:
            _post(posted, plan.inputs[key], "", value)
        elif key in plan.repeats:
            for place, row in enumerate(rows_of(value)):
                columns = {item.id: item for item in plan.repeats[key].columns}
                for name, cell in row.items():
                    _post(posted, columns[name], f"{key}.{place}.", cell)
    return posted


def rows_of(value: Value) -> tuple[Mapping[str, Value], ...]:
    """The rows of a repeat."""
    rows = value if isinstance(value, tuple) else ()
    return tuple(row for row in rows if isinstance(row, Mapping))


def _post(posted: dict[str, list[str]], item: Input, prefix: str, value: Value) -> None:
    raw = item.codec.raw(value)
    if item.codec.parts:
        posted.update({f"{prefix}{name}": [text] for name, text in zip(item.names, raw, strict=True)})
    else:
        posted[f"{prefix}{item.id}"] = list(raw)


def _dump_rows(repeat: Repeat, value: Value) -> list[dict[str, Any]]:
    ids = tuple(item.id for item in repeat.columns)
    stored = []
    for row in rows_of(value):
        _refuse_strangers(row, ids)
        stored.append({item.id: item.codec.dump(row[item.id]) for item in repeat.columns if item.id in row})
    return stored


def _load_rows(repeat: Repeat, data: object) -> Value:
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise NotStored(f"{repeat.id}: a list of rows expected")
    columns = {item.id: item for item in repeat.columns}
    for row in data:
        _refuse_strangers(row, tuple(columns))
    return tuple({key: columns[key].codec.load(cell) for key, cell in row.items()} for row in data)


def _refuse_strangers(found: Mapping[str, Any], known: tuple[str, ...]) -> None:
    strangers = found.keys() - set(known)
    if strangers:
        raise NotStored(f"not in this form: {', '.join(sorted(strangers))}")
