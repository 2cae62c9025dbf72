"""Can an operator copy everything, lose the machine, and be at work again on another?"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.main import main


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with one municipality; what leaves it goes into ``uit``."""
    monkeypatch.setenv("MEERNET_ENV", "test")
    monkeypatch.setenv("MEERNET_DATA_DIR", str(tmp_path / "een"))
    monkeypatch.setenv("MEERNET_REDIS_URL", "")
    monkeypatch.delenv("MEERNET_DATABASE_URL", raising=False)
    assert main(["setup", "--municipality", "proeflede", "--name", "Proeflede"]) == 0
    (tmp_path / "uit").mkdir()
    return tmp_path


def test_from_a_lost_machine_to_another_with_the_keys_and_not_without(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, key = machine / "uit", machine / "geheim.key"
    assert main(["backup", "--new-key", str(key)]) == 0
    public = capsys.readouterr().out.splitlines()[-1]
    assert main(["backup", str(out)]) == 2
    assert main(["backup", str(out), "--keys", str(out / "x"), "--to", public]) == 2
    assert "gaan niet mee met de gegevens" in capsys.readouterr().err
    monkeypatch.setenv("MEERNET_BACKUP_TO", public)
    assert main(["backup", str(out), "--keep", "30"]) == 0
    assert main(["backup", "--keys", str(machine / "sleutels.age")]) == 0
    anchors = machine / "ankers.txt"
    assert main(["history", "anchor", str(anchors)]) == 0
    copy = str(next(out.glob("meernet-*.age")))
    opened = ["--key", str(key)]

    monkeypatch.setenv("MEERNET_DATA_DIR", str(machine / "twee"))
    capsys.readouterr()
    assert main(["restore", copy]) == 2
    assert main(["restore", copy, *opened]) == 1
    assert "hoofdsleutel van deze installatie is een andere" in capsys.readouterr().err
    assert main(["restore", "--keys", str(machine / "sleutels.age"), *opened]) == 0
    assert main(["restore", copy, *opened]) == 0
    told = capsys.readouterr().out
    assert "proeflede:" in told
    assert "Er vertrekt nog niets" in told
    assert main(["restore", "--keys", str(machine / "sleutels.age"), *opened]) == 1
    assert main(["history", "verify", "--against", str(anchors)]) == 0
    assert main(["release", "--no-mail-before", "straks"]) == 2
    assert main(["release"]) == 0
    assert main(["release"]) == 1
    assert "Er wordt niets tegengehouden" in capsys.readouterr().err


def test_a_drill_leaves_nothing_behind_and_the_keys_change_in_place(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--drill"]) == 0
    assert "(RTO)" in capsys.readouterr().out
    data = machine / "een"
    assert not [path for path in data.iterdir() if "drill" in path.name]
    before = (data / "keys" / "master.key").read_text()
    assert main(["keys", "rotate-master"]) == 0
    assert (data / "keys" / "master.key.previous").read_text() == before
    assert (data / "keys" / "master.key").read_text() != before
    assert main(["keys", "rotate-master", "--forget-previous"]) == 0
    assert main(["keys", "rotate-data"]) == 0
    capsys.readouterr()
    assert main(["keys", "status"]) == 0
    assert "gegevenssleutels 1, 2; 0 waarden" in capsys.readouterr().out
    assert main(["history", "verify"]) == 0


def test_a_change_of_the_master_key_that_was_broken_off_goes_on_with_the_key_it_began(machine: Path) -> None:
    keys = machine / "een" / "keys"
    begun = "ab" * 32
    (keys / "master.key.next").touch(mode=0o600)
    (keys / "master.key.next").write_text(begun)
    assert main(["keys", "rotate-master"]) == 0
    assert (keys / "master.key").read_text() == begun
    assert not (keys / "master.key.next").exists()
    assert main(["history", "verify"]) == 0
