"""Is what the README shows a newcomer true?"""

from __future__ import annotations

import re
from pathlib import Path

from app.definitions.compiler import compile_sources
from app.definitions.model.source import Source
from app.definitions.problems import show, text_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
FORM, WORKFLOW = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)


def _sources(workflow: str = WORKFLOW) -> list[Source]:
    points = ROOT / "workflows" / "contact_points.yaml"
    return [
        Source("formdefs/buurtwens.yaml", FORM),
        Source("workflows/buurtwens.yaml", workflow),
        Source("workflows/contact_points.yaml", points.read_text()),
    ]


def test_the_form_has_twelve_lines_and_no_problem() -> None:
    assert len(FORM.splitlines()) == 12
    assert compile_sources(_sources()).problems == ()


def test_leaving_the_deadline_out_says_what_the_readme_says() -> None:
    without = WORKFLOW.replace("    deadline: 10 working days\n", "")
    told = [
        f"{show(found)}\n    {text_of(found)[1]}" for found in compile_sources(_sources(without)).problems
    ]
    assert any(each in README for each in told)


def test_every_file_the_readme_names_is_there() -> None:
    named = re.findall(r"`((?:app|formdefs|workflows|migrations|docs|tests)/[\w./]*)`", README)
    named += re.findall(r"pytest (\S+?)`", README)
    assert [path for path in named if not (ROOT / path).exists()] == []
