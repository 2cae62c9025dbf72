"""Can an operator keep accounts and publish from the machine itself?"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.cli.main import main

PASSWORD = "vier losse woorden hier"
EMAIL = "nele@proeflede.be"


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with one municipality of its own."""
    monkeypatch.setenv("MEERNET_ENV", "test")
    monkeypatch.setenv("MEERNET_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MEERNET_REDIS_URL", "")
    monkeypatch.delenv("MEERNET_DATABASE_URL", raising=False)
    assert main(["setup"]) == 0
    return tmp_path


def _type(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))


def test_an_account_is_made_listed_and_closed(
    installation: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["municipality", "add", "proeflede", "Proeflede"]) == 0
    _type(monkeypatch, PASSWORD)
    where = ["--municipality", "proeflede"]
    assert main(["user", *where, "add", EMAIL, "--name", "Nele", "--role", "contact"]) == 0
    capsys.readouterr()
    assert main(["user", *where, "list"]) == 0
    assert capsys.readouterr().out.split("\t")[:3] == [EMAIL, "Nele", "contact"]
    assert main(["user", *where, "deactivate", EMAIL]) == 0
    assert main(["user", *where, "deactivate", "niemand@x.example"]) == 1
    assert "niet gevonden" in capsys.readouterr().err


def test_a_weak_password_is_refused_in_words(
    installation: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["municipality", "add", "proeflede", "Proeflede"])
    _type(monkeypatch, "kort")
    add = ["user", "--municipality", "proeflede", "add", EMAIL, "--name", "Nele"]
    assert main(add) == 1
    assert "12 tekens" in capsys.readouterr().err


def test_a_second_publication_of_the_same_files_does_nothing(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["municipality", "add", "proeflede", "Proeflede"])
    capsys.readouterr()
    assert main(["publish", "--municipality", "proeflede"]) == 0
    assert "Niets veranderd" in capsys.readouterr().out
    assert main(["publish", "--municipality", "nergens"]) == 2


def test_a_name_for_addresses_is_checked(installation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["municipality", "add", "Proef Lede", "Proeflede"]) == 2
    assert "kleine letters" in capsys.readouterr().err
