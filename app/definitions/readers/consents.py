"""How does ``withdrawn:`` of a state become what is to be done when a consent ends there?"""

from __future__ import annotations

from app.definitions.model.consents import Withdrawn
from app.definitions.model.forms import FieldType, Form
from app.definitions.model.nodes import MappingNode
from app.definitions.readers.actions import Room
from app.definitions.readers.deadlines import (
    Clock,
    check_ladder,
    read_deadline,
    read_escalations,
    read_reminders,
)
from app.definitions.readers.desk import key_span, mappings, quiet


def read_withdrawn(node: MappingNode, clock: Clock, room: Room) -> tuple[Withdrawn, ...]:
    """What is to be done when a consent ends in this state; names that are no consent are told (``R209``)."""
    found: list[Withdrawn] = []
    for item in mappings(node, "withdrawn"):
        of = _consents(item, room)
        deadline = read_deadline(item, clock, room.expressions)
        if deadline is None or not of:
            continue
        check_ladder(deadline, item, "withdrawn", room.desk)
        found.append(
            Withdrawn(
                of,
                quiet(item).text("task"),
                deadline,
                read_reminders(item, room.desk),
                read_escalations(item, room.desk),
                key_span(item, "of"),
            )
        )
    return tuple(found)


def _consents(node: MappingNode, room: Room) -> tuple[str, ...]:
    """The consents that ``of:`` names: of the form itself, or of the rows of a repeat as ``mensen.akkoord``."""
    known = {name for form in room.expressions.forms for name in consents_of(form)}
    written = quiet(node).scalars("of")
    return tuple(
        item.text.strip()
        for item in written
        if room.expressions.names_field(item.text.strip(), item.span, known)
    )


def consents_of(form: Form) -> tuple[str, ...]:
    """Every consent of a form by its flat id, those in rows under their repeat."""
    own = [item.id for item in form.fields() if item.type is FieldType.CONSENT]
    rows = [
        f"{top.id}.{item.id}"
        for top in form.fields()
        if top.type is FieldType.REPEAT
        for item in top.fields
        if item.type is FieldType.CONSENT
    ]
    return (*own, *rows)
