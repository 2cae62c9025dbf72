"""Which mistakes does YAML swallow or explain in its own terms, and what should the author read instead?

``language.md`` section 2 lists them. Some parse and mean something else (a ``#`` after one blank, a comma inside
braces); the others make libyaml stop far from the cause, so the lines are looked at again, one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from app.definitions.model.nodes import Entry, Node, ScalarNode, Style
from app.definitions.model.source import Problem, Source, Span
from app.definitions.problems import problem

Found = TypeVar("Found")
MOST = 50
"""No file gets more problems of one pass than an author would read."""

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
UNSEEN = re.compile(
    f"[{BIDI}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)"
)
TAB_INDENT = re.compile(r"^( *)\t[ \t]*(?=\S)", re.MULTILINE)
BLOCK_TEXT = re.compile(r"^( *)(?:- +)*(?:[^\s#'\"][^#]*?: +|- +)?[|>][-+0-9]*[ \t]*(?: #.*)?$")
VALUE = re.compile(r"^(?P<lead>\s*(?:- +)*(?:[A-Za-z_][\w.-]*: +)?)(?P<value>\S.*)$")
KEY_LINE = re.compile(r"\n\s*(?:- +)*[a-z_][a-z0-9_.]*:(?: |\n|$)")
QUOTED = {
    "'": re.compile(r"'(?:[^']|'')*'(?P<rest>.*)$"),
    '"': re.compile(r'"(?:[^"\\]|\\.)*"(?P<rest>.*)$'),
}
SWALLOWED_LIST = re.compile(r"\b(?:not )?in \[|[a-z_]\([^()]*,")


def decode(source: Source, most: int) -> tuple[str | None, list[Problem]]:
    """The text of a source, or why it cannot be read: too large (``Y001``) or not UTF-8 (``Y002``)."""
    start = Span(source.path, 1, 1)
    text = source.text
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(raw) > most:
        return None, [problem("Y001", start, size=-(-len(raw) // 1024), most=most // 1024)]
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            return None, [problem("Y002", Span(source.path, line, 1))]
    return text.removeprefix("\ufeff"), []


def in_characters(text: str, path: str) -> list[Problem]:
    """Characters nobody sees (``Y003``), that turn the reading order (``Y004``), and tabs as indent (``Y005``)."""
    found: list[Problem] = []
    for match in _first(UNSEEN.finditer(text)):
        char = match.group()
        code = "Y004" if re.match(f"[{BIDI}]", char) else "Y003"
        found.append(problem(code, _place(text, match.start(), path), char=f"U+{ord(char[0]):04X}"))
    for match in _first(TAB_INDENT.finditer(text)):
        found.append(problem("Y005", _place(text, match.end(1), path)))
    return found


def in_scalar(node: ScalarNode, raw: str, after: str) -> list[Problem]:
    """Text that parsed but is not what was written; ``after`` are the two characters behind it."""
    if node.style is Style.PLAIN:
        if node.text and after[:1] in (" ", "\t") and after[1:] == "#":
            return [problem("Y022", node.span, text=node.text)]
        return []
    if node.style is Style.FOLDED and raw[1:2].isdigit():
        return [problem("Y026", node.span, text=raw.split("\n", 1)[0])]
    if node.style in (Style.SINGLE, Style.DOUBLE) and KEY_LINE.search(raw):
        return [problem("Y023" if node.style is Style.SINGLE else "Y029", node.span, sign=node.style.value)]
    return []


def in_flow_text(node: ScalarNode) -> list[Problem]:
    """Between braces or brackets a comma ends a text: ``any(rij, bedrag > 0)`` was cut in two."""
    if node.text.count("(") > node.text.count(")"):
        return [problem("Y021", node.span, text=node.text)]
    return []


def in_flow_mapping(entries: list[Entry]) -> tuple[list[Problem], list[Entry]]:
    """Empty values between braces: one problem a mapping, and the entries that can be read on.

    Where a condition was cut in two its second half is an empty entry; that was told already.
    """
    empty = [entry for entry in entries if _empty(entry.value)]
    cut = any(isinstance(entry.value, ScalarNode) and entry.value.broken for entry in entries)
    told = []
    if empty and not cut:
        key = empty[0].key
        meant = key.replace(":", ": ", 1) if ":" in key else ""
        told.append(problem("Y032" if meant else "Y033", empty[0].span, key=key, guess=meant))
    return told, [entry for entry in entries if entry not in empty]


def _empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.text and not node.broken and node.style is Style.PLAIN


def in_key(key: ScalarNode) -> list[Problem]:
    """A key with a no-break space or curly quotes, as pasted from a word processor."""
    if "\u00a0" in key.text or re.search("[\u2018\u2019\u201c\u201d]", key.text):
        return [problem("Y027", key.span, key=key.text)]
    return []


def in_syntax(text: str, path: str, error: Exception) -> list[Problem]:
    """What libyaml stopped at, in our words: all lines that look like a known trap, else the place it names."""
    mark = getattr(error, "problem_mark", None)
    stopped = mark.line if mark else 0
    suspects = list(_first(_suspects(text, path)))
    if any(found.span.line <= stopped + 1 for found in suspects):
        return suspects
    return [_general(text, path, error), *suspects]


def _general(text: str, path: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    what = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if mark and "escape" in what:
        return problem("Y028", Span(path, mark.line + 1, mark.column + 1))
    if context and ("flow" in what or "quoted" in what):
        return _unclosed(text, path, (context.line, context.column), flow="flow" in what)
    if context and "simple key" in what:
        return problem("Y034", Span(path, context.line + 1, context.column + 1))
    span = Span(path, mark.line + 1, mark.column + 1) if mark else Span(path, 1, 1)
    return problem("Y031" if "block" in what or "mapping values" in what else "Y020", span)


def _unclosed(text: str, path: str, begin: tuple[int, int], *, flow: bool) -> Problem:
    """A bracket or quote that is never closed; at the end of the text libyaml names no sign, so the last one is it."""
    lines = text.split("\n")
    line, column = begin
    rest = lines[line][column:] if line < len(lines) else ""
    if not rest:
        last = max(text.rfind(sign) for sign in ("{[" if flow else "'\""))
        span = _place(text, max(last, 0), path)
        rest = text[max(last, 0) :]
    else:
        span = Span(path, line + 1, column + 1)
    if flow and SWALLOWED_LIST.search(rest.split("\n", 1)[0]):
        return problem("Y021", span, text=rest)
    return problem("Y030" if flow else "Y029", span, sign=rest[:1])


def _suspects(text: str, path: str) -> Iterator[Problem]:
    """One line at a time, block texts left out: does its value begin or go on as YAML reads otherwise?"""
    block: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (not line.strip() or indent > block):
            continue
        block = indent if BLOCK_TEXT.match(line) else None
        if block is None and not line.lstrip().startswith("#"):
            yield from _suspect(line.rstrip("\r"), path, number)


def _suspect(line: str, path: str, number: int) -> Iterator[Problem]:
    nbsp = re.match(r"^\s*\u00a0|^[^'\"#]*?:\u00a0", line)
    if nbsp:
        yield problem("Y027", Span(path, number, line.index("\u00a0") + 1), key=line)
        return
    match = VALUE.match(line)
    if match is None:
        return
    span = Span(path, number, match.start("value") + 1)
    yield from _value(match["value"], match["lead"].rstrip(), span)


def _value(value: str, lead: str, span: Span) -> Iterator[Problem]:
    sign = value[0]
    if sign in QUOTED:
        yield from _quote(value, sign, span)
    elif sign in "@`%":
        yield problem("Y024", span, sign=sign)
    elif sign == ">" and re.match(r">=? *[\w.]", value):
        yield problem("Y026", span, text=value)
    elif sign in "{[":
        yield from _flow(value, sign, span)
    elif sign not in "#|>&*!" and lead.endswith(":"):
        colon = re.search(r":(?= |$)", value)
        if colon:
            yield problem("Y025", Span(span.path, span.line, span.column + colon.start()), text=value)


def _quote(value: str, sign: str, span: Span) -> Iterator[Problem]:
    closed = QUOTED[sign].match(value)
    if closed is None and sign == '"':
        yield problem("Y029", span, sign=sign)
    elif closed is None or not re.match(r"\s*(?:$|[#,:}\]])", closed["rest"]):
        yield problem("Y023" if sign == "'" else "Y024", span, sign=sign)


def _flow(value: str, sign: str, span: Span) -> Iterator[Problem]:
    """``{holder.name} belt je`` goes on after its brace; ``{if: x in [a, b]}`` has a bracket inside a text."""
    if SWALLOWED_LIST.search(re.sub(r"\"[^\"]*\"|'[^']*'", "", value)):
        yield problem("Y021", span, text=value)
    elif re.match(r"[{\[][^{}\[\]]*[}\]]\s*[^\s,#:}\]]", value):
        yield problem("Y024", span, sign=sign)


def _first(found: Iterator[Found]) -> Iterator[Found]:
    return islice(found, MOST)


def _place(text: str, index: int, path: str) -> Span:
    line_start = text.rfind("\n", 0, index) + 1
    return Span(path, text.count("\n", 0, index) + 1, index - line_start + 1)
