"""How long does an author wait for ``meernet check``, and how does that grow with the form?"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.definitions.model.source import Source
from app.services import catalogs, check_definitions, setup

T = TypeVar("T")
ROOT = Path(__file__).parents[1]
FIELDS, CONDITIONS = 400, 200
_SECTIONS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; ``budget_s`` None: for information. ``note`` says what was found."""

    what: str
    seconds: float
    budget_s: float | None
    note: str

    @property
    def within(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        return None if self.budget_s is None else self.seconds <= self.budget_s


def lines() -> Iterator[Line]:
    """Check the shipped definitions as a command and in this process, then a very large form."""
    shipped = setup.shipped()
    files = f"{len(shipped)} files"
    command = [sys.executable, "-m", "app.cli.main", "check"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    spent, _ = _timed(lambda: subprocess.run(command, cwd=ROOT, capture_output=True, check=False))
    yield Line("meernet check, shipped definitions, whole command", spent, None, f"exit {ended.returncode}")
    spent, result = _timed(lambda: check_definitions.check(shipped))
    yield Line("the same in this process, cold", spent, None, f"{files}, {len(result.problems)} problems")
    texts = {source.path: _text(source) for source in shipped}
    catalogs.compile_set(texts)
    spent, _ = _timed(lambda: catalogs.compile_set(texts))
    yield Line("shipped definitions again, warm by content hash", spent, 0.1, files)
    sources = large_form()
    spent, result = _timed(lambda: check_definitions.check(sources))
    found = sorted({problem.code for problem in result.problems})
    note = f"{len(sources[0].text) // 1024} KB, {'no problems' if not found else ' '.join(found)}"
    yield Line(f"check of {FIELDS} fields and {CONDITIONS} conditions, proofs included", spent, 2.0, note)


def large_form() -> list[Source]:
    """A form of 400 fields, every second one under a condition on an earlier field, with its workflow."""
    return [
        Source("formdefs/groot.yaml", "\n".join(_form()).encode()),
        Source("workflows/groot.yaml", "\n".join(_workflow()).encode()),
        Source("workflows/contact_points.yaml", b"contact_points:\n  onthaal: {label: Onthaal}\n"),
    ]


def _form() -> Iterator[str]:
    yield "form: groot"
    yield "title: Een heel groot formulier"
    yield "audience: [reception]"
    yield "controller: ocmw"
    yield "legal_basis: {public_task: Hulp- en dienstverlening}"
    yield "retention: {after: closed, months: 60, then: anonymise}"
    yield "workflow: groot"
    yield "sections:"
    for number in range(FIELDS):
        if number % (FIELDS // _SECTIONS) == 0:
            place = number // (FIELDS // _SECTIONS)
            yield f"  - section: deel_{place}\n    title: Deel {place}\n    fields:"
        yield _field(number)


def _field(number: int) -> str:
    """Four fields in turn: a choice, a text under it, a number, a text under two conditions."""
    place, kind = divmod(number, 4)
    start = f"      - {{field: v{number}, label: Vraag {number}, privacy: 1"
    if kind == 0:
        return f"{start}, type: choice, options: {{een: Een, twee: Twee, drie: Drie}}}}"
    if kind == 1:
        return f"{start}, type: text, show_if: v{number - 1} is een}}"
    if kind == 2:
        return f"{start}, type: integer, min: 0, max: 99}}"
    earlier = 4 * max(place - 1, 0)
    return f'{start}, type: text, show_if: "v{number - 1} > {place % 90} and v{earlier} in [een, twee]"}}'


def _workflow() -> Iterator[str]:
    yield "workflow: groot"
    yield "title: Groot"
    yield "forms: [groot]"
    yield "start: nieuw"
    yield "route:\n  - otherwise: onthaal"
    yield "states:"
    yield "  nieuw:\n    label: Nieuw\n    task: Bekijk het\n    deadline: 3 working days"
    yield "    actions:\n      klaar: {label: Klaar, to: af}"
    yield "  af:\n    label: Af\n    end: true"


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def _text(source: Source) -> str:
    return source.text.decode() if isinstance(source.text, bytes) else source.text
