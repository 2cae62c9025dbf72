"""The table of keys is whole: every key explains itself, and every part of the model can be written."""

from __future__ import annotations

import pytest

from app.definitions.model.forms import FieldType
from app.definitions.vocabulary import Key, Kind, Node
from app.definitions.vocabulary_workflows import FILE_KINDS, NODES
from app.texts import has

KEYS = [(node, key) for node in NODES.values() for key in node.keys.values()]
BELOW = {Kind.NODE, Kind.NODES, Kind.NAMED}


@pytest.mark.parametrize(("node", "key"), KEYS, ids=lambda part: part.name)
def test_every_key_has_a_help_text(node: Node, key: Key) -> None:
    assert has(node.help_code(key.name))


def test_every_key_that_holds_a_mapping_says_which() -> None:
    assert [key.name for _, key in KEYS if BELOW & set(key.kinds) and key.node not in NODES] == []


def test_every_kind_of_file_is_a_node() -> None:
    assert set(FILE_KINDS) <= set(NODES)


def test_keys_fit_only_types_that_exist() -> None:
    assert all(key.types <= set(FieldType) for _, key in KEYS)
