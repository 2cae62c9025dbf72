"""How do the parts of ``score:`` become what a matching weighs?"""

from __future__ import annotations

from app.definitions.expressions.walking import fields_read
from app.definitions.model.forms import Field, FieldType
from app.definitions.model.matching import OTHER, PartKind, ScorePart
from app.definitions.model.nodes import MappingNode
from app.definitions.placeholders import PLACEHOLDER
from app.definitions.readers.desk import mappings, text_node
from app.definitions.readers.sides import Sides
from app.definitions.yaml_reader import Reader

MOST_WEIGHT = 20
CHOSEN = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.TAGS})
FITS = {
    PartKind.OVERLAP: CHOSEN,
    PartKind.COVERS: CHOSEN,
    PartKind.TIMES: frozenset({FieldType.AVAILABILITY}),
    PartKind.DISTANCE: frozenset({FieldType.NEIGHBOURHOOD, FieldType.ADDRESS}),
}
WORDS = ("shared", "missing")
"""What ``says:`` and ``lacks:`` may name."""


def read_score(written: MappingNode, sides: Sides) -> tuple[ScorePart, ...]:
    """The parts in order; one that is not exactly one kind of part is told (``S168``)."""
    found: list[ScorePart] = []
    for item in mappings(written, "score"):
        kinds = [kind for kind in PartKind if item.entry(kind.value) is not None]
        if len(kinds) != 1:
            sides.desk.tell("S168", item.span)
            continue
        part = _condition(item, sides) if kinds[0] is PartKind.IF else _compared(item, kinds[0], sides)
        if part is not None:
            found.append(part)
    return tuple(found)


def _condition(item: MappingNode, sides: Sides) -> ScorePart | None:
    condition = sides.expressions.condition(text_node(item, "if"))
    if condition is None:
        return None
    private = sides.reads(fields_read(condition.tree), item.span)
    return ScorePart(
        PartKind.IF,
        _weight(item, sides, least=0),
        condition=condition,
        says=_words(item, "says", sides),
        lacks=_words(item, "lacks", sides),
        sensitive=private.sensitive,
        guarded=private.guarded,
        span=item.span,
    )


def _compared(item: MappingNode, kind: PartKind, sides: Sides) -> ScorePart | None:
    """Two fields, one of each side (``S169``), of types that this kind of part compares (``G451``)."""
    left_node, right_node = text_node(item, kind.value), text_node(item, "of")
    if left_node is None:
        return None
    if right_node is None:
        sides.desk.tell("Y040", item.span, key="of")
        return None
    left, right = sides.field(left_node), sides.field(right_node)
    if left is None or right is None:
        return None
    names = [left_node.text.strip(), right_node.text.strip()]
    if len([name for name in names if name.startswith(OTHER)]) != 1:
        sides.desk.tell("S169", right_node.span, text=names[1])
        return None
    for name, field, node in ((names[0], left, left_node), (names[1], right, right_node)):
        if field.type not in FITS[kind]:
            fits = ", ".join(sorted(FITS[kind]))
            sides.desk.tell("G451", node.span, part=kind.value, name=name, type=field.type.value, fits=fits)
            return None
    if not _comparable(kind, left, right):
        sides.desk.tell("G452", right_node.span, left=names[0], right=names[1])
        return None
    swapped = names[0].startswith(OTHER)
    private = sides.reads(names, item.span)
    return ScorePart(
        kind,
        _weight(item, sides, least=1),
        mine=right.id if swapped else left.id,
        other=left.id if swapped else right.id,
        swapped=swapped,
        says=_words(item, "says", sides),
        lacks=_words(item, "lacks", sides),
        sensitive=private.sensitive,
        guarded=private.guarded,
        ignored=_ignored(left, right),
        span=item.span,
    )


def _comparable(kind: PartKind, left: Field, right: Field) -> bool:
    """Whether the two could ever agree: a place with a place of its kind, options that both have."""
    if kind is PartKind.DISTANCE:
        return left.type is right.type
    if kind is PartKind.TIMES or left.options is None or right.options is None:
        return True
    return bool(set(left.options.ids) & set(right.options.ids))


def _ignored(*fields: Field) -> tuple[str, ...]:
    """Options that say nothing of what somebody likes or needs: ``niets``, ``niet besproken``."""
    options = [option for field in fields if field.options for option in field.options.options]
    return tuple(sorted({option.id for option in options if option.silent or option.opt_out}))


def _weight(item: MappingNode, sides: Sides, *, least: int) -> int:
    if text_node(item, "weight") is None:
        return 1
    return Reader(item, sides.desk.problems).integer("weight", least=least, most=MOST_WEIGHT) or 0


def _words(item: MappingNode, key: str, sides: Sides) -> str:
    """A text that may name what is shared or missing (``R215``)."""
    found = text_node(item, key)
    if found is None:
        return ""
    for match in PLACEHOLDER.finditer(found.text):
        name = match.group(1)
        if match.group() in ("{{", "}}"):
            continue
        if name is None:
            sides.desk.tell("S170", found.at(match.start()), sign=match.group())
        elif name not in WORDS:
            sides.desk.tell("R215", found.at(match.start()), name=name, guess="", known=", ".join(WORDS))
    return found.text.strip()
