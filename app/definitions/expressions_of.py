"""How are the expressions of a workflow read: against every form whose fields it names?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.definitions.expressions.reading import read
from app.definitions.expressions.scope import Named, Scope, scope_of, with_later
from app.definitions.model.expressions import Condition, Expr, FieldRef, ListOf, RowRef, ValueType
from app.definitions.model.forms import Field, FieldType, Form, OptionList
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import Problem, Span
from app.definitions.readers.desk import Desk

PERSONS = frozenset({FieldType.PERSON, FieldType.PARTNER})
WITH_ROWS = frozenset({FieldType.MATRIX, FieldType.REPEAT})
NOTHING: Mapping[str, Named] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Expressions:
    """Reads conditions with the names of ``forms``; a name must exist in each of them. ``blind``: a form could not
    be read, so nothing can be said about names."""

    desk: Desk
    forms: tuple[Form, ...]
    scopes: tuple[Scope, ...]
    blind: bool = False
    later: Mapping[str, Form] = field(default_factory=dict)
    asked: Mapping[str, Named] = field(default_factory=dict)

    @property
    def before(self) -> Expressions:
        """For what is asked when a case begins: no button was pressed yet."""
        unborn = frozenset(name for form in self.later.values() for name in scope_of(form.fields()).fields)
        return replace(self, scopes=tuple(replace(scope, unborn=unborn) for scope in self.scopes), later={})

    @property
    def afterwards(self) -> Expressions:
        """For what is asked of a case on its way: answers of the forms behind its buttons, and of others, are known."""
        known = (with_later(scope, self.later.values()) for scope in self.scopes)
        return replace(
            self, scopes=tuple(replace(scope, fields={**self.asked, **scope.fields}) for scope in known)
        )

    def condition(self, node: ScalarNode | None, *, rows: str = "") -> Condition | None:
        """A true-or-false expression; inside ``rows`` it knows ``row.``."""
        return self.value(node, ValueType.BOOLEAN, rows=rows)

    def value(self, node: ScalarNode | None, expected: ValueType, *, rows: str = "") -> Condition | None:
        """An expression of the type expected, or ``None`` (told)."""
        if node is None or not self.scopes or self.blind or self.desk.reads_lost(node.text):
            return None
        tries = [self._read(node, scope, expected, rows) for scope in self.scopes]
        good = next((condition for condition, _ in tries if condition is not None), None)
        for (_, problems), form in zip(tries, self.forms, strict=True):
            if good is not None and problems:
                self.desk.tell("R214", node.span, form=form.id, text=node.text)
        if good is None:
            self.desk.problems += [found for _, problems in tries for found in problems]
        return good

    def _read(
        self, node: ScalarNode, scope: Scope, expected: ValueType, rows: str
    ) -> tuple[Condition | None, list[Problem]]:
        problems: list[Problem] = []
        return read(node, scope.inside(rows) if rows else scope, expected, problems), problems

    def names_field(self, name: str, span: Span, known: Iterable[str]) -> bool:
        """Whether ``known`` has that field (``R209``); nothing is said of forms that cannot be read."""
        return bool(name) if self.blind else self.desk.refer("field", name, span, known)

    def field(self, field_id: str) -> Field | None:
        """The field of that id in the first form that has it."""
        found = (form.field(field_id) for form in self.forms)
        return next((item for item in found if item is not None), None)

    def always_there(self, tree: Expr, rows: str = "") -> bool:
        """Whether a value is surely there: a required field, or one of the rows, that nothing hides."""
        if isinstance(tree, ListOf):
            return any(self.always_there(item, rows) for item in tree.items)
        if isinstance(tree, RowRef):
            field = self.field(rows)
            children = (*field.fields, *field.each) if field is not None else ()
            return any(child.id == tree.name and _demanded(child) for child in children)
        return isinstance(tree, FieldRef) and all(
            any(
                section.show_if is None and item.id == tree.field and _demanded(item)
                for section in form.sections
                for item in section.fields
            )
            for form in self.forms
        )

    @property
    def person_fields(self) -> frozenset[str]:
        """Fields that name a person."""
        return self._ids(lambda item: item.type in PERSONS)

    @property
    def row_fields(self) -> frozenset[str]:
        """Matrices and repeats."""
        return self._ids(lambda item: item.type in WITH_ROWS)

    @property
    def date_fields(self) -> frozenset[str]:
        """Fields a deadline can count from."""
        return self._ids(lambda item: item.type is FieldType.DATE)

    @property
    def carriable(self) -> frozenset[str]:
        """Fields and blocks that a sub-case can be given."""
        blocks = {item.block for form in self.forms for item in form.fields() if item.block}
        return self._ids(lambda item: item.type is not FieldType.INFO) | blocks

    def _ids(self, wanted: Callable[[Field], bool]) -> frozenset[str]:
        return frozenset(item.id for form in self.forms for item in form.fields() if wanted(item))


def _demanded(field: Field) -> bool:
    return field.required and field.show_if is None and not field.only_for


def for_workflow(
    desk: Desk,
    forms: Sequence[Form],
    marks: frozenset[str],
    reasons: OptionList | None,
    later: Mapping[str, Form],
    *,
    blind: bool,
    asked: Mapping[str, Named] = NOTHING,
) -> Expressions:
    """The expressions of a workflow whose actions set ``marks``, whose ends know ``reasons`` and whose buttons open the
    forms ``later``; ``asked`` is what others answer."""
    scopes = tuple(scope_of(form.fields(), marks, reasons) for form in forms)
    return Expressions(desk, tuple(forms), scopes, blind, later, asked)


def with_reasons(scope: Scope, reasons: OptionList | None) -> Scope:
    """The scope of a form's own conditions after closing (``retention:``)."""
    extra = scope_of((), (), reasons).facts
    return replace(scope, facts={**scope.facts, **extra})
