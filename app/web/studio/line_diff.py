"""Where do two texts differ, line by line?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 2
"""Lines that are the same, kept beside what differs."""
MOST_LINES = 4_000
"""Beyond this many lines the texts are shown as one difference: comparing would take too long."""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """``kind`` is same, mine, theirs or skipped; ``number`` counts in the text it stands in, from 1."""

    kind: str
    number: int
    text: str


def compare(mine: str, theirs: str) -> tuple[DiffLine, ...]:
    """What is only in ``mine``, only in ``theirs``, and a little of what is in both, in order."""
    if mine == theirs:
        return ()
    ours, others = mine.split("\n"), theirs.split("\n")
    if max(len(ours), len(others)) > MOST_LINES:
        return (*_lines("theirs", others, 0, len(others)), *_lines("mine", ours, 0, len(ours)))
    found: list[DiffLine] = []
    steps = SequenceMatcher(None, others, ours, autojunk=False).get_opcodes()
    for kind, from_theirs, to_theirs, from_mine, to_mine in steps:
        if kind == "equal":
            first, last = not found, to_mine == len(ours)
            found += _kept(ours, (from_mine, to_mine), before=not first, after=not last)
        else:
            found += _lines("theirs", others, from_theirs, to_theirs)
            found += _lines("mine", ours, from_mine, to_mine)
    return tuple(found)


def _lines(kind: str, lines: list[str], begin: int, end: int) -> Iterator[DiffLine]:
    return (DiffLine(kind, number + 1, lines[number]) for number in range(begin, end))


def _kept(lines: list[str], place: tuple[int, int], *, before: bool, after: bool) -> Iterator[DiffLine]:
    """The ends of a stretch of same lines that touch a difference."""
    begin, end = place
    head = begin + AROUND if before else begin
    tail = end - AROUND if after else end
    if head >= tail:
        yield from _lines("same", lines, begin, end)
        return
    yield from _lines("same", lines, begin, head)
    yield DiffLine("skipped", head + 1, "")
    yield from _lines("same", lines, tail, end)
