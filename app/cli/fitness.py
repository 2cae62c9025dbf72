"""May this process work with the database and the Redis it was given?

Asked once when a web server or a worker starts. A database that must not be used stops it; one that is away does not,
for it may come back, and until then every page says so.
"""

from __future__ import annotations

import contextlib
import sys

import redis
from flask import Flask

from app.cli.embedded import eviction_warning
from app.services import errors
from app.services.municipality import setup
from app.services.safekeeping import copies
from app.storage import migrate
from app.storage.database import db
from app.texts import say


def refused(app: Flask, redis_url: str) -> bool:
    """Whether the database must not be used as it is; says why. Warns of a Redis that may drop keys."""
    _warn(redis_url)
    try:
        with contextlib.suppress(errors.Unavailable):
            setup.check_database(app)
            if half_restored(app):
                print(f"meernet: {say('safekeeping.start_unfinished')}", file=sys.stderr)
                return True
    except setup.StorageRefused as problem:
        print(f"meernet: {problem}", file=sys.stderr)
        return True
    finally:
        with app.app_context():
            db.engine.dispose()  # a server that forks after this must not share a connection
    return False


def half_restored(app: Flask) -> bool:
    """Whether a copy was put back here but half, or is being put back now."""
    with app.app_context():
        return migrate.is_current() and copies.unfinished()


def _warn(redis_url: str) -> None:
    with contextlib.suppress(redis.RedisError, OSError):
        warning = eviction_warning(redis_url) if redis_url else None
        if warning:
            print(f"meernet: {warning}", file=sys.stderr)
