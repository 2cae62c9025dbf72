"""Does what is filled in so far call for the numbers to ring now?"""

from __future__ import annotations

from app.definitions.model.forms import Form
from app.engine.evaluate import holds
from app.engine.facts_of import field_refs
from app.engine.judging.layout import layout_of
from app.engine.judging.settling import Reader, Sheet, settle
from app.engine.model.answers import Moment
from app.engine.values.given import Given


def is_urgent(
    form: Form, given: Given, moment: Moment, *, audience: str = "", roles: frozenset[str] = frozenset()
) -> bool:
    """Whether ``urgent_if`` holds: hidden means absent, and a default counts once it is shown."""
    if form.urgent_if is None:
        return False
    sheet = Sheet(layout_of(form), given, Reader(audience, roles, {}), moment)
    settle(sheet)
    return holds(form.urgent_if, sheet.facts)


def asked_by(form: Form) -> tuple[str, ...]:
    """The fields that ``urgent_if`` reads, as flat ids."""
    return field_refs(form.urgent_if.tree) if form.urgent_if is not None else ()
