"""Is a form that is held as a conversation made of what such a page needs?"""

from __future__ import annotations

from collections.abc import Mapping

from app.definitions.model.forms import Conversation, Field, FieldType, Form
from app.definitions.model.nodes import MappingNode
from app.definitions.readers.desk import Desk, text_node

KEYS = {"notes": FieldType.LONG_TEXT, "overview": FieldType.MATRIX, "agreements": FieldType.REPEAT}
"""Which type of field each key names."""


def read_conversation(node: MappingNode, form: Form, desk: Desk) -> Conversation | None:
    """``conversation:`` of a form whose fields are known; ``None`` without it, or when it was told why not."""
    written = node.get("conversation")
    if not isinstance(written, MappingNode):
        return None
    fields = {field.id: field for field in form.fields()}
    notes, overview, agreements = (_named(written, key, fields, desk) for key in KEYS)
    if overview is not None:
        _has_unasked(written, overview, desk)
    if overview is not None and agreements is not None:
        _names_rows(written, agreements, overview, desk)
    if notes is None or overview is None:
        return None
    return Conversation(notes.id, overview.id, agreements.id if agreements else "", written.span)


def _named(written: MappingNode, key: str, fields: Mapping[str, Field], desk: Desk) -> Field | None:
    found = text_node(written, key)
    if found is None or not desk.refer("field", found.text.strip(), found.span, fields):
        return None
    field = fields[found.text.strip()]
    if field.type is KEYS[key]:
        return field
    told = {"key": key, "name": field.id, "given": field.type.value, "fits": KEYS[key].value}
    desk.tell("S186", found.span, **told)
    return None


def _has_unasked(written: MappingNode, overview: Field, desk: Desk) -> None:
    """What was not talked about must be told from what goes well."""
    place = text_node(written, "overview")
    if place and overview.options and not any(option.silent for option in overview.options.options):
        desk.tell("S187", place.span, name=overview.id)


def _names_rows(written: MappingNode, agreements: Field, overview: Field, desk: Desk) -> None:
    place = text_node(written, "agreements")
    if place and not any(child.options_from_rows == overview.id for child in agreements.fields):
        desk.tell("S188", place.span, name=agreements.id, overview=overview.id)
