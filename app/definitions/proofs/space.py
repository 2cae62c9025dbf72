"""Everything that can be answered on one form, as far as a set of conditions can tell, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.definitions.later import gated
from app.definitions.model.expressions import Call, CaseRef, Compare, Expr, Literal, Member, ValueType
from app.definitions.model.forms import Form
from app.definitions.proofs.cells import Cell, cells_of
from app.definitions.proofs.core import Blank, Core, Free, Joined, Opposite, Total, worst_rows
from app.definitions.proofs.expanding import Expander
from app.definitions.proofs.formulas import Cells, Formulas
from app.definitions.proofs.gathering import MOST_TOGETHER, comparable, gathered, key_of, merged, together
from app.definitions.proofs.nodes import FALSE, TRUE, Node
from app.definitions.proofs.over import over
from app.definitions.proofs.requirements import Given, Needs, requirements_of, trees_of
from app.definitions.proofs.scalars import (
    REFS,
    TODAY,
    Marks,
    Ref,
    Scalar,
    compared,
    holds_between,
    listed,
    term_of,
    todays_of,
)
from app.definitions.proofs.values import OTHER, case_values, values_of

MOST_PAIRS = 100_000
"""How many pairs of values one comparison of two fields may take."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A cell of the space: its number in the formulas and the values it may have."""

    number: int
    ref: Ref
    values: tuple[Scalar, ...]


