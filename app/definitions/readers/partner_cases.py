"""How does a sub-case know its partner, and what the resident agreed to share with it?"""

from __future__ import annotations

from collections.abc import Iterable

from app.definitions.expressions_of import Expressions
from app.definitions.model.expressions import Condition, FieldRef, RowRef
from app.definitions.model.forms import Field, FieldType
from app.definitions.model.nodes import MappingNode
from app.definitions.readers.desk import text_node

ROW = "row."


def read_partner(node: MappingNode, rows: str, consent: Condition | None, expressions: Expressions) -> str:
    """The partner field of a rule of ``also:``, as written; ``""`` when there is none or it cannot be one.

    It goes with ``case:`` and without ``carry:`` (``S181``); ``consent:`` must be the one agreement that says what is
    shared (``G461``).
    """
    written = text_node(node, "partner")
    if written is None:
        return ""
    if node.entry("case") is None or node.entry("carry") is not None:
        expressions.desk.tell("S181", written.span)
        return ""
    name, fields = (
        written.text.strip(),
        _fields(expressions, rows if written.text.strip().startswith(ROW) else ""),
    )
    partners = {field.id for field in fields if field.type is FieldType.PARTNER}
    if not expressions.blind and not expressions.desk.refer(
        "field", name.removeprefix(ROW), written.span, partners
    ):
        return ""
    lost = node.entry("consent") is not None and consent is None  # told where it was read
    if not expressions.blind and not lost and not _shares(expressions, rows, consent):
        asked = text_node(node, "consent")
        expressions.desk.tell("G461", (asked or written).span, partner=name)
        return ""
    return name


def _fields(expressions: Expressions, rows: str) -> Iterable[Field]:
    if rows:
        found = expressions.field(rows)
        return (*found.fields, *found.each) if found is not None else ()
    return [field for form in expressions.forms for field in form.fields()]


def _shares(expressions: Expressions, rows: str, consent: Condition | None) -> bool:
    """Whether ``consent`` is one agreement that says what is shared."""
    tree = consent.tree if consent is not None else None
    if isinstance(tree, RowRef):
        fields, name = _fields(expressions, rows), tree.name
    elif isinstance(tree, FieldRef):
        fields, name = _fields(expressions, ""), tree.field
    else:
        return False
    return any(field.id == name and field.type is FieldType.CONSENT and field.shares for field in fields)
