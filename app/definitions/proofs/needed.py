"""Is what a later step needs surely there: the date that a term counts from, the answer that a message names?"""

from __future__ import annotations

from collections.abc import Iterator

from app.definitions.counterexamples import Example
from app.definitions.model.workflows import Feedback, Workflow
from app.definitions.proofs.nodes import Node
from app.definitions.proofs.space import Space
from app.definitions.proofs.spaces import Spaces


def left_blank(name: str, spaces: Spaces) -> Example | None:
    """Somebody who may leave a field blank, though everything that is asked is filled in."""

    def blank(space: Space) -> Node:
        return space.lowered(space.expander.nothing(name))

    if spaces.any_model(blank):
        return spaces.example(blank) or Example()
    return None


def hidden_when_sent(name: str, message: str, workflow: Workflow, spaces: Spaces) -> Example | None:
    """Somebody to whom a field is not shown while a message that names it goes out."""
    sent = [item for item in feedbacks(workflow) if item.message == message] or [Feedback("", message)]
    for item in sent:
        found = spaces.example(lambda space, item=item: _hidden(space, name, item))  # type: ignore[misc]
        if found is not None:
            return found
    return None


def _hidden(space: Space, name: str, item: Feedback) -> Node:
    cell = space.cells.get(name)
    sent = [] if item.condition is None else [space.formula(item.condition.tree)]
    shown = space.lowered(space.expander.shown(cell)) if cell is not None else space.formulas.all(())
    return space.formulas.all((*sent, space.formulas.opposite(shown)))


def feedbacks(workflow: Workflow) -> Iterator[Feedback]:
    """Every place where a message is sent."""
    yield from workflow.receipt
    for action in workflow.anywhere.values():
        yield from action.feedback
    for state in workflow.states.values():
        yield from state.on_entry
        for action in state.actions.values():
            yield from action.feedback
