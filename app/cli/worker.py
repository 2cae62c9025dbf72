"""Run jobs: RQ workers, the tick and the sweep."""

from __future__ import annotations

import argparse
from dataclasses import replace

from app.cli import fitness, lifeline
from app.cli.embedded import url_for
from app.config import Settings

FAILED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``--no-redis``."""
    parser.add_argument("--no-redis", action="store_true", help="let the sweep do all the work")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Work until Ctrl-C or SIGTERM. 1 when the database must not be used."""
    from app.factory import create_app, settle
    from app.jobs import worker
    from app.storage.database import db

    lifeline.watch()
    settings = replace(settings, redis_url="" if args.no_redis else url_for(settings))
    app = create_app(settings)
    if fitness.refused(app, settings.redis_url or ""):
        return FAILED
    settle()

    def forked() -> None:
        with app.app_context():
            db.engine.dispose(close=False)  # the connections belong to the parent, which goes on using them

    return worker.main(worker.Run(redis_url=settings.redis_url or "", context=app.app_context, forked=forked))
