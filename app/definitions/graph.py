"""Can every case reach an end, does something wait for somebody everywhere, and does every route end?

Loops are fine as long as a way out exists. Exits of ``anywhere`` that also do something exceptional (block, merge,
stop) do not count as the way out: a state that only withdrawal can leave is a trap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.definitions.counterexamples import PARAMETER, Example
from app.definitions.known_later import check_later
from app.definitions.model.nodes import MappingNode
from app.definitions.model.workflows import Action, State, Workflow
from app.definitions.proofs.conditions import matches
from app.definitions.proofs.gates import classes_of
from app.definitions.proofs.lives import Life, Place, Walker, gates_of
from app.definitions.proofs.spaces import Spaces
from app.definitions.reached import check_told, messages_to
from app.definitions.readers.desk import Desk, key_span, mappings, named, text_node
from app.definitions.readers.workflows import walk

At = tuple[Spaces, Desk]
EFFECTIVE = ("to", "again", "form", "marks", "feedback", "does", "open_form")


def check_workflow(
    workflow: Workflow, node: MappingNode, spaces: Spaces, desk: Desk, *, sub_case: bool
) -> None:
    """Everything about one workflow that its states, exits and rules tell. ``sub_case``: another workflow opens it."""
    _check_route(workflow, node, spaces, desk, sub_case=sub_case)
    _check_messages(workflow, node, spaces, desk)
    check_told(workflow, desk)
    for state in workflow.states.values():
        written = _node_of(node, state.id)
        if written is not None:
            _check_state(state, workflow, (written, spaces), desk)
    if workflow.start in workflow.states and _all_exits_known(workflow, node):
        _check_lives(workflow, node, spaces, desk)


# Routes -------------------------------------------------------------------------------------------------------


def _check_route(
    workflow: Workflow, node: MappingNode, spaces: Spaces, desk: Desk, *, sub_case: bool
) -> None:
    written = mappings(node, "route")
    if not written:
        if not sub_case:
            desk.tell("G401", key_span(node, "route"), workflow=workflow.id)
        return
    ends = [number for number, item in enumerate(written) if item.entry("otherwise") is not None]
    if not ends:
        nobody = spaces.example(
            lambda space: space.formulas.opposite(
                space.formulas.any(matches(space, rule) for rule in workflow.route)
            )
        )
        desk.tell("G401", written[-1].span, workflow=workflow.id, **_answers(nobody))
    elif ends[0] < len(written) - 1:
        desk.tell("G402", written[ends[0] + 1].span, number=ends[0] + 1)


def _check_messages(workflow: Workflow, node: MappingNode, spaces: Spaces, desk: Desk) -> None:
    """A message nobody sends is a slip, not an error; one to an address that nobody has is."""
    sent = {quiet_text(item, "message") for item in walk(node)}
    unheard = set() if _residents_have_mail(spaces) else messages_to(workflow, "resident")
    for name, span, _ in named(node, "messages"):
        if name not in sent:
            desk.advise("A702", span, message=name)
        elif name in unheard:
            desk.tell("G429", span, message=name)


def _residents_have_mail(spaces: Spaces) -> bool:
    """Whether a form asks for it; unknown counts as yes."""
    return not spaces.all or any(space.form.meaning("resident.email") for space in spaces.all)


def quiet_text(node: MappingNode, key: str) -> str:
    """The text at ``key``, or ``""``."""
    found = text_node(node, key)
    return found.text.strip() if found is not None else ""


# One state ----------------------------------------------------------------------------------------------------


def _check_state(state: State, workflow: Workflow, at: tuple[MappingNode, Spaces], desk: Desk) -> None:
    node, spaces = at
    if state.end:
        return
    passing = passes_at_once(state, spaces) or len(state.auto) < len(mappings(node, "auto"))
    if not passing and node.entry("deadline") is None:
        desk.tell("G412", state.span, state=state.id)
    own_ways = mappings(node, "auto") or named(node, "actions")
    if not own_ways and not workflow.anywhere:
        desk.tell("G415", state.span, state=state.id)
    _check_autos(state, node, spaces, desk)
    _check_reason_asked(state.actions, workflow, desk)
    for action in state.actions.values():
        if not _does_something(action, node):
            desk.tell("G416", action.span, action=action.id)


def _does_something(action: Action, state: MappingNode) -> bool:
    written = next(item for name, _, item in named(state, "actions") if name == action.id)
    return any(written.entry(key) is not None for key in EFFECTIVE)


def _check_reason_asked(actions: Mapping[str, Action], workflow: Workflow, desk: Desk) -> None:
    for action in actions.values():
        target = workflow.states.get(action.to)
        if action.reason and (target is None or target.reasons is None):
            desk.tell("G417", action.span, action=action.id)


def _check_autos(state: State, node: MappingNode, spaces: Spaces, desk: Desk) -> None:
    """Conditional exits end in ``otherwise`` unless they cover everything between them; nothing stands behind it."""
    written = mappings(node, "auto")
    if len(state.auto) < len(written):
        return
    untimed = [auto for auto in state.auto if auto.after is None]
    ends = [number for number, auto in enumerate(untimed) if auto.condition is None]
    conditions = [auto.condition for auto in untimed if auto.condition is not None]
    spaces = spaces.later_for(*conditions)
    if conditions and not ends and not spaces.covers(conditions):
        missed = spaces.uncovered(conditions)
        if missed is not None or not spaces.all:
            desk.tell("G418", key_span(node, "auto"), state=state.id, **_answers(missed))
        else:
            desk.advise("A704", key_span(node, "auto"), state=state.id)
    if ends and ends[0] < len(untimed) - 1:
        desk.tell("G419", written[state.auto.index(untimed[ends[0] + 1])].span, state=state.id)


def passes_at_once(state: State, spaces: Spaces) -> bool:
    """Whether automatic exits always leave the state on entry, so that nobody ever waits in it."""
    untimed = [auto for auto in state.auto if auto.after is None]
    if any(not auto.to for auto in untimed):
        return False
    conditions = [auto.condition for auto in untimed if auto.condition is not None]
    asked = spaces.later_for(*conditions)
    return any(auto.condition is None for auto in untimed) or (bool(conditions) and asked.covers(conditions))


def _answers(found: Example | None) -> dict[str, str]:
    return {} if found is None else {PARAMETER: found.written()}


# Paths --------------------------------------------------------------------------------------------------------


def _leads_on(state: State, workflow: Workflow) -> bool:
    """Whether anything leads away from a state."""
    ways = [*state.actions.values(), *workflow.anywhere.values()]
    return any(action.to or action.again for action in ways) or any(auto.to for auto in state.auto)


def _all_exits_known(workflow: Workflow, node: MappingNode) -> bool:
    """Whether no state or exit was lost to an error, so that nothing is concluded from a torn graph."""
    for item in walk(node):
        for key in ("to", "then", "otherwise"):
            name = quiet_text(item, key)
            if name and item.entry("label") is not None and name not in workflow.states:
                return False
    wrong = any(not isinstance(entry.value, MappingNode) for entry in _states_of(node).entries)
    autos = all(
        len(state.auto) == len(mappings(written, "auto")) for state, written in _pairs(workflow, node)
    )
    again = all(
        (item.entry("again") is None) == (action.again is None)
        for state, written in _pairs(workflow, node)
        for name, _, item in named(written, "actions")
        for action in [state.actions[name]]
    )
    return not wrong and autos and again


def _pairs(workflow: Workflow, node: MappingNode) -> Iterator[tuple[State, MappingNode]]:
    for name, _, written in named(node, "states"):
        yield workflow.states[name], written


def _states_of(node: MappingNode) -> MappingNode:
    found = node.get("states")
    return found if isinstance(found, MappingNode) else MappingNode((), node.span)


def _node_of(node: MappingNode, state: str) -> MappingNode | None:
    found = _states_of(node).get(state)
    return found if isinstance(found, MappingNode) else None


def _check_lives(workflow: Workflow, node: MappingNode, spaces: Spaces, desk: Desk) -> None:
    """Walk every life that a case can have, with every class of answers."""
    walker = Walker(workflow, [space.own for space in spaces.all])
    lives = [walker.life(gates) for gates in classes_of(workflow, spaces)]
    check_later(workflow, node, lives, spaces, desk)
    if any(_tell_spinning(workflow, node, life, (spaces, desk)) for life in lives):
        return
    ends = any(state.end for state in workflow.states.values())
    if not ends:
        desk.tell("G425", workflow.span, workflow=workflow.id)
    reached = {place.state for life in lives for place in life.came_from}
    for state in workflow.states.values():
        if state.id not in reached:
            desk.tell("G426", state.span, state=state.id)
        elif ends and not state.end and _leads_on(state, workflow):
            _tell_trapped(state, lives, (spaces, desk))


def _tell_spinning(workflow: Workflow, node: MappingNode, life: Life, at: At) -> bool:
    """Tell a circle once, at its first state."""
    spaces, desk = at
    turning = set(life.spinning()) if life.gates.sure else set()
    for state in workflow.states.values():
        written = _node_of(node, state.id)
        if state.id in turning and written is not None:
            example = life.gates.example(spaces, gates_of(state))
            answers = _answers(example) if example.said else {}
            desk.tell("G420", key_span(written, "auto"), state=state.id, **answers)
            return True
    return False


def _tell_trapped(state: State, lives: list[Life], at: At) -> None:
    """``G427`` when nobody gets from a state to an end, ``G428`` when a gate there keeps somebody from it."""
    spaces, desk = at
    here = [(life, place) for life in lives for place in life.came_from if place.state == state.id]
    if all(place not in life.finishing for life, place in here):
        arriving = [(life, place) for life, place in here if place in set(life.trapped())]
        if arriving:
            path = " > ".join(arriving[0][0].path(arriving[0][1]))
            desk.tell("G427", state.span, state=state.id, path=path)
        return
    for life, place in here:
        if place not in life.finishing and life.gates.sure and _closed(state, life, place):
            example = life.gates.example(spaces, gates_of(state), place.known)
            path = " > ".join(life.path(place))
            desk.tell("G428", state.span, state=state.id, path=path, **_answers(example))
            return


def _closed(state: State, life: Life, place: Place) -> bool:
    return any(not life.gates.of(gate, place.known).can for gate in gates_of(state))
