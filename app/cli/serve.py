"""Start the web server alone (the database must be set up; see ``meernet setup``)."""

from __future__ import annotations

import argparse
import signal
from dataclasses import replace
from types import FrameType

from app.cli import fitness, lifeline
from app.cli.embedded import url_for
from app.config import Settings

FAILED = 1
THREADS = 8


def configure(parser: argparse.ArgumentParser) -> None:
    """Host, port and everything else are settings."""


def run(_args: argparse.Namespace, settings: Settings) -> int:
    """Serve until Ctrl-C or SIGTERM; requests in hand are finished first. 1 when the database must not be used."""
    import waitress

    from app.factory import create_app, settle

    lifeline.watch()
    settings = replace(settings, redis_url=url_for(settings))
    app = create_app(settings)
    if fitness.refused(app, settings.redis_url or ""):
        return FAILED
    settle()
    signal.signal(signal.SIGTERM, _leave)
    waitress.serve(
        app,
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        ident="",
        max_request_body_size=64 * 1024 * 1024,
        clear_untrusted_proxy_headers=not settings.proxies,  # the app itself believes as many proxies as it is told
    )
    return 0


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
