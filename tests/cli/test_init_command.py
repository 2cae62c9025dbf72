"""Can a municipality begin from a terminal or a file, with no password made by anybody else?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.cli.main import main

TOLD = """\
name: Proeflede
administrator: {name: Wout Claes, email: wout@proeflede.be}
phone: 011 12 34 56
controllers: {gemeente: Gemeente Proeflede, ocmw: OCMW Proeflede}
neighbourhoods: [Dorp, Ter Heide]
streets: straten.csv
staff: medewerkers.csv
closing_days:
  - {day: 2026-12-24, from: "12:00", label: Kerstavond}
colour: "#8a1c1c"
sender: {name: Gemeente Proeflede, reply_to: onthaal@proeflede.be}
"""
STREETS = "straat;kant;van;tot;dorp\nKerkstraat;oneven;1;99;Dorp\nMolenweg;;;;Ter Heide\n"
STAFF = (
    "naam;e-mail;rollen;aanspreekpunten\n"
    "Dirk Roels;dirk@proeflede.be;diensthoofd;\n"
    "An Peeters;an@proeflede.be;onthaal, contactpersoon;onthaal\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation without anything, and the files of a municipality."""
    monkeypatch.setenv("MEERNET_ENV", "test")
    monkeypatch.setenv("MEERNET_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MEERNET_REDIS_URL", "")
    monkeypatch.delenv("MEERNET_DATABASE_URL", raising=False)
    for name, text in (("gemeente.yaml", TOLD), ("straten.csv", STREETS), ("medewerkers.csv", STAFF)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_file_makes_it_all_and_ends_with_a_link_and_what_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--file", str(folder / "gemeente.yaml")]) == 0
    told = capsys.readouterr().out
    assert "2 stukken straat" in told
    assert re.search(r"http://localhost:8000/welkom/\S{40,}", told)
    assert "Niemand houdt deze" in told
    assert main(["user", "list"]) == 0
    listed = capsys.readouterr().out
    assert {line.partition("\t")[0] for line in listed.splitlines()} == {
        "wout@proeflede.be",
        "dirk@proeflede.be",
        "an@proeflede.be",
    }
    assert "kan zich aanmelden" not in listed


def test_a_second_time_it_gives_another_link_and_doubles_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--file", str(folder / "gemeente.yaml")]) == 0
    first = re.search(r"/welkom/\S+", capsys.readouterr().out)
    assert main(["init", "--file", str(folder / "gemeente.yaml")]) == 0
    second = re.search(r"/welkom/\S+", capsys.readouterr().out)
    assert first
    assert second
    assert first[0] != second[0]
    assert main(["municipality", "list"]) == 0
    assert capsys.readouterr().out.splitlines() == ["proeflede\tProeflede"]


def test_a_wrong_row_is_named_by_file_and_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "straten.csv").write_text(STREETS + "Koeiendreef;;;;Nergens\n", encoding="utf-8")
    assert main(["init", "--file", str(folder / "gemeente.yaml")]) == 1
    assert "straten.csv:4: Het dorp of de wijk ‘Nergens’ kennen we niet." in capsys.readouterr().err


def test_what_is_not_given_and_cannot_be_asked_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--name", "Proeflede"]) == 2
    assert "--administrator" in capsys.readouterr().err
    (folder / "vreemd.yaml").write_text("naam: Proeflede\n", encoding="utf-8")
    assert main(["init", "--file", str(folder / "vreemd.yaml")]) == 1
    assert "naam" in capsys.readouterr().err


def test_an_invented_administrator_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--name", "Proeflede", "--administrator", "Joris", "--email", "joris@zandlede.example"]
    assert main(["init", *options]) == 1
    assert ".example" in capsys.readouterr().err
    assert main(["municipality", "list"]) == 0
    assert capsys.readouterr().out == ""


def test_the_first_link_is_only_for_an_empty_installation(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["setup"]) == 0
    assert main(["init", "--link"]) == 0
    assert "/begin/" in capsys.readouterr().out
    assert main(["init", "--file", str(folder / "gemeente.yaml")]) == 0
    capsys.readouterr()
    assert main(["init", "--link"]) == 0
    assert capsys.readouterr().out == ""


def test_an_exercise_prints_who_can_practise_and_with_which_password(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--file", str(folder / "gemeente.yaml")]) == 0
    capsys.readouterr()
    assert main(["municipality", "exercise", "proeflede"]) == 0
    told = capsys.readouterr().out
    assert "oefen.localhost" in told
    assert told.count("@proeflede-oefen.example") > 6
    assert main(["municipality", "exercise", "nergens"]) == 2
