"""Do the ``{names}`` in texts exist, and does no text that leaves the house carry class 2-3 answers?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.definitions.counterexamples import PARAMETER, Example
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.source import Span
from app.definitions.model.workflows import Workflow
from app.definitions.privacy import highest
from app.definitions.problems import guess
from app.definitions.proofs.needed import hidden_when_sent
from app.definitions.proofs.spaces import Spaces
from app.definitions.readers.desk import Desk, mappings, named, quiet, text_node

PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
CASE_NAMES = ("holder.name", "holder.phone", "holder.email", "case.number", "case.due", "partner.name",
              "municipality.name")  # fmt: skip
CONSENT_LABEL = "consent.label"
"""What the task of ``withdrawn:`` knows besides: the consent that ended."""
Hidden = Callable[[str], Example | None]
"""Who is not shown the field of that id when a text goes out."""
ROW_FACTS = ("row.label", "row.id", "row.score")


@dataclass(frozen=True, slots=True)
class Known:
    """What a text may name: fixed names, and fields with their class."""

    names: frozenset[str]
    classes: Mapping[str, int] = field(default_factory=dict)
    conditional: frozenset[str] = frozenset()
    in_list: bool = False

    def inside(self, rows: Field | None) -> Known:
        """The same within the rows of a matrix or repeat."""
        if rows is None:
            return self
        children = {f"row.{child.id}": child.privacy for child in (*rows.each, *rows.fields)}
        columns = {
            f"row.{name}" for option in (rows.rows.options if rows.rows else ()) for name in option.columns
        }
        facts = set(ROW_FACTS) if rows.type is FieldType.MATRIX else set()
        return Known(
            self.names | facts | columns, {**self.classes, **children}, self.conditional, self.in_list
        )


def named_in(text: str) -> tuple[str, ...]:
    """The names between braces."""
    return tuple(match.group(1) for match in PLACEHOLDER.finditer(text) if match.group(1))


def known_of(forms: Iterable[Form]) -> Known:
    """The names for texts over these forms."""
    fields = [item for form in forms for item in form.fields() if item.type is not FieldType.INFO]
    hidden = {
        item.id for form in forms for section in form.sections for item in section.fields
        if item.show_if is not None or section.show_if is not None
    }  # fmt: skip
    return Known(frozenset(CASE_NAMES), {item.id: highest(item) for item in fields}, frozenset(hidden))


def check_form_texts(form: Form, desk: Desk) -> None:
    """The texts of the fields: ``text`` of a consent, labels and help."""
    known = known_of([form])
    for item in form.fields():
        check_field_texts(item, known, desk)
        inside = known.inside(item)
        for child in (*item.each, *item.fields):
            check_field_texts(child, inside, desk)


def check_field_texts(item: Field, known: Known, desk: Desk) -> None:
    """Every text of one field; places are the field's own."""
    for text in {item.text, item.label, item.help, item.why}:
        if "{" in text or "}" in text:
            _check(ScalarNode(text, item.span), known, desk)


def check_workflow_texts(
    workflow: Workflow, node: MappingNode, forms: Sequence[Form], spaces: Spaces, desk: Desk
) -> None:
    """Messages (class 0-1 only: they leave the house) and tasks."""
    if len(forms) < len(workflow.forms) or not forms:
        return
    known = replace(known_of((*forms, *workflow.later.values())), in_list=True)
    for name, _, item in named(node, "messages"):

        def hidden(field_id: str, message: str = name) -> Example | None:
            return hidden_when_sent(field_id, message, workflow, spaces)

        for key in ("subject", "text"):
            found = text_node(item, key)
            if found is not None:
                _check(found, known, desk, hidden)
    for text in _ending(node):
        _check(text, replace(known, names=known.names | {CONSENT_LABEL}), desk)
    for text, rows in _tasks(node):
        form_field = next((f for form in forms for f in form.fields() if f.id == rows), None)
        _check(text, known.inside(form_field), desk)


def _ending(node: MappingNode) -> Iterator[ScalarNode]:
    """The tasks of ``withdrawn:``."""
    for _, _, state in named(node, "states"):
        found = (text_node(item, "task") for item in mappings(state, "withdrawn"))
        yield from (text for text in found if text is not None)


def _tasks(node: MappingNode) -> Iterator[tuple[ScalarNode, str]]:
    for _, _, state in named(node, "states"):
        for holder in (state, *mappings(state, "every")):
            found = text_node(holder, "task")
            if found is not None:
                yield found, ""
    for item in mappings(node, "also"):
        found = text_node(item, "task")
        if found is not None:
            yield found, quiet(item).text("each")


def _check(node: ScalarNode, known: Known, desk: Desk, hidden: Hidden | None = None) -> None:
    """``hidden`` for a text that leaves the house: who would be sent a hole instead of that field."""
    for match in PLACEHOLDER.finditer(node.text):
        written = match.group()
        if written in ("{{", "}}"):
            continue
        name = match.group(1)
        if name is None:
            desk.tell("S170", node.at(match.start()), sign=written)
        elif name not in known.names and name not in known.classes and not desk.is_lost(name):
            every = sorted(known.names | set(known.classes))
            desk.tell("R215", node.at(match.start()), name=name, guess=guess(name, every),
                      known=", ".join(sorted(known.names)))  # fmt: skip
        elif hidden is not None:
            _leaving(name, node.at(match.start()), known, (hidden, desk))
        elif known.in_list and known.classes.get(name, 0) == 3:
            desk.tell("P523", node.at(match.start()), name=name)


def _leaving(name: str, at: Span, known: Known, told: tuple[Hidden, Desk]) -> None:
    """What a text that leaves the house names: nothing of class 2 or 3, and nothing that can be missing."""
    hidden, desk = told
    if known.classes.get(name, 0) >= 2:
        desk.tell("P520", at, name=name, privacy=known.classes[name])
    elif name in known.conditional:
        example = hidden(name)
        if example is not None:
            desk.tell("P521", at, name=name, **{PARAMETER: example.written()})
