"""What follows from what? An exact solver for formulas over variables with a few possible values each.

A formula is kept in negation normal form: a leaf says that one variable has one of some values (a bit mask over its
cells), ``ALL`` and ``ANY`` join. Equal formulas are one object, so that answers are remembered by identity and
complementary conditions fall together by themselves. A leaf over a *free* variable stands for something that is not
decided here (see the package): it may be true or false as it likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.definitions.proofs.nodes import FALSE, TRUE, Kind, Node, apart, flat, masks_of, number_of

MOST_WORK = 200_000
"""How many parts one question may look at; far beyond what a person writes, and under a second."""
MOST_WORK_IN_ALL = 4 * MOST_WORK
"""The same for all questions about one set of answers together."""
Cells = dict[int, int]
"""What each variable may still be: variable -> mask over its cells."""


class TooLarge(Exception):
    """A question that took more work than it may."""


@dataclass(slots=True)
class Formulas:
    """Makes formulas over its variables, each once, and looks for values that make one true."""

    sizes: list[int] = field(default_factory=list)  # how many cells a variable has
    free: set[int] = field(default_factory=set)
    _known: dict[tuple[object, ...], Node] = field(default_factory=dict)
    _opposites: dict[int, Node] = field(default_factory=dict)
    _sure: dict[int, Node] = field(default_factory=dict)
    _narrowed: dict[tuple[int, int, int], Node] = field(default_factory=dict)
    _dead: set[int] = field(default_factory=set)
    _work: int = 0
    _left: int = MOST_WORK_IN_ALL

    def variable(self, size: int, *, free: bool = False) -> int:
        """A new variable with ``size`` cells."""
        self.sizes.append(size)
        if free:
            self.free.add(len(self.sizes) - 1)
        return len(self.sizes) - 1

    def full(self, variable: int) -> int:
        """The mask of all its cells."""
        return (1 << self.sizes[variable]) - 1

    # Making ---------------------------------------------------------------------------------------------------

    def leaf(self, variable: int, mask: int) -> Node:
        """The variable has one of the values in ``mask``."""
        if not mask:
            return FALSE
        if mask == self.full(variable):
            return TRUE
        return self._made(("leaf", variable, mask), Kind.LEAF, variable=variable, mask=mask)

    def all(self, parts: Iterable[Node]) -> Node:
        """All hold."""
        return self._join(Kind.ALL, parts, TRUE, FALSE)

    def any(self, parts: Iterable[Node]) -> Node:
        """At least one holds."""
        return self._join(Kind.ANY, parts, FALSE, TRUE)

    def _join(self, kind: Kind, parts: Iterable[Node], neutral: Node, final: Node) -> Node:
        masks: dict[int, int] = {}
        joined: dict[Node, None] = {}
        for part in flat(kind, parts):
            self._work += 1
            if part is final:
                return final
            if part.kind is Kind.LEAF:
                seen = masks.get(part.variable)
                both = part.mask if seen is None else self._both(kind, seen, part.mask)
                masks[part.variable] = both
            elif part is not neutral:
                joined[part] = None
        leaves = [self.leaf(variable, mask) for variable, mask in masks.items()]
        if final in leaves:
            return final
        kept = sorted({*(leaf for leaf in leaves if leaf is not neutral), *joined}, key=number_of)
        if len(kept) < 2:
            return kept[0] if kept else neutral
        return self._made((kind, *(part.number for part in kept)), kind, parts=tuple(kept))

    def _both(self, kind: Kind, one: int, other: int) -> int:
        return one & other if kind is Kind.ALL else one | other

    def _made(
        self,
        key: tuple[object, ...],
        kind: Kind,
        *,
        variable: int = -1,
        mask: int = 0,
        parts: tuple[Node, ...] = (),
    ) -> Node:
        found = self._known.get(key)
        if found is None:
            reads = (
                frozenset((variable,))
                if kind is Kind.LEAF
                else frozenset().union(*(p.variables for p in parts))
            )
            found = self._known[key] = Node(kind, len(self._known) + 2, variable, mask, parts, reads)
        return found

    def opposite(self, node: Node) -> Node:
        """Exactly when ``node`` does not hold."""
        found = self._opposites.get(node.number)
        if found is not None:
            return found
        if node.kind is Kind.LEAF:
            made = self.leaf(node.variable, self.full(node.variable) ^ node.mask)
        elif node.kind is Kind.ALL:
            made = self.any(self.opposite(part) for part in node.parts)
        elif node.kind is Kind.ANY:
            made = self.all(self.opposite(part) for part in node.parts)
        else:
            made = FALSE if node is TRUE else TRUE
        self._opposites[node.number] = made
        return made

    def sure(self, node: Node) -> Node:
        """A formula that only holds where ``node`` does, whatever the free variables are."""
        if not node.variables & self.free:
            return node
        found = self._sure.get(node.number)
        if found is None:
            if node.kind is Kind.LEAF:
                return FALSE
            join = self.all if node.kind is Kind.ALL else self.any
            found = self._sure[node.number] = join([self.sure(part) for part in node.parts])
        return found

    def narrowed(self, node: Node, variable: int, mask: int) -> Node:
        """The formula once ``variable`` surely is in ``mask``."""
        if variable not in node.variables:
            return node
        if node.kind is Kind.LEAF:
            both = node.mask & mask
            return TRUE if both == mask else self.leaf(variable, both)
        key = (node.number, variable, mask)
        found = self._narrowed.get(key)
        if found is None:
            join = self.all if node.kind is Kind.ALL else self.any
            found = self._narrowed[key] = join([self.narrowed(part, variable, mask) for part in node.parts])
        return found

    def given(self, node: Node, cells: Mapping[int, int]) -> Node:
        """The formula once all those variables are known."""
        for variable, mask in cells.items():
            node = self.narrowed(node, variable, mask)
        return node

    # Solving --------------------------------------------------------------------------------------------------

    def model(self, node: Node) -> Cells | None:
        """What the variables that matter may be for ``node`` to hold; ``None`` when it never does. Raises
        :class:`TooLarge`."""
        self._work = 0
        try:
            return self._search(node, {})
        except RecursionError as deep:
            raise TooLarge from deep
        finally:
            self._left -= self._work

    def _search(self, node: Node, cells: Cells) -> Cells | None:
        if node is TRUE:
            return cells
        if node is FALSE or node.number in self._dead:
            return None
        if self._work > min(MOST_WORK, self._left):
            raise TooLarge
        found = self._by_parts(node, cells) if node.kind is not Kind.ANY else self._split(node, cells)
        if found is None:
            self._dead.add(node.number)
        return found

    def _by_parts(self, node: Node, cells: Cells) -> Cells | None:
        """Leaves first: they are certain. What nothing speaks against comes next. The rest falls apart where it shares
        no variable."""
        now, rest = dict(cells), node
        while rest.kind in (Kind.ALL, Kind.LEAF):
            parts = rest.parts or (rest,)
            fixed = {part.variable: part.mask for part in parts if part.kind is Kind.LEAF} or self._agreed(
                rest
            )
            if not fixed:
                break
            now.update({name: mask & now.get(name, mask) for name, mask in fixed.items()})
            rest = self.all([self.given(part, fixed) for part in parts if part.kind is not Kind.LEAF])
        if rest.kind is not Kind.ALL:
            return self._search(rest, now)
        groups = list(apart(rest.parts))
        if len(groups) == 1:
            return self._split(rest, now)
        found: Cells | None = now
        for group in groups:
            found = self._search(self.all(group), found) if found is not None else None
        return found

    def _agreed(self, node: Node) -> Cells:
        """Values that make every leaf of their variable true: they can do no harm."""
        found: Cells = {}
        waiting, seen = [node], set[int]()
        while waiting:
            part = waiting.pop()
            if part.number in seen:
                continue
            seen.add(part.number)
            self._work += 1
            if part.kind is Kind.LEAF:
                found[part.variable] = found.get(part.variable, part.mask) & part.mask
            waiting += part.parts
        return {variable: mask for variable, mask in found.items() if mask}

    def _split(self, node: Node, cells: Cells) -> Cells | None:
        """Try the kinds of value that the formula tells apart of the variable that narrows most."""
        smallest = min(node.parts, key=lambda part: (len(part.variables), part.number))
        variable = min(smallest.variables) if node.kind is Kind.ALL else min(node.variables)
        domain = cells.get(variable, self.full(variable))
        for mask in self.told_apart([node], variable, domain):
            found = self._search(self.narrowed(node, variable, mask), {**cells, variable: mask})
            if found is not None:
                return found
        return None

    def told_apart(self, nodes: Iterable[Node], variable: int, domain: int) -> list[int]:
        """``domain`` in the parts between which the formulas see a difference, the first cells first."""
        found = [domain]
        for mask in sorted(set(masks_of(nodes, variable))):
            found = [both for part in found for both in (part & mask, part & ~mask) if both]
        return sorted(found, key=lambda part: part & -part)
