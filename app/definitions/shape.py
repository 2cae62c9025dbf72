"""Does a file have the keys and kinds of values that the vocabulary allows?

The second pass, straight over the nodes. It tells everything about shape, so that the readers behind it may take
what fits in silence. Codes ``S1xx``, and ``Y04x`` of ``yaml_reader`` for what a value is not.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable
from dataclasses import dataclass

from app.definitions.misspelt import MISSPELT
from app.definitions.model.forms import FieldType
from app.definitions.model.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from app.definitions.model.source import Problem
from app.definitions.problems import guess, problem
from app.definitions.vocabulary import ERROR_CODES, Key, Kind
from app.definitions.vocabulary import Node as Words
from app.definitions.vocabulary_workflows import FILE_KINDS, NODES
from app.definitions.yaml_reader import FALSE, TRUE, as_identifier, as_one_of, as_scalar

RESERVED = frozenset(
    {
        "holder",
        "case",
        "row",
        "partner",
        "reason",
        "role",
        "today",
        "field",
        "option",
        "other",
        "true",
        "false",
    }
)
FUNCTIONS = frozenset({
    "answered", "age", "count", "sum", "any", "all", "worst", "date", "marked", "read", "length", "min", "max",
})  # fmt: skip
CHILD_IDS_OF_ROWS = frozenset({"score", "id", "label"})
ITEM_NODES = {"options": "option", "rows": "option", "reasons": "option"}


def check(node: MappingNode, kind: str, problems: list[Problem]) -> None:
    """Judge a whole file whose first key said it is a ``kind`` (``form``, ``workflow``, ``list`` ...)."""
    _mapping(node, NODES[kind], problems)


def unknown_kind(node: MappingNode) -> Problem:
    """``S100``: no key says what a file is; with the one that the first key probably was."""
    first = node.keys[0] if node.keys else ""
    meant = MISSPELT.get(first, "") or guess(first, FILE_KINDS)
    return problem(
        "S100", node.span, kinds=", ".join(FILE_KINDS), id=first, guess=meant if meant in FILE_KINDS else ""
    )


def is_id(text: str) -> bool:
    """Whether an id may be used for something new: not a Python keyword, reserved word or function name."""
    return not (keyword.iskeyword(text) or text in RESERVED or text in FUNCTIONS)


def check_new_id(node: ScalarNode, problems: list[Problem], *, in_rows: bool = False) -> None:
    """Tell about an id that an author gives: its form (``Y046``), and whether the language needs it (``S101``).

    Inside rows only ``score``, ``id``, ``label`` and Python's keywords are taken, for there it is always ``row.x``.
    """
    text = as_identifier(node, problems)
    taken = keyword.iskeyword(text) or (text in CHILD_IDS_OF_ROWS if in_rows else not is_id(text))
    if text and taken:
        problems.append(problem("S101", node.span, id=text))


@dataclass(slots=True)
class _Here:
    """Where a value stands: its mapping, the vocabulary of that, and its key."""

    owner: MappingNode
    words: Words
    key: Key
    entry: Entry
    problems: list[Problem]


def _mapping(node: MappingNode, words: Words, problems: list[Problem], *, in_rows: bool = False) -> None:
    for missing in words.keys.values():
        if missing.required and node.entry(missing.name) is None and not _excused(node, words, missing.name):
            problems.append(problem("Y040", node.span, key=missing.name))
    for entry in node.entries:
        known = words.keys.get(entry.key)
        if known is not None:
            _value(_Here(node, words, known, entry, problems), in_rows)
        elif not words.open:
            _unknown(node, words, entry, problems)


def _excused(node: MappingNode, words: Words, key: str) -> bool:
    """Mandatory keys that another key makes superfluous."""
    if words.name != "field":
        return False
    kind = _text(node.get("type"))
    if key == "privacy":
        return True  # the reader knows what it inherits, and tells S110
    return key == "label" and kind in (FieldType.INFO, FieldType.CONSENT, FieldType.READ_RECEIPT)


def _unknown(node: MappingNode, words: Words, entry: Entry, problems: list[Problem]) -> None:
    free = [name for name in words.keys if node.entry(name) is None]
    translated = MISSPELT.get(entry.key, "")
    meant = translated if translated in free else guess(entry.key, free)
    problems.append(problem("Y051", entry.span, key=entry.key, guess=meant, known=", ".join(words.keys)))


def _value(here: _Here, in_rows: bool) -> None:
    value = here.entry.value
    if isinstance(value, ScalarNode) and (value.broken or (here.owner.flow and not value.text)):
        return  # told by the YAML pass
    if here.words.name in ("field", "change") and not _fits_type(here):
        return
    if here.key.name == here.words.name and Kind.ID in here.key.kinds and here.words.name != "use":
        found = as_scalar(value, here.key.name, here.problems)
        if found is not None:
            check_new_id(found, here.problems, in_rows=in_rows)
        return
    if here.words.name == "option" and here.key.name == "id":
        _option_id(value, here.problems)
        return
    _by_shape(here, value)


def _fits_type(here: _Here) -> bool:
    """Whether the key goes with the field's type; ``S103`` when not. Unknown types are told once, at ``type``."""
    kind = _text(here.owner.get("type"))
    if not here.key.types or kind not in set(FieldType) or FieldType(kind) in here.key.types:
        return True
    fits = ", ".join(sorted(here.key.types))
    here.problems.append(problem("S103", here.entry.span, key=here.key.name, type=kind, fits=fits))
    return False


