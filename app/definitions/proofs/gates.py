"""Which buttons and automatic exits are open to whom? Answers fall into classes that all gates see alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.definitions.counterexamples import Example
from app.definitions.model.expressions import Condition
from app.definitions.model.forms import FieldType
from app.definitions.model.workflows import Action, Auto, Workflow
from app.definitions.proofs.examples import example_of
from app.definitions.proofs.formulas import Cells, TooLarge
from app.definitions.proofs.later import FREE, Filled, LaterAnswers, later_numbers, split
from app.definitions.proofs.nodes import FALSE, TRUE, Node
from app.definitions.proofs.space import Space
from app.definitions.proofs.spaces import Spaces

MOST_CLASSES = 2_000
MOVING = frozenset({"@role", "@reason", "@today"})
"""What differs from one press to the next: a gate that asks for it can open some time."""
Marks = frozenset[str]
Gate = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a gate knows of a case besides what was sent: milestones reached, later forms filled in, consents that
    ended since."""

    marks: Marks = frozenset()
    filled: Filled = ()
    ended: frozenset[str] = frozenset()


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Open:
    """Whether a gate can open and whether it surely stands open."""

    can: bool
    surely: bool


ALWAYS, UNKNOWN = Open(True, True), Open(True, False)


class Gates:
    """The gates of a workflow for one class of answers; without a space nothing is known of them."""

    def __init__(
        self, space: Space | None = None, cells: Cells | None = None, later: LaterAnswers | None = None
    ) -> None:
        self.space = space
        self.cells = cells or {}
        self.later = later
        self.sure = space is None or not (space.formulas.free & set(self.cells))
        self._known: dict[tuple[Gate, Known], Open] = {}

    def of(self, gate: Gate, known: Known) -> Open:
        """A gate: all of these conditions, with this known."""
        if not gate:
            return ALWAYS
        if self.space is None:
            return UNKNOWN
        key = (gate, known)
        if key not in self._known:
            self._known[key] = self._asked(self.space, gate, known)
        return self._known[key]

    def _asked(self, space: Space, gate: Gate, known: Known) -> Open:
        node = space.formulas.all(space.formula(one.tree) for one in gate)
        cells = {**self.cells, **_marks_of(space, node, known.marks), **_ended(space, known.ended)}
        node = space.formulas.given(node, cells)
        if self.later is not None:
            node = space.formulas.given(node, self.later.now(known.filled))
        return Open(node is not FALSE, node is TRUE)

    def may_end(self, consent: str) -> bool:
        """Whether somebody of this class gave that consent, so that it can end."""
        if self.space is None:
            return False
        return any(
            mask & self.cells.get(number, mask) for number, mask in _cells_of(self.space, consent, given=True)
        )

    def filled(self, form_id: str, before: Filled) -> Iterator[Filled]:
        """What is known after a later form was filled in: one for each class of its answers."""
        rest = tuple(one for one in before if one[0] != form_id)
        classes = self.later.of(form_id, filled=True) if self.later is not None else ()
        for number in range(len(classes)) if classes else (FREE,):
            yield tuple(sorted((*rest, (form_id, number))))

    def example(self, spaces: Spaces, gates: Iterable[Gate], known: Known = NOTHING_KNOWN) -> Example:
        """Somebody of this class, by the answers that these gates ask for, later ones among them."""
        if self.space is None:
            return Example()
        space = self.space
        read = frozenset().union(*(space.formula(one.tree).variables for gate in gates for one in gate))
        later = self.later.now(known.filled) if self.later is not None else {}
        so = {**self.cells, **later, **_ended(space, known.ended)}
        cells = {number: mask for number, mask in so.items() if number in read}
        goal = space.formulas.all(space.formulas.leaf(number, mask) for number, mask in cells.items())
        return example_of(space, goal, cells, spaces.places)


def _cells_of(space: Space, consent: str, *, given: bool) -> Iterator[tuple[int, int]]:
    """The variables of a consent, or of those in the rows of a repeat, with the mask of given or not."""
    for key, variable in space.variables.items():
        top, _, column = key.partition("#")
        cell = space.cells.get(key)
        asked = key == consent or (top == consent and "." in column)
        if asked and cell is not None and cell.field.type is FieldType.CONSENT:
            mask = sum(1 << at for at, value in enumerate(variable.values) if (value is True) is given)
            yield variable.number, mask


def _ended(space: Space, ended: frozenset[str]) -> Cells:
    return {
        number: mask for name in sorted(ended) for number, mask in _cells_of(space, name, given=False) if mask
    }


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
            for one in _split(space, gates, workflow):
                found.append(one)
                if len(found) > MOST_CLASSES:
                    raise TooLarge
    except TooLarge:
        spaces.too_large.append(workflow.id)
        return [Gates()]
    return found


def _split(space: Space, gates: Sequence[Gate], workflow: Workflow) -> Iterator[Gates]:
    nodes = [space.formulas.all(space.formula(one.tree) for one in gate) for gate in gates]
    fixed = sorted(frozenset().union(*(node.variables for node in nodes)))
    moving = {
        variable.number for key, variable in space.variables.items() if key in MOVING or key.startswith("@!")
    }
    around = space.formulas.all(
        space.around(node) for node in nodes
    )  # one by one: together they may say nothing
    moving |= later_numbers(space, tuple(workflow.later.values()))
    own = [number for number in fixed if number not in moving]
    for cells in split(space, nodes, own, ({}, around)):
        forms = tuple(workflow.later.values())
        yield Gates(space, cells, LaterAnswers(space, forms, nodes, cells) if forms else None)
