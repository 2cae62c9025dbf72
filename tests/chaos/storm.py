"""What happens to cards while everything is killed, and how is it counted afterwards?

Cards are sent and followed up by processes of their own. Senders and workers are killed with -9, Redis is flushed,
killed and started again. A sender that is killed sends again what was not acknowledged, as a browser does.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from redis import Redis

from app.cli.embedded import EmbeddedValkey
from app.storage import history
from app.storage.database import transaction
from app.storage.repositories import case_rows, outbox_rows
from tests.support.bound import MUNICIPALITY
from tests.support.mail_server import MailServer
from tests.support.town import local

ROOT = Path(__file__).resolve().parents[2]
SENT_AT = local("2026-11-09 09:40")
NOW = local("2026-11-18 12:00")
"""When the workers live: reminders and the first escalation of every card are due by then."""
QUIET_WITHIN = 120.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How many cards, how many faults while they are worked on, and how many workers; where these complain."""

    events: int
    faults: int
    workers: int = 2
    seed: int = 1
    log: Path | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found afterwards. Everything from ``lost`` on must be 0, but for ``mails_doubled``: at most ``kills``,
    each with the same Message-ID."""

    submitted: int
    acknowledged: int
    lost: int
    doubled: int
    timers_missed: int
    timers_doubled: int
    mails_lost: int
    mails_doubled: int
    broken_histories: int
    kills: int
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        never = (self.lost, self.doubled, self.timers_missed, self.timers_doubled, self.mails_lost)
        return not any((*never, self.broken_histories)) and self.mails_doubled <= self.kills


class Processes:
    """Processes of one command, each the leader of its own group."""

    def __init__(self, module: str, asked: dict[str, object], log: Path | None = None) -> None:
        self.command = [sys.executable, "-m", module]
        self.log = log
        self.environment = {**os.environ, "CHAOS": json.dumps(asked)}
        self.running: list[subprocess.Popen[str]] = []
        self.killed = 0

    def start(self, pipe: int | None = None) -> subprocess.Popen[str]:
        """One more; ``pipe`` for its input and output. What it complains of goes to the log, if there is one."""
        with self.log.open("a") if self.log else contextlib.nullcontext() as complaints:
            process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                start_new_session=True,
                text=True,
                stdin=pipe,
                stdout=pipe,
                stderr=complaints,
            )
        self.running.append(process)
        return process

    def kill_one(self) -> None:
        """Parent and child at once, as a power cut does."""
        process = self.running.pop(0)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.killed += 1

    def stop(self) -> list[int]:
        """Ask them all to end; their exit codes."""
        for process in self.running:
            process.terminate()
        return [process.wait(40) for process in self.running]

    def end(self) -> None:
        """Whatever happened: nothing of it stays behind."""
        while self.running:
            self.kill_one()


class Senders:
    """Sends every token until it is acknowledged; one process at a time."""

    def __init__(self, database: str, tokens: list[str], log: Path | None) -> None:
        asked: dict[str, object] = {"database": database, "sent_at": SENT_AT.isoformat()}
        self.processes = Processes("tests.chaos.run_sender", asked, log)
        self.tokens = tokens
        self.acknowledged: dict[str, str] = {}
        self.tried: set[str] = set()
        self.threads: list[threading.Thread] = []

    def go_on(self) -> None:
        """Start sending what is not acknowledged yet."""
        left = [token for token in self.tokens if token not in self.acknowledged]
        process = self.processes.start(subprocess.PIPE)
        self.threads.append(threading.Thread(target=self._talk, args=(process, left), daemon=True))
        self.threads[-1].start()

    def kill(self) -> None:
        """Kill the sender in the middle of what it does; another takes its place."""
        self.processes.kill_one()
        self.go_on()

    @property
    def ready(self) -> bool:
        return len(self.acknowledged) == len(self.tokens)

    def _talk(self, process: subprocess.Popen[str], left: list[str]) -> None:
        assert process.stdin
        assert process.stdout
        with contextlib.suppress(OSError, ValueError):
            for token in left:
                self.tried.add(token)
                process.stdin.write(f"{token}\n")
                process.stdin.flush()
                said = process.stdout.readline().split()
                if len(said) != 2:
                    break  # it was killed before it could say so
                self.acknowledged[said[0]] = said[1]
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def end(self) -> None:
        """Nothing of it stays behind."""
        self.processes.end()
        for thread in self.threads:
            thread.join()


def rage(database: str, mail: MailServer, valkey: EmbeddedValkey | None, plan: Plan) -> Counts:
    """Send, kill, wait until nothing is due any more, count. ``valkey`` None: without Redis.

    Called inside ``bound(database)``. Raises TimeoutError when it never becomes quiet.
    """
    shift = (NOW - datetime.now(UTC)).total_seconds()  # noqa: TID251 - the processes run on the real clock
    redis = valkey.url if valkey else ""
    asked: dict[str, object] = {"database": database, "redis": redis, "mail": mail.url, "shift": shift}
    workers = Processes("tests.chaos.run_worker", asked, plan.log)
    senders = Senders(database, [secrets.token_hex(16) for _ in range(plan.events)], plan.log)
    done: Counter[str] = Counter()
    try:
        for _ in range(plan.workers):
            workers.start()
        senders.go_on()
        for place, (name, fault) in enumerate(_faults(plan, workers, senders, valkey), start=1):
            _until(lambda place=place: _progress(senders) >= place / (plan.faults + 1))  # type: ignore[misc]
            fault()
            done[name] += 1
        _until(lambda: senders.ready and not _due())
        codes = workers.stop()
        assert codes == [0] * plan.workers, codes
    finally:
        senders.end()
        workers.end()
    return _count(senders, mail, kills=done["worker killed"], faults=done)


def _faults(
    plan: Plan, workers: Processes, senders: Senders, valkey: EmbeddedValkey | None
) -> list[tuple[str, Callable[[], None]]]:
    """What goes wrong, in an order that the seed fixes; each kind in turn."""

    def kill_worker() -> None:
        workers.kill_one()
        workers.start()

    kinds: list[tuple[str, Callable[[], None]]] = [
        ("worker killed", kill_worker),
        ("sender killed", senders.kill),
    ]
    if valkey:
        kinds += [("Redis flushed", lambda: _flush(valkey)), ("Redis killed", lambda: _kill(valkey))]
    chosen = [kinds[place % len(kinds)] for place in range(plan.faults)]
    random.Random(plan.seed).shuffle(chosen)  # noqa: S311 - only an order
    return chosen


def _progress(senders: Senders) -> float:
    """How much of what there is to do is done, from 0 to 1."""
    rows = _rows()
    done = sum(1 for _, state, _ in rows if state == "done")
    open_ = sum(1 for _, state, due_at in rows if state == "pending" and due_at <= NOW)
    followed = done / (done + open_) if rows else 0.0
    return (len(senders.acknowledged) / len(senders.tokens) + followed) / 2


def _count(senders: Senders, mail: MailServer, *, kills: int, faults: Counter[str]) -> Counts:
    rows = _rows()
    sent = Counter(mail.message_ids)
    mails = sum(1 for kind, state, _ in rows if kind == "mail" and state == "done")
    escalated: Counter[int] = Counter()
    broken = 0
    with transaction(MUNICIPALITY, readonly=True) as tx:
        cases = case_rows.with_work(tx)
        known = {number for number in senders.acknowledged.values() if case_rows.by_number(tx, number)}
        for case in cases:
            broken += history.verify(tx, case) is not None
            escalated[sum(1 for entry in history.entries(tx, case) if entry.code == "escalated")] += 1
    late = sum(1 for kind, state, at in rows if kind == "timer" and state != "done" and at <= NOW)
    return Counts(
        submitted=len(senders.tried),
        acknowledged=len(senders.acknowledged),
        lost=len(set(senders.acknowledged.values()) - known),
        doubled=max(0, len(cases) - len(senders.tried))
        + len(senders.acknowledged)
        - len(set(senders.acknowledged.values())),
        timers_missed=late + escalated[0],
        timers_doubled=sum(n for times, n in escalated.items() if times > 1),
        mails_lost=max(len(cases), mails) - len(sent),
        mails_doubled=sum(n - 1 for n in sent.values()),
        broken_histories=broken,
        kills=kills,
        faults=faults,
    )


def _rows() -> list[tuple[str, str, datetime]]:
    """Kind, state and due instant of everything promised but the mails of the morning, which follow the clock."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return [row for row in outbox_rows.states(tx) if not row[0].startswith("digest")]


def _due() -> int:
    return sum(1 for _, state, due_at in _rows() if state == "pending" and due_at <= NOW)


def _flush(valkey: EmbeddedValkey) -> None:
    with Redis.from_url(valkey.url) as connection:
        connection.flushall()


def _kill(valkey: EmbeddedValkey) -> None:
    assert valkey.process
    valkey.process.kill()
    valkey.process.wait()
    valkey.start()


def _until(reached: Callable[[], bool]) -> None:
    """Wait; every bit of progress gives it more time."""
    deadline = time.monotonic() + QUIET_WITHIN
    while not reached():
        if time.monotonic() > deadline:
            raise TimeoutError(_rows()[-5:])
        time.sleep(0.05)
