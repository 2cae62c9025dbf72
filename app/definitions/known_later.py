"""Is what a form behind a button answers known where a workflow names it?

By walking every life of a case (``proofs.lives``): in some states a form can never have been filled in (``P536``), in
others it need not have been, so that a message could go out with a hole (``P537``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.definitions.expressions.walking import fields_read
from app.definitions.later import form_of, pressed
from app.definitions.model.expressions import Condition, Expr
from app.definitions.model.nodes import MappingNode
from app.definitions.model.source import Span
from app.definitions.model.workflows import Action, Feedback, State, Workflow
from app.definitions.placeholders import named_in
from app.definitions.proofs.lives import Life, Place
from app.definitions.proofs.spaces import Spaces
from app.definitions.readers.desk import Desk, named, text_node


@dataclass(frozen=True, slots=True)
class Sending:
    """A message that goes out: in which state, and with which button."""

    item: Feedback
    state: str
    action: Action | None = None


def check_later(
    workflow: Workflow, node: MappingNode, lives: Sequence[Life], spaces: Spaces, desk: Desk
) -> None:
    """``P536`` for what is never known where it is asked, ``P537`` for a message that may name a hole."""
    if not workflow.later or not lives:
        return
    places: dict[str, list[tuple[Life, Place]]] = {}
    for life in lives:
        for place in life.came_from:
            places.setdefault(place.state, []).append((life, place))
    for state in workflow.states.values():
        if state.id in places:
            filled = {name for _, place in places[state.id] for name, _ in place.filled}
            _check_state(workflow, state, filled, desk)
    for name, _, written in named(node, "messages"):
        _check_message(workflow, (name, written), places, (spaces, desk))


def _check_state(workflow: Workflow, state: State, filled: set[str], desk: Desk) -> None:
    for asked, span in _asked(workflow, state):
        for name in sorted(asked):
            form = form_of(name, workflow.later)
            if form and form not in filled:
                desk.tell("P536", span, name=name, form=form, state=state.id)


def _asked(workflow: Workflow, state: State) -> Iterator[tuple[Iterable[str], Span]]:
    """The names that a state asks for itself; what a button's own form just gave is known to what it sends."""
    trees: list[Expr] = [auto.condition.tree for auto in state.auto if auto.condition is not None]
    trees += _conditions(state.on_entry)
    if state.deadline is not None and state.deadline.date is not None:
        trees.append(state.deadline.date)
    for tree in trees:
        yield _names(workflow, tree), state.span
    yield named_in(state.task), state.span
    for action in state.actions.values():
        for need in action.needs:
            yield _names(workflow, need.condition.tree), action.span
        for tree in _conditions(action.feedback):
            own = {name for name in _names(workflow, tree) if form_of(name, workflow.later) != action.form}
            yield own, action.span


def _conditions(told: Iterable[Feedback]) -> list[Expr]:
    return [item.condition.tree for item in told if item.condition is not None]


def _names(workflow: Workflow, tree: Expr) -> set[str]:
    return {name for name in fields_read(tree) if form_of(name, workflow.later)}


# Messages ---------------------------------------------------------------------------------------------------


def _check_message(
    workflow: Workflow,
    message: tuple[str, MappingNode],
    places: Mapping[str, list[tuple[Life, Place]]],
    at: tuple[Spaces, Desk],
) -> None:
    spaces, desk = at
    for key in ("subject", "text"):
        written = text_node(message[1], key)
        for name in named_in(written.text) if written is not None else ():
            form = form_of(name, workflow.later)
            holes = (
                _hole(workflow, sending, form, places)
                for sending in _sendings(workflow, message[0])
                if form and not _only_after(sending.item.condition, form, spaces)
            )
            path = next((hole for hole in holes if hole), "")
            if path and written is not None:
                desk.tell("P537", written.span, name=name, form=form, path=path)


def _sendings(workflow: Workflow, message: str) -> Iterator[Sending]:
    for item in workflow.receipt:
        if item.message == message:
            yield Sending(item, "")
    for state in workflow.states.values():
        yield from (Sending(item, state.id) for item in state.on_entry if item.message == message)
        for action in workflow.actions_of(state.id).values():
            yield from (
                Sending(item, state.id, action) for item in action.feedback if item.message == message
            )


def _hole(
    workflow: Workflow, sending: Sending, form: str, places: Mapping[str, list[tuple[Life, Place]]]
) -> str:
    """The way on which it goes out before the form was filled in, ``""`` when there is none."""
    if not sending.state:
        return workflow.states[workflow.start].label
    if sending.action is not None and sending.action.form == form:
        return ""
    for life, place in places.get(sending.state, ()):
        if all(name != form for name, _ in place.filled):
            return " > ".join(workflow.states[name].label for name in life.path(place))
    return ""


def _only_after(condition: Condition | None, form: str, spaces: Spaces) -> bool:
    """Whether a condition surely does not hold before the form was filled in."""
    if condition is None:
        return False
    return not spaces.any_model(
        lambda space: space.formulas.all(
            (space.formula(condition.tree), space.formulas.opposite(space.formula(pressed(form))))
        )
    )
