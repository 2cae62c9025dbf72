"""Processes that write through the services as fast as they can, to be killed: ``python -m tests.chaos.run_writers``.

Each sends cards, and writes notes on one case they all share. What was acknowledged to it goes into a file of its own
in the folder ``WRITERS_SAID``; what it was refused too, after a ``!``.
"""

from __future__ import annotations

import os
import secrets
import signal
import sys
from pathlib import Path
from types import FrameType

from flask import Flask

from app.services.cases import add_note
from app.services.municipality import setup
from tests.chaos import forking, moved_clock
from tests.support.bound import BoundSettings
from tests.support.town import holder_of, send_card

WRITERS = 8


def main() -> int:
    """Keep the writers alive until told to stop."""
    app = Flask("meernet-writers")
    setup.bind(app, BoundSettings(os.environ["WRITERS_DATABASE"]))
    moved_clock.warm(app)
    return forking.keep(WRITERS, lambda: _write(app, os.environ["WRITERS_CASE"]))


def _write(app: Flask, case: str) -> int:
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, stop)
    said = os.open(
        Path(os.environ["WRITERS_SAID"]) / str(os.getpid()), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
    )
    with app.app_context():
        holder = holder_of(case)
        while not asked:
            token = secrets.token_hex(16)
            try:
                os.write(said, f"card {token} {send_card(token).number}\n".encode())
                add_note.add(holder, case, token)
                os.write(said, f"note {token} -\n".encode())
            except Exception as error:
                os.write(said, f"! {type(error).__name__} -\n".encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
