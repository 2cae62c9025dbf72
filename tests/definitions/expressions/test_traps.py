"""Is everything that Python reads in another way than people do told by its own code, at its place, with a proposal?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.definitions.problems import text_of
from tests.support.expression_scope import tried

TRAPS: list[list[str]] = json.loads((Path(__file__).parent / "traps.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "expected", "meant"), TRAPS, ids=[trap[0] for trap in TRAPS])
def test_each_trap_is_told(text: str, expected: str, meant: str) -> None:
    condition, problems = tried(text)
    assert condition is None
    assert " ".join(f"{found.span.column} {found.code}" for found in problems) == expected
    assert dict(problems[0].params).get("guess", "") == meant
    message, hint = text_of(problems[0])
    assert message
    assert not meant or f"Bedoel je `{meant}`?" in hint
