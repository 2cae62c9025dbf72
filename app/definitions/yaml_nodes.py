"""How does an author's YAML become positioned nodes, or located problems?

The loader types nothing: every scalar is text until the key that owns it reads it (``yaml_reader``). Refused:
anchors, aliases, tags, merge keys, duplicate keys, keys that are not text, control and bidirectional characters,
several documents, more than 512 kB, 20,000 nodes or 30 levels. Only libyaml is used: the pure Python parser reads
``{label: Kan dit?}`` differently.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from app.definitions import yaml_traps
from app.definitions.model.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, Style
from app.definitions.model.source import Problem, Source, Span
from app.definitions.problems import problem

if not yaml.__with_libyaml__:  # pragma: no cover - a broken installation
    raise ImportError("Meernet reads YAML with libyaml; this PyYAML was built without it")

__all__ = ["Entry", "MappingNode", "Node", "ScalarNode", "SequenceNode", "Style", "plain", "read"]

MAX_BYTES = 512 * 1024
MAX_NODES = 20_000
MAX_DEPTH = 30


def read(source: Source) -> tuple[MappingNode | None, list[Problem]]:
    """Read one file: its top mapping and all that is wrong with its YAML. Never raises.

    ``None`` when there is no mapping to go on with (syntax error, empty, too large). A node beside problems is
    usable: what was refused is left out or marked ``broken``.
    """
    text, problems = yaml_traps.decode(source, MAX_BYTES)
    if text is None:
        return None, problems
    problems += yaml_traps.in_characters(text, source.path)
    builder = _Builder(text, source.path)
    try:
        node = builder.build(yaml.parse(text, yaml.CSafeLoader))
    except (yaml.YAMLError, UnicodeError) as error:
        if not problems:  # a tab or a control character is the cause, libyaml's complaint only its echo
            problems += yaml_traps.in_syntax(text, source.path, error)
        return None, _sorted(problems + builder.problems)
    except _TooMuch:
        return None, _sorted(problems + builder.problems)
    return node, _sorted(problems + builder.problems)


def plain(node: Node) -> object:
    """Nodes as plain values: ``str``, ``dict`` and ``list``; for parts kept as written (``expect:``)."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {entry.key: plain(entry.value) for entry in node.entries}


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(set(problems))


class _TooMuch(Exception):
    """The file has more nodes or levels than is sane; the problem is told already."""


@dataclass(slots=True)
class _Open:
    """A mapping or sequence of which the end was not yet seen."""

    span: Span
    flow: bool
    mapping: bool
    entries: list[Entry] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    key: ScalarNode | None = None
    seen: dict[str, Span] = field(default_factory=dict)


class _Builder:
    """Turns libyaml's events into nodes without recursion, so depth is ours to limit."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._nodes = 0
        self._root: Node | None = None
        self._documents = 0

    def build(self, events: Iterator[yaml.Event]) -> MappingNode | None:
        """The top mapping. Raises ``yaml.YAMLError`` for a syntax error and ``_TooMuch`` over a limit."""
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and not self._begin_document(event):
                break
            self._take(event)
        if self._root is None:
            self._tell("Y006", Span(self.path, 1, 1))
            return None
        if not isinstance(self._root, MappingNode):
            self._tell("Y008", self._root.span)
            return None
        return self._root

    def _begin_document(self, event: yaml.DocumentStartEvent) -> bool:
        self._documents += 1
        if self._documents > 1:
            self._tell("Y007", self._span(event))
            return False
        if event.version or event.tags:
            self._tell("Y017", Span(self.path, 1, 1))
        return True

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_names(event)
            self._add(self._scalar(event))
        elif isinstance(event, yaml.AliasEvent):
            self._tell("Y012", self._span(event), name=event.anchor)
            self._add(ScalarNode("", self._span(event), broken=True))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_names(event)
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._add(self._close())

    def _refuse_names(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._tell("Y011", self._span(event), name=event.anchor)
        if event.tag is not None:
            self._tell("Y013", self._span(event), tag=event.tag)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        span = self._span(event)
        if len(self._open) >= MAX_DEPTH:
            self._tell("Y010", span, most=MAX_DEPTH)
            raise _TooMuch
        self._count(span)
        self._open.append(_Open(span, bool(event.flow_style), isinstance(event, yaml.MappingStartEvent)))

    def _close(self) -> Node:
        done = self._open.pop()
        if done.mapping:
            told, entries = yaml_traps.in_flow_mapping(done.entries) if done.flow else ([], done.entries)
            self.problems += told
            return MappingNode(tuple(entries), done.span, done.flow)
        return SequenceNode(tuple(done.items), done.span, done.flow)

    def _count(self, span: Span) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._tell("Y009", span, most=MAX_NODES)
            raise _TooMuch

    def _scalar(self, event: yaml.ScalarEvent) -> ScalarNode:
        span = self._span(event)
        self._count(span)
        (first_line, _, start), (last_line, _, end) = _at(event.start_mark), _at(event.end_mark)
        style = Style(event.style) if event.style in ("'", '"', "|", ">") else Style.PLAIN
        raw = self.text[start:end]
        inner = raw if style is Style.PLAIN else raw[1:-1]
        one_line = first_line == last_line
        node = ScalarNode(event.value, span, style, exact=one_line and inner == event.value)
        told = yaml_traps.in_scalar(node, raw, self.text[end : end + 2])
        if style is Style.PLAIN and self._open and self._open[-1].flow:
            told += yaml_traps.in_flow_text(node)
        self.problems += told
        return ScalarNode(node.text, span, style, node.exact, broken=True) if told else node

    def _add(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = self._key(node)
        else:
            self._entry(parent, parent.key, node)
            parent.key = None

    def _key(self, node: Node) -> ScalarNode:
        if isinstance(node, ScalarNode):
            return node
        self._tell("Y016", node.span)
        return ScalarNode("", node.span, broken=True)

    def _entry(self, parent: _Open, key: ScalarNode, value: Node) -> None:
        first = parent.seen.get(key.text)
        if first is not None and not key.broken:
            self._tell("Y015", key.span, key=key.text, line=first.line, column=first.column)
        elif key.text == "<<" and key.style is Style.PLAIN:
            self._tell("Y014", key.span)
        elif not key.text:
            if not key.broken:
                self._tell("Y016", key.span)
        else:
            parent.seen[key.text] = key.span
            self.problems += yaml_traps.in_key(key)
            parent.entries.append(Entry(key.text, key.span, value))

    def _span(self, event: yaml.Event) -> Span:
        line, column, _ = _at(event.start_mark)
        return Span(self.path, line + 1, column + 1)

    def _tell(self, code: str, span: Span, **params: object) -> None:
        self.problems.append(problem(code, span, **params))


class _Mark(Protocol):
    line: int
    column: int
    index: int


def _at(mark: _Mark | None) -> tuple[int, int, int]:
    """Line, column and index of a mark, each from 0, in characters."""
    return (mark.line, mark.column, mark.index) if mark else (0, 0, 0)
