"""Is what ``meernet simulate`` prints what others rely on, and does it keep, count and make examples?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.cli.main import main
from tests.support.shipped import ROOT

CARD = {
    "persoon.geboorte": 1941,
    "buurt": "oosthoek",
    "zorgen": ["eenzaam"],
    "dringend": "ja",
    "akkoord_contact": True,
}
AT = "2026-11-09T09:40"
KEYS = ["errors", "contact_point", "person", "rule", "states", "tasks", "limits", "messages"]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped definitions, with a file of answers."""
    for folder in ("formdefs", "workflows"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "card.json").write_text(json.dumps(CARD))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def play(*more: str) -> int:
    return main(["simulate", "doorverwijskaart", "--answers", "card.json", "--at", AT, *more])


def test_it_prints_the_agreed_keys_and_nothing_else(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert play("--act", "bereikt@2026-11-12T10:00", "--until", "2026-12-01T00:00") == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == KEYS
    assert told["contact_point"] == "aanspreekpunt_65plus"
    assert [line["state"] for line in told["states"]] == ["toegewezen", "in_opvolging"]


def test_a_call_without_answers_is_a_wrong_call(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "doorverwijskaart"]) == 2
    assert "--answers" in capsys.readouterr().err


def test_a_played_case_is_kept_as_an_example_that_then_plays(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = package / "formdefs" / "doorverwijskaart.yaml"
    before = path.read_text()
    assert play("--act", "bereikt@2026-11-12T10:00", "--save", "Gesproken: op donderdag") == 0
    assert path.read_text().startswith(before)
    assert 'name: "Gesproken: op donderdag"' in path.read_text().removeprefix(before)
    assert main(["check"]) == 0
    capsys.readouterr()


def test_coverage_names_what_no_example_passes_and_fails_for_it(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = package / "formdefs" / "vrijwilligersintake.yaml"
    path.write_text(path.read_text().partition("examples:")[0])
    assert main(["simulate", "vrijwilligersintake", "--coverage"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["passed"] == 0
    assert told["of"] == len(told["spots"]) == len(told["missing"])
    assert {"workflow": "vrijwilligerstraject", "kind": "state", "id": "proef"} in told["missing"]


def test_what_it_makes_can_be_put_in_the_file_and_covers_the_rest(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = package / "formdefs" / "vrijwilligersintake.yaml"
    head = path.read_text().partition("examples:")[0]
    path.write_text(head)
    assert main(["simulate", "vrijwilligersintake", "--generate"]) == 0
    made = capsys.readouterr()
    assert made.err == ""
    path.write_text(f"{head}examples:\n{made.out}")
    assert main(["check"]) == 0
    assert main(["simulate", "vrijwilligersintake", "--coverage"]) == 0
    assert json.loads(capsys.readouterr().out.partition("\n")[2])["missing"] == []
