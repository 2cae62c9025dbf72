"""Play a case on a virtual clock and print what happens, as JSON.

``meernet simulate FORM --answers FILE --at TIME [--act ACTION@TIME[=ANSWERS.json] ...] [--staffing FILE]``

FORM is the id of a form in ``formdefs/`` of the current directory. Times are local (``2026-11-09T09:40``). Without
``--staffing`` every contact point is held by somebody with its own name.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app.config import Settings
from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.source import Problem, Source
from app.definitions.problems import show
from app.engine.made_up_staff import made_up_world
from app.engine.model.people import World
from app.engine.simulate import Act, simulate
from app.engine.staffing_file import to_calendar, to_staffing
from app.services.setup import shipped

KEEPS_DATA = False


class _Wrong(Exception):
    """Something in the call; the text says what."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("form", help="id of a form, such as doorverwijskaart")
    parser.add_argument("--answers", required=True, type=Path, help="JSON file: answers by flat id")
    parser.add_argument("--at", required=True, help="local time of submission, 2026-11-09T09:40")
    parser.add_argument("--act", action="append", default=[], help="ACTION@TIME[=ANSWERS.json], in any order")
    parser.add_argument("--until", help="let timers ring up to this local time as well")
    parser.add_argument("--staffing", type=Path, help="YAML file that says who holds what")
    parser.add_argument(
        "--definitions", type=Path, default=Path(), help="folder with formdefs/ and workflows/"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Simulate; 0 when it was played, 1 when a definition is wrong, 2 when the call is."""
    try:
        compiled = _compiled(args.definitions)
        found = simulate(
            compiled.catalog,
            _form(args.form, compiled.catalog),
            _json(args.answers),
            _time(args.at),
            world=_world(args.staffing, compiled.catalog),
            acts=[_act(text) for text in args.act],
            until=_time(args.until) if args.until else None,
        )
    except _Wrong as wrong:
        print(f"meernet simulate: {wrong}", file=sys.stderr)
        return 2
    except _Broken as broken:
        print("\n".join(show(problem) for problem in broken.problems), file=sys.stderr)
        return 1
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0


class _Broken(Exception):
    """A definition or staffing file with errors."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


def _compiled(folder: Path) -> Compiled:
    compiled = compile_sources(shipped(folder))
    if not compiled.ok:
        raise _Broken(compiled.problems)
    return compiled


def _form(ref: str, catalog: Catalog) -> str:
    form = catalog.forms.get(ref)
    if form is None or not form.workflow:
        known = ", ".join(sorted(name for name, item in catalog.forms.items() if item.workflow))
        raise _Wrong(f"no form '{ref}' that opens a case; there are: {known}")
    return ref


def _world(path: Path | None, catalog: Catalog) -> World:
    if path is None:
        return made_up_world(catalog.contact_points)
    try:
        source = Source(str(path), path.read_bytes())
    except OSError as error:
        raise _Wrong(f"cannot read {path}: {error.strerror}") from error
    staffing, problems = compile_staffing(source, catalog)
    if any(problem.severity == "error" for problem in problems):
        raise _Broken(problems)
    return World(staffing.id, to_calendar(staffing), to_staffing(staffing))


def _json(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _Wrong(f"cannot read {path}: {error.strerror}") from error
    except ValueError as error:
        raise _Wrong(f"{path} is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise _Wrong(f"{path} must hold an object: answers by flat id")
    return found


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _Wrong(f"'{text}' is no local time; write 2026-11-09T09:40") from error
    if moment.tzinfo is not None:
        raise _Wrong(f"'{text}' names a zone; times are local")
    return moment


def _act(text: str) -> Act:
    call, _, path = text.partition("=")
    action, at, moment = call.partition("@")
    if not at:
        raise _Wrong(f"'{text}': write ACTION@TIME or ACTION@TIME=ANSWERS.json")
    return Act(action, _time(moment), _json(Path(path))) if path else Act(action, _time(moment))
