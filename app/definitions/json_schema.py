"""How does an editor outside know the language? A JSON Schema (draft 2020-12) for each kind of file.

Made from the vocabulary that files are judged by. It knows shape only: what refers to something, and what is proved,
is for ``meernet check``. It refuses nothing that the check accepts; where YAML and we read a scalar differently
(``no``, ``12:30``), every scalar is allowed.
"""

from __future__ import annotations

from typing import Any

from app.definitions.shape import ITEM_NODES
from app.definitions.vocabulary import STATEMENTS, Key, Kind, Node
from app.definitions.vocabulary_workflows import FILE_KINDS, NODES
from app.texts import say

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$"
SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_LIST_KINDS = frozenset({Kind.TEXTS, Kind.IDS})
_EXCUSED = frozenset({("field", "privacy"), ("field", "label")})
"""What only some fields must have: a class may come from around it, and a statement is its own label."""


def schema(kind: str, language: str = "nl") -> Schema:
    """The schema of a kind of file (``form``, ``workflow``, ``block``, ``list`` …). Raises ``KeyError``."""
    return {
        "$schema": DIALECT,
        "title": say(f"guide.node.{kind}", language),
        "$ref": f"#/$defs/{kind}",
        "$defs": {name: _node(NODES[name], language) for name in sorted(_reached(kind))},
    }


def schemas(language: str = "nl") -> dict[str, Schema]:
    """The schema of every kind of file."""
    return {kind: schema(kind, language) for kind in FILE_KINDS}


def _reached(kind: str) -> set[str]:
    """The parts of the language that a kind of file can hold, itself included."""
    found: set[str] = set()
    waiting = [kind]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        waiting += [below for key in NODES[name].keys.values() for below in _below(key)]
    return found


def _below(key: Key) -> list[str]:
    names = [key.node] if key.node else []
    if key.node == "field":
        names.append("use")
    if key.node in ITEM_NODES:
        names += [ITEM_NODES[key.node], "named_option"]
    if key.node == "option" and Kind.WORDS in key.kinds:
        names.append("named_option")
    return names


def _node(node: Node, language: str) -> Schema:
    required = [
        key.name for key in node.keys.values() if key.required and (node.name, key.name) not in _EXCUSED
    ]
    made: Schema = {
        "type": "object",
        "properties": {key.name: _key(node, key, language) for key in node.keys.values()},
        "additionalProperties": node.open,
    }
    if required:
        made["required"] = required
    fits = [_fits(key) for key in node.keys.values() if key.types and "type" in node.keys]
    if node.name == "field":
        statements = {"enum": [kind.value for kind in STATEMENTS]}
        unnamed = {"required": ["type"], "properties": {"type": statements}}
        fits.append({"if": unnamed, "else": {"required": ["label"]}})
    if fits:
        made["allOf"] = fits
    return made


def _fits(key: Key) -> Schema:
    """A key that goes with some field types only."""
    kinds = sorted(kind.value for kind in key.types)
    return {"if": {"required": [key.name]}, "then": {"properties": {"type": {"enum": kinds}}}}


def _key(node: Node, key: Key, language: str) -> Schema:
    shapes = [shape for kind in key.kinds for shape in _shapes(kind, key)]
    if {Kind.NODES, Kind.TEXTS} <= set(key.kinds):  # words and parts may stand in one list
        items = [shape["items"] for shape in shapes if shape.get("type") == "array"]
        shapes.append({"type": "array", "items": {"anyOf": items}})
    made = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    return {"description": say(node.help_code(key.name), language), **made}


def _shapes(kind: Kind, key: Key) -> list[Schema]:
    if kind in (Kind.NODE, Kind.NODES, Kind.NAMED):
        return _parts(kind, key)
    if kind is Kind.WORDS:
        below = {"anyOf": [SCALAR, _ref("named_option")]} if "named_option" in _below(key) else SCALAR
        return [{"type": "object", "additionalProperties": below}]
    one = _scalar(kind, key)
    return [one, {"type": "array", "items": one}] if kind in _LIST_KINDS else [one]


def _scalar(kind: Kind, key: Key) -> Schema:
    if kind is Kind.FREE:
        return {}
    if key.choices:
        numbers = [int(choice) for choice in key.choices if choice.isdigit()]
        return {"enum": [*(str(choice) for choice in key.choices), *numbers]}
    if kind is Kind.COUNT:
        return {"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$"}
    if kind is Kind.FLAG:
        return {"type": ["boolean", "string"]}
    return {"type": "string", "pattern": ID} if kind in (Kind.ID, Kind.IDS) else SCALAR


def _parts(kind: Kind, key: Key) -> list[Schema]:
    if kind is Kind.NAMED:
        return [{"type": "object", "additionalProperties": _ref(key.node)}]
    if kind is Kind.NODE:
        return [_ref(key.node)]
    items = [_ref(ITEM_NODES.get(key.node, key.node))]
    if key.node == "field":
        items.append(_ref("use"))
    return [{"type": "array", "items": items[0] if len(items) == 1 else {"anyOf": items}}]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
