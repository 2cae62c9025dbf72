"""What does a person read back of a whole form?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.definitions.model.forms import Field, FieldType, Form, Section
from app.engine import holes
from app.engine.model.answers import Answers, Consent, Value
from app.engine.values.plan import Input, Plan, plan_of
from app.engine.values.stored import rows_of

NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Line:
    """One answer to read. ``group`` is the label of the matrix or repeat it stands in.

    ``row`` is the row of a repeat, from 1. ``silent``: stored but not an answer (niet besproken). For a consent the
    label is the text that was shown. ``about`` is that of its field, else of the matrix or repeat it stands in.
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
    about: str = ""


def read_back(
    form: Form,
    answers: Answers,
    language: str = "nl",
    *,
    roles: frozenset[str] = frozenset(),
    neighbourhoods: Mapping[str, str] = NO_NAMES,
) -> tuple[Line, ...]:
    """All answers in page order. Blank fields and ``shown: never`` give no line; ``only_for`` fields only for
    ``roles``. ``neighbourhoods`` gives the names of the ids."""
    reader = _Reader(plan_of(form), answers, language, roles, neighbourhoods)
    return tuple(
        line
        for section in form.sections
        for field in section.fields
        if field.shown and opens(field, roles)
        for line in reader.lines(section, field)
    )


def opens(field: Field, roles: frozenset[str]) -> bool:
    """Whether somebody with ``roles`` may know of the field at all."""
    return not field.only_for or not roles.isdisjoint(field.only_for)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One person reading one set of answers."""

    plan: Plan
    answers: Answers
    language: str
    roles: frozenset[str]
    neighbourhoods: Mapping[str, str]

    def lines(self, section: Section, field: Field) -> Iterator[Line]:
        """The lines of one field of the form."""
        if field.type is FieldType.REPEAT:
            yield from self._rows(section, field)
            return
        for key in self._ids(field):
            item = self.plan.inputs.get(key)
            if (
                item is not None
                and key in self.answers
                and item.field.shown
                and opens(item.field, self.roles)
            ):
                line = self._line(item, section, key, self.answers[key])
                about = line.about or field.about
                yield replace(line, group=field.label, about=about) if item.row is not None else line

    def _ids(self, field: Field) -> tuple[str, ...]:
        if field.type is not FieldType.MATRIX:
            return (field.id,)
        return tuple(key for key, item in self.plan.inputs.items() if item.top is field)

    def _rows(self, section: Section, field: Field) -> Iterator[Line]:
        columns = self.plan.repeats[field.id].columns
        for place, row in enumerate(rows_of(self.answers.get(field.id, ()))):
            for item in columns:
                if item.id in row and item.field.shown and opens(item.field, self.roles):
                    line = self._line(item, section, f"{field.id}.{place}.{item.id}", row[item.id])
                    privacy = max(field.privacy, item.privacy)
                    about = line.about or field.about
                    yield replace(line, group=field.label, row=place + 1, privacy=privacy, about=about)

    def _line(self, item: Input, section: Section, key: str, value: Value) -> Line:
        label = value.text if isinstance(value, Consent) and value.text else item.label
        if "{" in label:  # what was shown without a word for it
            label = holes.fill(label, {}, self.language)
        text = item.codec.show(value, self.language)
        if item.field.type is FieldType.NEIGHBOURHOOD:
            text = self.neighbourhoods.get(text, text)
        silent = isinstance(value, str) and value in item.codec.silent
        means, about = item.field.means, item.field.about
        return Line(key, label, text, item.privacy, section.title, means=means, silent=silent, about=about)
