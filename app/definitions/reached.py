"""Does a message reach somebody, and does whoever referred hear anything before a case ends?

A workflow that tells referrers what became of a card does so on every way to an end: ``silence`` is the complaint they
have most. What a button sends counts whatever its condition: that is the resident's consent and the referrer's wish.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from app.definitions.model.nodes import MappingNode
from app.definitions.model.source import Span
from app.definitions.model.workflows import Action, Feedback, State, Workflow
from app.definitions.readers.desk import Desk, named

REFERRER, PARTNER, VOLUNTEER = "referrer", "partner", "volunteer"
INVITE = "invite_partner"
SILENT = frozenset({"block_content", "stop_messages", "merge"})
"""What a button does after which nobody may be told anything, or the story goes on in another case."""


def messages_to(workflow: Workflow, to: str) -> set[str]:
    """The messages that go to ``to``, by their own word or that of who sends them."""
    return {item.message for item in (*workflow.receipt, *_told(workflow)) if _goes_to(workflow, item, to)}


def check_addresses(workflows: Mapping[str, Workflow], nodes: Mapping[str, MappingNode], desk: Desk) -> None:
    """Only a case that was opened for a partner (``partner:``) has one to write to or to invite (``G462``, ``G463``);
    of a volunteer nobody knows an address."""
    about_partners = {
        rule.case for flow in workflows.values() for rule in flow.also if rule.case and rule.partner
    }
    for workflow in workflows.values():
        if workflow.id in about_partners:
            unknown = dict.fromkeys(messages_to(workflow, VOLUNTEER), VOLUNTEER)
        else:
            unknown = {name: to for to in (PARTNER, VOLUNTEER) for name in messages_to(workflow, to)}
            for action in _actions(workflow):
                if INVITE in action.does:
                    desk.tell("G463", action.span, action=action.id)
        for name, span, _ in named(nodes[workflow.id], "messages"):
            if name in unknown:
                desk.tell("G462", span, message=name, to=unknown[name])


def check_told(workflow: Workflow, desk: Desk) -> None:
    """``G464`` at the step that first ends a case of which the referrer never heard, where others do hear."""
    if not any(_goes_to(workflow, item, REFERRER) for item in _told(workflow)):
        return
    start = workflow.states.get(workflow.start)
    if start is None or _says(workflow, start.on_entry):
        return
    came: dict[str, tuple[str, ...]] = {workflow.start: (workflow.start,)}
    waiting = deque([workflow.start])
    while waiting:
        here = waiting.popleft()
        for target, span in _silent_ways(workflow, workflow.states[here]):
            if target in came:
                continue
            came[target] = (*came[here], target)
            if workflow.states[target].end:
                desk.advise("G464", span, path=" > ".join(came[target]))
                return
            waiting.append(target)


def _silent_ways(workflow: Workflow, state: State) -> Iterator[tuple[str, Span]]:
    """Where a case goes from a state without a word to the referrer."""
    if state.end:
        return
    for auto in state.auto:
        yield from _silent(workflow, auto.to, state.span)
    for action in (*state.actions.values(), *workflow.anywhere.values()):
        if _says(workflow, action.feedback) or SILENT & set(action.does):
            continue
        yield from _silent(workflow, action.again.then if action.again else action.to, action.span)


def _silent(workflow: Workflow, target: str, span: Span) -> Iterator[tuple[str, Span]]:
    state = workflow.states.get(target)
    if state is not None and not _says(workflow, state.on_entry):
        yield target, span


def _says(workflow: Workflow, told: Iterable[Feedback]) -> bool:
    return any(_goes_to(workflow, item, REFERRER) for item in told)


def _goes_to(workflow: Workflow, item: Feedback, to: str) -> bool:
    message = workflow.messages.get(item.message)
    return (item.to or (message.to if message is not None else "")) == to


def _told(workflow: Workflow) -> list[Feedback]:
    """Everything that is said after the receipt."""
    found = [item for state in workflow.states.values() for item in state.on_entry]
    return found + [item for action in _actions(workflow) for item in action.feedback]


def _actions(workflow: Workflow) -> list[Action]:
    own = [action for state in workflow.states.values() for action in state.actions.values()]
    return [*workflow.anywhere.values(), *own]
