"""How do the drafts of a form get their expressions, and do the names in them exist?

Two steps, because conditions live inside the fields they name: first all fields, then their conditions. Inside a
block a sibling goes by its bare id; in the checked tree every name is the full id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from app.definitions.expressions.reading import read
from app.definitions.expressions.scope import TYPES, Named, Scope, scope_of
from app.definitions.expressions_of import with_reasons
from app.definitions.model.expressions import Condition, FieldRef, ValueType
from app.definitions.model.forms import Field, FieldType, Form, OptionList, Retention, Section
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.rules import Rule, Warn
from app.definitions.model.source import Problem, Span
from app.definitions.problems import problem
from app.definitions.readers.cards import read_card
from app.definitions.readers.conversation import read_conversation
from app.definitions.readers.desk import Desk, mappings, quiet, text_node
from app.definitions.readers.fields import Draft
from app.definitions.readers.forms import FormDraft, SectionDraft, judged_nodes, place_of
from app.definitions.readers.quick import read_quick
from app.definitions.readers.stock import read_stock
from app.definitions.readers.unlinked import read_beside, read_unlinked

Tree = TypeVar("Tree")


@dataclass(frozen=True, slots=True)
class FormNames:
    """The scope of a form and, for each block in it, what its bare ids stand for."""

    scope: Scope
    aliases: Mapping[str, Mapping[str, str]]
    desk: Desk

    def read(self, node: ScalarNode | None, expected: ValueType | None, draft: Draft | None = None,
             rows: str = "") -> Condition | None:  # fmt: skip
        """An expression; ``draft`` is the field it belongs to, ``rows`` the matrix or repeat around that."""
        if node is None or self.desk.reads_lost(node.text):
            return None
        known = self._known(draft, node) if draft is not None and draft.prefix else {}
        scope = replace(self.scope, fields={**self.scope.fields, **_named_by(known, self.scope)})
        found: list[Problem] = []
        condition = read(node, scope.inside(rows) if rows else scope, expected, found)
        self.desk.problems += self._blamed_on_use(found, draft)
        return replace(condition, tree=renamed(condition.tree, known)) if condition and known else condition

    def _blamed_on_use(self, found: list[Problem], draft: Draft | None) -> list[Problem]:
        """An unknown name that is a sibling left out is no fault of the block but of where it is used."""
        left_out = draft.left_out if draft is not None else frozenset()
        missing = [name for one in found for _, name in one.params if name in left_out]
        if draft is None or not missing:
            return found
        return [problem("R216", draft.used_at, field=draft.field.id, name=missing[0])]

    def _known(self, draft: Draft, node: ScalarNode) -> Mapping[str, str]:
        """Bare sibling ids; where the form itself wrote the expression (``change:``) its own names come first."""
        known = self.aliases.get(draft.prefix, {})
        if node.span.path == draft.field.span.path:
            return known
        return {bare: full for bare, full in known.items() if bare not in self.scope.fields}


def _named_by(known: Mapping[str, str], scope: Scope) -> dict[str, Named]:
    return {bare: scope.fields[full] for bare, full in known.items() if full in scope.fields}


def names_of(draft: FormDraft, drafts: Iterable[Draft], desk: Desk) -> FormNames:
    """The names that a form's own expressions may use."""
    laid = [item for item in drafts if item.field.type is not FieldType.INFO]
    aliases: dict[str, dict[str, str]] = {}
    for item in laid:
        if item.prefix:
            bare = item.field.id.removeprefix(f"{item.prefix}.")
            aliases.setdefault(item.prefix, {})[bare] = item.field.id
    return FormNames(scope_of(item.field for item in laid), aliases, desk)


def renamed(tree: Tree, known: Mapping[str, str]) -> Tree:
    """The tree with bare ids of a block replaced by full ones."""
    if isinstance(tree, FieldRef):
        return replace(tree, field=known.get(tree.field, tree.field))
    if isinstance(tree, tuple):
        return tuple(renamed(item, known) for item in tree)  # type: ignore[return-value]
    if is_dataclass(tree) and not isinstance(tree, type):
        changed = {part.name: renamed(getattr(tree, part.name), known) for part in fields(tree)}
        return replace(tree, **changed)
    return tree


