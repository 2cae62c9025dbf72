"""Print the authoring guide as Markdown: every key, type and function of the language, with examples.

``meernet guide > docs/gids.md``
"""

from __future__ import annotations

import argparse

from app.config import Settings
from app.definitions.guide_pages import whole

KEEPS_DATA = False


def configure(parser: argparse.ArgumentParser) -> None:
    """Only the language."""
    parser.add_argument("--language", default="nl", help="nl is the complete one")


def run(args: argparse.Namespace, _settings: Settings) -> int:
    """Print it."""
    print(whole(args.language), end="")
    return 0
