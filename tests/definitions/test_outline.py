"""The outline of a text that is right is what the parser reads in it; of one that is not, it is what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.definitions import outline
from app.definitions.model.source import Source
from app.definitions.outline import Leaf, Row, Twig
from app.definitions.yaml_nodes import plain, read
from tests.definitions.context_files import HERE

ROOT = HERE.parents[1]
SOUND = sorted(
    path
    for folder in (ROOT / "formdefs", ROOT / "workflows", HERE / "good")
    for path in folder.rglob("*.yaml")
)


def written(twig: Twig) -> object:
    """As plain values."""
    if isinstance(twig, Leaf):
        return " ".join(twig.text.split())
    if isinstance(twig, Row):
        return [written(item) for item in twig.items]
    return {limb.key: written(limb.value) for limb in twig.limbs}


def flat(value: object) -> object:
    """Plain values with the blanks of texts made alike."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [flat(item) for item in value]
    return {key: flat(item) for key, item in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_it_reads_what_the_parser_reads(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    node, _ = read(Source(path.name, text))
    assert node is not None
    assert written(outline.read(text)) == flat(plain(node))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("form: a\ntit", {"form": "a", "tit": ""}),
        ("a: {b: c, d\ne: f", {"a": {"b": "c", "d": ""}, "e": "f"}),
        ("a: [b, c\nd: e", {"a": ["b", "c"], "d": "e"}),
        ("a: 'b\nc: d", {"a": "b", "c": "d"}),
        ("a:\n  - b: c\n   - d: e", {"a": [{"b": "c"}, {"d": "e"}]}),
        ("a:\n- b\n- c", {"a": ["b", "c"]}),
        ("a: b: c", {"a": "b: c"}),
        ("a:\n  b\nc: d", {"a": {"b": ""}, "c": "d"}),
        ("a: x # y\nb: 'x # y'", {"a": "x", "b": "x # y"}),
        ("- a", {}),
    ],
)
def test_what_is_broken_is_read_as_far_as_it_goes(text: str, expected: object) -> None:
    assert written(outline.read(text)) == expected
