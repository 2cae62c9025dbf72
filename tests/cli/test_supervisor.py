"""Does what dies come back, and does everything end when it must?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.lifeline import Lifeline
from app.cli.supervisor import Service, Supervisor


def _process(code: str) -> Callable[[], subprocess.Popen[bytes]]:
    return lambda: subprocess.Popen([sys.executable, "-c", code])


def _sleeper(name: str, log: Path) -> Service:
    """A process that writes its name when it is told to end."""
    code = (
        "import signal, sys, time\n"
        f"def end(*_): open({str(log)!r}, 'a').write({name!r}); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        f"open({str(log)!r} + {name!r}, 'w')\n"
        "time.sleep(60)"
    )
    return Service(name, _process(code))


class _Reports:
    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def __call__(self, what: str, service: str, details: dict[str, object]) -> None:
        self.said.append((what, service))


def _until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def test_services_end_in_the_opposite_order_of_their_start(tmp_path: Path) -> None:
    log = tmp_path / "log"
    supervisor = Supervisor([_sleeper("a", log), _sleeper("b", log), _sleeper("c", log)], _Reports())
    supervisor.start()
    _until(lambda: all((tmp_path / f"log{name}").exists() for name in "abc"))
    supervisor.end()
    assert log.read_text() == "cba"


def test_a_service_that_dies_is_started_again_and_both_are_reported(tmp_path: Path) -> None:
    reports = _Reports()
    service = _sleeper("a", tmp_path / "log")
    supervisor = Supervisor([service], reports)
    supervisor.start()
    watching = threading.Thread(target=supervisor.watch)
    watching.start()
    first = service.process
    assert first
    first.kill()
    _until(lambda: ("restarted", "a") in reports.said)
    supervisor.stop()
    watching.join()
    assert service.process
    assert service.process.pid != first.pid
    assert service.process.poll() is None
    supervisor.end()
    assert reports.said == [("died", "a"), ("restarted", "a")]


def test_a_service_that_keeps_dying_is_given_longer_and_longer_pauses() -> None:
    reports = _Reports()
    service = Service("a", _process("raise SystemExit(3)"))
    supervisor = Supervisor([service], reports)
    supervisor.start()
    watching = threading.Thread(target=supervisor.watch)
    watching.start()
    _until(lambda: reports.said.count(("died", "a")) == 2)
    supervisor.stop()
    watching.join()
    supervisor.end()
    assert service.pause == 4.0


def test_a_service_that_cannot_start_stops_those_before_it(tmp_path: Path) -> None:
    def broken() -> subprocess.Popen[bytes]:
        raise OSError("no such binary")

    first = Service("a", _process("import time; time.sleep(60)"))
    supervisor = Supervisor([first, Service("b", broken)], _Reports())
    with pytest.raises(OSError, match="no such binary"):
        supervisor.start()
    assert first.process
    assert first.process.poll() is not None


def test_a_signal_asks_to_stop_and_the_handlers_of_before_come_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    supervisor = Supervisor([], _Reports())
    with supervisor.listening():
        os.kill(os.getpid(), signal.SIGTERM)
        supervisor.watch()
    assert supervisor.stopping
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_child_ends_itself_when_its_supervisor_is_killed() -> None:
    line = Lifeline()
    code = (
        "from app.cli.lifeline import watch; import time; watch(); print('ready', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, **line.environment},
        pass_fds=(line.reader,),
        stdout=subprocess.PIPE,
    )
    assert child.stdout
    assert child.stdout.readline() == b"ready\n"
    line.close()
    assert child.wait(timeout=20) == -signal.SIGTERM
    child.stdout.close()
