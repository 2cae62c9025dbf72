"""Is there something to choose in every field that asks for a session?"""

from __future__ import annotations

from collections.abc import Mapping

from app.definitions.model.forms import FieldType, Form
from app.definitions.model.nodes import MappingNode
from app.definitions.model.workflows import Workflow
from app.definitions.readers.desk import Desk, quiet


def check_sessions(forms: Mapping[str, Form], workflows: Mapping[str, Workflow], desk: Desk) -> None:
    """Every field of type ``session`` is the ``by:`` of a workflow that registers its form (``G485``)."""
    if any(kind == "workflow" for kind, _ in desk.broken):
        return
    named = {_named(desk.sheets[("workflow", name)].node) for name in workflows}
    for form in forms.values():
        for field in form.fields():
            if field.type is FieldType.SESSION and (form.id, field.id) not in named:
                desk.tell("G485", field.span, name=field.id, form=form.id)


def _named(node: MappingNode) -> tuple[str, str]:
    written = node.get("sessions")
    if not isinstance(written, MappingNode):
        return "", ""
    return quiet(written).text("registers"), quiet(written).text("by")
