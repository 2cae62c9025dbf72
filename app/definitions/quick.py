"""What is wrong with this one file, told while somebody types; and what would mend it?

Syntax and shape only: a few milliseconds, whatever lies beside it. References, types and proofs need the whole set
(``compiler``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.definitions import shape
from app.definitions.compiler import kind_of
from app.definitions.model.source import Problem, Source
from app.definitions.yaml_nodes import read

WRONG = ("key", "name", "text", "code_", "field", "id")
"""Parameters that hold what an author wrote."""
WORD = re.compile(r"[\w.]+")
SHORTENED = "…"


@dataclass(frozen=True, slots=True)
class Mend:
    """Replace ``length`` characters from ``line`` and ``column`` (from 1) by ``text``."""

    line: int
    column: int
    length: int
    text: str


def check(source: Source) -> tuple[Problem, ...]:
    """Problems of syntax and shape, sorted by place."""
    node, problems = read(source)
    if node is not None:
        kind = kind_of(source.path, node)
        if kind:
            shape.check(node, kind, problems)
        else:
            problems.append(shape.unknown_kind(node))
    return tuple(sorted(set(problems)))


def length_at(found: Problem, lines: Sequence[str]) -> int:
    """How many characters from its place on a problem is about; at least 1 where there is something."""
    here = _from(found, lines)
    wrong = next((text for text in _wrong(found) if here.startswith(text)), "")
    if wrong:
        return len(wrong)
    word = WORD.match(here)
    return word.end() if word else min(len(here), 1)


def mend(found: Problem, lines: Sequence[str]) -> Mend | None:
    """What pressing "bedoel je" does; nothing without a guess, or when what was wrong is not on that line."""
    guess = dict(found.params).get("guess", "")
    if not guess or guess.endswith(SHORTENED):
        return None
    here = _from(found, lines)
    for wrong in _wrong(found):
        match = re.search(rf"(?<!\w){re.escape(wrong)}(?!\w)", here)
        if match is not None:
            return Mend(found.span.line, found.span.column + match.start(), len(wrong), guess)
    return None


def _from(found: Problem, lines: Sequence[str]) -> str:
    """The line a problem is on, from its place."""
    at = found.span.line - 1
    return lines[at][found.span.column - 1 :] if 0 <= at < len(lines) else ""


def _wrong(found: Problem) -> Iterator[str]:
    params = dict(found.params)
    return (params[name] for name in WRONG if params.get(name) and not params[name].endswith(SHORTENED))
