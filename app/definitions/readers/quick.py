"""Is a form that is sent in under a minute short enough for that?"""

from __future__ import annotations

from app.definitions.model.forms import Field, FieldType, Form, FormKind
from app.definitions.model.nodes import MappingNode
from app.definitions.readers.desk import Desk, key_span, quiet

T = FieldType
MOST_SEEN, MOST_NEEDED, MOST_OPTIONS = 8, 5, 8
"""Questions in sight, questions that must be answered, choices of one question: what a thumb does in a minute."""
TAPPED = frozenset({
    T.CHOICE, T.CHOICES, T.YES_NO, T.YES_NO_UNASKED, T.SCALE, T.NEIGHBOURHOOD, T.FILE, T.CONSENT, T.INFO,
    T.TEXT, T.LONG_TEXT, T.PHONE, T.EMAIL, T.INTEGER, T.DATE, T.TIME,
})  # fmt: skip
"""What takes one tap, or a few words that a telephone writes by itself."""


def read_quick(node: MappingNode, form: Form, desk: Desk) -> bool:
    """``quick:`` of a form whose fields are known; tells what makes it too long (``S260``, ``S261``, ``S262``), and
    where it cannot be (``S263``)."""
    if not quiet(node).boolean("quick"):
        return False
    place = key_span(node, "quick")
    if form.kind is FormKind.ACTION or form.conversation is not None:
        desk.tell("S263", place)
    asked = [field for field in form.fields() if field.type is not T.INFO and field.compute is None]
    seen = [field for field in asked if not field.show_after and not field.only_for]
    needed = [field for field in seen if field.required or field.required_if is not None]
    if len(seen) > MOST_SEEN:
        desk.tell("S260", place, number=len(seen), most=MOST_SEEN)
    if len(needed) > MOST_NEEDED:
        desk.tell("S261", place, number=len(needed), most=MOST_NEEDED)
    for field in asked:
        if _is_slow(field):
            desk.tell("S262", field.span, id=field.id, most=MOST_OPTIONS)
    return True


def _is_slow(field: Field) -> bool:
    return field.type not in TAPPED or (
        field.options is not None and len(field.options.options) > MOST_OPTIONS
    )
