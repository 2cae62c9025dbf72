"""How does ``prefills:`` of a question become what its answer starts with?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.definitions.model.asking import Prefill
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.nodes import MappingNode
from app.definitions.privacy import highest
from app.definitions.readers.alike import read_same, typed
from app.definitions.readers.desk import Desk, mappings, quiet, text_node

T = FieldType
WORDS = frozenset({T.TEXT, T.LONG_TEXT})
LEAVES = 0
"""The highest class of what somebody from outside reads of other cases."""


@dataclass(frozen=True, slots=True)
class Around:
    """The form of the answer, the fields of the case, every form, and where problems go."""

    asked: Form
    own: Mapping[str, Field]
    forms: Mapping[str, Form]
    desk: Desk


def read_prefills(node: MappingNode, around: Around) -> tuple[Prefill, ...]:
    """What each field of the answer starts with."""
    found = (_prefill(item, around) for item in mappings(node, "prefills"))
    return tuple(item for item in found if item is not None)


def _prefill(node: MappingNode, around: Around) -> Prefill | None:
    desk, of = around.desk, text_node(node, "of")
    if of is None or not desk.refer("form", of.text.strip(), of.span) or of.text.strip() not in around.forms:
        return None
    other = around.forms[of.text.strip()]
    theirs = {field.id: field for field in other.fields()}
    says = typed(desk, text_node(node, "says"), theirs, WORDS)
    if says and highest(theirs[says]) > LEAVES:
        desk.tell("P550", node.span, name=says, privacy=highest(theirs[says]))
    per = typed(desk, text_node(node, "per"), theirs, {T.CHOICE})
    return Prefill(
        field=_field(node, around, beside=node.entry("per") is not None),
        of=other.id,
        states=tuple(_states(node, other, desk)),
        says=says,
        same=read_same(node, theirs, around.own, desk),
        per=per,
        span=node.span,
    )


def _field(node: MappingNode, around: Around, *, beside: bool) -> str:
    name = text_node(node, "field")
    texts = set(_texts(around.asked, beside=beside))
    known = name is not None and around.desk.refer("field", name.text.strip(), name.span, texts)
    return quiet(node).text("field") if known else ""


def _texts(form: Form, *, beside: bool) -> Iterator[str]:
    """The texts that can be filled in beforehand: plain ones, or those beside the rows of a matrix."""
    for field in form.fields():
        if field.type is T.MATRIX and beside:
            yield from (f"{field.id}.{child.id}" for child in field.each if child.type in WORDS)
        elif field.type in WORDS and not beside:
            yield field.id


def _states(node: MappingNode, other: Form, desk: Desk) -> Iterator[str]:
    sheet = desk.sheets.get(("workflow", other.workflow))
    known = [entry.key for entry in quiet(sheet.node).entries("states")] if sheet is not None else []
    for item in quiet(node).scalars("in"):
        if sheet is None or desk.refer("state", item.text.strip(), item.span, known):
            yield item.text.strip()
