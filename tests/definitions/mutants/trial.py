"""What do the checker and the judge say of the same mutants?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.model.catalog import Compiled
from app.definitions.model.source import Severity, Source
from tests.definitions.mutants.generator import STAFFING, Mutant, around, originals
from tests.definitions.mutants.judge import MOST, Judge
from tests.definitions.mutants.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant with both verdicts; ``codes`` are the errors of the checker."""

    mutant: Mutant
    verdict: Verdict
    codes: frozenset[str]

    @property
    def missed(self) -> bool:
        """Whether a broken guarantee was not caught."""
        return bool(self.verdict.broken) and not self.codes

    @property
    def refused(self) -> bool:
        """Whether a sound set was refused, as far as the judge can see."""
        return not self.verdict.broken and not self.verdict.blind and bool(self.codes)

    def told(self) -> str:
        """One line about it."""
        broken = ", ".join(f"{name} ({where})" for name, where in self.verdict.broken.items()) or "-"
        codes = " ".join(sorted(self.codes)) or "-"
        return (
            f"{self.mutant.kind} {self.mutant.where} [{self.mutant.path}]: broken {broken}; checker {codes}"
        )


def tried(mutants: Iterable[Mutant], most: int = MOST) -> Iterator[Trial]:
    """Each mutant before the checker and before the judge."""
    judge = Judge(originals(), most)
    for mutant in mutants:
        yield Trial(mutant, judge.of(mutant.path, mutant.text), checked(mutant))


def checked(mutant: Mutant) -> frozenset[str]:
    """The errors that the checker tells, staff included."""
    if mutant.path == STAFFING:
        problems = list(compile_staffing(Source(STAFFING, mutant.text), _sound().catalog)[1])
    else:
        files = {path: originals()[path] for path in sorted(around(mutant.path))} | {mutant.path: mutant.text}
        compiled = compile_sources(Source(path, text) for path, text in files.items() if path != STAFFING)
        problems = list(compiled.problems)
        if compiled.ok and "contact_points" in mutant.path:
            problems += compile_staffing(Source(STAFFING, files[STAFFING]), compiled.catalog)[1]
    return frozenset(found.code for found in problems if found.severity is Severity.ERROR)


@cache
def _sound() -> Compiled:
    return compile_sources(Source(path, text) for path, text in originals().items() if path != STAFFING)


def few(many: Iterable[Mutant], of_each: int) -> list[Mutant]:
    """Some of every kind, spread over the files."""
    by_kind: dict[str, list[Mutant]] = {}
    for mutant in many:
        by_kind.setdefault(mutant.kind, []).append(mutant)
    return [
        found[place * len(found) // of_each]
        for found in by_kind.values()
        for place in range(min(of_each, len(found)))
    ]


def table(trials: Iterable[Trial]) -> str:
    """By kind: how many there are, how many break something and were caught, how many do not and passed."""
    counts: dict[str, Counter[str]] = {}
    for trial in trials:
        for row in (trial.mutant.kind, "all together"):
            found = counts.setdefault(row, Counter())
            broken = bool(trial.verdict.broken)
            found["mutants"] += 1
            found["broken"] += broken
            found["caught"] += broken and bool(trial.codes)
            found["kept"] += not broken
            found["passed"] += not broken and not trial.codes
            found["sampled"] += not trial.verdict.whole
    columns = ("mutants", "broken", "caught", "kept", "passed", "sampled")
    lines = [f"{'slip':26}" + "".join(f"{name:>9}" for name in columns)]
    order = sorted(counts, key=lambda row: (row == "all together", row))
    lines += [f"{row:26}" + "".join(f"{counts[row][name]:>9}" for name in columns) for row in order]
    return "\n".join(lines)
