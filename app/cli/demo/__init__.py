"""Make the fictional municipality Zandlede, with its people and the cases of its last five weeks.

People stand in ``zandlede.yaml``, the weeks in ``stories.py``; ``seed.py`` tells them. Everything is made through the
services on a shifted clock, as if the weeks had really gone by. ``meernet run`` does the same on its first start.
"""

from __future__ import annotations

import argparse
import sys

from app.config import Settings

REFUSED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose: the demo is one municipality, made once."""
    parser.add_argument("--people-only", action="store_true", help="accounts and contact points, no cases")
    parser.add_argument(
        "--sessions",
        action="store_true",
        help="with --people-only: the Fridays of the mobile service centre too",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Migrate, publish, and make Zandlede unless it is there; 1 in production."""
    from app.cli.demo import fill, sessions
    from app.factory import create_app
    from app.services.municipality import setup

    if settings.environment == "production":
        print("meernet demo: not in production; set MEERNET_ENV=demo", file=sys.stderr)
        return REFUSED
    told: list[str] = []

    def seed(slug: str) -> None:
        if args.people_only:
            fill.people(slug)
            if args.sessions:
                sessions.fill(slug)
            return
        found = fill.fill(slug)
        told.append(f"{found.cases} cases, {found.steps} steps")
        told.extend(f"skipped: {line}" for line in found.skipped)

    setup.prepare(create_app(settings), True, seed=seed)
    print("\n".join(told) or "Zandlede is there.")
    return 0
