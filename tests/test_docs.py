"""Do the pages for operators say what is true?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.cli import problems
from app.definitions.guide_pages import whole
from app.definitions.problem_catalogue import catalogue

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
SETTING = re.compile(r"MEERNET_[A-Z_]+[A-Z]")


def test_every_setting_is_in_the_table_for_operators_and_no_other() -> None:
    known = set(SETTING.findall((ROOT / "app" / "config.py").read_text()))
    table = re.findall(r"^\| `(MEERNET_\w+)` \|", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE)
    assert sorted(table) == sorted(known)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_tasks_that_make_knows(page: Path) -> None:
    known = set(re.findall(r"^([a-z0-9-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z0-9-]+)", page.read_text(), re.MULTILINE))
    assert named <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!\w+:|#)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda page: page.name
)
def test_a_decision_says_what_was_weighed_and_what_follows(page: Path) -> None:
    text = page.read_text()
    assert re.match(rf"# {int(page.name[:4])}\. ", text)
    headings = [heading.removesuffix("s") for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)]
    assert headings == ["Context", "Decision", "Consequence"]
    assert "Status: " in text


def test_the_guide_in_docs_is_what_the_vocabulary_says_now() -> None:
    assert (ROOT / "docs" / "gids.md").read_text() == whole(), "make guide writes it anew"


def test_the_page_of_problems_in_docs_is_what_is_told_now() -> None:
    told = problems.whole(ROOT / "tests" / "definitions")
    assert (ROOT / "docs" / "problemen.md").read_text() == told, "make guide writes it anew"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_of_problems_tells_every_problem_without_holes(language: str) -> None:
    told = problems.whole(None, language)
    assert re.findall(r"^### (\w+)$", told, re.MULTILINE) == list(catalogue())
    assert re.findall(r"\{(?:key|name|text|id|known)\}", told) == []
