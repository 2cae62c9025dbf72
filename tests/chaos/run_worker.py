"""The workers of a chaos run, as ``meernet worker`` runs them, on a clock that can be moved: ``python -m
tests.chaos.run_worker``.

This process makes the application once and forks the workers. Leases are shorter here than sixty seconds, so that what
a killed worker held comes back within the run.
"""

from __future__ import annotations

import os
from datetime import timedelta

from flask import Flask

from app.config import load
from app.storage import outbox
from tests.chaos.processes import LEASE_S

outbox.LEASE = timedelta(seconds=float(os.environ.get(LEASE_S, "6")))  # before anything reads it

from app.factory import create_app  # noqa: E402
from app.jobs import worker  # noqa: E402
from app.storage.database import db  # noqa: E402
from tests.chaos import forking, moved_clock  # noqa: E402

WORKERS = 2


def main() -> int:
    """Keep the workers alive until told to stop; 1 when one of them ended badly then."""
    settings = load()
    app = create_app(settings)
    moved_clock.warm(app)
    return forking.keep(WORKERS, lambda: _work(app, settings.redis_url or ""))


def _work(app: Flask, redis_url: str) -> int:
    def forked() -> None:
        with app.app_context():
            db.engine.dispose(close=False)

    moved_clock.follow()
    return worker.main(worker.Run(redis_url=redis_url, context=app.app_context, forked=forked))


if __name__ == "__main__":
    raise SystemExit(main())
