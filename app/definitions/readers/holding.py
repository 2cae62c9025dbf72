"""How does ``holds:`` of a consent become how long it holds?"""

from __future__ import annotations

from app.definitions.model.consents import Holding
from app.definitions.model.forms import FieldType, Form, FormKind
from app.definitions.model.nodes import MappingNode
from app.definitions.readers.deadlines import read_duration, read_reminders
from app.definitions.readers.desk import Desk, quiet, text_node


def read_holds(node: MappingNode, kind: FieldType, desk: Desk) -> Holding | None:
    """``{until: tot_wanneer, or: 24 months, remind: 10 working days before}``; ``None`` where there is none or it has
    no end (told)."""
    written = node.get("holds")
    if kind is not FieldType.CONSENT or not isinstance(written, MappingNode):
        return None
    duration = read_duration(text_node(written, "or"), desk)
    remind = read_reminders(written, desk)
    return Holding(duration, quiet(written).text("until"), remind) if duration is not None else None


def check_holding(form: Form, desk: Desk) -> None:
    """``until:`` names a date of the same form (``R209``); only in a form that opens a case does a consent end by
    itself (``S179``)."""
    dates = {item.id for item in form.fields() if item.type is FieldType.DATE}
    for top in form.fields():
        for item in (top, *top.fields):
            if item.holds is None:
                continue
            if form.kind is not FormKind.CASE:
                desk.tell("S179", item.span, id=item.id)
            elif item.holds.until and not desk.is_lost(item.holds.until):
                desk.refer("field", item.holds.until, item.span, dates)
