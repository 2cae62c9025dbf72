"""How do several processes run as one product?

``Supervisor`` starts what it is given in order, starts again what dies (after a pause that grows), and on Ctrl-C or
SIGTERM stops all of it in the opposite order.
"""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

_LOOK_EVERY = 0.2
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0
_HEALTHY_AFTER = 60.0
"""Seconds alive after which an earlier death no longer counts."""
_ENDS_WITHIN = 30.0

Report = Callable[[str, str, dict[str, object]], None]
"""Called with what happened (``died``, ``restarted``, ``failed``), the name of the service and details."""


@dataclass(slots=True)
class Service:
    """One process to keep alive; ``start`` may be called again after it died."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = _FIRST_PAUSE
    due: float | None = field(default=None)
    """When to start it again; None while it lives."""


class Supervisor:
    """Keeps services alive until told to stop. Times are ``time.monotonic`` seconds."""

    def __init__(self, services: Sequence[Service], report: Report) -> None:
        self._services = services
        self._report = report
        self._stop = threading.Event()
        self._hurry = threading.Event()

    @property
    def stopping(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask to stop; asking twice stops without waiting for work in hand."""
        if self._stop.is_set():
            self._hurry.set()
        self._stop.set()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Within this block Ctrl-C, SIGTERM and a closed terminal ask to stop."""

        def handle(_number: int, _frame: FrameType | None) -> None:
            self.stop()

        signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, handle) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def start(self) -> None:
        """Start every service, in order; what ``start`` of a service raises stops those before it."""
        try:
            for service in self._services:
                self._launch(service)
        except BaseException:
            self.end()
            raise

    def watch(
        self, ready: Callable[[], bool] = lambda: True, on_ready: Callable[[], None] = lambda: None
    ) -> None:
        """Start again what dies until asked to stop; calls ``on_ready`` once, as soon as ``ready()``."""
        waiting = True
        while not self._stop.wait(_LOOK_EVERY):
            for service in self._services:
                self._look_after(service)
            if waiting and ready():
                waiting = False
                on_ready()

    def end(self) -> None:
        """Stop every service, last started first, each with time to finish what it holds."""
        for service in reversed(self._services):
            process = service.process
            if not process or process.poll() is not None:
                continue
            process.terminate()
            deadline = time.monotonic() + _ENDS_WITHIN
            while process.poll() is None and time.monotonic() < deadline and not self._hurry.is_set():
                time.sleep(0.05)
            if process.poll() is None:
                process.kill()
            process.wait()

    def _look_after(self, service: Service) -> None:
        now = time.monotonic()
        if service.due is None:
            code = service.process.poll() if service.process else None
            if code is not None:
                self._mourn(service, code=code, now=now)
        elif now >= service.due:
            self._revive(service, now=now)

    def _mourn(self, service: Service, *, code: int, now: float) -> None:
        if now - service.started > _HEALTHY_AFTER:
            service.pause = _FIRST_PAUSE
        service.due = now + service.pause
        self._report("died", service.name, {"code": code, "seconds": round(service.pause)})
        service.pause = min(service.pause * 2, _LONGEST_PAUSE)

    def _revive(self, service: Service, *, now: float) -> None:
        try:
            self._launch(service)
        except (OSError, RuntimeError) as problem:
            service.due = now + service.pause
            service.pause = min(service.pause * 2, _LONGEST_PAUSE)
            self._report("failed", service.name, {"problem": problem, "seconds": round(service.pause)})
        else:
            self._report("restarted", service.name, {})

    def _launch(self, service: Service) -> None:
        service.process = service.start()
        service.started = time.monotonic()
        service.due = None
