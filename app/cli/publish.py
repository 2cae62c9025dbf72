"""Publish definition files into the database; nothing at all when one of them has an error."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import Settings
from app.texts import say

if TYPE_CHECKING:
    from app.services.definitions.publish_definitions import PublishResult

WRONG, CANNOT = 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Paths, the municipality, and a note for the history."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        type=Path,
        help="files or folders (default: formdefs/ and workflows/)",
    )
    parser.add_argument("--municipality", metavar="SLUG", help="which one, when several live here")
    parser.add_argument("--note", default="", help="why, for the history")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Publish; 1 when errors stop it, 2 when there is nothing to publish or nowhere to."""
    from app.cli.municipality import chosen
    from app.definitions.problems import show
    from app.factory import create_app
    from app.services.definitions import publish_definitions
    from app.services.errors import Conflict
    from app.services.municipality import setup

    whole = not args.paths
    sources = setup.shipped(Path.cwd()) if whole else setup.read_package(args.paths)
    if not sources:
        print(say("cli.check_nothing"), file=sys.stderr)
        return CANNOT
    with create_app(settings).app_context():
        slug = chosen(args.municipality)
        if not slug:
            return CANNOT
        try:
            result = publish_definitions.publish(slug, sources, note=args.note, whole=whole, wait=True)
        except Conflict:
            print(say("cli.publish_meanwhile"), file=sys.stderr)
            return WRONG
    if result.refused:
        for problem in result.problems:
            print(show(problem))
        print(say("cli.publish_refused"), file=sys.stderr)
        return WRONG
    _tell(result)
    return 0


def waiting_lines(result: PublishResult) -> list[str]:
    """What waits because nobody holds a contact point, and where to arrange that."""
    if not result.held:
        return []
    lines = [say("cli.publish_waits", path=path) for path in result.held]
    return [*lines, say("cli.publish_waits_for", points=", ".join(result.unheld))]


def _tell(result: PublishResult) -> None:
    for made in result.made:
        print(say("cli.publish_made", kind=say(f"cli.kind_{made.kind}"), ref=made.ref, number=made.number))
    for kind, ref in result.retired:
        print(say("cli.publish_retired", kind=say(f"cli.kind_{kind}"), ref=ref))
    for path in sorted({*result.drafts} - {*result.held}):
        print(say("cli.publish_draft", path=path))
    for line in waiting_lines(result):
        print(line)
    if not (result.made or result.retired or result.drafts):
        print(say("cli.publish_unchanged"))
