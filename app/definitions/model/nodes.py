"""What is a piece of an author's YAML, with its place?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.definitions.model.source import Span


class Style(StrEnum):
    """How a scalar was written."""

    PLAIN = "plain"
    SINGLE = "'"
    DOUBLE = '"'
    LITERAL = "|"
    FOLDED = ">"


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """Text. ``span`` is where it begins, the opening quote included; ``broken`` means a problem was told already.

    ``exact``: the text stands in the file as it is, on one line, so a character of it has a column of its own.
    """

    text: str
    span: Span
    style: Style = Style.PLAIN
    exact: bool = False
    broken: bool = False

    def at(self, offset: int) -> Span:
        """Where character ``offset`` of the text stands; the scalar's start where that cannot be told."""
        if not self.exact:
            return self.span
        quote = 0 if self.style is Style.PLAIN else 1
        return Span(self.span.path, self.span.line, self.span.column + quote + offset)


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``key: value``; ``span`` is the key's."""

    key: str
    span: Span
    value: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Entries in written order, keys unique. ``flow``: written with braces."""

    entries: tuple[Entry, ...]
    span: Span
    flow: bool = False

    def entry(self, key: str) -> Entry | None:
        """The entry of that key."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def get(self, key: str) -> Node | None:
        """The value of that key."""
        found = self.entry(key)
        return found.value if found else None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in written order."""
        return tuple(entry.key for entry in self.entries)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """Items in order. ``flow``: written with brackets."""

    items: tuple[Node, ...]
    span: Span
    flow: bool = False


Node = ScalarNode | MappingNode | SequenceNode
