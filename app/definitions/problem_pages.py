"""Which page tells authors of every problem: what it says, how to mend it, and what it looks like?

The words and their order come from the catalogue, the wrong lines from example files that say on a line of their own
what is told where: ``# expect 13:7:G418`` (line, column, code), or ``# expect formdefs/a.yaml:3:9:R221`` in a file that
holds several (``# file: formdefs/a.yaml``).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from app.definitions.model.source import Severity
from app.definitions.problem_catalogue import SELF_EVIDENT, Known, Stage, catalogue
from app.texts import has, say

AREA = "problems_page"
EXPECTED = re.compile(r"^# expect:? (.*)$", re.MULTILINE)
PLACE = re.compile(r"(?:(?P<path>[\w/.]+):)?(?P<line>[0-9]+):[0-9]+: ?(?P<code>[A-Z][0-9]{3})")
FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)
HOLE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
BEFORE, AFTER, LONGEST = 2, 1, 160


def page(wrong: Mapping[str, str], language: str = "nl") -> str:
    """All problems as Markdown; ``wrong`` is what they look like, by code (:func:`wrong_lines`)."""
    parts = [f"# {say(f'{AREA}.title', language)}", say(f"{AREA}.intro", language)]
    for stage in Stage:
        parts += [f"## {say(f'{AREA}.stage.{stage}', language)}", say(f"{AREA}.about.{stage}", language)]
        for known in catalogue().values():
            if known.stage is stage:
                parts += _one(known, wrong.get(known.code, ""), language)
    return "\n\n".join(parts) + "\n"


def wrong_lines(texts: Iterable[str], expressions: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """The lines around the first place where each problem is told in example files, and of ``expressions`` (what was
    written, and ``1 T120`` as what is told) the shortest."""
    found: dict[str, str] = {}
    for text in texts:
        for code, lines in _told_in(text):
            found.setdefault(code, lines)
    for written, told in sorted(expressions, key=lambda pair: len(pair[0])):
        for code in told.split()[1::2]:
            found.setdefault(code, f"show_if: {_printable(written)}")
    return found


def _one(known: Known, wrong: str, language: str) -> Iterator[str]:
    message = say(known.words, language)
    if has(f"{known.words}.who"):
        message += " " + say(f"{known.words}.who", language)
    advice = f" ({say(f'{AREA}.advice', language)})" if known.severity is Severity.ADVICE else ""
    hint = f"{AREA}.meant" if known.code in SELF_EVIDENT else f"{known.words}.hint"
    hints = [say(code, language) for code in (hint, f"{known.words}.hint") if has(code)]
    yield f"### {known.code}"
    yield f"**{_readable(message, language)}**{advice}"
    yield _readable(" ".join(dict.fromkeys(hints)), language)
    if wrong:
        yield f"```yaml\n{wrong}\n```"


def _readable(text: str, language: str) -> str:
    """Holes as words between angle quotes, doubled braces as one."""
    shown = HOLE.sub(lambda hole: f"‹{say(f'{AREA}.hole.{hole[1]}', language)}›", text)
    return shown.replace("{{", "{").replace("}}", "}")


def _told_in(text: str) -> Iterator[tuple[str, str]]:
    files = FILE.split(text)
    parts = dict(zip(files[1::2], files[2::2], strict=True))
    for expected in EXPECTED.findall(text):
        for place in PLACE.finditer(expected):
            lines = parts.get(place["path"] or "", text).split("\n")
            yield place["code"], _around(lines, int(place["line"]))


def _around(lines: list[str], number: int) -> str:
    """A line with a few around it; comments that say what is expected left out."""
    first = max(number - 1 - BEFORE, 0)
    shown = [line for line in lines[first : number + AFTER] if not line.startswith("# expect")]
    return textwrap.dedent("\n".join(_printable(line) for line in shown)).strip("\n")


def _printable(line: str) -> str:
    shown = "".join(char if char.isprintable() or char == "\t" else "�" for char in line)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
