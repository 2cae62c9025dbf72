"""Can every case reach an end, does something wait for somebody everywhere, and does every route end?

Loops are fine as long as a way out exists. Exits of ``anywhere`` that also do something exceptional (block, merge,
stop) do not count as the way out: a state that only withdrawal can leave is a trap.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from app.definitions.model.nodes import MappingNode
from app.definitions.model.workflows import Action, Auto, State, Workflow
from app.definitions.proofs import always, covers_all, never
from app.definitions.readers.desk import Desk, key_span, mappings, named, text_node
from app.definitions.readers.workflows import walk

EFFECTIVE = ("to", "again", "form", "marks", "feedback", "does", "open_form")


def check_workflow(workflow: Workflow, node: MappingNode, desk: Desk, *, sub_case: bool) -> None:
    """Everything about one workflow that its states, exits and rules tell. ``sub_case``: another workflow opens it."""
    _check_route(workflow, node, desk, sub_case=sub_case)
    _check_messages(workflow, node, desk)
    for state in workflow.states.values():
        written = _node_of(node, state.id)
        if written is not None:
            _check_state(state, workflow, written, desk)
    spins = any(_spins(state, workflow) for state in workflow.states.values())
    if workflow.start in workflow.states and not spins and _all_exits_known(workflow, node):
        _check_paths(workflow, desk)


# Routes -------------------------------------------------------------------------------------------------------


def _check_route(workflow: Workflow, node: MappingNode, desk: Desk, *, sub_case: bool) -> None:
    written = mappings(node, "route")
    if not written:
        if not sub_case:
            desk.tell("G401", key_span(node, "route"), workflow=workflow.id)
        return
    ends = [number for number, item in enumerate(written) if item.entry("otherwise") is not None]
    if not ends:
        desk.tell("G401", written[-1].span, workflow=workflow.id)
    elif ends[0] < len(written) - 1:
        desk.tell("G402", written[ends[0] + 1].span, number=ends[0] + 1)


def _check_messages(workflow: Workflow, node: MappingNode, desk: Desk) -> None:
    """A message nobody sends is a slip, not an error."""
    sent = {quiet_text(item, "message") for item in walk(node)}
    for name, span, _ in named(node, "messages"):
        if name not in sent:
            desk.advise("A702", span, message=name)


def quiet_text(node: MappingNode, key: str) -> str:
    """The text at ``key``, or ``""``."""
    found = text_node(node, key)
    return found.text.strip() if found is not None else ""


# One state ----------------------------------------------------------------------------------------------------


def _check_state(state: State, workflow: Workflow, node: MappingNode, desk: Desk) -> None:
    if state.end:
        return
    passing = passes_at_once(state) or len(state.auto) < len(mappings(node, "auto"))
    if not passing and node.entry("deadline") is None:
        desk.tell("G412", state.span, state=state.id)
    own_ways = node.entry("actions") is not None or node.entry("auto") is not None
    if not own_ways and not workflow.anywhere:
        desk.tell("G415", state.span, state=state.id)
    _check_autos(state, workflow, node, desk)
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


def _check_autos(state: State, workflow: Workflow, node: MappingNode, desk: Desk) -> None:
    """Conditional exits end in ``otherwise`` unless they cover everything between them; nothing stands behind it."""
    written = mappings(node, "auto")
    if len(state.auto) < len(written):
        return
    untimed = [auto for auto in state.auto if auto.after is None]
    ends = [number for number, auto in enumerate(untimed) if auto.condition is None]
    conditions = [auto.condition for auto in untimed if auto.condition is not None]
    if conditions and not ends and not covers_all(conditions):
        desk.tell("G418", key_span(node, "auto"), state=state.id)
    if ends and ends[0] < len(untimed) - 1:
        desk.tell("G419", written[state.auto.index(untimed[ends[0] + 1])].span, state=state.id)
    if _spins(state, workflow):
        desk.tell("G420", key_span(node, "auto"), state=state.id)


def passes_at_once(state: State) -> bool:
    """Whether automatic exits always leave the state on entry, so that nobody ever waits in it."""
    untimed = [auto for auto in state.auto if auto.after is None]
    if any(not auto.to for auto in untimed):
        return False
    conditions = [auto.condition for auto in untimed if auto.condition is not None]
    return any(auto.condition is None for auto in untimed) or (bool(conditions) and covers_all(conditions))


def _first_unconditional(state: State) -> Auto | None:
    """The automatic exit that is taken whatever the answers."""
    for auto in state.auto:
        if auto.after is not None or (auto.condition is not None and never(auto.condition)):
            continue
        return auto if auto.condition is None or always(auto.condition) else None
    return None


def _spins(state: State, workflow: Workflow) -> bool:
    """Whether automatic exits alone lead back to this state, without anybody or any time in between."""
    seen: set[str] = set()
    here: State | None = state
    while here is not None and here.id not in seen:
        seen.add(here.id)
        step = _first_unconditional(here)
        if step is None or not step.to:
            return False
        here = workflow.states.get(step.to)
        if here is not None and here.id == state.id:
            order = list(workflow.states)
            return order.index(state.id) == min(order.index(name) for name in seen)  # tell a circle once
    return False


# Paths --------------------------------------------------------------------------------------------------------


def exits(state: State, workflow: Workflow, *, ordinary: bool = False) -> Iterator[str]:
    """The states that a case can go to from here. ``ordinary``: without exceptional exits of ``anywhere``."""
    if state.end:
        if state.reopen is not None and not ordinary:
            yield state.reopen.to
        return
    for action in state.actions.values():
        yield from _exits_of(action)
    for action in workflow.anywhere.values():
        if not (ordinary and action.does):
            yield from _exits_of(action)
    blocked = False
    for auto in state.auto:
        possible = auto.condition is None or not never(auto.condition)
        if auto.to and possible and not (blocked and auto.after is None):
            yield auto.to
        blocked = blocked or (auto.after is None and auto.condition is None)


def _exits_of(action: Action) -> Iterator[str]:
    if action.to:
        yield action.to
    if action.again is not None:
        yield action.again.then


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


def _check_paths(workflow: Workflow, desk: Desk) -> None:
    came_from = _reached(workflow)
    ends = {state.id for state in workflow.states.values() if state.end}
    if not ends:
        desk.tell("G425", workflow.span, workflow=workflow.id)
    for state in workflow.states.values():
        if state.id not in came_from:
            desk.tell("G426", state.span, state=state.id)
    if not ends:
        return
    finishing = _can_finish(workflow, ends)
    for state in workflow.states.values():
        before = came_from.get(state.id)
        enters_trap = before == "" or before in finishing
        leads_on = any(True for _ in exits(state, workflow))
        if before is not None and state.id not in finishing and enters_trap and leads_on:
            path = " > ".join(_path(state.id, came_from))
            desk.tell("G427", state.span, state=state.id, path=path)


def _reached(workflow: Workflow) -> dict[str, str]:
    """State -> the state before it on a shortest path from the start; the start itself maps to ``""``."""
    came_from = {workflow.start: ""}
    waiting = deque([workflow.start])
    while waiting:
        here = waiting.popleft()
        for target in exits(workflow.states[here], workflow):
            if target in workflow.states and target not in came_from:
                came_from[target] = here
                waiting.append(target)
    return came_from


def _can_finish(workflow: Workflow, ends: Iterable[str]) -> set[str]:
    """All states from which an ordinary way leads to an end."""
    before: dict[str, set[str]] = {}
    for state in workflow.states.values():
        for target in exits(state, workflow, ordinary=True):
            before.setdefault(target, set()).add(state.id)
    found = set(ends)
    waiting = deque(found)
    while waiting:
        for source in before.get(waiting.popleft(), ()):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found


def _path(state: str, came_from: Mapping[str, str]) -> list[str]:
    path = [state]
    while came_from[path[-1]]:
        path.append(came_from[path[-1]])
    return path[::-1]
