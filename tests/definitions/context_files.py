"""A small, sound set of definitions: an example file takes the place of the one that defines the same thing."""

from __future__ import annotations

from pathlib import Path

from app.definitions.compiler import compile_sources, compile_staffing, kind_of
from app.definitions.model.catalog import Compiled
from app.definitions.model.source import Problem, Source
from app.definitions.yaml_nodes import read

HERE = Path(__file__).parent
CONTEXT = HERE / "context"


def context() -> list[Source]:
    """The sound files, with paths as in a real project."""
    return [
        Source(path.relative_to(CONTEXT).as_posix(), path.read_text())
        for path in sorted(CONTEXT.rglob("*.yaml"))
    ]


def defines(source: Source) -> tuple[str, str]:
    """Kind and id of what a file defines."""
    node, _ = read(source)
    kind = kind_of(source.path, node)
    own = node.get(kind) if node is not None else None
    return kind, getattr(own, "text", "")


def compile_with(path: Path) -> Compiled:
    """Compile one example among the sound files."""
    example = Source(path.name, path.read_text())
    others = [source for source in context() if defines(source) != defines(example)]
    return compile_sources([*others, example])


def problems_with(path: Path) -> tuple[Problem, ...]:
    """All problems of an example; a staffing file is checked against the sound contact points."""
    example = Source(path.name, path.read_text())
    if defines(example)[0] == "staffing":
        return compile_staffing(example, compile_sources(context()).catalog)[1]
    return compile_with(path).problems
