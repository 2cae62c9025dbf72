"""Does the table of methods name what is there, all of it and nothing else? Does no code know a shipped definition?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.definitions.model.forms import Form
from app.definitions.model.tags import TAGS
from app.definitions.model.workflows import Workflow
from app.texts import say
from tests.support.shipped import ROOT, catalog

PAGE = ROOT / "docs" / "nl" / "methoden.md"
APP = ROOT / "app"
OF_THE_DEMO = APP / "cli" / "demo"
"""The made-up municipality is lived with the shipped definitions, so it names them: it is data, not a construct."""
Row = tuple[str, frozenset[str], str]


def _rows() -> list[Row]:
    """Tool, the definitions of its row, the example of its row."""
    cells = [line.strip("|").split("|") for line in PAGE.read_text().splitlines() if line.count("|") == 6]
    return [
        (tool.strip(), frozenset(re.findall(r"`(\w+)`", named)), example.strip().strip('"'))
        for tool, _, named, example, _ in cells
        if tool.strip() not in {"Instrument", "---"}
    ]


def _shipped() -> set[str]:
    return {*catalog().forms, *catalog().workflows, *catalog().campaigns}


def test_the_table_names_every_shipped_form_process_and_report_and_nothing_else() -> None:
    named = {name for _, found, _ in _rows() for name in found}
    shipped = _shipped() | set(catalog().reports)
    assert named - shipped == set()
    assert shipped - named == set()


def test_every_example_that_the_table_names_is_played() -> None:
    missing = []
    for tool, named, example in _rows():
        played = {
            item.name for name in named & set(catalog().forms) for item in catalog().forms[name].examples
        }
        if example and example not in played:
            missing.append((tool, example))
    assert missing == []
    assert sum(bool(example) for _, _, example in _rows()) >= 25


def test_the_twenty_tools_are_all_told_with_definitions_or_with_what_is_missing() -> None:
    tools = [row for row in _rows() if re.match(r"\d+ ", row[0])]
    assert [int(tool.split()[0]) for tool, _, _ in tools] == list(range(1, 21))
    silent = [
        line for line in PAGE.read_text().splitlines() if re.fullmatch(r"\|[^|]+\|[^|]+\| +\| +\| +\|", line)
    ]
    assert silent == []


def test_every_form_that_opens_a_case_and_every_process_says_where_it_belongs() -> None:
    opening = [form for form in catalog().forms.values() if form.workflow]
    definitions: list[Form | Workflow] = [*opening, *catalog().workflows.values()]
    assert [item.id for item in definitions if item.tags is None or not item.tags.building_block] == []
    assert [item.id for item in definitions if item.tags is None or not item.tags.function] == []
    assert [form.id for form in opening if form.offered is None or not form.offered.says] == []


def test_a_process_belongs_at_least_where_its_forms_belong() -> None:
    for form in catalog().forms.values():
        flow = catalog().workflows.get(form.workflow)
        if form.tags is not None and flow is not None and flow.tags is not None:
            for key in TAGS:
                assert set(getattr(form.tags, key)) <= set(getattr(flow.tags, key)), form.id


def test_the_building_block_of_a_row_is_one_of_its_definitions() -> None:
    wrong = []
    for tool, block, named in _blocks():
        known = [*map(catalog().forms.get, named), *map(catalog().workflows.get, named)]
        tagged = {word for item in known if item and item.tags for word in item.tags.building_block}
        if tagged and block not in {say(f"tags.building_block.{word}") for word in tagged}:
            wrong.append((tool, block, sorted(tagged)))
    assert wrong == []


def _blocks() -> list[tuple[str, str, frozenset[str]]]:
    cells = [line.strip("|").split("|") for line in PAGE.read_text().splitlines() if line.count("|") == 6]
    rows = [
        (tool.strip(), block.strip(), frozenset(re.findall(r"`(\w+)`", named)))
        for tool, block, named, *_ in cells
    ]
    return [row for row in rows if row[0] not in {"Instrument", "---"}]


def _said(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in the code of a module; what it says about itself does not count."""
    tree = ast.parse(path.read_text())
    about = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about:
            yield node.lineno, node.value


@pytest.mark.parametrize(
    "room", sorted(item.name for item in APP.iterdir() if item.is_dir() and item.name != "texts")
)
def test_no_line_of_python_knows_a_shipped_form_or_process(room: str) -> None:
    """An id with ``_`` nowhere in a text, a plain Dutch word not as a whole text."""
    ids = _shipped()
    long = re.compile(r"\b(" + "|".join(sorted(name for name in ids if "_" in name)) + r")\b")
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:60]}"
        for path in sorted((APP / room).rglob("*.py"))
        if OF_THE_DEMO not in path.parents
        for line, text in _said(path)
        if text in ids or long.search(text)
    ]
    assert found == []
