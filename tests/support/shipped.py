"""The definitions that come with the product, with the staff of Zandlede."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.model.catalog import Catalog
from app.definitions.model.source import Source
from app.definitions.problems import show
from app.engine.model.people import World
from app.engine.staffing_file import to_calendar, to_staffing

ROOT = Path(__file__).parents[2]


def sources() -> list[Source]:
    """The files of the package."""
    folders = (ROOT / "formdefs", ROOT / "workflows")
    paths = sorted(path for folder in folders for path in folder.rglob("*.yaml"))
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text()) for path in paths]


@cache
def catalog() -> Catalog:
    """The package, compiled."""
    compiled = compile_sources(sources())
    assert [show(problem) for problem in compiled.problems] == []
    return compiled.catalog


@cache
def zandlede() -> World:
    """The municipality of the demo."""
    path = ROOT / "app" / "cli" / "demo" / "zandlede.yaml"
    file, problems = compile_staffing(Source(path.name, path.read_text()), catalog())
    assert [show(problem) for problem in problems] == []
    return World("zandlede", to_calendar(file), to_staffing(file))
