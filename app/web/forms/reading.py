"""How does a post become what the engine judges?

A WTForms form class per form version, made once. Its fields are bound once too, as prototypes, and copied per request:
binding sixty fields anew costs more than reading them. Fields parse and coerce with ``engine.values``; nobody here
judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import wtforms
from wtforms.meta import DefaultMeta
from wtforms.utils import unset_value

from app.definitions.model.forms import FieldType, Form
from app.engine.model.answers import FieldError, Value
from app.engine.values import Given, Rejected
from app.engine.values.incoming import error_at
from app.engine.values.plan import Input, Repeat, plan_of
from app.web.forms.parts import Raw
from app.web.forms.rows import renumbered, row_numbers


class Posted(Protocol):
    """What WTForms asks of a post."""

    def getlist(self, name: str) -> Sequence[str]: ...
    def __contains__(self, name: str) -> bool: ...


class _Raw(dict[str, Any]):
    """A plain mapping with the one method WTForms wants."""

    def getlist(self, name: str) -> list[str]:
        """All texts under ``name``."""
        return list(self.get(name, ()))


class InputField(wtforms.Field):
    """One input of a form: a field, a part-wise field, or a cell of a matrix."""

    item: Input
    given: bool
    found: list[FieldError]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the value; what cannot be read becomes an error with the engine's code."""
        self.data, self.given, self.found, self.process_errors = None, False, [], []
        raw = texts_of(self.item, formdata, self.item.names) if formdata is not None else None
        self.raw_data = list(raw or ())
        if raw is not None and self.item.field.compute is None:
            self.data, error = coerced(self.item, raw, self.item.id)
            self.given = error is None
            self.note(error)

    def note(self, error: FieldError | None) -> None:
        """Keep an error, in the form WTForms shows it too."""
        if error is not None:
            self.found.append(error)
            self.process_errors = [*self.process_errors, error.code]

    def take(self, values: dict[str, Value], errors: list[FieldError], blank: set[str]) -> None:
        """Hand over what was read."""
        errors += self.found
        if self.data is not None:
            values[self.item.id] = self.data
        elif self.given:
            blank.add(self.item.id)


class RowsField(InputField):
    """A repeat: as many rows as were posted; an empty row keeps its place."""

    repeat: Repeat

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read all rows."""
        self.data, self.given, self.found, self.process_errors = None, False, [], []
        self.blanks: set[str] = set()
        if formdata is None:
            return
        numbers = [
            number for number in row_numbers(formdata, self.repeat.id) if int(number) < self.repeat.most
        ]
        if numbers:
            self.data = tuple(self._row(formdata, place) for place in range(int(numbers[-1]) + 1))
        elif self.repeat.id in formdata:
            self.blanks.add(self.repeat.id)

    def take(self, values: dict[str, Value], errors: list[FieldError], blank: set[str]) -> None:
        """Hand over what was read."""
        errors += self.found
        blank |= self.blanks
        if self.data is not None:
            values[self.repeat.id] = self.data

    def _row(self, formdata: Any, place: int) -> Mapping[str, Value]:
        row: dict[str, Value] = {}
        prefix = f"{self.repeat.id}.{place}."
        for item in self.repeat.columns:
            raw = texts_of(item, formdata, tuple(prefix + name for name in item.names))
            if raw is None or item.field.compute is not None:
                continue
            value, error = coerced(item, raw, prefix + item.id, place)
            self.note(error)
            if value is not None:
                row[item.id] = value
            elif error is None:
                self.blanks.add(prefix + item.id)
        return row


class _Meta(DefaultMeta):
    """Copies prototypes instead of binding."""

    def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
        """A shallow copy of the prototype."""
        prototype = form.prototypes[options["name"]]
        copied = object.__new__(type(prototype))
        copied.__dict__.update(prototype.__dict__)
        return copied


class DefinitionForm(wtforms.Form):
    """The base of all forms that are made from a definition."""

    prototypes: Mapping[str, InputField] = {}
    Meta = _Meta

    def process(self, formdata: Any = None, *_args: Any, **_kwargs: Any) -> None:
        """Read every field; those of a definition have no objects, defaults or filters of WTForms to look for."""
        for field in self._fields.values():
            field.process(formdata)

    def read(self) -> Given:
        """What was posted, as the engine wants it."""
        values: dict[str, Value] = {}
        errors: list[FieldError] = []
        blank: set[str] = set()
        for field in self._fields.values():
            assert isinstance(field, InputField)  # noqa: S101 - make_class puts nothing else in
            field.take(values, errors, blank)
        return Given(values, tuple(errors), frozenset(blank))


def read(content_hash: str, form: Form, raw: Raw) -> Given:
    """Read a post (or the raw texts of a draft). ``content_hash`` names the form version."""
    posted = _Raw(renumbered(form, raw))
    filled: DefinitionForm = form_class(content_hash, form)(posted)
    return filled.read()


def form_class(content_hash: str, form: Form) -> type[DefinitionForm]:
    """The form class of a form version, kept by content hash."""
    found = _classes.get(content_hash)
    if found is None:
        if len(_classes) > MOST_KEPT:
            _classes.clear()
        found = _classes[content_hash] = make_class(form)
    return found


MOST_KEPT = 1000
_classes: dict[str, type[DefinitionForm]] = {}


def make_class(form: Form) -> type[DefinitionForm]:
    """The same without keeping it."""
    plan = plan_of(form)
    prototypes: dict[str, InputField] = {}
    for name in plan.order:
        if name in plan.repeats:
            rows = _prototype(RowsField, name, plan.repeats[name].field.label)
            rows.repeat = plan.repeats[name]
            prototypes[name] = rows
        else:
            prototypes[name] = _prototype(InputField, name, plan.inputs[name].label)
            prototypes[name].item = plan.inputs[name]
    unbound = {name: wtforms.Field() for name in prototypes}
    return type("DefinitionForm", (DefinitionForm,), {"prototypes": prototypes, **unbound})


def texts_of(item: Input, posted: Posted, names: Sequence[str]) -> Sequence[str] | None:
    """The texts of one input; ``None`` when it was not on the page."""
    if item.codec.parts:
        if not any(name in posted for name in names):
            return None
        return [next(iter(posted.getlist(name)), "") for name in names]
    texts = posted.getlist(names[0])
    if item.field.type is FieldType.TAGS:
        texts = [*texts, *posted.getlist(f"{names[0]}:own")]
    return texts if texts or names[0] in posted else None


def coerced(
    item: Input, raw: Sequence[str], name: str, row: int | None = None
) -> tuple[Value | None, FieldError | None]:
    """The value, or why there is none."""
    try:
        return item.codec.coerce(raw), None
    except Rejected as problem:
        return None, error_at(item, name, problem.code, problem.params, row)


@lru_cache(maxsize=1)
def _meta() -> DefaultMeta:
    return DefaultMeta()


def _prototype(kind: type[Any], name: str, label: str) -> Any:
    return kind(label, name=name, _form=None, _prefix="", _translations=None, _meta=_meta())
