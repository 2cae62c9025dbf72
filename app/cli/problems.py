"""Print every problem that can be told as Markdown: what it says, how to mend it, what it looks like.

``meernet problems --examples tests/definitions > docs/problemen.md``
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from app.config import Settings
from app.definitions.problem_pages import page, wrong_lines

KEEPS_DATA = False
ORDER = ("bad", "bad/sets", "bad/yaml")
EXPRESSIONS = "expressions/traps.json"


def configure(parser: argparse.ArgumentParser) -> None:
    """The language, and where wrong examples lie."""
    parser.add_argument("--language", choices=("nl", "en"), default="nl")
    parser.add_argument("--examples", metavar="FOLDER", type=Path, help="show wrong lines from these files")


def run(args: argparse.Namespace, _settings: Settings) -> int:
    """Print it."""
    print(whole(args.examples, args.language), end="")
    return 0


def whole(examples: Path | None, language: str = "nl") -> str:
    """The page, with wrong lines from the files of a folder when there is one."""
    if examples is None:
        return page({}, language)
    files = [path for folder in ORDER for path in sorted((examples / folder).glob("*.yaml"))]
    traps = json.loads((examples / EXPRESSIONS).read_text(encoding="utf-8"))
    texts = [path.read_bytes().decode("utf-8", "replace") for path in files]
    return page(wrong_lines(texts, [(written, told) for written, told, _ in traps]), language)
