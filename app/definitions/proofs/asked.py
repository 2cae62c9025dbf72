"""Which conditions does a workflow have, and where do they stand?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Form
from app.definitions.model.source import Span
from app.definitions.model.workflows import Action, Feedback, State, Workflow


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition; ``rows`` is the matrix or repeat in whose rows it is judged. ``later``: of a case on its way, not
    when it begins."""

    condition: Condition
    span: Span
    rows: str = ""
    later: bool = False


def conditions_in(workflow: Workflow) -> Iterator[Asked]:
    """All of them, each where it is written."""
    for rule in workflow.route:
        yield from _of((rule.condition, rule.unless), rule.span)
    for also in workflow.also:
        yield from _of((also.condition, also.consent), also.span, also.each)
    yield from _told(workflow.receipt, workflow.span)
    on_its_way = [found for action in workflow.anywhere.values() for found in _of_action(action)]
    on_its_way += [found for state in workflow.states.values() for found in _of_state(state)]
    yield from (replace(found, later=True) for found in on_its_way)


def conditions_of_form(form: Form) -> Iterator[Asked]:
    """All conditions of a form but those after closing, each at its field or section."""
    yield from _of((form.urgent_if,), form.span)
    for rule in form.rules:
        yield from _of((rule.condition,), rule.span)
    for warn in form.warn:
        yield from _of((warn.condition,), warn.span)
    for section in form.sections:
        yield from _of((section.show_if,), section.span)
        for top in section.fields:
            for item in (top, *top.each, *top.fields):
                yield from _of((item.show_if, item.required_if, item.compute), item.span)


def _of_state(state: State) -> Iterator[Asked]:
    yield from _of((auto.condition for auto in state.auto), state.span)
    yield from _told(state.on_entry, state.span)
    if state.reason_each is not None:
        yield from _of((state.reason_each.condition,), state.span, state.reason_each.of)
    for ask in state.asks:
        yield from _of((ask.condition,), ask.span, ask.each)
    for action in state.actions.values():
        yield from _of_action(action)


def _of_action(action: Action) -> Iterator[Asked]:
    yield from _of((need.condition for need in action.needs), action.span)
    yield from _told(action.feedback, action.span)


def _told(feedback: Iterable[Feedback], span: Span) -> Iterator[Asked]:
    return _of((item.condition for item in feedback), span)


def _of(conditions: Iterable[Condition | None], span: Span, rows: str = "") -> Iterator[Asked]:
    return (Asked(condition, span, rows) for condition in conditions if condition is not None)
