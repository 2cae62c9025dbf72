"""Do the other names in a definition exist: what a consent shares, who a field is for, the date a term counts from?"""

from __future__ import annotations

from collections.abc import Sequence

from app.definitions.model.forms import Form
from app.definitions.model.nodes import MappingNode
from app.definitions.model.workflows import Workflow
from app.definitions.readers.actions import ACTORS, check_role
from app.definitions.readers.deadlines import FROM
from app.definitions.readers.desk import Desk, text_node
from app.definitions.readers.workflows import walk


def check_names(form: Form, desk: Desk) -> None:
    """``shares:`` names fields, blocks or sections of the form; ``only_for:`` is no misspelt role."""
    blocks = {item.block for item in form.fields() if item.block}
    shareable = {item.id for item in form.fields()} | blocks
    roles = {*ACTORS, *desk.names.get("contact_point", ())}
    for top in form.fields():
        for item in (top, *top.each, *top.fields):
            for name in item.shares:
                desk.refer("field", name, item.span, shareable)
            for name in set(item.only_for) - roles:
                check_role(name, item.span, roles, desk)


def check_dates(workflow: Workflow, node: MappingNode, forms: Sequence[Form], desk: Desk) -> None:
    """A term that counts from a date field needs that date: required, and never hidden (``P522``)."""
    sure = {
        item.id
        for form in forms
        for section in form.sections
        for item in section.fields
        if item.required and item.show_if is None and section.show_if is None
    }
    dates = {item.id for form in forms for item in form.fields() if item.type == "date"} - sure
    for item in walk(node):
        found = text_node(item, "deadline")
        match = FROM.fullmatch(found.text.strip()) if found is not None else None
        if found is not None and match and match["since"] in dates:
            desk.tell("P522", found.span, name=match["since"])
