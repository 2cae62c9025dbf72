"""Which keys of the vocabulary does a file use, and which words of closed lists?"""

from __future__ import annotations

from collections.abc import Iterator

from app.definitions.compiler import kind_of
from app.definitions.model.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from app.definitions.model.source import Source
from app.definitions.shape import ITEM_NODES
from app.definitions.vocabulary import Key, Kind
from app.definitions.vocabulary_workflows import NODES
from app.definitions.yaml_nodes import read

Used = tuple[str, str, str]
"""Node, key, and the word that stands there when its words are a closed list."""
WITHIN_FREE = {"holders": "holding", "rosters": "duty"}
"""Nodes below keys that take anything."""


def used_in(source: Source) -> Iterator[Used]:
    """Everything a file uses."""
    node, _ = read(source)
    if node is not None:
        yield from _mapping(node, kind_of(source.path, node))


def _mapping(node: MappingNode, words: str) -> Iterator[Used]:
    for entry in node.entries:
        key = NODES[words].keys.get(entry.key)
        if key is None:
            continue
        yield words, key.name, ""
        yield from ((words, key.name, word) for word in _words(entry.value) if word in key.choices)
        yield from _below(key, entry)


def _below(key: Key, entry: Entry) -> Iterator[Used]:
    value = entry.value
    if key.name in WITHIN_FREE:
        yield from _free(value, WITHIN_FREE[key.name])
    elif isinstance(value, SequenceNode) and Kind.NODES in key.kinds:
        for item in value.items:
            if isinstance(item, MappingNode):
                use = key.node == "field" and item.entry("use") is not None
                yield from _mapping(item, "use" if use else ITEM_NODES.get(key.node, key.node))
    elif isinstance(value, MappingNode) and key.node:
        yield from _as_mapping(key, value)


def _as_mapping(key: Key, value: MappingNode) -> Iterator[Used]:
    named = Kind.NAMED in key.kinds
    listed = value.entry("list") is not None or value.entry("rows") is not None
    if not named and Kind.NODE in key.kinds and (Kind.WORDS not in key.kinds or listed):
        yield from _mapping(value, key.node)
        return
    below = key.node if named else "named_option" if key.node in ITEM_NODES else ""
    for child in value.entries:
        if isinstance(child.value, MappingNode) and below:
            yield from _mapping(child.value, below)


def _free(value: Node, words: str) -> Iterator[Used]:
    if isinstance(value, SequenceNode):
        for item in value.items:
            yield from _free(item, words)
    elif isinstance(value, MappingNode) and set(value.keys) <= set(NODES[words].keys):
        yield from _mapping(value, words)
    elif isinstance(value, MappingNode):
        for entry in value.entries:
            yield from _free(entry.value, words)


def _words(value: Node) -> Iterator[str]:
    if isinstance(value, ScalarNode):
        yield value.text.strip()
    elif isinstance(value, SequenceNode):
        for item in value.items:
            yield from _words(item)
