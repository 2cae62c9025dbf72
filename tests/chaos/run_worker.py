"""The workers of a chaos run, as ``meernet worker`` runs them, on a clock that can be moved: ``python -m
tests.chaos.run_worker``.

This process makes the application once and forks the workers, each the leader of a group of its own, so that one that
is killed is replaced in a moment. Leases last six seconds here instead of sixty, so that what a killed worker held
comes back within the run.
"""

from __future__ import annotations

import os
import signal
import time
from types import FrameType

from flask import Flask

from app.config import load
from app.storage import outbox
from tests.chaos.processes import LEASE

outbox.LEASE = LEASE  # before anything reads it

from app.factory import create_app  # noqa: E402
from app.jobs import worker  # noqa: E402
from app.storage.database import db  # noqa: E402
from tests.chaos import moved_clock  # noqa: E402

WORKERS = 2
_LOOKS_EVERY = 0.05


def main() -> int:
    """Keep the workers alive until told to stop; 1 when one of them ended badly then."""
    settings = load()
    app = create_app(settings)
    moved_clock.warm(app)
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, stop)
    running: set[int] = set()
    while not asked:
        while len(running) < WORKERS:
            running.add(_forked(app, settings.redis_url or ""))
        ended, _ = os.waitpid(-1, os.WNOHANG)
        running.discard(ended)
        time.sleep(_LOOKS_EVERY)
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in running]
    return int(any(codes))


def _forked(app: Flask, redis_url: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    code = 1
    try:
        code = _work(app, redis_url)
    finally:
        os._exit(code)


def _work(app: Flask, redis_url: str) -> int:
    def forked() -> None:
        with app.app_context():
            db.engine.dispose(close=False)

    moved_clock.follow()
    return worker.main(worker.Run(redis_url=redis_url, context=app.app_context, forked=forked))


if __name__ == "__main__":
    raise SystemExit(main())
