"""Is a command found by its name alone?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import app.cli
from app.cli.main import main

COMMAND = '''"""Greet somebody."""

KEEPS_DATA = False


def configure(parser):
    parser.add_argument("--name")


def run(args, settings):
    print(f"Dag {args.name}, {settings.environment}")
    return 7
'''


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose modules are commands too."""
    folder = tmp_path / "commands"
    folder.mkdir()
    monkeypatch.setattr(app.cli, "__path__", [*app.cli.__path__, str(folder)])
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MEERNET_ENV", raising=False)
    return folder


def test_a_new_module_is_a_new_command(commands: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (commands / "greet_person.py").write_text(COMMAND)
    assert main(["greet-person", "--name", "Lea"]) == 7
    assert capsys.readouterr().out == "Dag Lea, demo\n"


def test_the_list_of_commands_shows_the_first_line_of_each(
    commands: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (commands / "greet.py").write_text(COMMAND)
    assert main([]) == 2
    shown = capsys.readouterr().out
    assert "Greet somebody." in shown
    assert "embedded" not in shown


def test_an_unknown_command_is_refused_with_the_ones_that_exist(
    commands: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["rnu"])
    assert "'run'" in capsys.readouterr().err


def test_a_wrong_setting_is_one_sentence_and_no_traceback(
    commands: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (commands / "greet_loud.py").write_text(COMMAND)
    monkeypatch.setenv("MEERNET_PORT", "eight")
    assert main(["greet-loud"]) == 2
    assert capsys.readouterr().err.startswith("meernet: MEERNET_PORT is 'eight'")


def test_a_command_that_keeps_nothing_makes_no_data_folder(commands: Path) -> None:
    (commands / "greet_shy.py").write_text(COMMAND)
    main(["greet-shy"])
    assert [path.name for path in commands.parent.iterdir()] == ["commands"]


def test_the_list_of_commands_loads_no_framework() -> None:
    code = "import sys; from app.cli.main import main; main([]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"flask", "sqlalchemy", "pandas", "redis"} & set(done.stderr.split())
