"""What may a report name, and how are its conditions read?

Fields of all forms it is about, and of the forms behind the buttons of their workflows. A name that only one of the
forms has is fine: elsewhere it was not answered. What is of class 2 or 3 has to stand under ``sensitive:``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.definitions.expressions.reading import read
from app.definitions.expressions.scope import Named, Scope, merged, scope_of
from app.definitions.expressions.walking import fields_read
from app.definitions.model.expressions import Condition, ValueType
from app.definitions.model.forms import THIRD_PERSON, Field, FieldType, Form
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.reports import CLOSED, RECEIVED, ROW
from app.definitions.model.source import Span
from app.definitions.privacy import highest
from app.definitions.readers.desk import Desk

GUARDED = 2
NOTHING: Mapping[str, Named] = MappingProxyType({})
SOMEBODY = ("resident.", "referrer.")
WITH_ROWS = (FieldType.MATRIX, FieldType.REPEAT)


@dataclass(frozen=True, slots=True)
class Counted:
    """``fields`` by flat id; ``behind`` are those that only a form behind a button has. ``each`` is the matrix or
    repeat whose rows are counted; ``made`` what a row of rounds or campaigns knows. ``blind``: something could not be
    read, so nothing is said about names. ``used``: the fields that were named so far."""

    desk: Desk
    fields: Mapping[str, Field]
    behind: frozenset[str]
    scope: Scope
    moments: frozenset[str]
    sensitive: frozenset[str]
    blind: bool = False
    each: Field | None = None
    made: Mapping[str, Named] = field(default_factory=lambda: NOTHING)
    used: set[str] = field(default_factory=set)

    def within(self, rows: Field | None) -> Counted:
        """The same for a report that counts rows."""
        if rows is None:
            return self
        scope = self.scope.inside(rows.id)
        own = dict(scope.row or {})
        about = {name: Named(ValueType.NUMBER) for name in naming(rows.id, self.fields.values())}
        why = {"reason": self.scope.facts["reason"]} if "reason" in self.scope.facts else {}
        return replace(self, each=rows, scope=replace(scope, row={**about, **why, **own}))

    def made_of(self, row: Mapping[str, Named]) -> Counted:
        """The same for a report that counts rows of rounds or campaigns."""
        return replace(self, made=row, scope=replace(self.scope, row=row))

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers of such a row."""
        return frozenset(f"{ROW}{name}" for name, what in self.made.items() if what.type is ValueType.NUMBER)

    @property
    def of_row(self) -> frozenset[str]:
        """What a report may split rows by, beside their fields: which row, its score, why it was closed."""
        if self.made:
            return frozenset({f"{ROW}{name}" for name in self.made}) - self.numbers
        if self.each is None:
            return frozenset()
        why = {f"{ROW}reason"} if "reason" in self.scope.facts else set()
        return frozenset({f"{ROW}id", f"{ROW}score", *why})

    def condition(self, node: ScalarNode | None) -> Condition | None:
        """A true-or-false expression, or ``None`` (told)."""
        if node is None or self.blind or self.desk.reads_lost(node.text):
            return None
        found = read(node, self.scope, ValueType.BOOLEAN, self.desk.problems)
        if found is not None:
            self.guard(fields_read(found.tree), node.span)
        return found

    def named(self, node: ScalarNode | None, fits: Iterable[FieldType], what: str) -> Field | None:
        """The field that is named, of a type that fits (``G591``)."""
        if node is None or self.blind:
            return None
        name = node.text.strip()
        if not self.desk.refer("field", name, node.span, self.known):
            return None
        found, kinds = self.known[name], tuple(fits)
        if found.type not in kinds:
            fitting = ", ".join(kind.value for kind in kinds)
            self.desk.tell("G591", node.span, part=what, name=name, type=found.type.value, fits=fitting)
            return None
        self.guard([name], node.span)
        return found

    @property
    def known(self) -> Mapping[str, Field]:
        """The fields, with ``row.`` before those of a row."""
        if self.each is None:
            return self.fields
        children = (*self.each.each, *self.each.fields)
        return {**self.fields, **{f"{ROW}{child.id}": child for child in children}}

    def guard(self, names: Iterable[str], span: Span) -> None:
        """``P596`` for what tells about somebody else or is for some only, ``P595`` for a class that is not allowed."""
        for name in sorted(names):
            found = self.known.get(name) or self.fields.get(_owner(name, self.fields))
            if found is None:
                continue
            self.used.add(found.id)
            if found.about == THIRD_PERSON or found.only_for:
                self.desk.tell("P596", span, name=name)
            elif highest(found) >= GUARDED and not {name, found.id, self._each_id(name)} & self.sensitive:
                self.desk.tell("P595", span, name=found.id, privacy=highest(found))

    def _each_id(self, name: str) -> str:
        return self.each.id if self.each is not None and name.startswith(ROW) else ""


def naming(rows: str, fields: Iterable[Field]) -> tuple[str, ...]:
    """The repeats whose rows say which row of the matrix ``rows`` they are about: agreements on a life domain."""
    return tuple(
        field.id
        for field in fields
        if field.type is FieldType.REPEAT and any(child.options_from_rows == rows for child in field.fields)
    )


def _owner(name: str, fields: Mapping[str, Field]) -> str:
    """The matrix that a cell is of."""
    parts = name.split(".")
    found = (".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
    return next((owner for owner in found if owner in fields), "")


def counted(
    desk: Desk,
    forms: Iterable[Form],
    buttons: Iterable[Form],
    case: tuple[frozenset[str], Mapping[str, Named]],
    sensitive: frozenset[str],
) -> Counted:
    """``case``: the marks that may be set, and what else is known of a case by name."""
    marks, facts = case
    own = {item.id: item for form in reversed(list(forms)) for item in form.fields()}
    later = {item.id: item for form in buttons for item in form.fields() if item.id not in own}
    scope = merged([scope_of([*own.values()], marks), scope_of([*later.values()], marks)])
    every = replace(scope, marks=marks, facts={**facts, **scope.facts})
    moments = frozenset({RECEIVED, CLOSED, *marks})
    return Counted(desk, {**later, **own}, frozenset(later), every, moments, sensitive)
