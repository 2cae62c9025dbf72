"""Which fields of another form does a key name, and which must say the same as a field of the case?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from app.definitions.model.forms import Field, FieldType
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.readers.desk import Desk, quiet


def read_same(
    node: MappingNode, theirs: Mapping[str, Field], own: Mapping[str, Field], desk: Desk
) -> Mapping[str, str]:
    """``same:``: a field of the other form -> a field of the case, of one type (``G456``)."""
    found: dict[str, str] = {}
    for entry in quiet(node).entries("same"):
        source = entry.value
        if not isinstance(source, ScalarNode) or source.broken:
            continue
        name = source.text.strip()
        there = desk.refer("field", entry.key, entry.span, theirs)
        here = desk.refer("field", name, source.span, own)
        if not (there and here):
            continue
        left, right = own[name].type, theirs[entry.key].type
        if left is right:
            found[entry.key] = name
        else:
            types = {"type_left": left.value, "type_right": right.value}
            desk.tell("G456", source.span, name=name, field=entry.key, **types)
    return MappingProxyType(found)


def typed(
    desk: Desk, node: ScalarNode | None, known: Mapping[str, Field], types: Collection[FieldType]
) -> str:
    """The field that a key names, of one of ``types`` (``G451``); ``""`` when it is not there."""
    if node is None or not desk.refer("field", node.text.strip(), node.span, known):
        return ""
    field = known[node.text.strip()]
    if field.type in types:
        return field.id
    fits = ", ".join(sorted(one.value for one in types))
    desk.tell("G451", node.span, part=field.id, name=field.id, type=field.type.value, fits=fits)
    return ""
