"""Which warnings of a form hold with what is filled in so far? They stop nobody."""

from __future__ import annotations

from app.definitions.model.forms import Form
from app.engine.judging.layout import layout_of
from app.engine.judging.settling import Reader, Sheet, settle
from app.engine.model.answers import Moment
from app.engine.values.given import Given

WARNED = "warn"
"""The code of a ``FieldError`` that only warns, in the author's own words."""


def warned(
    form: Form, given: Given, moment: Moment, *, audience: str = "", roles: frozenset[str] = frozenset()
) -> tuple[int, ...]:
    """The places in ``Form.warn`` of those that hold and whose field can be seen: hidden means absent."""
    if not form.warn:
        return ()
    layout = layout_of(form)
    sheet = Sheet(layout, given, Reader(audience, roles, {}), moment)
    settle(sheet)
    return tuple(
        number
        for number, warning in enumerate(layout.warnings)
        if warning.at in sheet.visible and warning.holds(sheet.facts) is True
    )
