"""What does a workflow ask of answers, and beside which facts can the same answers stand?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from app.definitions.model.expressions import Call, Condition, FieldRef, ListOf, ValueType
from app.definitions.model.forms import FieldType, Form
from app.definitions.model.workflows import Action, Feedback, Workflow
from app.engine.evaluate import Facts
from app.engine.facts_of import Reading
from app.engine.model.answers import Answers, Row
from app.engine.model.cases import Case
from tests.definitions.mutants.answers import MOMENT

WORD = re.compile(r"[a-z_0-9]+")


def facts_of(
    form: Form, answers: Answers, rows: str, workflow: Workflow | None, condition: Condition
) -> Iterator[Facts]:
    """Everything that the same answers can stand beside: rows, closing reasons, milestones."""
    views: list[Row | None] = [None]
    if rows:
        views = [
            row.values for row in Reading(form, Case("c", "", form.id, answers=answers), MOMENT).rows(rows)
        ]
    reasons = [""]
    if workflow is not None and "reason" in condition.source:
        reasons += [one for state in workflow.states.values() if state.reasons for one in state.reasons.ids]
    marks = marks_of(workflow) if workflow is not None and "marked(" in condition.source else set()
    sets = [frozenset[str](), *(frozenset((mark,)) for mark in marks), frozenset(marks)]
    for row, reason, some in itertools.product(views, reasons, sets):
        yield Facts(answers, MOMENT, row, {"reason": reason} if reason else {}, some)


def around_rows(form: Form, rows: str) -> Iterator[Condition]:
    """A condition that reads all rows, so that they are among what is tried."""
    item = form.field(rows) if rows else None
    if item is not None:
        asked = Call("answered", (FieldRef(rows, ValueType.ROWS), ListOf(())), ValueType.BOOLEAN)
        yield Condition(rows, asked, ValueType.BOOLEAN)


def conditions_in(workflow: Workflow) -> Iterator[tuple[Condition, str]]:
    """Every condition of a workflow that the opening form answers, with the rows that it is judged in."""
    later = told_later(workflow)
    yield from (
        (one, rows) for one, rows in _all_conditions(workflow) if not later & set(WORD.findall(one.source))
    )


def told_later(workflow: Workflow) -> set[str]:
    """What only a press or the answer of somebody else tells: forms behind buttons, and questions to others."""
    pressed = {action.form for action in actions_of(workflow) if action.form}
    return pressed | {ask.id for state in workflow.states.values() for ask in state.asks}


def reads_later(workflow: Workflow) -> bool:
    """Whether a gate waits for something that only a press or somebody else tells."""
    later = told_later(workflow)
    return any(later & set(WORD.findall(gate.source)) for gate in gates_in(workflow))


def reads_consent(form: Form, condition: Condition) -> bool:
    """Whether a condition reads a consent, which can be taken back or end."""
    given = {item.id for item in form.fields() if item.type is FieldType.CONSENT}
    return bool(given & set(WORD.findall(condition.source)))


def _all_conditions(workflow: Workflow) -> Iterator[tuple[Condition, str]]:
    for rule in workflow.route:
        yield from ((one, "") for one in (rule.condition, rule.unless) if one is not None)
    for also in workflow.also:
        yield from ((one, also.each) for one in (also.condition, also.consent) if one is not None)
    yield from ((one, "") for one in gates_in(workflow))
    for action in actions_of(workflow):
        yield from ((one, "") for one in said_with(action.feedback))
    for state in workflow.states.values():
        if state.reason_each is not None and state.reason_each.condition is not None:
            yield state.reason_each.condition, state.reason_each.of


def gates_in(workflow: Workflow) -> Iterator[Condition]:
    """What buttons and automatic exits wait for."""
    for state in workflow.states.values():
        yield from (auto.condition for auto in state.auto if auto.condition is not None)
    for action in actions_of(workflow):
        yield from (need.condition for need in action.needs)


def actions_of(workflow: Workflow) -> Iterator[Action]:
    """Every button."""
    yield from workflow.anywhere.values()
    for state in workflow.states.values():
        yield from state.actions.values()


def said_with(feedback: Iterable[Feedback]) -> Iterator[Condition]:
    """What messages wait for."""
    return (item.condition for item in feedback if item.condition is not None)


def marks_of(workflow: Workflow) -> set[str]:
    """Every milestone that a button sets."""
    return {mark for action in actions_of(workflow) for mark in action.marks}
