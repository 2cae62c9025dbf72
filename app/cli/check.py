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
    from app.services.check_definitions import CheckResult

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
    from app.services import check_definitions

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
    world = _live(settings) if args.database else None
    result = check_definitions.check(sources, staffing, world=world)
    if len(asked) < len(sources):
        result = check_definitions.only(result, asked | ({staffing.path} if staffing else set()))
    _print(result, args.format)
    return 0 if result.ok else WRONG


def _live(settings: Settings) -> World | None:
    """The staff of the only municipality here, or of the first by name."""
    from app.factory import create_app
    from app.services import municipalities, staffing

    with create_app(settings).app_context():
        known = municipalities.listed()
        return staffing.world(known[0].id) if known else None


def _print(result: CheckResult, style: str) -> None:
    if style == "json":
        print(json.dumps([as_json(problem) for problem in result.problems], ensure_ascii=False, indent=1))
        return
    from app.definitions.problems import show, text_of

    for problem in result.problems:
        print(show(problem))
        hint = text_of(problem)[1]
        if hint:
            print(f"    {hint}")
    errors = sum(problem.severity == "error" for problem in result.problems)
    advice = len(result.problems) - errors
    code = "cli.check_wrong" if errors else "cli.check_right"
    told = say(code, errors=errors, advice=advice, files=result.files, examples=result.played)
    print(told, file=sys.stderr if errors else sys.stdout)


def as_json(problem: Problem) -> dict[str, object]:
    """A problem as the JSON that ``--format json`` prints a list of."""
    from app.definitions.problems import text_of

    message, hint = text_of(problem)
    return {
        "path": problem.span.path,
        "line": problem.span.line,
        "column": problem.span.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": message,
        "hint": hint,
    }
