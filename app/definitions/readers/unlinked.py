"""Does a form that belongs to nobody keep nothing that leads to somebody?"""

from __future__ import annotations

from collections.abc import Iterator

from app.definitions.model.forms import Field, FieldType, Form, FormKind
from app.definitions.model.nodes import MappingNode
from app.definitions.model.source import Span
from app.definitions.model.unlinked import LEAST, Unlinked
from app.definitions.privacy import highest
from app.definitions.readers.desk import Desk, mappings, quiet, text_node

T = FieldType
FREE = frozenset({T.TEXT, T.LONG_TEXT, T.TAGS})
"""What somebody writes in words of their own."""
SAFE = FREE | {
    T.CHOICE, T.CHOICES, T.YES_NO, T.YES_NO_UNASKED, T.SCALE, T.MATRIX, T.NEIGHBOURHOOD, T.INTEGER, T.DECIMAL,
    T.REPEAT, T.INFO,
}  # fmt: skip
"""All but what says who, where exactly or when exactly, and what carries more along than it shows."""
CLOSED = frozenset({T.CHOICE, T.YES_NO, T.SCALE, T.NEIGHBOURHOOD})
NOT_HERE = ("workflow", "number", "draft", "conversation", "card", "urgent_if")
"""What only a case has."""


def read_unlinked(node: MappingNode, form: Form, desk: Desk) -> Unlinked | None:
    """``unlinked:`` of a form whose fields are known; ``None`` without it. Tells everything that could lead back."""
    written = node.get("unlinked")
    if not isinstance(written, MappingNode):
        return None
    for key in NOT_HERE:
        entry = node.entry(key)
        if entry is not None:
            desk.tell("S244", entry.span, key=key)
    _check_retention(node, desk)
    for field in form.fields():
        _check_field(field, desk)
    keeps = _keeps(written, form, desk)
    return Unlinked(tuple(keeps), *_release(written, keeps, desk), span=written.span)


def read_beside(node: MappingNode, form: Form, desk: Desk) -> str:
    """``beside:``: the form that lies ready on the same device afterwards, blank and without a link; ``""`` without.
    A form behind a button is never sent by somebody who has another one to fill in (``S246``)."""
    beside = text_node(node, "beside")
    if beside is None:
        return ""
    if form.kind is FormKind.ACTION:
        desk.tell("S246", beside.span)
    elif desk.refer("form", name := beside.text.strip(), beside.span):
        sheet = desk.sheets.get(("form", name))
        if sheet is not None and quiet(sheet.node).text("kind") == "action":
            desk.tell("R224", beside.span, form=name)
    return beside.text.strip()


def _keeps(written: MappingNode, form: Form, desk: Desk) -> dict[str, Span]:
    """The fields that every sheet surely answers, out of few answers."""
    fields = {field.id: field for field in form.fields()}
    hidden = {field.id for section in form.sections if section.show_if for field in section.fields}
    found: dict[str, Span] = {}
    for item in quiet(written).scalars("keeps"):
        name = item.text.strip()
        if not desk.refer("field", name, item.span, fields):
            continue
        field = fields[name]
        if field.type not in CLOSED or not field.required or field.show_if or name in hidden:
            desk.tell("S241", item.span, name=name)
            continue
        found[name] = item.span
    return found


def _release(written: MappingNode, keeps: dict[str, Span], desk: Desk) -> tuple[str, int]:
    node = next(iter(mappings(written, "release")), None)
    if node is None:
        return "", LEAST
    per, least = text_node(node, "per"), text_node(node, "at_least")
    if per is not None and per.text.strip() not in keeps and not desk.is_lost(per.text.strip()):
        desk.tell("S242", per.span, name=per.text.strip(), known=", ".join(keeps) or "-")
    count = quiet(node).integer("at_least", least=0)
    if least is not None and count is not None and count < LEAST:
        desk.tell("S243", least.span, least=LEAST)
    return per.text.strip() if per is not None else "", max(count or LEAST, LEAST)


def _check_retention(node: MappingNode, desk: Desk) -> None:
    """There is no case that closes, and nothing of it can be made more anonymous."""
    for item in mappings(node, "retention"):
        take = quiet(item)
        if item.entry("if") or take.text("after") != "submitted" or take.text("then") != "delete":
            desk.tell("S245", item.span)


def _check_field(field: Field, desk: Desk) -> None:
    for one in _with_children(field):
        if one.type not in SAFE or one.means.partition(".")[0] in ("resident", "referrer"):
            desk.tell("P541", one.span, id=one.id, type=one.type.value)
        elif highest(one) > 0:
            desk.tell("P542", one.span, id=one.id, privacy=highest(one))
        elif one.type in FREE and not one.anonymous:
            desk.tell("P543", one.span, id=one.id)


def _with_children(field: Field) -> Iterator[Field]:
    yield field
    yield from field.each
    yield from field.fields
