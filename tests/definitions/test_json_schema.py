"""Does the schema for editors outside accept what the check accepts, and refuse what is misshapen?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from app.definitions.json_schema import schemas
from app.definitions.model.source import Source
from app.definitions.read_all import kind_of
from app.definitions.vocabulary_workflows import FILE_KINDS
from app.definitions.yaml_nodes import read
from tests.definitions.context_files import HERE

ROOT = Path(__file__).parents[2]
SOUND = sorted(
    [
        *(ROOT / "formdefs").rglob("*.yaml"),
        *(ROOT / "workflows").rglob("*.yaml"),
        *(HERE / "good").rglob("*.yaml"),
    ]
)
BAD_SHAPE = [
    path
    for path in sorted((HERE / "bad").glob("*.yaml"))
    if path.name.startswith(("Y040", "Y051", "S103_key"))
]
SCHEMAS = schemas()


def _loaded(path: Path) -> tuple[str, Any]:
    text = path.read_text()
    node, _ = read(Source(path.as_posix(), text))
    return kind_of(path.as_posix(), node), yaml.load(text, Loader=yaml.CBaseLoader)


def _complaints(path: Path) -> list[str]:
    kind, data = _loaded(path)
    found = Draft202012Validator(SCHEMAS[kind]).iter_errors(data)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:120]}" for error in found]


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_each_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_what_is_sound_is_accepted(path: Path) -> None:
    assert _complaints(path) == []


@pytest.mark.parametrize("path", BAD_SHAPE, ids=lambda path: path.stem)
def test_a_missing_unknown_or_misplaced_key_is_refused(path: Path) -> None:
    assert _complaints(path)


def test_every_key_is_explained() -> None:
    parts = [part for made in SCHEMAS.values() for part in made["$defs"].values()]
    assert all(key["description"] for part in parts for key in part["properties"].values())
