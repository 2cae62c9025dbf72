"""Is what a later step needs surely there: the date that a term counts from, the answer that a message names?"""

from __future__ import annotations

from app.definitions.counterexamples import Example
from app.definitions.later import form_of, pressed
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
    sent = [item for item in workflow.feedbacks() if item.message == message] or [Feedback("", message)]
    form = form_of(name, workflow.later)
    for item in sent:
        found = spaces.example(lambda space, item=item: _hidden(space, name, item, form))  # type: ignore[misc]
        if found is not None:
            return found
    return None


def _hidden(space: Space, name: str, item: Feedback, form: str) -> Node:
    """Of a later form that was filled in; whether it surely was is asked elsewhere."""
    cell = space.cells.get(name)
    sent = [] if item.condition is None else [space.formula(item.condition.tree)]
    sent += [space.formula(pressed(form))] if form else []
    shown = space.lowered(space.expander.shown(cell)) if cell is not None else space.formulas.all(())
    return space.formulas.all((*sent, space.formulas.opposite(shown)))
