"""Start everything on this machine: Valkey, database, web server and worker; Ctrl-C stops it."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import importlib
import importlib.util
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.embedded import EmbeddedValkey, eviction_warning, find_server, folder_of
from app.cli.lifeline import Lifeline
from app.cli.supervisor import Service, Supervisor
from app.config import Settings
from app.texts import say

FAILED = 1
LANGUAGE = "nl"
LINK_WITHIN_S = 30


def configure(parser: argparse.ArgumentParser) -> None:
    """Address, folder and the rest are settings."""


def run(_args: argparse.Namespace, settings: Settings) -> int:
    """Run until Ctrl-C or SIGTERM; 1 when it cannot start, with one sentence why."""
    with _only_one(settings.data_dir) as other:
        if other is not None:
            return _fail("run.already", folder=settings.data_dir, process=other)
        if not _port_is_free(settings):
            return _fail("run.port_taken", host=settings.host, port=settings.port)
        return _run(settings)


def _run(settings: Settings) -> int:
    os.umask(0o077)  # what it and its children write is for their owner alone
    line = Lifeline()
    try:
        return _supervise(settings, line, _embedded(settings))
    finally:
        line.close()


def _supervise(settings: Settings, line: Lifeline, valkey: EmbeddedValkey | None) -> int:
    redis_url = valkey.url if valkey else settings.redis_url or ""
    child = _Children(settings, line, redis_url)
    broker = [Service("valkey", valkey.start)] if valkey else []
    supervisor = Supervisor(
        [*broker, Service("web", child.starts("serve")), Service("worker", child.starts("worker"))], _report
    )
    with supervisor.listening():
        _say("run.preparing")
        if not _prepared(child.starts("setup")(), supervisor):
            return 0 if supervisor.stopping else _fail("run.prepare_failed")
        try:
            supervisor.start()
            _warn_about_redis(redis_url)
            supervisor.watch(
                ready=lambda: not _port_is_free(settings), on_ready=lambda: _welcome(settings, child)
            )
            _say("run.stopping")
        finally:
            supervisor.end()
        _say("run.stopped")
    return 0


def _prepared(setup: subprocess.Popen[bytes], supervisor: Supervisor) -> bool:
    """Wait for the database to be ready; false when that failed or somebody asked to stop."""
    while setup.poll() is None:
        if supervisor.stopping:
            setup.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            setup.wait(0.2)
    return setup.returncode == 0 and not supervisor.stopping


class _Children:
    """Starts our own commands with the settings of this run."""

    def __init__(self, settings: Settings, line: Lifeline, redis_url: str) -> None:
        self._line = line
        self._environment = {
            **os.environ,
            **line.environment,
            "MEERNET_DATA_DIR": str(settings.data_dir),
            "MEERNET_REDIS_URL": redis_url,
            "PYTHONUNBUFFERED": "1",
        }

    def starts(self, *command: str) -> Callable[[], subprocess.Popen[bytes]]:
        """A function that starts ``meernet <command …>`` in a session of its own: the terminal's Ctrl-C is for us."""

        def start() -> subprocess.Popen[bytes]:
            return subprocess.Popen(  # noqa: S603 - our own module, no shell
                [sys.executable, "-m", "app.cli.main", *command],
                env=self._environment,
                pass_fds=(self._line.reader,),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

        return start


def _embedded(settings: Settings) -> EmbeddedValkey | None:
    """The server to start, unless a URL was set or there is nothing to start."""
    binary = find_server() if settings.redis_url is None else None
    return EmbeddedValkey(binary, folder_of(settings)) if binary else None


@contextmanager
def _only_one(data_dir: Path) -> Iterator[str | None]:
    """Hold the data folder; yields the process that holds it already, or None when it is ours."""
    with (data_dir / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            yield lock.read().strip() or "?"
            return
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield None


def _port_is_free(settings: Settings) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((settings.host, settings.port), timeout=1):
        return False
    return True


def _warn_about_redis(url: str) -> None:
    import redis

    if not url:
        _say("run.no_redis")
        return
    with contextlib.suppress(redis.RedisError):
        warning = eviction_warning(url)
        if warning:
            print(warning, file=sys.stderr)


def _welcome(settings: Settings, child: _Children) -> None:
    host = "localhost" if settings.host in {"127.0.0.1", "0.0.0.0", "::"} else settings.host  # noqa: S104 - shown only
    _say("run.ready", address=f"http://{host}:{settings.port}/")
    if settings.environment == "demo" and importlib.util.find_spec("app.cli.demo.accounts"):
        demo = importlib.import_module("app.cli.demo.accounts")
        _say("run.accounts", password=demo.PASSWORD)
        for name, role in demo.ACCOUNTS:
            _say("run.account", name=name, role=role)
    else:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.starts("init", "--link")().wait(LINK_WITHIN_S)
    _say("run.stop_hint", folder=settings.data_dir)


def _report(what: str, service: str, details: dict[str, object]) -> None:
    print(
        say(f"run.{what}", LANGUAGE, service=say(f"run.service.{service}"), **details),
        file=sys.stderr,
        flush=True,
    )


def _say(code: str, **params: object) -> None:
    print(say(code, LANGUAGE, **params), flush=True)


def _fail(code: str, **params: object) -> int:
    print(say(code, LANGUAGE, **params), file=sys.stderr)
    return FAILED
