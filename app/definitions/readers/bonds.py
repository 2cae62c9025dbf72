"""How do ``cases:`` of a field and ``links:`` of a workflow become cases that belong together?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from app.definitions.model.bonds import Cases, Link
from app.definitions.model.forms import FieldType, Form
from app.definitions.model.nodes import MappingNode
from app.definitions.model.workflows import Action, Workflow
from app.definitions.privacy import highest
from app.definitions.readers.desk import Desk, key_span, mappings, quiet, words

CHILD, PARENT = "child", "parent"
SHOWN_UP_TO = 1


def read_cases(node: MappingNode, kind: FieldType) -> Cases | None:
    """``cases:`` of a field ``type: case``; whether its names exist is asked when every file was read."""
    written = node.get("cases")
    if kind is not FieldType.CASE or not isinstance(written, MappingNode):
        return None
    take = quiet(written)
    return Cases(take.text("of"), take.texts("in"), take.texts("shows"), key_span(node, "cases"))


def read_links(node: MappingNode) -> tuple[Link, ...]:
    """``links:`` of a workflow, in order."""
    return tuple(
        Link(
            quiet(item).text("field"),
            quiet(item).text("as") == PARENT,
            MappingProxyType(dict(words(item, "presses"))),
            item.span,
        )
        for item in mappings(node, "links")
    )


def check_bonds(forms: Mapping[str, Form], workflows: Mapping[str, Workflow], desk: Desk) -> None:
    """What can be chosen exists and shows nothing confidential; every button that is pressed along can be."""
    for form in forms.values():
        for field in form.fields():
            if field.cases is not None:
                _check_cases(field.cases, forms, workflows, desk)
    for workflow in workflows.values():
        for link in workflow.links:
            _check_link(workflow, link, (forms, workflows), desk)


def _check_cases(
    cases: Cases, forms: Mapping[str, Form], workflows: Mapping[str, Workflow], desk: Desk
) -> None:
    if not desk.refer("form", cases.of, cases.span):
        return
    form = forms.get(cases.of)
    workflow = workflows.get(form.workflow) if form is not None else None
    if form is None or workflow is None:
        return
    for state in cases.states:
        desk.refer("state", state, cases.span, workflow.states)
    for name in cases.shows:
        field = form.field(name)
        known = desk.refer("field", name, cases.span, {item.id for item in form.fields()})
        if known and field is not None and highest(field) > SHOWN_UP_TO:
            desk.tell("P538", cases.span, name=name, privacy=highest(field))


def _check_link(
    workflow: Workflow, link: Link, known: tuple[Mapping[str, Form], Mapping[str, Workflow]], desk: Desk
) -> None:
    forms, workflows = known
    fields = [forms[name].field(link.field) for name in workflow.forms if name in forms]
    cases = next((item.cases for item in fields if item is not None and item.cases is not None), None)
    if cases is None:
        if fields:
            desk.tell("S175", link.span, name=link.field)
        return
    other = workflows.get(forms[cases.of].workflow) if cases.of in forms else None
    own = {name for state in workflow.states for name in workflow.actions_of(state)}
    for here, there in link.presses.items():
        if here not in own:
            desk.tell("G470", link.span, action=here, known=", ".join(sorted(own)))
        if other is not None and not any(map(_plain, _named(other, there))):
            desk.tell("G486", link.span, action=there, workflow=other.id)


def _named(workflow: Workflow, name: str) -> Iterator[tuple[Workflow, Action]]:
    for state in workflow.states:
        action = workflow.actions_of(state).get(name)
        if action is not None:
            yield workflow, action


def _plain(found: tuple[Workflow, Action]) -> bool:
    """A button that asks nothing: no form, no reason, no attempts, nothing exceptional."""
    workflow, action = found
    target = workflow.states.get(action.to)
    asks = (
        target is not None and target.end and (target.reasons is not None or target.reason_each is not None)
    )
    return not (action.form or action.open_form or action.again or action.does or asks)
