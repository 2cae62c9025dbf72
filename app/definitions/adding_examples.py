"""How does an example get into a form's file, with everything else in it left as its author wrote it?

Text goes in, at the end of ``examples:`` and indented as the ones that are there; nothing is written anew. What comes
out was read again: it holds the examples it held before and the new ones, or ``NoPlace`` is raised.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.definitions.model.nodes import MappingNode, ScalarNode, SequenceNode
from app.definitions.model.source import Source
from app.definitions.yaml_nodes import plain, read

Plain = str | Sequence["Plain"] | Mapping[str, "Plain"]
"""What an example is made of: everything is text until the field that owns it reads it."""

WIDTH = 180
"""A line longer than this is broken up: one answer a line."""
_KEY = "examples"
_BARE = re.compile(r"[^\W_][\w .+/%€@-]*(?:\d:\d\d[\w .+/%€@-]*)?")
"""Texts that mean what they say without quotes, between braces too."""
_BARE_LINE = re.compile(r"[^\W_](?:[\w .,;+/%€@'…!()-]|\d:\d\d)*")
"""The same for a text that has a line of its own."""
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)


class NoPlace(ValueError):
    """The file cannot be read, or its ``examples:`` are written in a way that nothing can be put behind."""


def with_examples(text: str, examples: Sequence[Mapping[str, Plain]]) -> str:
    """``text`` with ``examples`` behind those it has. Raises ``NoPlace``."""
    before = _examples(text)
    if not examples:
        return text
    made = _inserted(text, examples)
    try:
        after = _examples(made)
    except NoPlace:
        raise NoPlace from None
    if after != [*before, *(_texts(item) for item in examples)]:
        raise NoPlace
    return made


def example_text(example: Mapping[str, Plain], indent: int = 2) -> str:
    """One example as an item of a list, its lines ended, as authors write it."""
    lines: list[str] = []
    for number, (key, value) in enumerate(example.items()):
        start = f"{' ' * indent}- " if number == 0 else " " * (indent + 2)
        lines += _entry(start, indent + 2, key, value)
    return "".join(f"{line}\n" for line in lines)


def flow(value: Plain) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_scalar(key)}: {flow(item)}' for key, item in value.items())}}}"
    return f"[{', '.join(flow(item) for item in value)}]"


def _entry(start: str, indent: int, key: str, value: Plain) -> list[str]:
    told = _scalar(value, _BARE_LINE) if isinstance(value, str) else flow(value)
    line = f"{start}{_scalar(key)}: {told}"
    deeper = " " * (indent + 2)
    if isinstance(value, Mapping) and len(line) > WIDTH:
        inner = [_entry(deeper, indent + 2, name, item) for name, item in value.items()]
        return [f"{start}{_scalar(key)}:", *(one for lines in inner for one in lines)]
    if _is_list(value) and (key == "act" or len(line) > WIDTH):
        return [f"{start}{_scalar(key)}:", *(f"{deeper}- {flow(item)}" for item in value)]
    return [line]


def _is_list(value: Plain) -> bool:
    """Whether it is a list of mappings."""
    return not isinstance(value, (str, Mapping)) and any(isinstance(item, Mapping) for item in value)


def _scalar(text: str, bare: re.Pattern[str] = _BARE) -> str:
    if bare.fullmatch(text) and text == text.strip():
        return text
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted) + '"'


# Where -----------------------------------------------------------------------------------------------------


def _inserted(text: str, examples: Sequence[Mapping[str, Plain]]) -> str:
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += ends
    place, indent, head = _place(text, lines)
    made = "".join([head, *(example_text(item, indent) for item in examples)])
    if head and len(lines) >= place > 0 and lines[place - 1].strip():
        made = f"\n{made}" if head == f"{_KEY}:\n" and place == len(lines) else made
    return "".join([*lines[:place], made.replace("\n", ends), *lines[place:]])


def _place(text: str, lines: list[str]) -> tuple[int, int, str]:
    """Before which line (from 0), how far indented, and what must stand above; an empty list makes room."""
    top, _ = read(Source("", text))
    entry = top.entry(_KEY) if top is not None else None
    if top is None or entry is None:
        return len(lines), 2, f"{_KEY}:\n"
    at = entry.span.line - 1
    if isinstance(entry.value, SequenceNode) and entry.value.items and not entry.value.flow:
        first = entry.value.items[0].span
        indent = lines[first.line - 1].rfind("-", 0, first.column - 1)
        return _end(top, lines, at), max(indent, 0), ""
    empty = isinstance(entry.value, SequenceNode) and not entry.value.items
    if empty or (isinstance(entry.value, ScalarNode) and not entry.value.text):
        lines[at] = re.sub(r"^(\s*examples:)[ \t]*\[[ \t]*\]", r"\1", lines[at])
        return at + 1, 2, ""
    raise NoPlace


def _end(top: MappingNode, lines: Sequence[str], at: int) -> int:
    """Behind the last line of the examples: what stands before the next key of the file belongs to that."""
    later = [entry.span.line - 1 for entry in top.entries if entry.span.line - 1 > at]
    end = min(later, default=len(lines))
    while end > at + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _examples(text: str) -> list[object]:
    """The examples a file holds, as plain values. Raises ``NoPlace`` for a file that is not sound YAML."""
    top, problems = read(Source("", text))
    if top is None or problems:
        raise NoPlace
    found = top.get(_KEY)
    if isinstance(found, SequenceNode):
        return [plain(item) for item in found.items]
    if found is None or (isinstance(found, ScalarNode) and not found.text):
        return []
    raise NoPlace


def _texts(value: Plain) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _texts(item) for key, item in value.items()}
    return [_texts(item) for item in value]
