"""Workers are killed, Redis is flushed, killed and started again, while timers and mail are due.

What must hold: every timer fired exactly once, every mail was sent, and a mail twice only when a worker was killed
between the server's acceptance and its own commit, with the same Message-ID.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis

from app.cli.embedded import EmbeddedValkey, find_server
from app.services import case_page, queue
from app.storage import clock, history, ids
from app.storage.database import transaction
from app.storage.repositories import outbox_rows
from tests.support.bound import MUNICIPALITY, bound
from tests.support.databases import Templates
from tests.support.mail_server import MailServer
from tests.support.town import actor, local, peopled, send_card

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
ROOT = Path(__file__).resolve().parents[2]
CARDS = 24
SENT_IN = local("2026-11-09 09:40")
NOW = local("2026-11-18 12:00")
WITHIN = 90.0


class Workers:
    """Worker processes, each the leader of a process group."""

    def __init__(self, database: str, redis: str, mail: str) -> None:
        shift = (NOW - datetime.now(UTC)).total_seconds()  # noqa: TID251 - the processes run on the real clock
        asked = {"database": database, "redis": redis, "mail": mail, "shift": shift}
        self.environment = {**os.environ, "CHAOS": json.dumps(asked)}
        self.running: list[subprocess.Popen[bytes]] = []
        self.killed = 0

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.chaos.run_worker"]
        self.running.append(subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True))

    def kill_one(self) -> None:
        """Parent and child at once, as a power cut does; another takes its place."""
        process = self.running.pop(0)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.killed += 1
        self.start()

    def stop(self) -> list[int]:
        """Ask them all to end; their exit codes."""
        for process in self.running:
            process.terminate()
        return [process.wait(40) for process in self.running]

    def end(self) -> None:
        for process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


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


def test_no_reminder_is_lost_and_no_change_doubled_while_everything_is_killed(
    database: str, valkey: EmbeddedValkey
) -> None:
    with MailServer(pause_s=0.02) as mail, bound(database):
        cases = _cards()
        workers = Workers(database, valkey.url, mail.url)
        try:
            for _ in range(2):
                workers.start()
            faults: list[Callable[[], None]] = [
                workers.kill_one,
                lambda: _flush(valkey),
                workers.kill_one,
                lambda: _kill(valkey),
                workers.kill_one,
                lambda: _flush(valkey),
                workers.kill_one,
            ]
            for place, fault in enumerate(faults, start=1):
                _until(lambda place=place: _done() >= place * 10 or not _due())  # type: ignore[misc]
                fault()
            _until(lambda: not _due())
            assert workers.stop() == [0, 0]
        finally:
            workers.end()
        _assert_exactly_once(cases)
        _assert_mail(mail, doubled_at_most=workers.killed)


def test_without_any_redis_the_sweep_does_all_the_work(database: str) -> None:
    with MailServer() as mail, bound(database):
        cases = _cards()
        workers = Workers(database, "", mail.url)
        try:
            workers.start()
            _until(lambda: not _due())
            assert workers.stop() == [0]
        finally:
            workers.end()
        _assert_exactly_once(cases)
        _assert_mail(mail, doubled_at_most=0)


def _cards() -> list[str]:
    with clock.stopped_at(SENT_IN):
        return [send_card().case for _ in range(CARDS)]


def _rows() -> list[tuple[str, str, datetime]]:
    """Kind, state and due instant of everything promised."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return outbox_rows.states(tx)


def _due() -> int:
    return sum(1 for _, state, due_at in _rows() if state == "pending" and due_at <= NOW)


def _done() -> int:
    return sum(1 for _, state, _ in _rows() if state == "done")


def _assert_exactly_once(cases: list[str]) -> None:
    """Each case has one onlooker and one line about it, two reminders' decisions, an unbroken history."""
    with clock.stopped_at(NOW):
        onlookers = Counter(row.case for row in queue.page(actor("nele_lambrecht"), size=100).rows)
        versions = {case_page.show(actor("joris_maes"), case).version for case in cases}
    assert onlookers == Counter(dict.fromkeys(cases, 1))
    assert len(versions) == 1
    with transaction(MUNICIPALITY, readonly=True) as tx:
        for case in cases:
            assert history.verify(tx, ids.from_text(case)) is None
            told = Counter(entry.code for entry in history.entries(tx, ids.from_text(case)))
            assert told["escalated"] == 1
    assert all(state == "done" for _, state, due_at in _rows() if due_at <= NOW)


def _assert_mail(mail: MailServer, *, doubled_at_most: int) -> None:
    sent = Counter(mail.message_ids)
    receipts = [kind for kind, state, _ in _rows() if kind == "mail" and state == "done"]
    assert len(sent) == len(receipts) == CARDS
    assert sum(n - 1 for n in sent.values()) <= doubled_at_most


def _flush(valkey: EmbeddedValkey) -> None:
    with Redis.from_url(valkey.url) as connection:
        connection.flushall()


def _kill(valkey: EmbeddedValkey) -> None:
    assert valkey.process
    valkey.process.kill()
    valkey.process.wait()
    valkey.start()


def _until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN
    while not reached():
        assert time.monotonic() < deadline, _rows()
        time.sleep(0.05)
