"""How long does an author wait for ``meernet check``, and how does that grow with the form?"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.definitions import quick
from app.definitions.compiler import compile_sources
from app.definitions.model.source import Source
from app.services.definitions import catalogs, check_definitions
from app.services.municipality import setup
from tests.definitions import corpus
from tests.support.definition_sets import defines

T = TypeVar("T")
ROOT = Path(__file__).parents[1]
FIELDS, CONDITIONS = 400, 200
DEFINITIONS = 100
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
    """Check the shipped definitions as a command and in this process, a hundred definitions, a very large form, and
    one file as its author types."""
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
    yield from _hundred()
    sources = large_form()
    spent, result = _timed(lambda: check_definitions.check(sources))
    found = sorted({problem.code for problem in result.problems})
    note = f"{len(sources[0].text) // 1024} KB, {'no problems' if not found else ' '.join(found)}"
    yield Line(f"check of {FIELDS} fields and {CONDITIONS} conditions, proofs included", spent, 2.0, note)
    yield from _typing(shipped, sources[0])


def _hundred() -> Iterator[Line]:
    """A hundred forms and workflows of the corpus of the tests as one set: cold, and warm in the ways there are."""
    sources = hundred()
    spent, result = _timed(lambda: check_definitions.check(sources))
    size = sum(len(str(source.text)) for source in sources) // 1024
    note = f"{DEFINITIONS} forms and workflows in one set, {size} KB, {len(result.problems)} problems"
    yield Line(f"{DEFINITIONS} definitions checked cold, proofs included", spent, 5.0, note)
    texts = {source.path: _text(source) for source in sources}
    catalogs.compile_set(texts)
    spent, _ = _timed(lambda: catalogs.compile_set(texts))
    yield Line(f"{DEFINITIONS} definitions again, warm by content hash", spent, 0.1, "kept by this process")
    spent, _ = _timed(lambda: compile_sources(sources, prove=False))
    note = "no cache outlives a process: not built; what was published is read without proving it again"
    yield Line(f"{DEFINITIONS} definitions served by a fresh process", spent, None, note)


def hundred() -> list[Source]:
    """Sets of the corpus, laid together as long as they define different things."""
    taken: dict[tuple[str, str], Source] = {}
    for name, files in corpus.sets().items():
        own = {defines(source): source for source in (_renamed(source, name) for source in files)}
        new = {
            key: source for key, source in own.items() if key not in taken or taken[key].text != source.text
        }
        if not any(key in taken or key[0] == "staffing" for key in new):
            taken |= new
        if sum(kind in ("form", "workflow") for kind, _ in taken) >= DEFINITIONS:
            break
    return list(taken.values())


def _renamed(source: Source, name: str) -> Source:
    """The form that many sets share goes by the name of the set."""
    text = re.sub(rf"\b{corpus.PLAIN_FORM}\b", f"{corpus.PLAIN_FORM}_{name}"[:40], str(source.text))
    return Source(source.path if text == source.text else f"{name}/{source.path}", text)


def _typing(shipped: list[Source], large: Source) -> Iterator[Line]:
    """What an author waits for: one file at each key, all of them when typing stops."""
    longest = max(shipped, key=lambda source: len(source.text))
    for source in (longest, large):
        spent = min(_timed(partial(quick.check, source))[0] for _ in range(5))
        note = f"{source.path}, {len(source.text) // 1024} KB"
        yield Line("syntax and shape of one file while typing", spent, 0.2, note)
    texts = {source.path: _text(source) for source in shipped}
    changed = {**texts, longest.path: texts[longest.path] + "\n# nog een regel\n"}
    spent, _ = _timed(lambda: check_definitions.check([Source(path, text) for path, text in changed.items()]))
    yield Line("whole check when typing stops, shipped definitions", spent, None, f"{len(shipped)} files")


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
