"""Print the JSON Schema of a kind of definition file, for editors outside."""

from __future__ import annotations

import argparse
import json

from app.config import Settings
from app.definitions.json_schema import schema
from app.definitions.vocabulary_workflows import FILE_KINDS

KEEPS_DATA = False


def configure(parser: argparse.ArgumentParser) -> None:
    """The kind of file."""
    parser.add_argument("kind", choices=FILE_KINDS)


def run(args: argparse.Namespace, _settings: Settings) -> int:
    """Print it."""
    print(json.dumps(schema(args.kind), ensure_ascii=False, indent=1))
    return 0
