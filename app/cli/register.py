"""Write the register of processing of a municipality (GDPR art. 30), from what it published."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import Settings
from app.texts import say

if TYPE_CHECKING:
    from app.engine.policy import Actor

CANNOT = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Whose, and where to."""
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        help="ends in .xlsx, .csv, .pdf or .json; left out: printed as text",
    )
    parser.add_argument("--municipality", metavar="SLUG", help="which one, when several live here")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print or write it; 2 when it is not clear whose, or for a file of another kind."""
    from app.cli.municipality import chosen
    from app.factory import create_app
    from app.services.access.accounts import operator

    with create_app(settings).app_context():
        slug = chosen(args.municipality)
        if not slug:
            return CANNOT
        who = operator(slug)
        if args.file is None:
            print(_text(who))
            return 0
        content = _content(who, args.file.suffix.lower())
    if content is None:
        print(say("cli.register_kind", file=args.file), file=sys.stderr)
        return CANNOT
    args.file.write_bytes(content)
    print(say("cli.register_written", file=args.file))
    return 0


def _content(who: Actor, ending: str) -> bytes | None:
    from app.services.municipality import register_files

    if ending == ".xlsx":
        return register_files.as_xlsx(who)
    if ending == ".pdf":
        return register_files.as_pdf(who)
    if ending == ".csv":
        return register_files.as_csv(who).encode()
    if ending == ".json":
        return json.dumps(_plain(who), ensure_ascii=False, indent=2).encode()
    return None


def _plain(who: Actor) -> list[dict[str, list[str]]]:
    """A form an entry, what is said of it by the name of the column."""
    from app.services.municipality import processings, register_words

    register = processings.register(who)
    return [
        {cell.code: list(cell.lines) for cell in register_words.cells(register, entry)}
        for entry in register.entries
    ]


def _text(who: Actor) -> str:
    from app.services.municipality import processings, register_words

    register = processings.register(who)
    lines: list[str] = []
    for entry in register.entries:
        lines += [entry.processing.title, "=" * len(entry.processing.title)]
        for cell in register_words.cells(register, entry):
            lines += [f"{cell.title}:", *(f"  {line}" for line in cell.lines)]
        lines.append("")
    return "\n".join(lines).rstrip()
