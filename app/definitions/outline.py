"""Which keys, values and lists stand where in a text that is still being written?

No YAML parser: it never refuses, guesses at what is open, and knows the cursor. Completion reads by it; whether a file
is right is told by ``yaml_nodes`` and the passes behind it.

The cursor goes into the text as one character (``CURSOR``), so that it turns up in the key or value it stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.definitions.outline_lines import BLOCK_TEXT, CURSOR, KEY, Line, lines

__all__ = ["CURSOR", "Branch", "Leaf", "Limb", "Row", "Twig", "read"]

MOST_LEVELS = 60


@dataclass(slots=True)
class Leaf:
    """A value as written, quotes taken off; ``prose`` when it goes on over several lines."""

    text: str
    prose: bool = False


@dataclass(slots=True)
class Limb:
    """``key: value``; without a colon (``done`` false) the key is half-written."""

    key: str
    value: Twig
    done: bool = True


@dataclass(slots=True)
class Branch:
    """A mapping; ``column`` is where its keys begin, from 0; ``flow``: between braces."""

    column: int = 0
    limbs: list[Limb] = field(default_factory=list)
    flow: bool = False

    def get(self, key: str) -> Twig | None:
        """The value of a key."""
        return next((limb.value for limb in self.limbs if limb.key == key), None)

    def text(self, key: str) -> str:
        """The value of a key as text; empty when it has none, or is no text."""
        found = self.get(key)
        return found.text.replace(CURSOR, "").strip() if isinstance(found, Leaf) else ""

    def keys(self) -> tuple[str, ...]:
        """The keys that are written out."""
        return tuple(limb.key for limb in self.limbs if limb.done and CURSOR not in limb.key)


@dataclass(slots=True)
class Row:
    """A list; ``column`` is where its dashes stand, from 0."""

    column: int = 0
    items: list[Twig] = field(default_factory=list)
    flow: bool = False


Twig = Leaf | Branch | Row


def read(text: str) -> Branch:
    """The outline of a whole file; of something that is no mapping an empty one."""
    taken = list(lines(text))
    found, _ = _twig(taken, 0, 0) if taken else (Branch(), 0)
    return found if isinstance(found, Branch) else Branch()


def _twig(taken: list[Line], at: int, level: int) -> tuple[Twig, int]:
    """What begins at line ``at``, and the line behind it."""
    line = taken[at]
    if level > MOST_LEVELS:
        return Leaf(""), len(taken)
    if _is_item(line.text):
        return _row(taken, at, level)
    if KEY.match(line.text) or (_is_word(line.text) and not line.text.startswith(("{", "["))):
        return _branch(taken, at, level)
    return _value(line), at + 1


def _is_item(text: str) -> bool:
    return text.startswith("- ") or text in ("-", f"-{CURSOR}")


def _is_word(text: str) -> bool:
    """One word, perhaps the beginning of a key."""
    return bool(re.fullmatch(rf"[\w.{CURSOR}-]+", text))


def _row(taken: list[Line], at: int, level: int) -> tuple[Row, int]:
    row = Row(taken[at].indent)
    while at < len(taken) and taken[at].indent == row.column and _is_item(taken[at].text):
        line = taken[at]
        rest = line.text[1:].lstrip(" ")
        if not rest:
            item, at = _below(taken, at + 1, row.column, level)
        else:
            indent = row.column + len(line.text) - len(rest)
            taken[at] = Line(indent, rest, line.prose)
            item, at = _item(taken, at, level)
        row.items.append(item)
    return row, at


def _item(taken: list[Line], at: int, level: int) -> tuple[Twig, int]:
    """What stands behind a dash: a word alone is text, unless keys follow under it."""
    follows = at + 1 < len(taken) and taken[at + 1].indent == taken[at].indent
    if _is_word(taken[at].text) and not follows:
        return Leaf(taken[at].text), at + 1
    return _twig(taken, at, level + 1)


def _below(taken: list[Line], at: int, column: int, level: int) -> tuple[Twig, int]:
    """What stands indented under a key or dash; nothing is an empty value."""
    if at < len(taken) and taken[at].indent > column:
        return _twig(taken, at, level + 1)
    return Leaf(""), at


def _branch(taken: list[Line], at: int, level: int) -> tuple[Branch, int]:
    branch = Branch(taken[at].indent)
    while at < len(taken) and taken[at].indent >= branch.column:
        line = taken[at]
        if line.indent > branch.column:
            at = _deeper(branch, taken, at, level)
            continue
        if _is_item(line.text):
            last = branch.limbs[-1] if branch.limbs else None
            if last is None or not (isinstance(last.value, Leaf) and not last.value.text):
                break
            last.value, at = _row(taken, at, level + 1)
            continue
        branch.limbs.append(_limb(line))
        at += 1
    return branch, at


def _limb(line: Line) -> Limb:
    match = KEY.match(line.text)
    if match is None:
        return Limb(line.text, Leaf(""), done=False)
    rest = Line(line.indent, line.text[match.end() :].strip(), line.prose)
    return Limb(match["key"], _value(rest))


def _deeper(branch: Branch, taken: list[Line], at: int, level: int) -> int:
    """Lines that stand further in than the keys: the value of the last key, or more of it."""
    found, behind = _twig(taken, at, level + 1)
    last = branch.limbs[-1] if branch.limbs else None
    if last is None:
        branch.limbs.append(Limb("", found))
    elif isinstance(last.value, Leaf) and not last.value.text and not last.value.prose:
        last.value = found
    elif isinstance(last.value, Row) and isinstance(found, Row):
        last.value.items += found.items
    elif isinstance(last.value, Row):
        last.value.items.append(found)
    elif isinstance(last.value, Branch) and isinstance(found, Branch):
        last.value.limbs += found.limbs
    elif isinstance(last.value, Leaf):
        last.value = Leaf(f"{last.value.text} {taken[at].text}", prose=True)
    return behind


def _value(line: Line) -> Twig:
    text = line.text
    if text.startswith(("{", "[")):
        return _Flow(text).twig(0)
    if BLOCK_TEXT.fullmatch(text):
        return Leaf(" ".join(line.prose), prose=True)
    return Leaf(_unquoted(text))


def _unquoted(text: str) -> str:
    if text[:1] in ("'", '"'):
        return text[1:-1] if len(text) > 1 and text[-1] == text[0] else text[1:]
    return text


class _Flow:
    """What stands between braces and brackets, as far as it was written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def twig(self, level: int) -> Twig:
        """The value that begins here."""
        self._blanks()
        sign = self.text[self.at : self.at + 1]
        if level > MOST_LEVELS:
            self.at = len(self.text)
            return Leaf("")
        if sign == "{":
            return self._mapping(level)
        if sign == "[":
            return self._list(level)
        return Leaf(_unquoted(self._plain(",}]")))

    def _mapping(self, level: int) -> Branch:
        branch = Branch(flow=True)
        self.at += 1
        while not self._closed("}"):
            match = KEY.match(self.text, self.at)
            if match is not None:
                self.at = match.end()
                branch.limbs.append(Limb(match["key"], self.twig(level + 1)))
            else:
                branch.limbs.append(Limb(_unquoted(self._plain(",}]")), Leaf(""), done=False))
        return branch

    def _list(self, level: int) -> Row:
        row = Row(flow=True)
        self.at += 1
        while not self._closed("]"):
            row.items.append(self.twig(level + 1))
        return row

    def _closed(self, sign: str) -> bool:
        """Whether the bracket closes here (or the text ends); a comma is stepped over."""
        self._blanks()
        if self.text[self.at : self.at + 1] == ",":
            self.at += 1
            self._blanks()
        if self.at >= len(self.text):
            return True
        if self.text[self.at] in "}]":
            self.at += self.text[self.at] == sign
            return True
        return False

    def _blanks(self) -> None:
        while self.text[self.at : self.at + 1] in (" ", "\t"):
            self.at += 1

    def _plain(self, ends: str) -> str:
        """Text up to one of ``ends``, outside quotes."""
        begin = self.at
        quote = self.text[begin] if self.text[begin : begin + 1] in ("'", '"') else ""
        self.at += bool(quote)
        while self.at < len(self.text):
            sign = self.text[self.at]
            if quote:
                quote = "" if sign == quote else quote
            elif sign in ends:
                break
            self.at += 1
        return self.text[begin : self.at].strip()
