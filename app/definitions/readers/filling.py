"""Which answers does a form start with: ``fills:``, a field of that form -> a field of what is known already?"""

from __future__ import annotations

from collections.abc import Mapping

from app.definitions.expressions.scope import TYPES
from app.definitions.model.expressions import ValueType
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.privacy import highest
from app.definitions.readers.desk import Desk, quiet

TEXTUAL = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


def read_fills(
    node: MappingNode, form: Form | None, known: Mapping[str, Field], desk: Desk
) -> Mapping[str, str]:
    """Target -> source. Both exist (``R209``), are of one kind (``G456``), and no answer gets into a field of a lower
    privacy class (``P526``). Nothing is said when ``form`` could not be read."""
    found: dict[str, str] = {}
    for entry in quiet(node).entries("fills"):
        source = entry.value
        if form is None or not isinstance(source, ScalarNode) or source.broken or not source.text.strip():
            continue
        name = source.text.strip()
        targets = {item.id: item for item in form.fields()}
        here = desk.refer("field", entry.key, entry.span, targets)
        there = desk.refer("field", name, source.span, known)
        if not (here and there):
            continue
        into, out_of = targets[entry.key], known[name]
        if not _fits(out_of, into):
            types = {"type_left": out_of.type.value, "type_right": into.type.value}
            desk.tell("G456", source.span, name=name, field=entry.key, **types)
        elif highest(out_of) > highest(into):
            desk.tell("P526", source.span, name=name, field=entry.key, privacy=highest(out_of))
        else:
            found[entry.key] = name
    return found


def _fits(source: Field, target: Field) -> bool:
    """Whether an answer to one field can stand in the other as it is."""
    if source.type is target.type:
        return TYPES.get(source.type) not in (ValueType.ROWS, ValueType.OTHER, ValueType.BOOLEAN)
    return target.type in TEXTUAL and source.type in TEXTUAL