def check_changes(field: MappingNode, change: MappingNode, problems: list[Problem]) -> None:
    """Whether the keys that a ``change:`` gives fit the type of the field of the block (``S103``)."""
    words = NODES["field"]
    for entry in change.entries:
        if entry.key in words.keys:
            _fits_type(_Here(field, words, words.keys[entry.key], entry, problems))


def _by_shape(here: _Here, value: Node) -> None:
    """Choose the kind that goes with the node's shape; ``Y041``, ``Y043`` or ``S105`` when there is none."""
    kinds = here.key.kinds
    if isinstance(value, ScalarNode):
        kind = next((kind for kind in kinds if kind in _SCALARS), None)
        if kind is not None:
            _SCALARS[kind](here, value)
        else:
            here.problems.append(
                problem("Y043" if _MAPPINGS & set(kinds) else "S105", value.span, key=here.key.name)
            )
    elif isinstance(value, MappingNode):
        _as_mapping(here, value)
    else:
        _as_list(here, value)


_MAPPINGS = {Kind.NODE, Kind.NAMED, Kind.WORDS, Kind.FREE}
_LISTS = {Kind.NODES, Kind.TEXTS, Kind.IDS, Kind.FREE}


def _as_mapping(here: _Here, value: MappingNode) -> None:
    kinds = here.key.kinds
    if Kind.FREE in kinds:
        return
    if Kind.NAMED in kinds:
        _named(here, value)
    elif Kind.NODE in kinds and (Kind.WORDS not in kinds or value.entry("list") or value.entry("rows")):
        _mapping(value, NODES[here.key.node], here.problems)
    elif Kind.WORDS in kinds:
        _words(here, value)
    else:
        code = "S105" if _LISTS & set(kinds) else "Y041"
        here.problems.append(problem(code, value.span, key=here.key.name))


def _named(here: _Here, value: MappingNode) -> None:
    for entry in value.entries:
        if here.key.node != "change":
            check_new_name(entry, here.problems)
        if isinstance(entry.value, MappingNode):
            _mapping(entry.value, NODES[here.key.node], here.problems)
        elif not (isinstance(entry.value, ScalarNode) and entry.value.broken):
            here.problems.append(problem("Y043", entry.value.span, key=entry.key))


def check_new_name(entry: Entry, problems: list[Problem]) -> None:
    """An id given as the key of a mapping: a state, action, message, option or contact point."""
    text = as_identifier(ScalarNode(entry.key, entry.span), problems)
    if text and keyword.iskeyword(text):
        problems.append(problem("S101", entry.span, id=text))


