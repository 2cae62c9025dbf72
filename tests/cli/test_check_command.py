"""Does ``meernet check`` say where, what and how to mend it, in the form others rely on?"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.cli.main import main

FORM = """\
form: notitie
title: Notitie
kind: action
sections:
  - section: kort
    title: Kort
    fields:
      - {field: wat, type: text, label: Wat gebeurde er?, privacy: 1}
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one good form."""
    (tmp_path / "formdefs").mkdir()
    (tmp_path / "formdefs" / "notitie.yaml").write_text(FORM)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_good_files_end_with_zero(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "1 bestanden" in capsys.readouterr().out


def test_every_problem_has_a_place_a_code_and_a_hint(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = FORM.replace("type: text", "type: tekst").replace("privacy: 1", "privcy: 1")
    (package / "formdefs" / "notitie.yaml").write_text(broken)
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    places = [line for line in lines if re.match(r"formdefs/notitie\.yaml:8:\d+: [A-Z]\d{3} \S", line)]
    assert len(places) >= 2
    assert any(line.startswith("    ") for line in lines)


def test_json_is_a_list_of_problems(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    (package / "formdefs" / "notitie.yaml").write_text(FORM.replace("type: text", "type: tekst"))
    assert main(["check", "--format", "json", "formdefs/notitie.yaml"]) == 1
    (problem, *_) = json.loads(capsys.readouterr().out)
    assert problem.keys() == {"path", "line", "column", "code", "severity", "message", "hint"}
    assert (problem["path"], problem["line"], problem["severity"]) == ("formdefs/notitie.yaml", 8, "error")


def test_a_path_that_is_not_there_and_a_folder_without_definitions_are_told(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "nergens.yaml"]) == 2
    assert "nergens.yaml" in capsys.readouterr().err
    (package / "leeg").mkdir()
    assert main(["check", "leeg"]) == 2


def test_checking_leaves_nothing_behind(package: Path) -> None:
    main(["check"])
    assert sorted(path.name for path in package.iterdir()) == ["formdefs"]


def test_it_is_said_in_english_too(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "formdefs" / "notitie.yaml").write_text(FORM.replace("type: text", "type: txt"))
    assert main(["check", "--language", "en"]) == 1
    told = capsys.readouterr()
    assert "S102 The field type `txt` does not exist." in told.out
    assert "Did you mean `text`?" in told.out
    assert "1 errors and 0 times advice" in told.err
