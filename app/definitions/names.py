"""Do the other names in a definition exist: what a consent shares, who a field is for, the date a term counts from?"""

from __future__ import annotations

from collections.abc import Sequence

from app.definitions.counterexamples import PARAMETER
from app.definitions.model.forms import FieldType, Form
from app.definitions.model.nodes import MappingNode
from app.definitions.model.workflows import Workflow
from app.definitions.proofs.needed import left_blank
from app.definitions.proofs.spaces import Spaces, spaces_of
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
    """A term that counts from a date field needs that date: nobody can leave it blank (``P522``)."""
    dates = {item.id for form in forms for item in form.fields() if item.type is FieldType.DATE}
    spaces: Spaces | None = None
    for item in walk(node):
        found = text_node(item, "deadline")
        match = FROM.fullmatch(found.text.strip()) if found is not None else None
        if found is None or match is None or match["since"] not in dates:
            continue
        spaces = spaces or spaces_of(workflow, forms, sub_case=False)
        example = left_blank(match["since"], spaces)
        if example is not None:
            desk.tell("P522", found.span, name=match["since"], **{PARAMETER: example.written()})