def _words(here: _Here, value: MappingNode) -> None:
    for entry in value.entries:
        if here.key.name == "messages" and entry.key not in ERROR_CODES:
            meant = guess(entry.key, ERROR_CODES)
            known = ", ".join(ERROR_CODES)
            here.problems.append(problem("S106", entry.span, code_=entry.key, guess=meant, known=known))
        elif here.key.name not in ("columns", "messages", "fills", "sets", "was"):
            check_new_name(entry, here.problems)
        if here.key.node in ITEM_NODES and isinstance(entry.value, MappingNode):
            _mapping(entry.value, NODES["named_option"], here.problems)
        elif not (value.flow and isinstance(entry.value, ScalarNode) and not entry.value.text):
            as_scalar(entry.value, entry.key, here.problems)


def _option_id(value: Node, problems: list[Problem]) -> None:
    found = as_scalar(value, "id", problems)
    if found is not None:
        check_new_name(Entry(found.text.strip(), found.span, found), problems)


def _as_list(here: _Here, value: SequenceNode) -> None:
    kinds = set(here.key.kinds)
    if Kind.FREE in kinds:
        return
    if not kinds & _LISTS:
        code = "Y043" if kinds & _MAPPINGS else "Y041"
        here.problems.append(problem(code, value.span, key=here.key.name))
        return
    for item in value.items:
        _item(here, item, kinds)


def _item(here: _Here, item: Node, kinds: set[Kind]) -> None:
    if isinstance(item, MappingNode) and Kind.NODES in kinds:
        _mapping(item, _node_of_item(here.key, item), here.problems, in_rows=here.words.name == "field")
    elif isinstance(item, ScalarNode) and kinds & {Kind.TEXTS, Kind.IDS}:
        _SCALARS[Kind.TEXTS if Kind.TEXTS in kinds else Kind.IDS](here, item)
    elif not (isinstance(item, ScalarNode) and item.broken):
        here.problems.append(problem("Y043" if Kind.NODES in kinds else "Y041", item.span, key=here.key.name))


def _node_of_item(key: Key, item: MappingNode) -> Words:
    if key.node == "field" and item.entry("use") is not None:
        return NODES["use"]
    return NODES[ITEM_NODES.get(key.node, key.node)]


def _any(here: _Here, value: ScalarNode) -> None:
    as_scalar(value, here.key.name, here.problems)


def _choice(here: _Here, value: ScalarNode) -> None:
    found = as_scalar(value, here.key.name, here.problems)
    if found is None or not here.key.choices:
        return
    text = found.text.strip()
    if here.key.name == "type" and text not in here.key.choices:
        known = ", ".join(here.key.choices)
        here.problems.append(
            problem("S102", found.span, text=text, guess=guess(text, here.key.choices), known=known)
        )
        return
    as_one_of(found, here.key.name, here.key.choices, here.problems)


def _id(here: _Here, value: ScalarNode) -> None:
    found = as_scalar(value, here.key.name, here.problems)
    if found is not None:
        as_identifier(found, here.problems, dotted=True)


def _flag(here: _Here, value: ScalarNode) -> None:
    found = as_scalar(value, here.key.name, here.problems)
    if found is not None and found.text.strip().lower() not in TRUE | FALSE:
        meant = guess(found.text, ("true", "false"))
        here.problems.append(problem("Y044", found.span, key=here.key.name, text=found.text, guess=meant))


def _count(here: _Here, value: ScalarNode) -> None:
    found = as_scalar(value, here.key.name, here.problems)
    if found is None:
        return
    text = found.text.strip()
    if here.key.name == "privacy" and text not in here.key.choices:
        here.problems.append(problem("S111", found.span, text=text))
    elif not (text.isascii() and text.isdigit() and len(text) < 10):
        here.problems.append(problem("Y045", found.span, key=here.key.name, text=text))


_SCALARS: dict[Kind, Callable[[_Here, ScalarNode], None]] = {
    Kind.TEXT: _choice,
    Kind.TEXTS: _choice,
    Kind.ID: _id,
    Kind.IDS: _id,
    Kind.FLAG: _flag,
    Kind.COUNT: _count,
    Kind.CONDITION: _any,
    Kind.EXPRESSION: _any,
    Kind.DURATION: _any,
    Kind.DEADLINE: _any,
    Kind.FREE: _any,
}


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, ScalarNode) else ""
