"""May this SQLite file be worked in? Whole, on a disk that has room for it and for a copy.

Asked once when a process starts. A large file is read through at most once a day: a small file beside it says when.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import sqlalchemy as sa

from app.storage.refused import StorageRefused

LARGE = 1 << 30
"""From this many bytes on the file is read through once a day instead of at every start."""
DAY_S = 24 * 3600
ROOM = 2
"""How many times its own size must be free: a copy to mend or move it, and the log of the work meanwhile."""


def assert_sound(connection: sa.Connection) -> None:
    """Raise ``StorageRefused`` when the disk is nearly full (``room``) or the file is damaged (``broken``)."""
    path = _path(connection)
    if path is None:
        return
    size = path.stat().st_size
    assert_room(path, size)
    mark = path.with_name(f"{path.name}.checked")
    if size < LARGE or not _today(mark):
        _read_through(connection, path)
        if size >= LARGE:
            mark.touch()


def assert_room(path: Path, size: int) -> None:
    """Raise ``StorageRefused`` (``room``) unless twice ``size`` is free beside ``path``."""
    free = shutil.disk_usage(path.parent).free
    if free <= ROOM * size:
        raise StorageRefused("room", path=str(path), free=_shown(free), size=_shown(size))


def _read_through(connection: sa.Connection, path: Path) -> None:
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise StorageRefused("broken", path=str(path))


def _path(connection: sa.Connection) -> Path | None:
    name = connection.engine.url.database
    path = Path(name) if name and not name.startswith(":") else None
    return path if path is not None and path.is_file() else None


def _today(mark: Path) -> bool:
    try:
        return time.time() - mark.stat().st_mtime < DAY_S
    except FileNotFoundError:
        return False


def _shown(size: int) -> str:
    return f"{size / (1 << 20):.0f} MB"
