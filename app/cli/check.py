"""Check definitions: every problem with its place and a hint, the proofs, the examples."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import Settings
from app.texts import say

if TYPE_CHECKING:
    from app.definitions.model.source import Problem
    from app.engine.model.people import World
    from app.services.definitions.check_definitions import CheckResult

KEEPS_DATA = False
WRONG, CANNOT = 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Paths, the staff to prove against, and the format."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        type=Path,
        help="files or folders (default: formdefs/ and workflows/)",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--language", choices=("nl", "en"), default="nl", help="of what is said about problems"
    )
    staff = parser.add_mutually_exclusive_group()
    staff.add_argument(
        "--staffing", metavar="FILE", type=Path, help="prove it against this staffing file too"
    )
    staff.add_argument(
        "--database", action="store_true", help="prove it against the staff in the database too"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print all problems; 1 when one of them stops publication, 2 for a path that is not there."""
    from app.definitions.model.source import Source
    from app.services.definitions import check_definitions

    paths = args.paths or [Path(name) for name in check_definitions.FOLDERS if Path(name).is_dir()]
    try:
        sources, asked = check_definitions.read_paths(paths)
        staffing = Source(str(args.staffing), args.staffing.read_bytes()) if args.staffing else None
    except OSError as problem:
        print(say("cli.check_no_path", path=str(problem.filename or problem)), file=sys.stderr)
        return CANNOT
    if not sources:
        print(say("cli.check_nothing"), file=sys.stderr)
        return CANNOT
    worlds = _live(settings) if args.database else []
    result = check_definitions.check(sources, staffing, world=worlds[0] if worlds else None)
    result = check_definitions.for_more(result, worlds[1:])
    if len(asked) < len(sources):
        result = check_definitions.only(result, asked | ({staffing.path} if staffing else set()))
    _print(result, args.format, args.language)
    return 0 if result.ok else WRONG


def _live(settings: Settings) -> list[World]:
    """The staff of every municipality here."""
    from app.factory import create_app
    from app.services.municipality import municipalities
    from app.services.staff import staffing

    with create_app(settings).app_context():
        return [staffing.world(known.id) for known in municipalities.listed()]


def _print(result: CheckResult, style: str, language: str) -> None:
    if style == "json":
        told = [as_json(problem, language) for problem in result.problems]
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    from app.definitions.problems import show, text_of

    for problem in result.problems:
        print(show(problem, language))
        hint = text_of(problem, language)[1]
        if hint:
            print(f"    {hint}")
    errors = sum(problem.severity == "error" for problem in result.problems)
    advice = len(result.problems) - errors
    code = "cli.check_wrong" if errors else "cli.check_right"
    end = say(code, language, errors=errors, advice=advice, files=result.files, examples=result.played)
    print(end, file=sys.stderr if errors else sys.stdout)


def as_json(problem: Problem, language: str = "nl") -> dict[str, object]:
    """A problem as the JSON that ``--format json`` prints a list of."""
    from app.definitions.problems import text_of

    message, hint = text_of(problem, language)
    return {
        "path": problem.span.path,
        "line": problem.span.line,
        "column": problem.span.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": message,
        "hint": hint,
    }