def finish_form(draft: FormDraft, desk: Desk) -> tuple[Form, FormNames]:
    """The form with all its conditions but those of ``retention``, which need the workflow's closing reasons."""
    sections = _with_row_options(draft.sections, desk)
    names = names_of(draft, (item for section in sections for item in section.fields), desk)
    done = tuple(_finish_section(section, names) for section in sections)
    node = draft.sheet.node
    form = replace(
        draft.form,
        sections=done,
        rules=tuple(Rule(*found) for found in _judged(node, ("rules", "rule"), names)),
        warn=tuple(Warn(*found) for found in _judged(node, ("warn", "if"), names)),
        urgent_if=names.read(text_node(node, "urgent_if"), ValueType.BOOLEAN),
    )
    conversation = read_conversation(node, form, desk)
    form = replace(form, card=read_card(node, form, desk), conversation=conversation)
    form = replace(form, unlinked=read_unlinked(node, form, desk), beside=read_beside(node, form, desk))
    return replace(form, quick=read_quick(node, form, desk), stock=read_stock(node, form, desk)), names


def _finish_section(draft: SectionDraft, names: FormNames) -> Section:
    finished = tuple(_finish(item, names) for item in draft.fields)
    return replace(draft.section, fields=finished, show_if=names.read(draft.show_if, ValueType.BOOLEAN))


def _finish(draft: Draft, names: FormNames, parent: Draft | None = None) -> Field:
    rows = parent.field.id if parent else ""
    owner = draft if draft.prefix or parent is None else parent
    read_one = draft.expressions.get
    return replace(
        draft.field,
        show_if=names.read(read_one("show_if"), ValueType.BOOLEAN, owner, rows),
        required_if=names.read(read_one("required_if"), ValueType.BOOLEAN, owner, rows),
        compute=names.read(read_one("compute"), _computed_type(draft.field), owner, rows),
        each=tuple(_finish(child, names, draft) for child in draft.each),
        fields=tuple(_finish(child, names, draft) for child in draft.fields),
    )


def _computed_type(field: Field) -> ValueType:
    if field.type is FieldType.SCALE:
        return ValueType.NUMBER if field.options is None else ValueType.OPTION
    return TYPES.get(field.type, ValueType.TEXT)


def _judged(
    node: MappingNode, where: tuple[str, str], names: FormNames
) -> Iterator[tuple[Condition, str, str, Span]]:
    """What is judged of several fields together, and at which of them it is said."""
    for item, written in judged_nodes(node, *where):
        condition = names.read(written, ValueType.BOOLEAN)
        at = quiet(item).text("at")
        known = names.desk.refer("field", at, place_of(item), names.scope.fields) if at else False
        if condition is not None and known:
            yield condition, quiet(item).text("message"), at, item.span


def read_retention(draft: FormDraft, names: FormNames, reasons: OptionList | None) -> tuple[Retention, ...]:
    """``retention:`` in order; ``otherwise`` stands last (``G406``). Whether the rules cover everything is proved."""
    desk = names.desk
    found: list[Retention] = []
    closing = replace(names, scope=with_reasons(names.scope, reasons))
    items = mappings(draft.sheet.node, "retention")
    for number, item in enumerate(items):
        rest = item.get("otherwise")
        condition_node = text_node(item, "if")
        terms = rest if isinstance(rest, MappingNode) else item
        condition = closing.read(condition_node, ValueType.BOOLEAN)
        if condition_node is None and number < len(items) - 1:
            desk.tell("G406", item.span)
        if condition_node is not None and condition is None:
            continue
        found += _retention(terms, condition, desk)
    return tuple(found)


def _retention(terms: MappingNode, condition: Condition | None, desk: Desk) -> list[Retention]:
    take = quiet(terms)
    missing = [key for key in ("after", "months", "then") if terms.entry(key) is None]
    for key in missing:
        desk.tell("Y040", terms.span, key=key)
    months = take.integer("months", least=0)
    return [Retention(condition, take.text("after"), months, take.text("then"))] if months is not None else []


def _with_row_options(sections: tuple[SectionDraft, ...], desk: Desk) -> tuple[SectionDraft, ...]:
    """``options: {rows: domeinen}`` gets the rows of that matrix as its options."""
    matrices = {
        item.field.id: item.field.rows
        for section in sections
        for item in section.fields
        if item.field.rows is not None
    }
    return tuple(
        replace(section, fields=tuple(_row_options(item, matrices, desk) for item in section.fields))
        for section in sections
    )


def _row_options(draft: Draft, matrices: Mapping[str, OptionList | None], desk: Desk) -> Draft:
    children = tuple(_row_options(child, matrices, desk) for child in draft.fields)
    field = replace(draft.field, fields=tuple(child.field for child in children))
    wanted = field.options_from_rows
    if wanted:
        written = draft.node.get("options")
        span = written.span if written is not None else field.span
        if desk.refer("field", wanted, span, matrices):
            field = replace(field, options=matrices[wanted])
    return replace(draft, field=field, fields=children)
