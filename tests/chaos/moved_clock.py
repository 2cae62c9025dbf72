"""How does a clock jump while processes run? Each of them follows a small file that says how far it is moved.

For the processes of a chaos run alone: the product itself reads its shift once, at its start, and in production never.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from app.services.definitions import catalogs
from app.services.staff import staffing
from app.storage import clock
from app.storage.database import db
from tests.support.bound import MUNICIPALITY

VARIABLE = "CHAOS_CLOCK"
LOOKS_EVERY = 0.1


class MovedClock:
    """The file, and the moment it shows."""

    def __init__(self, file: Path, moment: datetime) -> None:
        self.file = file
        self.shift = moment - datetime.now(UTC)  # noqa: TID251 - what the processes start from
        self._write()

    @property
    def now(self) -> datetime:
        """What the moved clock says."""
        return datetime.now(UTC) + self.shift  # noqa: TID251 - as above

    def jump(self, by: timedelta) -> None:
        """Forward or back; every process follows within a moment, and not all at once."""
        self.shift += by
        self._write()

    def _write(self) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str(self.shift.total_seconds()))
        fresh.replace(self.file)


def follow() -> None:
    """Let this process and everything it forks follow the file that the environment names."""
    file = Path(os.environ[VARIABLE])
    os.register_at_fork(after_in_child=lambda: _watch(file))
    _watch(file)


def warm(app: Flask) -> None:
    """Compile the definitions before anything is forked, so that what is killed is replaced in a moment."""
    with app.app_context():
        catalogs.live(MUNICIPALITY)
        staffing.world(MUNICIPALITY)
        db.engine.dispose()


def _watch(file: Path) -> None:
    _look(file)
    threading.Thread(target=_keep_looking, args=(file,), daemon=True).start()


def _keep_looking(file: Path) -> None:
    while True:
        time.sleep(LOOKS_EVERY)
        _look(file)


def _look(file: Path) -> None:
    with contextlib.suppress(OSError, ValueError):
        wanted = timedelta(seconds=float(file.read_text()))
        if clock.shift() != wanted:
            clock.configure(shift=wanted, movable=True)
