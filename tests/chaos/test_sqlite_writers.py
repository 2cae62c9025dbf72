"""The short form of ``python -m tests.chaos.writers``: eight processes write to one SQLite file, ten are killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import writers
from tests.support.bound import bound
from tests.support.databases import SqliteServer
from tests.support.town import peopled

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
KILLS, WRITES = 10, 60


def test_eight_writers_lose_nothing_and_are_never_told_that_it_is_locked(tmp_path: Path) -> None:
    url = SqliteServer(tmp_path).create_database()
    peopled(url)
    with bound(url):
        found = writers.run(url, tmp_path, kills=KILLS, writes=WRITES)
    assert found.cards + found.notes >= WRITES + KILLS
    assert found.kept, found
