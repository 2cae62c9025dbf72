"""Which lines of a half-written text belong together: a value between brackets, a text that goes on below?

The first half of ``outline``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

CURSOR = "\ue000"
KEY = re.compile(rf"(?P<quote>[\"']?)(?P<key>[\w./{CURSOR}-]+)(?P=quote):(?=\s|$)")
BLOCK_TEXT = re.compile(r"(^|\s)[|>][-+0-9]*$")
MOST_LINES = 20_000
MOST_LINES_BETWEEN_BRACKETS = 60


@dataclass(slots=True)
class Line:
    """One line, or several that are one value. ``prose``: the lines of a text below it."""

    indent: int
    text: str
    prose: list[str] = field(default_factory=list)


def lines(text: str) -> Iterator[Line]:
    """Lines with something on them; what stands between brackets, or is a text over several lines, is one."""
    line: Line | None = None
    lasts = 0  # how many lines the open bracket goes on already
    block = -1  # the indent of the line whose text goes on below
    for raw in text.split("\n", MOST_LINES)[:MOST_LINES]:
        indent = len(raw) - len(raw.lstrip(" "))
        if block >= 0 and line is not None and (not raw.strip() or indent > block):
            line.prose.append(raw.strip())
            continue
        block = -1
        written = _uncommented(raw).strip()
        if not written or (not indent and written in ("---", "...")):
            continue
        if line is not None and lasts and not _begins_anew(written, indent, line):
            line.text += " " + written
        else:
            if line is not None:
                yield line
            line, lasts = Line(indent, written), 0
        block = indent + _dashes(written) if BLOCK_TEXT.search(written) else -1
        lasts = lasts + 1 if lasts < MOST_LINES_BETWEEN_BRACKETS and _is_open(line.text) else 0
    if line is not None:
        yield line


def _begins_anew(written: str, indent: int, before: Line) -> bool:
    """Whether a line begins something, though a bracket above it is still open: that was forgotten."""
    return indent <= before.indent and bool(KEY.match(written) or written.startswith("- "))


def _dashes(written: str) -> int:
    """How far the key of ``- if: >-`` stands from its dash."""
    return len(written) - len(written.lstrip("- "))


def _uncommented(raw: str) -> str:
    """The line without its comment; a cursor in that is lost with it."""
    before = " "
    for at, sign, quoted in _signs(raw) if "#" in raw else ():
        if sign == "#" and not quoted and before in " \t":
            return raw[:at]
        before = sign
    return raw


def _signs(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each character with its place, and whether it stands between quotes; one inside a word is an apostrophe."""
    quote, before = "", " "
    for at, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
            yield at, sign, True
        else:
            quote = sign if sign in "\"'" and before in " \t{[,:" else ""
            yield at, sign, bool(quote)
        before = sign


def _is_open(text: str) -> bool:
    """Whether a bracket that a value begins with is still open at the end."""
    value = text.lstrip("- ")
    match = KEY.match(value)
    value = value[match.end() :].lstrip() if match else value
    if not value.startswith(("{", "[")):
        return False
    return sum((sign in "{[") - (sign in "}]") for _, sign, quoted in _signs(value) if not quoted) > 0
