"""Does the register of processing come out of a terminal, as text and as files, for one municipality?"""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from app.cli.main import main


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One municipality with the shipped definitions."""
    folder = tmp_path_factory.mktemp("register")
    with pytest.MonkeyPatch.context() as patch:
        _at(folder, patch)
        assert main(["setup", "--municipality", "proeflede", "--name", "Proeflede"]) == 0
    return folder


@pytest.fixture
def here(installation: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Commands work on that one."""
    _at(installation, monkeypatch)
    return installation


def _at(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("MEERNET_ENV", "test")
    patch.setenv("MEERNET_DATA_DIR", str(folder / "data"))
    patch.setenv("MEERNET_REDIS_URL", "")
    patch.delenv("MEERNET_DATABASE_URL", raising=False)


def test_printed_it_names_every_form_and_what_is_still_to_be_filled_in(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["register"]) == 0
    printed = capsys.readouterr().out
    assert "Brede intake aan het onthaal\n============================\n" in printed
    assert "Winter 75+\n==========\n" in printed
    assert "Doorgifte buiten de Europese Economische Ruimte:\n  Nog in te vullen" in printed


def test_each_kind_of_file_holds_the_same_register(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {ending: here / f"register.{ending}" for ending in ("json", "csv", "xlsx", "pdf")}
    for file in files.values():
        assert main(["register", str(file), "--municipality", "proeflede"]) == 0
        assert file.name in capsys.readouterr().out
    entries = json.loads(files["json"].read_text())
    assert len(entries) > 2
    assert all(lines for entry in entries for lines in entry.values() if isinstance(lines, list))
    rows = list(csv.reader(files["csv"].read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) > len(entries)
    with zipfile.ZipFile(files["xlsx"]) as book:
        assert any(name.startswith("xl/worksheets/") for name in book.namelist())
    assert files["pdf"].read_bytes().startswith(b"%PDF-")


def test_another_kind_and_another_municipality_are_refused_and_nothing_is_written(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = here / "register.docx"
    assert main(["register", str(odd)]) == 2
    assert "register.docx" in capsys.readouterr().err
    assert not odd.exists()
    assert main(["register", "--municipality", "elders"]) == 2
    assert "elders" in capsys.readouterr().err
