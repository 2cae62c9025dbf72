"""What lies on the table while definitions are read: all names there are, and the problems found so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.definitions.model.forms import OptionList
from app.definitions.model.nodes import MappingNode, Node, ScalarNode
from app.definitions.model.source import Problem, Source, Span
from app.definitions.problems import advice, guess, problem
from app.definitions.yaml_reader import Reader

WORD = re.compile(r"[a-z][a-z0-9_.]*")
REFERENCE_CODES = {
    "list": "R201",
    "block": "R202",
    "form": "R203",
    "workflow": "R204",
    "contact_point": "R205",
    "state": "R206",
    "message": "R207",
    "mark": "R208",
    "field": "R209",
    "row": "R210",
    "option": "R211",
    "role": "R212",
    "moment": "R235",
    "dimension": "R236",
    "campaign": "R237",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file that could be read: what it defines and its nodes."""

    kind: str
    id: str
    node: MappingNode
    source: Source


@dataclass(slots=True)
class Desk:
    """``names``: ids of a kind that exist. ``broken``: kinds of which some file could not be read, with the ids
    it probably has (``""``: any); ``lost``: ids of fields that could not be read, or ``persoon.`` for all below.
    What refers to those is not blamed."""

    problems: list[Problem] = field(default_factory=list)
    names: dict[str, set[str]] = field(default_factory=dict)
    broken: set[tuple[str, str]] = field(default_factory=set)
    sheets: dict[tuple[str, str], Sheet] = field(default_factory=dict)
    lists: dict[str, OptionList] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def tell(self, code: str, span: Span, /, **params: object) -> None:
        """Add an error."""
        self.problems.append(problem(code, span, **params))

    def advise(self, code: str, span: Span, /, **params: object) -> None:
        """Add an advice."""
        self.problems.append(advice(code, span, **params))

    def refer(self, kind: str, name: str, span: Span, known: Iterable[str] | None = None) -> bool:
        """Whether ``name`` exists; tells the ``R2xx`` of its kind with a guess when it surely does not."""
        names = set(self.names.get(kind, ()) if known is None else known)
        if not name or name in names:
            return bool(name)
        if kind == "field" and self.is_lost(name):
            return False
        if known is None and ((kind, name) in self.broken or (kind, "") in self.broken):
            return False
        shown = ", ".join(sorted(names)[:12]) or "-"
        self.tell(REFERENCE_CODES[kind], span, name=name, guess=guess(name, sorted(names)), known=shown)
        return False

    def is_lost(self, name: str) -> bool:
        """Whether a field of that name may exist, in a part that could not be read."""
        return bool({name, f"{name}."} & self.lost) or any(
            part.endswith(".") and name.startswith(part) for part in self.lost
        )

    def reads_lost(self, expression: str) -> bool:
        """Whether an expression names such a field: then nothing can be said of it."""
        return bool(self.lost) and any(self.is_lost(word) for word in WORD.findall(expression))

    def unique(self, kind: str, found: Iterable[tuple[str, Span]]) -> None:
        """Tell about every id given twice (``R220``)."""
        seen: dict[str, Span] = {}
        for name, span in found:
            if name and name in seen:
                self.tell("R220", span, id=name, kind=kind, line=seen[name].line)
            seen.setdefault(name, span)


def quiet(node: MappingNode) -> Reader:
    """A reader that takes what fits and keeps silent: the shape pass told the rest."""
    return Reader(node, [])


def text_node(node: MappingNode, key: str) -> ScalarNode | None:
    """The scalar of ``key`` when it is there, whole and not empty."""
    found = node.get(key)
    return found if isinstance(found, ScalarNode) and not found.broken and found.text.strip() else None


def mappings(node: MappingNode, key: str) -> tuple[MappingNode, ...]:
    """The mappings in the list of ``key``, or the one mapping alone."""
    return tuple(reader.mapping for reader in quiet(node).readers(key))


def named(node: MappingNode, key: str) -> tuple[tuple[str, Span, MappingNode], ...]:
    """The ``id: {...}`` entries of ``key`` in written order."""
    return tuple(
        (entry.key, entry.span, entry.value)
        for entry in quiet(node).entries(key)
        if isinstance(entry.value, MappingNode)
    )


def words(node: MappingNode, key: str) -> Mapping[str, str]:
    """An ``id: text`` mapping."""
    found: dict[str, str] = {}
    for entry in quiet(node).entries(key):
        if isinstance(entry.value, ScalarNode) and not entry.value.broken:
            found[entry.key] = entry.value.text.strip()
    return found


def key_span(node: MappingNode, key: str) -> Span:
    """Where the value of ``key`` stands, else the mapping."""
    found: Node | None = node.get(key)
    return found.span if found is not None else node.span
