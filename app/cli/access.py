"""Print who may see and do what as Markdown, from the table that decides it.

``meernet access > docs/toegang.md``
"""

from __future__ import annotations

import argparse

from app.config import Settings
from app.engine.access_words import whole

KEEPS_DATA = False


def configure(parser: argparse.ArgumentParser) -> None:
    """Only the language."""
    parser.add_argument("--language", default="nl", help="nl is the complete one")


def run(args: argparse.Namespace, _settings: Settings) -> int:
    """Print it."""
    print(whole(args.language), end="")
    return 0
