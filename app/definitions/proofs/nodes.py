"""What is a formula made of?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a node says."""

    TRUE = "true"
    FALSE = "false"
    LEAF = "leaf"
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One formula. ``variable`` and ``mask`` for a leaf, ``parts`` for a join; ``variables`` are all that it reads."""

    kind: Kind
    number: int
    variable: int = -1
    mask: int = 0
    parts: tuple[Node, ...] = ()
    variables: frozenset[int] = frozenset()


TRUE = Node(Kind.TRUE, 0)
FALSE = Node(Kind.FALSE, 1)


def number_of(node: Node) -> int:
    """What orders them."""
    return node.number


def flat(kind: Kind, parts: Iterable[Node]) -> Iterator[Node]:
    """The parts of a join, those of joins of its own kind in their place."""
    for part in parts:
        if part.kind is kind:
            yield from part.parts
        else:
            yield part


def masks_of(nodes: Iterable[Node], variable: int) -> Iterator[int]:
    """What the leaves of a variable say."""
    waiting, seen = list(nodes), set[int]()
    while waiting:
        node = waiting.pop()
        if variable not in node.variables or node.number in seen:
            continue
        seen.add(node.number)
        if node.kind is Kind.LEAF:
            yield node.mask
        waiting += node.parts


def apart(parts: tuple[Node, ...]) -> Iterator[list[Node]]:
    """The parts in groups that share no variable."""
    groups: list[tuple[set[int], list[Node]]] = []
    for part in parts:
        mine: tuple[set[int], list[Node]] = (set(part.variables), [part])
        others = []
        for group in groups:
            if group[0] & mine[0]:
                mine = (mine[0] | group[0], [*group[1], *mine[1]])
            else:
                others.append(group)
        groups = [*others, mine]
    for _, group_parts in groups:
        yield group_parts
