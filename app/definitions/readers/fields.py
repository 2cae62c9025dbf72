"""How does one field become a draft: everything but its expressions?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.definitions.model.forms import THIRD_PERSON, Field, FieldType, OptionList
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.source import NOWHERE, Span
from app.definitions.problems import guess
from app.definitions.readers.bonds import read_cases
from app.definitions.readers.desk import Desk, mappings, quiet, text_node, words
from app.definitions.readers.holding import read_holds
from app.definitions.readers.limits import read_limits
from app.definitions.readers.lists import options_of, yes_no

EXPRESSIONS = ("show_if", "required_if", "compute")
WITH_OPTIONS = frozenset(
    {FieldType.CHOICE, FieldType.CHOICES, FieldType.TAGS, FieldType.SCALE, FieldType.MATRIX}
)
ASKS_FOR_TEXT = frozenset({FieldType.CONSENT, FieldType.READ_RECEIPT, FieldType.INFO})


@dataclass(frozen=True, slots=True)
class Draft:
    """A field of which the expressions are still nodes. ``prefix``: the block's, so that siblings go by bare id;
    ``left_out``: those the form did not take, said where the block is ``used_at``."""

    field: Field
    node: MappingNode
    expressions: dict[str, ScalarNode]
    prefix: str = ""
    each: tuple[Draft, ...] = ()
    fields: tuple[Draft, ...] = ()
    left_out: frozenset[str] = frozenset()
    used_at: Span = NOWHERE


def read_field(node: MappingNode, desk: Desk, *, prefix: str = "", block: str = "") -> Draft | None:
    """One ``field:``; ``None`` when its id or type is unusable (told by the shape pass)."""
    take = quiet(node)
    bare = take.identifier("field")
    kind = take.one_of("type", list(FieldType))
    if not bare or not kind:
        return None
    field_type = FieldType(kind)
    each = _children(node, "each", desk) if field_type is FieldType.MATRIX else ()
    fields = _children(node, "fields", desk) if field_type is FieldType.REPEAT else ()
    read = _plain(node, f"{prefix}.{bare}" if prefix else bare, field_type, desk)
    privacy = take.integer("privacy", least=0, most=3)
    if privacy is None:
        told = node.entry("privacy") is not None or len(fields) < len(mappings(node, "fields"))
        privacy = 0 if told else _privacy(read, fields)
    read = replace(read, block=block, privacy=privacy)
    each = tuple(_inherit(child, read) for child in each)
    fields = tuple(_inherit(child, read) for child in fields)
    read = replace(read, each=tuple(c.field for c in each), fields=tuple(c.field for c in fields))
    _check(read, node, desk)
    found = {key: text_node(node, key) for key in EXPRESSIONS}
    expressions = {key: value for key, value in found.items() if value is not None}
    return Draft(read, node, expressions, prefix, each, fields)


def _plain(node: MappingNode, field_id: str, kind: FieldType, desk: Desk) -> Field:
    take = quiet(node)
    text = take.text("text")
    options = _options(node, kind, desk)
    return Field(
        id=field_id,
        type=kind,
        label=take.text("label") or text,
        privacy=0,
        help=take.text("help"),
        why=take.text("why"),
        placeholder=take.text("placeholder"),
        required=take.boolean("required"),
        required_for=take.text("required_for"),
        shown=take.text("shown") != "never",
        default=take.text("default") or ("niet_besproken" if kind is FieldType.YES_NO_UNASKED else None),
        limits=read_limits(node, kind, desk),
        messages=words(node, "messages"),
        options=options,
        options_from_rows=_rows_reference(node),
        rows=options_of(node, "rows", desk) if kind is FieldType.MATRIX else None,
        text=text,
        shares=take.texts("shares"),
        only_for=take.texts("only_for"),
        of=take.texts("of"),
        many=take.boolean("many"),
        authorisation=take.text("authorisation"),
        autocomplete=take.text("autocomplete"),
        means=take.text("means"),
        about=take.one_of("about", (THIRD_PERSON,)),
        anonymous=take.boolean("anonymous"),
        show_after=take.text("show_after"),
        cases=read_cases(node, kind),
        holds=read_holds(node, kind, desk),
        span=_id_span(node),
    )


def _options(node: MappingNode, kind: FieldType, desk: Desk) -> OptionList | None:
    if kind in (FieldType.YES_NO, FieldType.YES_NO_UNASKED):
        return yes_no(kind is FieldType.YES_NO_UNASKED)
    return options_of(node, "options", desk) if kind in WITH_OPTIONS else None


def _rows_reference(node: MappingNode) -> str:
    value = node.get("options")
    return (
        quiet(value).text("rows")
        if isinstance(value, MappingNode) and value.entry("rows") is not None
        else ""
    )


def _children(node: MappingNode, key: str, desk: Desk) -> tuple[Draft, ...]:
    found: list[Draft] = []
    for child in mappings(node, key):
        if child.entry("use") is not None:
            desk.tell("R222", child.span)
            continue
        draft = read_field(child, desk)
        if draft is not None and draft.field.type in (FieldType.MATRIX, FieldType.REPEAT):
            desk.tell("S123", draft.field.span, type=draft.field.type)
        elif draft is not None:
            found.append(draft)
    desk.unique("field", ((draft.field.id, draft.field.span) for draft in found))
    return tuple(found)


def _privacy(read: Field, fields: tuple[Draft, ...]) -> int:
    """The highest class of the rows or children; ``-1`` when nothing says it."""
    if read.type is FieldType.INFO:
        return 0
    rows = [option.privacy for option in read.rows.options if option.privacy is not None] if read.rows else []
    parts = rows + [child.field.privacy for child in fields if child.field.privacy >= 0]
    return max(parts, default=-1)


def _inherit(child: Draft, parent: Field) -> Draft:
    """A child without a class or a why of its own has those of its parent."""
    own = child.field
    privacy = own.privacy if own.privacy >= 0 else max(parent.privacy, 0)
    return replace(child, field=replace(own, privacy=privacy, why=own.why or parent.why))


def _check(read: Field, node: MappingNode, desk: Desk) -> None:
    """What goes with the type: options, rows, children, a text."""
    if read.type in WITH_OPTIONS and node.get("options") is None:
        desk.tell("S124", read.span, id=read.id, type=read.type, key="options")
    if read.type is FieldType.MATRIX and node.get("rows") is None:
        desk.tell("S124", read.span, id=read.id, type=read.type, key="rows")
    if read.type is FieldType.REPEAT and node.get("fields") is None:
        desk.tell("S124", read.span, id=read.id, type=read.type, key="fields")
    if read.type in ASKS_FOR_TEXT and node.get("text") is None:
        desk.tell("S124", read.span, id=read.id, type=read.type, key="text")
    _check_default(read, node, desk)


def _check_default(read: Field, node: MappingNode, desk: Desk) -> None:
    written = text_node(node, "default")
    if written is None or read.options is None or not read.options.options:
        return
    for word in [part.strip() for part in written.text.split(",")]:
        if read.options.get(word) is None:
            known = ", ".join(read.options.ids)
            desk.tell("R211", written.span, name=word, guess=guess(word, read.options.ids), known=known)


def _id_span(node: MappingNode) -> Span:
    found = node.get("field")
    return found.span if found is not None else node.span
