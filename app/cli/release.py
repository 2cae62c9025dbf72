"""Let go what waits since a copy was put back: mail, reminders and terms."""

from __future__ import annotations

import argparse
from datetime import datetime

from app.cli.backup import CANNOT, fail, sentence
from app.config import Settings
from app.texts import say


def configure(parser: argparse.ArgumentParser) -> None:
    """Where, and from when on mail still goes."""
    parser.add_argument("municipality", nargs="?", help="which one, when several live here")
    parser.add_argument("--no-mail-before", metavar="TIME", help="drop mail that was due before (local time)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Do it; 1 when nothing was held, 2 when it is not clear where or from when."""
    from app.cli.municipality import chosen
    from app.factory import create_app
    from app.services.access import accounts
    from app.services.errors import ServiceError
    from app.services.safekeeping import holding

    try:
        since = datetime.fromisoformat(args.no_mail_before).astimezone() if args.no_mail_before else None
    except ValueError:
        return fail(say("safekeeping.release_time", text=args.no_mail_before), CANNOT)
    with create_app(settings).app_context():
        slug = chosen(args.municipality)
        if not slug:
            return CANNOT
        try:
            dropped = holding.release(accounts.operator(slug), no_mail_before=since)
        except ServiceError as problem:
            return fail(sentence(problem))
    print(say("safekeeping.release_done", municipality=slug, dropped=dropped))
    return 0
