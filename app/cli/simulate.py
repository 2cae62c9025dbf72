"""Play a case on a virtual clock and print what happens, as JSON.

``meernet simulate FORM --answers FILE --at TIME [--act ACTION@TIME[=ANSWERS.json] ...] [--staffing FILE]``

FORM is the id of a form in ``formdefs/`` of the current directory. Times are local (``2026-11-09T09:40``). Without
``--staffing`` every contact point is held by somebody with its own name. ``--save NAME`` also keeps the case as an
example of the form, in its file.

``meernet simulate FORM --coverage`` prints which states, buttons, rules and automatic exits the examples of the form
pass (exit code 1 when something is passed by none). ``meernet simulate FORM --generate`` prints the examples that are
missing, as YAML to put under ``examples:``, and on standard error what could not be reached.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from app.config import Settings
from app.definitions.adding_examples import NoPlace, example_text, with_examples
from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.source import Problem, Source
from app.definitions.problems import show
from app.engine.coverage import Spot, coverage
from app.engine.examples import Script
from app.engine.generate import generate
from app.engine.made_up_staff import made_up_world
from app.engine.model.people import World
from app.engine.new_examples import as_example, name_of
from app.engine.playing import Act
from app.engine.simulate import played
from app.engine.staffing_file import to_calendar, to_staffing
from app.services.municipality.setup import shipped

KEEPS_DATA = False
MONDAY = "2026-11-09T09:40"
"""When made examples are handed in, where neither ``--at`` nor an example of the author says so."""


class _Wrong(Exception):
    """Something in the call; the text says what."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("form", help="id of a form, such as doorverwijskaart")
    parser.add_argument("--answers", type=Path, help="JSON file: answers by flat id")
    parser.add_argument("--at", help="local time of submission, 2026-11-09T09:40")
    parser.add_argument("--act", action="append", default=[], help="ACTION@TIME[=ANSWERS.json], in any order")
    parser.add_argument("--until", help="let timers ring up to this local time as well")
    parser.add_argument("--staffing", type=Path, help="YAML file that says who holds what")
    parser.add_argument(
        "--definitions", type=Path, default=Path(), help="folder with formdefs/ and workflows/"
    )
    parser.add_argument("--save", metavar="NAME", help="keep the case under this name in the form's examples")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument(
        "--coverage", action="store_true", help="print what the form's examples pass, and what none does"
    )
    asked.add_argument("--generate", action="store_true", help="print the examples that are missing, as YAML")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Simulate; 0 when it was played, 1 when a definition is wrong or not covered, 2 when the call is."""
    try:
        catalog = _compiled(args.definitions).catalog
        form, world = _form(args.form, catalog), _world(args.staffing, catalog)
        if args.coverage:
            return _coverage(catalog, form, world)
        if args.generate:
            return _generate(args, catalog, form, world)
        return _play(args, catalog, form, world)
    except _Wrong as wrong:
        print(f"meernet simulate: {wrong}", file=sys.stderr)
        return 2
    except _Broken as broken:
        print("\n".join(show(problem) for problem in broken.problems), file=sys.stderr)
        return 1


def _play(args: argparse.Namespace, catalog: Catalog, form: str, world: World) -> int:
    if args.answers is None or args.at is None:
        raise _Wrong("the following arguments are required: --answers, --at")
    script = Script(_json(args.answers), _time(args.at), tuple(_act(text) for text in args.act))
    until = _time(args.until) if args.until else None
    play = played(catalog, form, script.answers, script.at, world=world, acts=script.acts, until=until)
    if args.save:
        _save(args, form, as_example(args.save, script, play))
    print(json.dumps(play.lines.told(), ensure_ascii=False, indent=2))
    return 0


def _save(args: argparse.Namespace, form: str, example: dict[str, Any]) -> None:
    path: Path = args.definitions / "formdefs" / f"{form}.yaml"
    try:
        text = with_examples(path.read_bytes().decode(), [example])
        path.write_bytes(text.encode())
    except OSError as error:
        raise _Wrong(f"cannot write {path}: {error.strerror}") from error
    except NoPlace as error:
        raise _Wrong(f"{path} has no list 'examples:' with an item a line to put it behind") from error


def _coverage(catalog: Catalog, form: str, world: World) -> int:
    found = coverage(catalog, form, world)
    told = {
        "passed": len(found.by) - len(found.missing),
        "of": len(found.by),
        "missing": [_told(spot) for spot in found.missing],
        "spots": [{**_told(spot), "examples": list(names)} for spot, names in found.by.items()],
    }
    print(json.dumps(told, ensure_ascii=False, indent=2))
    return 1 if found.missing else 0


def _told(spot: Spot) -> dict[str, object]:
    """Only what says something: a state has no number, a rule no state."""
    return {
        name: value for name, value in asdict(spot).items() if value != "" and (value or name != "number")
    }


def _generate(args: argparse.Namespace, catalog: Catalog, form: str, world: World) -> int:
    found = generate(catalog, form, world=world, at=_time(args.at or MONDAY))
    taken = [example.name for example in catalog.forms[form].examples]
    for item in found.examples:
        taken.append(name_of(item.play, item.script, item.passes, taken))
        print(example_text(as_example(taken[-1], item.script, item.play)), end="")
    for missed in found.missed:
        place = " ".join(str(value) for value in _told(missed.spot).values())
        print(f"not reached: {place}: {' '.join([missed.code, missed.why]).strip()}", file=sys.stderr)
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
