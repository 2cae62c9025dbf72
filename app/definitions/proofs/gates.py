"""Which buttons and automatic exits are open to whom? Answers fall into classes that all gates see alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.definitions.counterexamples import Example
from app.definitions.model.expressions import Condition
from app.definitions.model.workflows import Action, Auto, Workflow
from app.definitions.proofs.examples import example_of
from app.definitions.proofs.formulas import Cells, TooLarge
from app.definitions.proofs.nodes import FALSE, TRUE, Node
from app.definitions.proofs.space import Space
from app.definitions.proofs.spaces import Spaces

MOST_CLASSES = 2_000
MOVING = frozenset({"@role", "@reason", "@today"})
"""What differs from one press to the next: a gate that asks for it can open some time."""
Marks = frozenset[str]
Gate = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """Whether a gate can open and whether it surely stands open."""

    can: bool
    surely: bool


ALWAYS, UNKNOWN = Open(True, True), Open(True, False)


class Gates:
    """The gates of a workflow for one class of answers; without a space nothing is known of them."""

    def __init__(self, space: Space | None = None, cells: Cells | None = None) -> None:
        self.space = space
        self.cells = cells or {}
        self.sure = space is None or not (space.formulas.free & set(self.cells))
        self._known: dict[tuple[Gate, Marks], Open] = {}

    def of(self, gate: Gate, marks: Marks) -> Open:
        """A gate: all of these conditions, with these milestones reached."""
        if not gate:
            return ALWAYS
        if self.space is None:
            return UNKNOWN
        key = (gate, marks)
        if key not in self._known:
            self._known[key] = self._asked(self.space, gate, marks)
        return self._known[key]

    def _asked(self, space: Space, gate: Gate, marks: Marks) -> Open:
        node = space.formulas.all(space.formula(one.tree) for one in gate)
        node = space.formulas.given(node, {**self.cells, **_marks_of(space, node, marks)})
        return Open(node is not FALSE, node is TRUE)

    def example(self, spaces: Spaces, gates: Iterable[Gate]) -> Example:
        """Somebody of this class, by the answers that these gates ask for."""
        if self.space is None:
            return Example()
        space = self.space
        read = frozenset().union(*(space.formula(one.tree).variables for gate in gates for one in gate))
        cells = {number: mask for number, mask in self.cells.items() if number in read}
        goal = space.formulas.all(space.formulas.leaf(number, mask) for number, mask in cells.items())
        return example_of(space, goal, cells, spaces.places)


def _marks_of(space: Space, node: Node, marks: Marks) -> Cells:
    found: Cells = {}
    for key, variable in space.variables.items():
        if key.startswith("@!") and variable.number in node.variables:
            found[variable.number] = 2 if key[2:] in marks else 1
    return found


def gate_of(action: Action) -> Gate:
    """What a button waits for."""
    return tuple(need.condition for need in action.needs)


def exit_gate(auto: Auto) -> Gate:
    """What an automatic exit waits for."""
    return (auto.condition,) if auto.condition is not None else ()


def gates_in(workflow: Workflow) -> list[Gate]:
    """Every gate of a workflow, each once."""
    found: dict[Gate, None] = {}
    for state in workflow.states.values():
        found.update((exit_gate(auto), None) for auto in state.auto)
        found.update((gate_of(action), None) for action in state.actions.values())
    found.update((gate_of(action), None) for action in workflow.anywhere.values())
    return [gate for gate in found if gate]


def classes_of(workflow: Workflow, spaces: Spaces) -> list[Gates]:
    """Every class of answers that there can be; one about which nothing is known when there are too many."""
    gates = gates_in(workflow)
    if not gates or not spaces.all:
        return [Gates()]
    found: list[Gates] = []
    try:
        for space in spaces.all:
            for cells in _split(space, gates):
                found.append(Gates(space, cells))
                if len(found) > MOST_CLASSES:
                    raise TooLarge
    except TooLarge:
        spaces.too_large.append(workflow.id)
        return [Gates()]
    return found


def _split(space: Space, gates: Sequence[Gate]) -> Iterator[Cells]:
    nodes = [space.formulas.all(space.formula(one.tree) for one in gate) for gate in gates]
    fixed = sorted(frozenset().union(*(node.variables for node in nodes)))
    moving = {
        variable.number for key, variable in space.variables.items() if key in MOVING or key.startswith("@!")
    }
    around = space.formulas.all(
        space.around(node) for node in nodes
    )  # one by one: together they may say nothing
    yield from _each(space, nodes, [number for number in fixed if number not in moving], ({}, around))


def _each(
    space: Space, nodes: Sequence[Node], numbers: Sequence[int], so_far: tuple[Cells, Node]
) -> Iterator[Cells]:
    cells, around = so_far
    if around is FALSE:
        return
    left = [number for number in numbers if any(number in node.variables for node in nodes)]
    if not left:
        if space.formulas.model(around) is not None:
            yield cells
        return
    first = left[0]
    for mask in space.formulas.told_apart(nodes, first, space.formulas.full(first)):
        known = [space.formulas.narrowed(node, first, mask) for node in nodes]
        yield from _each(
            space, known, left[1:], ({**cells, first: mask}, space.formulas.narrowed(around, first, mask))
        )
