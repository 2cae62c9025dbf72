"""How does a post become what the engine judges?

A WTForms form per form version, bound once: its fields read any number of posts and keep nothing of them, as binding
sixty fields for each post costs more than reading them. Fields parse and coerce with ``engine.values``; nobody here
judges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import wtforms
from wtforms.form import BaseForm

from app.definitions.model.forms import Form
from app.engine.model.answers import FieldError, Value
from app.engine.values import Given, Rejected
from app.engine.values.choices import WITH_OWN
from app.engine.values.incoming import error_at
from app.engine.values.plan import Input, Repeat, plan_of
from app.web.forms.parts import Raw
from app.web.forms.rows import renumbered, row_numbers


@dataclass(slots=True)
class Found:
    """What was read of one post so far: values, what cannot be read, and what was left blank."""

    values: dict[str, Value] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)
    blank: set[str] = field(default_factory=set)


class InputField(wtforms.Field):
    """One input of a form: a field, a part-wise field, or a cell of a matrix."""

    def __init__(self, item: Input, **bound: Any) -> None:
        super().__init__(item.label, **bound)
        self.item = item

    def read(self, posted: Raw, found: Found) -> None:
        """Read the value; what cannot be read becomes an error with the engine's code."""
        item = self.item
        raw = texts_of(item, posted, item.names)
        if raw is None or item.field.compute is not None:
            return
        value, error = coerced(item, raw, item.id)
        if error is not None:
            found.errors.append(error)
        elif value is not None:
            found.values[item.id] = value
        else:
            found.blank.add(item.id)


class RowsField(wtforms.Field):
    """A repeat: as many rows as were posted; an empty row keeps its place."""

    def __init__(self, repeat: Repeat, **bound: Any) -> None:
        super().__init__(repeat.field.label, **bound)
        self.repeat = repeat

    def read(self, posted: Raw, found: Found) -> None:
        """Read all rows."""
        name = self.repeat.id
        numbers = [number for number in row_numbers(posted, name) if int(number) < self.repeat.most]
        if numbers:
            places = range(int(numbers[-1]) + 1)
            found.values[name] = tuple(self._row(posted, place, found) for place in places)
        elif name in posted:
            found.blank.add(name)

    def _row(self, posted: Raw, place: int, found: Found) -> Mapping[str, Value]:
        row: dict[str, Value] = {}
        prefix = f"{self.repeat.id}.{place}."
        for item in self.repeat.columns:
            raw = texts_of(item, posted, tuple(prefix + name for name in item.names))
            if raw is None or item.field.compute is not None:
                continue
            value, error = coerced(item, raw, prefix + item.id, place)
            if error is not None:
                found.errors.append(error)
            elif value is not None:
                row[item.id] = value
            else:
                found.blank.add(prefix + item.id)
        return row


class DefinitionForm(BaseForm):
    """The form that is made from a definition, with its fields in the order of the page."""

    def __init__(self, form: Form) -> None:
        plan = plan_of(form)
        fields: dict[str, Any] = {name: InputField(item) for name, item in plan.inputs.items()}
        fields |= {name: RowsField(repeat) for name, repeat in plan.repeats.items()}
        super().__init__([(name, fields[name]) for name in plan.order])

    def read(self, posted: Raw) -> Given:
        """What was posted, as the engine wants it."""
        found = Found()
        fields: Iterator[Any] = iter(self)  # each of the two kinds above
        for each in fields:
            each.read(posted, found)
        return Given(found.values, tuple(found.errors), frozenset(found.blank))


def read(content_hash: str, form: Form, raw: Raw) -> Given:
    """Read a post (or the raw texts of a draft). ``content_hash`` names the form version."""
    return bound_form(content_hash, form).read(renumbered(form, raw))


def bound_form(content_hash: str, form: Form) -> DefinitionForm:
    """The form of a form version, kept by content hash."""
    found = _forms.get(content_hash)
    if found is None:
        if len(_forms) >= MOST_KEPT:
            _forms.clear()
        found = _forms[content_hash] = DefinitionForm(form)
    return found


MOST_KEPT = 1000
_forms: dict[str, DefinitionForm] = {}


def texts_of(item: Input, posted: Raw, names: Sequence[str]) -> Sequence[str] | None:
    """The texts of one input; ``None`` when it was not on the page."""
    if item.codec.parts:
        if not any(name in posted for name in names):
            return None
        return [next(iter(posted.get(name, ())), "") for name in names]
    texts = posted.get(names[0], ())
    if item.field.type in WITH_OWN:
        texts = [*texts, *posted.get(f"{names[0]}:own", ())]
    return texts if texts or names[0] in posted else None


def coerced(
    item: Input, raw: Sequence[str], name: str, row: int | None = None
) -> tuple[Value | None, FieldError | None]:
    """The value, or why there is none."""
    try:
        return item.codec.coerce(raw), None
    except Rejected as problem:
        return None, error_at(item, name, problem.code, problem.params, row)
