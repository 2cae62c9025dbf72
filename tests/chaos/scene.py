"""What does a chaos run take place on? The whole product as processes, and everything around it that can fail."""

from __future__ import annotations

import secrets
import shutil
import signal
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import sqlalchemy as sa
from redis import Redis

from app.cli.demo.accounts import PASSWORD
from app.cli.embedded import EmbeddedValkey
from app.services.access import accounts
from app.services.staff import staffing
from app.storage.database import transaction
from app.storage.models import Municipality
from app.storage.repositories import outbox_rows
from tests.chaos import processes
from tests.chaos.clients import STAFF
from tests.chaos.moved_clock import VARIABLE, MovedClock
from tests.chaos.processes import LEASE_S, Server
from tests.support.bound import MASTER_KEY, MUNICIPALITY, bound
from tests.support.mail_server import MailServer
from tests.support.postgres import EmbeddedPostgres
from tests.support.town import local, peopled

STARTED_AT = local("2026-11-09 09:40")
ENDS_AT = local("2026-12-09 12:00")
"""Where the clock ends: every term of a card is over by then, and the rosters of Zandlede still run."""
HOST = "127.0.0.1"
STARTS_WITHIN_S = 120.0


@dataclass
class Scene:
    """Everything that runs. ``redis`` and ``postgres`` are None where there is none (or nobody may restart it)."""

    url: str
    place: Path
    mail: MailServer
    redis: EmbeddedValkey | None = None
    redis_folder: Path = Path()
    postgres: EmbeddedPostgres | None = None
    lease_s: float = 20.0
    """Too short, and on a slow machine another worker takes, and sends again, what is still being sent."""
    paused: list[threading.Timer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.port = _free_port()
        self.clock = MovedClock(self.place / "clock", STARTED_AT)
        environment = self._environment()
        self.log = self.place / "processes.log"
        server = ("gunicorn", "-c", "python:tests.chaos.run_web", "tests.chaos.run_web:application")
        self.web = Server(server, environment, self.log)
        self.workers = Server(("tests.chaos.run_worker",), environment, self.log)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Web server and workers, from here to the end of the block; nothing of them stays behind."""
        try:
            self.web.start()
            self.workers.start()
            self._wait()
            yield
        finally:
            for timer in self.paused:
                timer.cancel()
            self.web.end()
            self.workers.end()

    def note(self, line: str) -> None:
        """A line in the log of the processes."""
        with self.log.open("a") as log:
            log.write(f"{datetime.now(UTC):%H:%M:%S} {line}\n")  # noqa: TID251 - for whoever reads it

    # what goes wrong -----------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Redis forgets everything."""
        assert self.redis
        with Redis.from_url(self.redis.url) as connection:
            connection.flushall()

    def kill_redis(self) -> None:
        """Redis dies and comes back without its data."""
        assert self.redis
        assert self.redis.process
        self.redis.process.kill()
        self.redis.process.wait()
        shutil.rmtree(self.redis_folder / "appendonlydir", ignore_errors=True)
        self.redis.start()

    def crash_postgres(self) -> None:
        """PostgreSQL dies without a goodbye and recovers."""
        assert self.postgres
        self.postgres.crash()

    def pause_worker(self) -> None:
        """A worker stands still for longer than its leases last, and then goes on as if nothing happened."""
        stopped = processes.whole(self._one(self.workers))
        processes.send(stopped, signal.SIGSTOP)
        timer = threading.Timer(self.lease_s + 2, processes.send, (stopped, signal.SIGCONT))
        timer.daemon = True
        timer.start()
        self.paused.append(timer)

    def refuse_mail(self) -> None:
        """The mail server has no time for the next three."""
        self.mail.answers.extend(["451 later"] * 3)

    def kill_web_process(self) -> None:
        """One of the two processes that answer."""
        processes.kill([self._one(self.web).pid])

    def kill_sweep(self) -> None:
        """The sweeping process of a worker alone; what runs RQ beside it has to notice."""
        processes.kill([self._one(self.workers).pid])

    def kill_worker(self) -> None:
        """A worker with all that belongs to it."""
        processes.kill(processes.whole(self._one(self.workers)))

    def kill_horse(self) -> None:
        """The process that runs RQ jobs, in the middle of one or between two."""
        processes.kill([_once(lambda: processes.grandchildren(self._one(self.workers))).pid])

    @staticmethod
    def _one(server: Server) -> psutil.Process:
        return _once(server.children)

    # what is waited for --------------------------------------------------------------------------------------------

    def ahead(self, by: timedelta) -> None:
        """The clock jumps."""
        self.clock.jump(by)

    def all_paused_went_on(self) -> None:
        """Wait for whoever stands still."""
        for timer in self.paused:
            timer.join()

    def waiting(self) -> int:
        """How many promises are due and not kept yet."""
        with transaction(MUNICIPALITY, readonly=True) as tx:
            return sum(
                1 for _, state, due in outbox_rows.states(tx) if state == "pending" and due <= self.clock.now
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN_S
        while True:
            with suppress(OSError), urllib.request.urlopen(f"http://{HOST}:{self.port}/readyz", timeout=5):
                return
            if time.monotonic() > deadline:
                raise TimeoutError(self.log.read_text(errors="replace")[-2000:])
            time.sleep(0.1)

    def _environment(self) -> dict[str, str]:
        return {
            "MEERNET_ENV": "test",
            "MEERNET_DATA_DIR": str(self.place / "data"),
            "MEERNET_PORT": str(self.port),
            "MEERNET_DATABASE_URL": self.url,
            "MEERNET_DATABASE_OWNER_URL": "",
            "MEERNET_REDIS_URL": self.redis.url if self.redis else "",
            "MEERNET_MAIL_URL": self.mail.url,
            "MEERNET_MASTER_KEY": MASTER_KEY.hex(),
            "MEERNET_SECRET_KEY": secrets.token_hex(32),
            "MEERNET_PROXIES": "1",
            "MEERNET_CLOCK_SHIFT": "",
            VARIABLE: str(self.clock.file),
            LEASE_S: str(self.lease_s),
        }


def staffed(url: str) -> None:
    """Zandlede with passwords for those who sign in; prepares a database for ``Templates.copy``."""
    peopled(url)
    with bound(url):
        with transaction(MUNICIPALITY) as tx:
            mine = sa.update(Municipality).where(Municipality.id == MUNICIPALITY)
            tx.execute(mine.values(settings={"hosts": [HOST]}))
        operator = accounts.operator(MUNICIPALITY)
        for key in STAFF:
            accounts.set_password(
                operator, staffing.account_id(MUNICIPALITY, key), PASSWORD, must_change=False
            )


def _once(look: Callable[[], list[psutil.Process]]) -> psutil.Process:
    """The first of these processes, once there is one."""
    deadline = time.monotonic() + STARTS_WITHIN_S
    while not (found := look()):
        if time.monotonic() > deadline:
            raise TimeoutError("nothing there to kill")
        time.sleep(0.05)
    return found[0]


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
