"""How are processes started, so that any of them can be killed and none is left behind?"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
LEASE_S = "CHAOS_LEASE"
"""For how many seconds a worker of a chaos run holds a row."""


class Server:
    """One Python command that forks the processes that do the work, and replaces those that die."""

    def __init__(self, command: tuple[str, ...], environment: Mapping[str, str], log: Path) -> None:
        self.command = [sys.executable, "-m", *command]
        self.environment = {**os.environ, **environment}
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = 0

    def start(self) -> None:
        """Start it. What it complains of goes to the log."""
        with self.log.open("ab") as complaints:
            self._process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=complaints,
                stderr=complaints,
            )

    def restart(self) -> None:
        """Kill it and everything it forked at once, as a power cut does, and start it again."""
        self.end()
        self.start()

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def children(self) -> list[psutil.Process]:
        """What it forked, those that have lived longest first; a different one leads each time."""
        found = _children(self._process.pid) if self._process else []
        self._turn += 1
        turn = self._turn % len(found) if found else 0
        return found[turn:] + found[:turn]

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        assert self._process
        self._process.terminate()
        return self._process.wait(90)

    def end(self) -> None:
        """Whatever happened: nothing of it stays behind."""
        if self._process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            below = psutil.Process(self._process.pid).children(recursive=True)
            kill([self._process.pid, *(found.pid for found in below)])
        self._process.wait()


def grandchildren(found: psutil.Process) -> list[psutil.Process]:
    """What a forked process forked itself."""
    return _children(found.pid)


def whole(found: psutil.Process) -> list[int]:
    """A process and what it forked."""
    return [found.pid, *(child.pid for child in _children(found.pid))]


def kill(pids: Iterable[int]) -> None:
    """At once and without a chance to say goodbye."""
    send(pids, signal.SIGKILL)


def send(pids: Iterable[int], number: int) -> None:
    """A signal to those that still live."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _children(pid: int) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        return sorted(psutil.Process(pid).children(), key=lambda child: child.pid)
    return []
