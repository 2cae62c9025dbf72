"""Which command did the operator ask for?

``meernet NAME …`` runs ``app.cli.NAME``: a module or package with ``configure(parser)``, which adds its options, and
``run(args, settings)``, which returns the exit code. A new command is a new module; nothing is listed here. Only the
module asked for is imported, so that ``meernet check`` loads no framework. A command that keeps nothing on this machine
says ``KEEPS_DATA = False``: then no data folder and no keys are made for it.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.metadata
import os
import pkgutil
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import app.cli
from app.config import SettingsError, load

USAGE_ERROR = 2
INTERRUPTED = 130
CLOSED_PIPE = 141

_OFFERS_COMMAND = re.compile(r"^def configure\(|^from .+ import .*\bconfigure\b", re.MULTILINE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code, 2 for a wrong call or setting."""
    words = list(sys.argv[1:] if argv is None else argv)
    known = _commands()
    name = words[0] if words and words[0] in known else None
    parser = argparse.ArgumentParser(prog="meernet", description="Meernet: minder mazen, meer net.")
    parser.add_argument(
        "--version", action="version", version=f"meernet {importlib.metadata.version('meernet')}"
    )
    commands = parser.add_subparsers(metavar="COMMAND")
    if name:
        module = _module(name)
        module.configure(commands.add_parser(name, description=_summary(known[name])))
        return _run(module, parser.parse_args(words))
    for other in sorted(known):
        commands.add_parser(other, help=_summary(known[other]))
    parser.parse_args(words)
    parser.print_help()
    return USAGE_ERROR


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"app.cli.{name.replace('-', '_')}")


def _run(module: ModuleType, args: argparse.Namespace) -> int:
    try:
        code: int = module.run(args, load(keep=getattr(module, "KEEPS_DATA", True)))
    except SettingsError as problem:
        print(f"meernet: {problem}", file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    return code


def _commands() -> dict[str, Path]:
    """Command name to source file: every module of this room that offers ``configure``."""
    found: dict[str, Path] = {}
    for folder in map(Path, app.cli.__path__):
        for entry in pkgutil.iter_modules([str(folder)]):
            source = folder / entry.name / "__init__.py" if entry.ispkg else folder / f"{entry.name}.py"
            if _OFFERS_COMMAND.search(source.read_text(encoding="utf-8")):
                found[entry.name.replace("_", "-")] = source
    return found


def _summary(source: Path) -> str:
    """The first line of its docstring, without importing it."""
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0].replace("%", "%%")


if __name__ == "__main__":
    sys.exit(main())
