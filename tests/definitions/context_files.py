"""A small, sound set of definitions: an example file takes the place of the one that defines the same thing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.model.catalog import Compiled
from app.definitions.model.source import Problem, Source
from tests.support.definition_sets import among, defines

HERE = Path(__file__).parent
CONTEXT = HERE / "context"


def context() -> list[Source]:
    """The sound files, with paths as in a real project."""
    return [
        Source(path.relative_to(CONTEXT).as_posix(), path.read_text())
        for path in sorted(CONTEXT.rglob("*.yaml"))
    ]


def compile_with(path: Path) -> Compiled:
    """Compile one example among the sound files."""
    return _compiled(Source(path.name, path.read_text()))


def problems_with(path: Path) -> tuple[Problem, ...]:
    """All problems of an example; a staffing file is checked against the sound contact points."""
    return _problems(Source(path.name, path.read_text()))


@cache
def _problems(example: Source) -> tuple[Problem, ...]:
    """Many tests look at the same examples."""
    if defines(example)[0] == "staffing":
        return compile_staffing(example, compile_sources(context()).catalog)[1]
    return _compiled(example).problems


def _compiled(example: Source) -> Compiled:
    return compile_sources(among([example], context()))
