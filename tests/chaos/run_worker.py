"""A worker process of its own, to be killed: ``python -m tests.chaos.run_worker``; everything it needs is in ``CHAOS``.

Leases last four seconds here instead of sixty, so that what a killed worker held comes back within the test.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from app.jobs import worker
from app.services.follow_up.outgoing import Outgoing, configure
from app.services.municipality import setup
from app.storage import outbox
from app.storage.database import db
from tests.support.bound import MASTER_KEY

LEASE = timedelta(seconds=4)


@dataclass(frozen=True, slots=True)
class ShiftedSettings:
    """Settings of a test database on a moved clock."""

    database_url: str
    clock_shift: timedelta
    environment: str = "test"
    master_key: bytes = MASTER_KEY


def main() -> int:
    """Work until told to stop."""
    asked = json.loads(os.environ["CHAOS"])
    outbox.LEASE = LEASE
    app = Flask("meernet-chaos")
    setup.bind(app, ShiftedSettings(asked["database"], timedelta(seconds=asked["shift"])))
    configure(Outgoing(mail_url=asked["mail"], host="z.example"))

    def forked() -> None:
        with app.app_context():
            db.engine.dispose(close=False)

    return worker.main(worker.Run(redis_url=asked["redis"], context=app.app_context, forked=forked))


if __name__ == "__main__":
    raise SystemExit(main())
