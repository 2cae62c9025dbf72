"""Senders and workers are killed, Redis is flushed, killed and started again, while timers and mail are due.

What must hold: what was acknowledged is there, once; every timer fired exactly once; every mail was sent, and twice
only when a worker was killed between the server's acceptance and its own commit, with the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.embedded import EmbeddedValkey, find_server
from tests.chaos.storm import Plan, rage
from tests.support.bound import bound
from tests.support.databases import Templates
from tests.support.mail_server import MailServer
from tests.support.town import peopled

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
CARDS = 24


@pytest.fixture
def database(database_templates: Templates) -> Iterator[str]:
    url = database_templates.copy("town", peopled)
    yield url
    database_templates.server.drop_database(url)


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[EmbeddedValkey]:
    binary = find_server()
    assert binary
    server = EmbeddedValkey(binary, tmp_path / "valkey")
    server.start()
    yield server
    server.stop()


def test_nothing_is_lost_or_doubled_while_everything_is_killed(database: str, valkey: EmbeddedValkey) -> None:
    with MailServer(pause_s=0.02) as mail, bound(database):
        counts = rage(database, mail, valkey, Plan(CARDS, faults=8))
    assert counts.acknowledged == CARDS
    assert counts.kept, counts


def test_without_any_redis_the_sweep_does_all_the_work(database: str) -> None:
    with MailServer() as mail, bound(database):
        counts = rage(database, mail, None, Plan(CARDS, faults=0, workers=1))
    assert counts.kept, counts
    assert counts.mails_doubled == 0
