"""The short form of ``make chaos``: web processes and workers are killed, stopped and left without Redis, PostgreSQL
crashes, the clock jumps, while cards and intakes come in over HTTP and buttons are pressed.

What must hold: what was acknowledged is there, once; every timer rang exactly once; every mail was sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.embedded import EmbeddedValkey, find_server
from tests.chaos.faults import kinds
from tests.chaos.scene import Scene, staffed
from tests.chaos.storm import Plan, rage
from tests.support.bound import bound
from tests.support.databases import SqliteServer
from tests.support.mail_server import MailServer
from tests.support.postgres import EmbeddedPostgres, PostgresUnavailable

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]
EVENTS = 30


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[EmbeddedValkey]:
    binary = find_server()
    assert binary
    server = EmbeddedValkey(binary, tmp_path / "valkey")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def postgres() -> Iterator[EmbeddedPostgres]:
    """One of our own, for it is crashed, and one that forgets nothing."""
    server = EmbeddedPostgres(durable=True)
    try:
        server.start()
    except PostgresUnavailable as problem:
        pytest.skip(str(problem))
    yield server
    server.stop()


def test_nothing_is_lost_or_doubled_while_everything_is_killed(
    postgres: EmbeddedPostgres, valkey: EmbeddedValkey, tmp_path: Path
) -> None:
    url = postgres.create_database()
    staffed(url)
    with MailServer() as mail, bound(url):
        scene = Scene(url, tmp_path, mail, valkey, tmp_path / "valkey", postgres, lease_s=6)
        every = len(kinds(scene))
        counts = rage(scene, Plan(EVENTS, faults=every))
    assert counts.events >= EVENTS
    assert len(counts.faults) == every
    assert not counts.wrong


def test_without_any_redis_the_sweep_does_all_the_work_and_no_mail_comes_twice(tmp_path: Path) -> None:
    url = SqliteServer(tmp_path).create_database()
    staffed(url)
    with MailServer() as mail, bound(url):
        counts = rage(Scene(url, tmp_path, mail), Plan(EVENTS, faults=0))
    assert not counts.wrong
    assert counts.mails_doubled == 0
