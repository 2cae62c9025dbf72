"""What is wrong with these files? All at once: the language, the proofs, the examples and, when given, the staff.

No database and no framework is needed for it, so that an author can ask at every save.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.source import Problem, Source, Span
from app.definitions.model.staffing_file import StaffingFile
from app.engine.model.people import World
from app.engine.staffing_file import to_calendar, to_staffing
from app.services import play_examples

FOLDERS = ("formdefs", "workflows")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """``problems`` sorted by place, ``played`` the number of examples, ``files`` how many were looked at."""

    compiled: Compiled
    problems: tuple[Problem, ...]
    files: int
    played: int

    @property
    def ok(self) -> bool:
        """Whether nothing stops publication; advice does not."""
        return not any(problem.severity == "error" for problem in self.problems)


def check(
    sources: Iterable[Source], staffing: Source | None = None, *, world: World | None = None
) -> CheckResult:
    """Check files together. With ``staffing`` (a file) or ``world`` (live staff) it is proved that somebody holds
    every contact point, and examples may name people; without, everybody imaginary is at work."""
    taken = list(sources)
    compiled = compile_sources(taken)
    found = list(compiled.problems)
    if staffing is not None:
        file, problems = compile_staffing(staffing, compiled.catalog)
        found += problems
        world = None if any(problem.severity == "error" for problem in problems) else world_of(file)
    elif world is not None:
        found += unheld(compiled.catalog, world)
    examples = play_examples.play(compiled.catalog, world)
    found += examples.problems
    return CheckResult(compiled, tuple(sorted(set(found))), len(taken), examples.played)


def world_of(file: StaffingFile) -> World:
    """The world of a staffing file that has no errors."""
    return World(file.id, to_calendar(file), to_staffing(file))


def read_paths(paths: Sequence[Path]) -> tuple[list[Source], frozenset[str]]:
    """The files behind ``paths`` with all they may refer to, and the paths of those that were asked for.

    A folder brings its YAML files. A file brings the package it stands in (the folders beside its ``formdefs/`` or
    ``workflows/``) along, so that its blocks and lists are known. Raises ``FileNotFoundError``.
    """
    asked: dict[str, Path] = {}
    around: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            asked |= {str(file): file for file in _yaml(path)}
        elif path.is_file():
            asked[str(path)] = path
            around |= {str(file): file for folder in _package(path) for file in _yaml(folder)}
        else:
            raise FileNotFoundError(path)
    known = {file.resolve() for file in asked.values()}
    extra = {name: file for name, file in around.items() if file.resolve() not in known}
    everything = {**extra, **asked}
    sources = [Source(name, file.read_bytes()) for name, file in sorted(everything.items())]
    return sources, frozenset(asked)


def only(result: CheckResult, paths: frozenset[str]) -> CheckResult:
    """The same without the problems of files that were not asked for."""
    mine = tuple(problem for problem in result.problems if problem.span.path in paths)
    return CheckResult(result.compiled, mine, len(paths), result.played)


def _yaml(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.suffix in (".yaml", ".yml") and file.is_file())


def _package(file: Path) -> Iterator[Path]:
    for parent in file.parents:
        if parent.name in FOLDERS:
            yield from (parent.parent / name for name in FOLDERS if (parent.parent / name).is_dir())
            return


def unheld(catalog: Catalog, world: World) -> tuple[Problem, ...]:
    """Who would reach nobody among the live staff: contact points without an active holder or owner, sorted by place.
    To be asked again before every change of staff."""
    return tuple(sorted(set(_unheld(catalog, world))))


def _unheld(catalog: Catalog, world: World) -> Iterator[Problem]:
    place = Span(f"staffing:{world.municipality}", 1, 1)
    holdings = world.staffing.holdings
    held = {holding.contact_point for holding in holdings}
    on_duty = {duty.contact_point for duty in world.staffing.duties}
    for name, point in catalog.contact_points.items():
        if name not in held | on_duty and not (point.partner and point.owner in held):
            yield Problem(place, "L605", (("name", name), ("neighbourhood", "default")))
    for holding in holdings:
        if holding.contact_point not in catalog.contact_points:
            continue
        if not holding.owner:
            yield Problem(place, "L607", (("name", holding.contact_point),))
        for account in filter(None, (holding.holder, holding.owner)):
            worker = world.staffing.workers.get(account)
            if worker is None or not worker.active:
                shown = worker.name if worker else account
                yield Problem(place, "L606", (("name", holding.contact_point), ("person", shown)))
