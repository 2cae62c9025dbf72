"""Does docs/security.md answer every requirement, and is what it names there?"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text()
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (.+) \|$", PAGE, re.MULTILINE)
REQUIREMENTS = dict(enumerate((27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7), start=1))
"""Requirements of level 1 and 2 in each chapter of OWASP ASVS 5.0.0: 253."""
KINDS = {"test", "code", "document", "command", "operator", "gap", "n/a"}
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
NAMED_PLACE = re.compile(r"`((?:app|tests|docs|formdefs|workflows|migrations)/[\w./-]+)`")


def test_every_requirement_of_level_two_has_one_answer() -> None:
    assert Counter(int(number.partition(".")[0]) for number, _, _ in ROWS) == REQUIREMENTS
    assert [number for number, times in Counter(number for number, _, _ in ROWS).items() if times > 1] == []


def test_every_answer_says_how_it_is_known() -> None:
    assert {kind for _, kind, _ in ROWS} <= KINDS
    assert [number for number, kind, told in ROWS if kind == "test" and not NAMED_TEST.search(told)] == []


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED_TEST.findall(PAGE))))
def test_a_named_test_exists(path: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / path).read_text() or f"class {name}" in (ROOT / path).read_text()


@pytest.mark.parametrize("path", sorted(set(NAMED_PLACE.findall(PAGE))))
def test_a_named_place_exists(path: str) -> None:
    assert (ROOT / path).exists()