class Space:
    """The answers of ``form`` that are ``given``, with those of the ``later`` forms behind buttons once these are
    pressed. ``places``: the neighbourhoods, when they are known. All ``trees`` that will be asked about are given at
    once, because they decide which values are told apart."""

    def __init__(
        self,
        form: Form,
        trees: Iterable[Expr],
        *,
        given: Given,
        places: Sequence[str] | None = None,
        later: Sequence[Form] = (),
    ) -> None:
        beside = [gated(one) for one in later]
        self.form = replace(form, sections=sum((one.sections for one in beside), form.sections))
        self.own, self.given = form, given
        self.formulas = Formulas()
        self.cells: Mapping[str, Cell] = cells_of(self.form)
        self.variables: dict[str, Variable] = {}
        everything = [*trees, *(tree for one in (form, *beside) for tree in trees_of(one))]
        self.expander = Expander(self.form, self.cells, everything)
        self._places = places
        self._owners: dict[int, str] = {}
        self._frees: dict[object, Node] = {}
        self._formulas: dict[int, tuple[Expr, Node]] = {}
        self._worst: dict[int, tuple[Call, list[tuple[str, Node]]]] = {}
        self._lowered: dict[int, tuple[Core, Node]] = {}
        self._about: dict[str, Node] = {}
        self._needs: Needs = requirements_of(form, cells_of(form), self.expander, given)
        if given is Given.AFTERWARDS:
            self._needs = over(form, self._needs, self.expander)
        for one in beside:
            self._needs |= requirements_of(one, cells_of(one), self.expander, Given.SUBMITTED)
        cores = [self.expander.of(tree) for tree in everything]
        self._marks = gathered([*cores, *(core for found in self._needs.values() for core in found)])
        self._groups = together(self._marks)
        dated = [marks for marks in self._marks.values() if marks.ages or marks.days]
        self._todays = todays_of([*dated, self._marks.get(TODAY, Marks())])

    # Asking ---------------------------------------------------------------------------------------------------

    def formula(self, tree: Expr) -> Node:
        """A condition as a formula."""
        found = self._formulas.get(id(tree))
        if found is None:
            found = self._formulas[id(tree)] = (tree, self.lowered(self.expander.of(tree)))
        return found[1]

    def worst(self, tree: Call) -> list[tuple[str, Node]]:
        """For each row of ``worst(matrix)``, when it is the one."""
        found = self._worst.get(id(tree))
        if found is None:
            rows = [(row, self.lowered(core)) for row, core in worst_rows(tree)]
            found = self._worst[id(tree)] = (tree, rows)
        return found[1]

    def model(self, node: Node, *, sure: bool = False) -> Cells | None:
        """Answers for which a formula holds. ``sure``: without counting on anything that is not decided here. Raises
        :class:`~app.definitions.proofs.formulas.TooLarge`."""
        whole = self.formulas.all((node, self.around(node)))
        return self.formulas.model(self.formulas.sure(whole) if sure else whole)

    def around(self, node: Node) -> Node:
        """What is so of every answer that the formula reads, and of those that these depend on."""
        found: list[Node] = []
        known: set[str] = set()
        waiting = self._read_by(node)
        while waiting:
            name = waiting.pop()
            known.add(name)
            about = self._about_cell(name)
            found.append(about)
            waiting |= self._read_by(about) - known
        return self.formulas.all(found)

    def _about_cell(self, name: str) -> Node:
        found = self._about.get(name)
        if found is None:
            parts = [self.lowered(core) for core in self._needs.get(name, ())]
            found = self._about[name] = self.formulas.all(parts)
        return found

    def _read_by(self, node: Node) -> set[str]:
        return {self._owners[number] for number in node.variables if number in self._owners}

    # Variables ------------------------------------------------------------------------------------------------

    def variable(self, ref: Ref) -> Variable:
        """The variable of a cell, or of something of the case."""
        key = key_of(ref)
        found = self.variables.get(key)
        if found is None:
            values = self._values(ref, key)
            owner = key.partition("=")[0]
            cell = self.cells.get(owner)
            loose = cell is not None and cell.compute is not None  # one that could not be put in its place
            number = self.formulas.variable(len(values), free=loose)
            found = self.variables[key] = Variable(number, ref, values)
            self._owners[number] = owner
        return found

    def by_number(self, number: int) -> Variable:
        """The variable of that number."""
        return next(found for found in self.variables.values() if found.number == number)

    def _values(self, ref: Ref, key: str) -> tuple[Scalar, ...]:
        if ref == TODAY:
            return self._todays
        if not key:
            return (None,)
        if key.endswith("=*"):
            named = [int(value) for value in self._mark(ref).constants if isinstance(value, Decimal)]
            return tuple(Decimal(one) for one in range(max([5, *named]) + 2))
        if "=" in key or key.startswith("@!") or ("#" in key and "." not in key.partition("#")[2]):
            return (False, True)
        if isinstance(ref, CaseRef) and ref.type is ValueType.OPTION:
            return case_values(ref.name, self._mark(ref))
        group = self._groups.get(ref, frozenset((ref,)))
        cell = self.cells.get(key)
        many = min(len(group), MOST_TOGETHER)
        marks = merged(group, self._marks)
        return values_of(
            ref.type, cell.field if cell else None, marks, self._todays, places=self._places, many=many
        )

    def _mark(self, ref: Ref) -> Marks:
        return self._marks.get(ref, Marks())

    # Lowering -------------------------------------------------------------------------------------------------

    def lowered(self, core: Core) -> Node:
        """A written-out condition as a formula."""
        found = self._lowered.get(id(core))
        if found is None:
            found = self._lowered[id(core)] = (core, self._lower(core))
        return found[1]

    def _lower(self, core: Core) -> Node:
        match core:
            case Joined(every, parts):
                join = self.formulas.all if every else self.formulas.any
                return join([self.lowered(part) for part in parts])
            case Opposite(part):
                return self.formulas.opposite(self.lowered(part))
            case Literal(value):
                return TRUE if value is True else FALSE
            case Total():
                return self._total(core)
            case Free(tree):
                return self.unknown(tree)
        return self._atom(core)

    def _atom(self, core: Compare | Member | Blank) -> Node:
        if isinstance(core, Blank):
            return self._leaf(core.ref, lambda value: value is None)
        if isinstance(core, Compare):
            return self._compare(core)
        return (
            self._leaf(core.item, lambda value: listed(core, value)) if isinstance(core.item, REFS) else FALSE
        )

    def unknown(self, tree: object) -> Node:
        """Something that is not decided here, the same each time it is asked."""
        found = self._frees.get(tree)
        if found is None:
            found = self._frees[tree] = self.formulas.leaf(self.formulas.variable(2, free=True), 2)
        return found

    def _leaf(self, ref: Ref, holds: Callable[[Scalar], bool]) -> Node:
        variable = self.variable(ref)
        mask = sum(1 << place for place, value in enumerate(variable.values) if holds(value))
        return self.formulas.leaf(variable.number, mask)

    def _compare(self, core: Compare) -> Node:
        left, right = term_of(core.left), term_of(core.right)
        if left is None or right is None:
            return self.unknown(core)
        refs = dict.fromkeys(term.ref for term in (left, right) if term.ref is not None)
        if "age" in (left.function, right.function):
            refs[TODAY] = None
        holds = holds_between(core, left, right)
        found = [ref for ref in refs if ref is not None]
        if len(found) < 2:
            return (
                self._leaf(found[0], lambda value: holds({found[0]: value})) if found else _truth(holds({}))
            )
        if len(found) > 2 or not self._decidable(core, found):
            return self.unknown(core)
        return self._pairs(found[0], found[1], holds)

    def _decidable(self, core: Compare, refs: Sequence[Ref]) -> bool:
        """Whether trying the values of both sides tells all: with today always, else only as they are."""
        if TODAY in refs:
            return True
        if not comparable(core) or len(self._groups.get(refs[0], ())) > MOST_TOGETHER:
            return False
        return not any(OTHER in self.variable(ref).values or ref.type is ValueType.TEXT for ref in refs)

    def _pairs(self, one: Ref, other: Ref, holds: Callable[[Mapping[Ref, Scalar]], bool]) -> Node:
        """A comparison of two cells: every pair of values for which it holds."""
        first, second = self.variable(one), self.variable(other)
        if len(first.values) * len(second.values) > MOST_PAIRS:
            return self.unknown((one, other, holds))
        masks: dict[int, int] = {}
        for place, value in enumerate(first.values):
            mask = sum(
                1 << at for at, beside in enumerate(second.values) if holds({one: value, other: beside})
            )
            masks[mask] = masks.get(mask, 0) | 1 << place
        return self.formulas.any(
            self.formulas.all(
                (self.formulas.leaf(first.number, cells), self.formulas.leaf(second.number, mask))
            )
            for mask, cells in masks.items()
        )

    # Counting -------------------------------------------------------------------------------------------------

    def _total(self, core: Total) -> Node:
        """``count(...) >= 2``: how many hold so far, part by part."""
        parts = [self.lowered(part) for part in core.parts]
        rest = self.variable(core.rest) if core.rest is not None else None
        known: dict[tuple[int, int], Node] = {}

        def ending(so_far: int) -> Node:
            values = rest.values if rest is not None else (Decimal(0),)
            mask = 0
            for place, value in enumerate(values):
                total = Decimal(so_far) + (value if isinstance(value, Decimal) else 0)
                mask |= compared(_plain(core), total, core.number) << place
            return self.formulas.leaf(rest.number, mask) if rest is not None else _truth(bool(mask))

        def from_part(place: int, so_far: int) -> Node:
            if place == len(parts):
                return ending(so_far)
            key = (place, so_far)
            if key not in known:
                part = parts[place]
                known[key] = self.formulas.any(
                    (
                        self.formulas.all((part, from_part(place + 1, so_far + 1))),
                        self.formulas.all((self.formulas.opposite(part), from_part(place + 1, so_far))),
                    )
                )
            return known[key]

        return from_part(0, 0)


def _plain(core: Total) -> Compare:
    zero = Literal(Decimal(0), ValueType.NUMBER)
    return Compare(core.op, zero, zero)


def _truth(value: bool) -> Node:
    return TRUE if value else FALSE
