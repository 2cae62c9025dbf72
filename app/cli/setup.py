"""Prepare the database: migrate it, publish the shipped definitions and, in the demo, make Zandlede."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Callable
from typing import cast

from app.cli import fitness
from app.config import Settings
from app.texts import say

FAILED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the municipality to make."""
    parser.add_argument(
        "--municipality", metavar="SLUG", help="make this municipality when it is not there yet"
    )
    parser.add_argument("--name", help="its name, as residents know it (default: the slug)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Bring the database up to this version; does nothing the second time. 1 with a sentence when that cannot be."""
    from app.cli.publish import waiting_lines
    from app.definitions.problems import show
    from app.factory import create_app
    from app.services import errors
    from app.services.municipality import setup

    wanted = (args.municipality, args.name or args.municipality) if args.municipality else None
    demo = settings.environment == "demo"
    app = create_app(settings)
    try:
        setup.check_database(app)
        if fitness.half_restored(app):
            return _fail(say("safekeeping.start_unfinished"))
        results = setup.prepare(
            app,
            demo,
            municipality=wanted,
            owner_url=settings.owner_url,
            seed=_demo() if demo else None,
        )
    except setup.DefinitionsRefused as refused:
        return _fail(*map(show, refused.result.problems))
    except setup.StorageRefused as refused:
        return _fail(str(refused))
    except errors.Unavailable:
        return _fail(say("run.no_database"))
    for line in (line for result in results for line in waiting_lines(result)):
        print(line)
    return 0


def _demo() -> Callable[[str], None] | None:
    """What makes Zandlede of an empty municipality."""
    if not importlib.util.find_spec("app.cli.demo.fill"):
        return None
    return cast(Callable[[str], None], importlib.import_module("app.cli.demo.fill").fill)


def _fail(*lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return FAILED
