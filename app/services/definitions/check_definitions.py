"""What is wrong with these files? All at once: the language, the proofs, the examples and, when given, the staff.

No database and no framework is needed for it, so that an author can ask at every save.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.source import Problem, Source, Span
from app.definitions.model.staffing_file import StaffingFile
from app.definitions.problems import problem
from app.definitions.proofs.staffing import Staff, alone, told, unknown_places, with_examples
from app.engine.model.people import World
from app.engine.staffing_file import to_calendar, to_staffing
from app.services.definitions import play_examples

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


def for_more(result: CheckResult, worlds: Iterable[World]) -> CheckResult:
    """The same with who would reach nobody in other municipalities as well."""
    found = [problem for world in worlds for problem in unheld(result.compiled.catalog, world)]
    return replace(result, problems=tuple(sorted({*result.problems, *found}))) if found else result


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
    """What live staff leave undone, sorted by place: contact points that nobody active holds, each with an example of
    whose case would come there; owners and holders who left; who is alone where somebody can be kept out; conditions
    that name a neighbourhood this municipality does not have. To be asked again before every change of staff."""
    staff = staff_of(world)
    place = Span(f"staffing:{world.municipality}", 1, 1)
    found = list(with_examples(told(catalog.contact_points, staff, place), catalog, staff))
    found += unknown_places(catalog, staff) if staff.places else ()
    found += [
        problem("L613", place, name=held.contact_point, field=workflow.not_to, workflow=workflow.id)
        for held, workflow in alone(catalog, staff)
    ]
    return tuple(sorted(set(found)))


def staff_of(world: World) -> Staff:
    """Live people, for the proofs."""
    staffing = world.staffing
    duties: dict[str, frozenset[str]] = {}
    for duty in staffing.duties:
        duties[duty.contact_point] = duties.get(duty.contact_point, frozenset()) | {duty.account}
    return Staff(staffing.workers, staffing.holdings, duties, staffing.neighbourhoods)
