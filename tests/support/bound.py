"""How does a test get services on a real, migrated database without the web?

``bound(url)`` is a bare Flask application tied to a database; ``migrated`` prepares one for ``Templates.copy``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from app.services.municipality import setup
from app.storage.database import db

MASTER_KEY = bytes(range(32))
MUNICIPALITY = "zandlede"
NEIGHBOUR = "buurlede"
"""A second municipality, whose rows must never be seen."""


@dataclass(frozen=True, slots=True)
class BoundSettings:
    """What storage asks of settings."""

    database_url: str
    environment: str = "test"
    master_key: bytes = MASTER_KEY
    clock_shift: timedelta = timedelta()
    older_keys: tuple[bytes, ...] = ()

    def masters(self) -> tuple[bytes, ...]:
        """Every master key that may have wrapped something."""
        return (self.master_key, *self.older_keys)


@contextmanager
def bound(url: str, *, environment: str = "test") -> Iterator[Flask]:
    """An application on ``url``, inside its context; its connections are closed afterwards."""
    app = Flask("meernet-test")
    setup.bind(app, BoundSettings(url, environment))
    with app.app_context():
        try:
            yield app
        finally:
            db.engine.dispose()


def migrated(url: str) -> None:
    """Bring an empty database to two municipalities without anything in them."""
    with bound(url) as app:
        setup.migrate(app)
        setup.make_municipality(MUNICIPALITY, "Zandlede", kind="demo")
        setup.make_municipality(NEIGHBOUR, "Buurlede", kind="demo")
