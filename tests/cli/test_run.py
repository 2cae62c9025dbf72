"""Does one command start the whole product, keep it running and stop it again?"""

from __future__ import annotations

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from app.cli.main import main

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 90.0


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Run:
    """``meernet run`` as an operator starts it, with everything it prints."""

    def __init__(self, data_dir: Path, port: int) -> None:
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli.main", "run"],
            cwd=ROOT,
            env={**_clean_environment(), "MEERNET_DATA_DIR": str(data_dir), "MEERNET_PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.printed = ""
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def wait_for(self, words: str) -> None:
        """Until ``words`` were printed."""
        self.until(lambda: words in self.printed)

    def until(self, condition: Callable[[], object]) -> None:
        """Until ``condition()`` holds; fails with what was printed."""
        deadline = time.monotonic() + STARTS_WITHIN
        while not condition():
            assert self.process.poll() is None, self.printed
            assert time.monotonic() < deadline, self.printed
            time.sleep(0.05)

    def children(self) -> list[psutil.Process]:
        """Every process below it."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, name: str) -> psutil.Process | None:
        """The process it started itself for the program or command ``name``."""
        direct = psutil.Process(self.process.pid).children()
        return next((child for child in direct if name in {child.name(), *child.cmdline()}), None)

    def answers(self, path: str = "/healthz") -> bool:
        """Whether the web server answers with 200."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as page:
                return bool(page.status == 200)
        except OSError:
            return False

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        self._reader.join(timeout=60)
        return code

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self.printed += line


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)  # in a container nobody may collect an orphan
    except psutil.NoSuchProcess:
        return False


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("MEERNET_")}


@contextmanager
def _running(data_dir: Path) -> Iterator[_Run]:
    run = _Run(data_dir, _free_port())
    try:
        run.wait_for("Meernet staat klaar op")
        yield run
    finally:
        run.end()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder and a free port in the environment."""
    for name in list(os.environ):
        if name.startswith("MEERNET_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("MEERNET_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MEERNET_PORT", str(_free_port()))
    return tmp_path


def test_a_second_run_on_the_same_folder_refuses_and_names_the_first(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (settings / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711")
        lock.flush()
        assert main(["run"]) == 1
    assert "4711" in capsys.readouterr().err


def test_a_taken_port_is_one_sentence_that_says_what_to_do(
    settings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        monkeypatch.setenv("MEERNET_PORT", str(other.getsockname()[1]))
        assert main(["run"]) == 1
    assert "MEERNET_PORT=" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_one_command_starts_everything_and_ctrl_c_stops_it(tmp_path: Path) -> None:
    with _running(tmp_path) as run:
        assert run.answers()
        assert run.child("valkey-server")
        assert run.child("worker")
        assert re.search(r"http://localhost:\d+/", run.printed)
        children = run.children()
        assert run.end(signal.SIGINT) == 0
    assert [child for child in children if _lives(child)] == []
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "run.lock"]
    assert "meernet.sqlite" in {path.name for path in kept}
    assert [path.name for path in kept if path.stat().st_mode & 0o077] == []


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_whatever_is_killed_comes_back(tmp_path: Path) -> None:
    with _running(tmp_path) as run:
        for command, name in (
            ("serve", "De webserver"),
            ("valkey-server", "Valkey"),
            ("worker", "De worker"),
        ):
            victim = run.child(command)
            assert victim
            victim.kill()
            run.wait_for(f"{name} draait opnieuw.")
        run.until(run.answers)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_killed_run_leaves_nothing_behind_that_stops_the_next_one(tmp_path: Path) -> None:
    with _running(tmp_path) as run:
        valkey = run.child("valkey-server")
        others = [child for child in run.children() if child != valkey]
        run.end(signal.SIGKILL)
        gone, alive = psutil.wait_procs(others, timeout=40)
        assert alive == []
        assert gone
    with _running(tmp_path) as run:
        assert run.answers()
        assert valkey
        assert not _lives(valkey)
