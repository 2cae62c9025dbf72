"""What can the forms behind buttons have answered by now? Before the press nothing, after it whatever the form takes.

For one class of the case's own answers, what a later form may say falls into classes that no gate tells apart: a press
leads to one place for each. When there are too many, that form is left free: its gates can open, and surely do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.definitions.later import PRESSED, form_of
from app.definitions.model.forms import Form
from app.definitions.proofs.formulas import Cells
from app.definitions.proofs.nodes import FALSE, Node
from app.definitions.proofs.space import Space

MOST_ANSWERS = 60
"""How many classes of answers one later form may have."""
FREE = -1
"""Stands for a form of which the answers fall into too many classes."""
Filled = tuple[tuple[str, int], ...]
"""The later forms that were filled in, each with the number of the class of its answers."""


class LaterAnswers:
    """The classes of answers of each later form, beside one class (``cells``) of the case's own answers."""

    def __init__(self, space: Space, forms: Sequence[Form], nodes: Sequence[Node], cells: Cells) -> None:
        self.space = space
        self.forms = tuple(form.id for form in forms)
        self.nodes = [space.formulas.given(node, cells) for node in nodes]
        around = space.formulas.all(space.around(node) for node in nodes)
        self.around = space.formulas.given(around, cells)
        self._known: dict[tuple[str, bool], tuple[Cells, ...]] = {}

    def of(self, form_id: str, *, filled: bool) -> tuple[Cells, ...]:
        """The classes before (one: all blank) or after the press; empty when there are too many."""
        key = (form_id, filled)
        if key not in self._known:
            self._known[key] = self._split(form_id, filled)
        return self._known[key]

    def now(self, filled: Filled) -> Cells:
        """What is known of all later answers: nothing is there of a form that nobody filled in."""
        known = dict(filled)
        found: Cells = {}
        for name in self.forms:
            place = known.get(name)
            classes = self.of(name, filled=place is not None)
            if classes and place != FREE:
                found |= classes[place or 0]
        return found

    def _split(self, form_id: str, filled: bool) -> tuple[Cells, ...]:
        space = self.space
        numbers = sorted(
            numbers_of(space, form_id) & frozenset().union(*(node.variables for node in self.nodes))
        )
        mark = space.variables.get(f"@!{PRESSED}{form_id}")
        around = self.around
        if mark is not None:
            around = space.formulas.given(around, {mark.number: 2 if filled else 1})
        found: list[Cells] = []
        for cells in split(space, self.nodes, numbers, ({}, around)):
            found.append(cells)
            if len(found) > MOST_ANSWERS:
                return ()
        return tuple(found)


def numbers_of(space: Space, form_id: str) -> frozenset[int]:
    """The variables of a later form's cells."""
    return frozenset(found.number for key, found in space.variables.items() if key.startswith(f"{form_id}."))


def later_numbers(space: Space, later: Sequence[Form]) -> frozenset[int]:
    """The variables of all later forms."""
    names = {form.id: form for form in later}
    return frozenset(found.number for key, found in space.variables.items() if form_of(key, names))


def split(
    space: Space, nodes: Sequence[Node], numbers: Sequence[int], so_far: tuple[Cells, Node]
) -> Iterator[Cells]:
    """The classes of what the variables ``numbers`` can be, as far as the formulas tell them apart."""
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
        narrowed = space.formulas.narrowed(around, first, mask)
        yield from split(space, known, left[1:], ({**cells, first: mask}, narrowed))
