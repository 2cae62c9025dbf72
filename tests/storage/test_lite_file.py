"""Is a damaged SQLite file, or one without room, refused at the start with a sentence for the operator?"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.services.municipality import setup
from app.storage import lite_file
from app.storage.database import StorageRefused, assert_fit
from tests.support.bound import bound, migrated


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A migrated database in a file."""
    path = tmp_path / "meernet.db"
    migrated(f"sqlite:///{path}")
    return path


def _refused(path: Path) -> StorageRefused:
    with bound(f"sqlite:///{path}") as app, pytest.raises(StorageRefused) as refused:
        setup.check_database(app)
    return refused.value


def test_a_sound_file_is_used(file: Path) -> None:
    with bound(f"sqlite:///{file}"):
        assert_fit()


def test_a_file_with_damaged_pages_is_not_worked_in(file: Path) -> None:
    with file.open("r+b") as opened:
        for page in range(3, file.stat().st_size // 4096):
            opened.seek(page * 4096)
            opened.write(os.urandom(512))
    refused = _refused(file)
    assert refused.code == "broken"
    assert str(file) in str(refused)
    assert "beschadigd" in str(refused)


def test_a_file_that_is_no_database_is_not_worked_in(file: Path) -> None:
    file.write_bytes(b"Dit is een brief en geen databank. " * 400)
    assert _refused(file).code == "broken"


def test_a_disk_without_room_for_a_copy_is_told_before_it_is_full(file: Path) -> None:
    with pytest.raises(StorageRefused, match="te weinig plaats") as refused:
        lite_file.assert_room(file, 1 << 60)
    assert refused.value.code == "room"


def test_a_large_file_is_read_through_once_a_day(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lite_file, "LARGE", 1)
    mark = file.with_name("meernet.db.checked")
    with bound(f"sqlite:///{file}"):
        assert_fit()
    assert mark.exists()
    with file.open("r+b") as opened:  # damaged after it was read through today
        opened.seek(5 * 4096)
        opened.write(os.urandom(3000))
    with bound(f"sqlite:///{file}"):
        assert_fit()
    yesterday = time.time() - lite_file.DAY_S - 1
    os.utime(mark, (yesterday, yesterday))
    assert _refused(file).code == "broken"
