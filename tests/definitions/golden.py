"""What does an author read, word for word, beside every wrong example? One file an example, in Dutch and English.

``python -m tests.definitions.golden`` writes them anew after a change of words or of a place; read what changed
(``git diff tests/definitions/golden``) as somebody would who never programmed: does it say where, what and how to
mend it?
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from app.definitions.model.source import Problem, Source, Span
from app.definitions.problems import advice, problem, text_of
from app.definitions.yaml_nodes import read
from tests.definitions.context_files import HERE, context, problems_with
from tests.support.definition_sets import files_of, problems_of
from tests.support.expression_scope import tried

FOLDER = HERE / "golden"
BAD = HERE / "bad"
TRAPS = HERE / "expressions" / "traps.json"
LANGUAGES = ("nl", "en")
SHOWN = 90
"""Characters of a trap that are shown; some are wrong by their length alone."""

Tell = Callable[[], Iterable[Problem]]
MADE: Mapping[str, str] = {
    "Y001_too_large": "title: " + "lang " * 120_000,
    "Y009_too_many_parts": "list: veel\noptions:\n" + "".join(f"  o{n}: O\n" for n in range(11_000)),
}
"""Wrong by their size, so no files."""
SAID = (
    problem("V904", Span("workflows/contact_points.yaml", 3, 3), name="loket", cases=3, tasks=4),
    advice("A703", Span("formdefs/vraag.yaml", 14, 17), source="een is not twee and een is not drie and …"),
)
"""Only their words: the one needs open cases, the other a condition that takes seconds."""


def examples() -> dict[str, Tell]:
    """What tells the problems of each wrong example, by the name of its golden file."""
    found: dict[str, Tell] = {path.stem: partial(problems_with, path) for path in sorted(BAD.glob("*.yaml"))}
    found |= {f"yaml_{path.stem}": partial(_read, path) for path in sorted((BAD / "yaml").glob("*.yaml"))}
    found |= {path.stem: partial(_set, path) for path in sorted((BAD / "sets").glob("*.yaml"))}
    found |= {name: partial(_made, name) for name in MADE}
    found |= {f"{told.code}_said": partial(list, [told]) for told in SAID}
    return found


def traps() -> dict[str, tuple[Problem, ...]]:
    """The problems of every wrong expression, by what was written."""
    written = [trap[0] for trap in json.loads(TRAPS.read_text(encoding="utf-8"))]
    return {text: tuple(tried(text)[1]) for text in written}


def as_text(problems: Iterable[Problem]) -> str:
    """All that is said of them."""
    return "\n".join(_as_text(found) for found in problems) + "\n"


def traps_as_text() -> str:
    """The same of all wrong expressions, in one file."""
    return "\n".join(f"=== {_short(text)}\n{as_text(problems)}" for text, problems in traps().items())


def _as_text(found: Problem) -> str:
    lines = [f"{found.span.path}:{found.span.line}:{found.span.column} {found.code} {found.severity.value}"]
    for language in LANGUAGES:
        message, hint = text_of(found, language)
        lines.append(f"  {language}: {message}")
        lines += [f"      {hint}"] if hint else []
    return "\n".join(lines)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text)})"


def _read(path: Path) -> list[Problem]:
    return read(Source(path.name, path.read_bytes()))[1]


def _set(path: Path) -> tuple[Problem, ...]:
    return problems_of(files_of(path.read_text(encoding="utf-8")), context())


def _made(name: str) -> list[Problem]:
    return read(Source(f"{name}.yaml", MADE[name]))[1]


def write() -> None:
    """Write all golden files anew, and remove those whose example is gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {f"{name}.txt": as_text(tell()) for name, tell in examples().items()}
    wanted["traps.txt"] = traps_as_text()
    for path in FOLDER.glob("*.txt"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
