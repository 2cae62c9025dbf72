"""Write what a municipality published back as files, in the folders of a package."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.config import Settings
from app.texts import say

CANNOT = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to, and whose."""
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, help="made when it is not there; its files are replaced"
    )
    parser.add_argument("--municipality", metavar="SLUG", help="which one, when several live here")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write the files; 2 when it is not clear whose."""
    from app.cli.municipality import chosen
    from app.factory import create_app
    from app.services.definitions import packages

    with create_app(settings).app_context():
        slug = chosen(args.municipality)
        if not slug:
            return CANNOT
        texts = packages.published(slug)
    for path, text in texts.items():
        file = args.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    print(say("cli.exported", n=len(texts), folder=args.folder))
    return 0
