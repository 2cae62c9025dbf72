"""A consent can end after it was given: taken back, or by itself. What is so of the answers then?

What a form asks holds of what was sent. So consents as they were sent get cells of their own (``akkoord@sent``), which
the form's requirements are about; conditions read what is left of them: nothing holds that was not given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from app.definitions.expressions.walking import fields_read
from app.definitions.model.expressions import Condition, FieldRef, ValueType
from app.definitions.model.forms import FieldType, Form
from app.definitions.proofs.cells import cells_of, true
from app.definitions.proofs.core import implied
from app.definitions.proofs.expanding import Expander
from app.definitions.proofs.requirements import Needs

SENT = "@sent"


def over(form: Form, needs: Needs, expander: Expander) -> Needs:
    """What is so of each cell once the consents of ``form`` may be over."""
    names = frozenset(name for name, cell in cells_of(form).items() if cell.field.type is FieldType.CONSENT)
    found: Needs = {
        f"{name}{SENT}" if name in names else name: [_sent(core, names) for core in cores]
        for name, cores in needs.items()
    }
    for name in sorted(names):
        now = expander.of(true(FieldRef(name, ValueType.BOOLEAN)))
        found[name] = [implied(now, _sent(now, names))]
    return found


def _sent(part: Any, names: frozenset[str]) -> Any:
    """The same about what was sent."""
    if isinstance(part, FieldRef):
        return replace(part, field=f"{part.field}{SENT}") if part.field in names else part
    if isinstance(part, tuple):
        return tuple(_sent(item, names) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{item.name: _sent(getattr(part, item.name), names) for item in fields(part)})
    return part


def consents_read(forms: Iterable[Form], conditions: Iterable[Condition]) -> tuple[str, ...]:
    """The consents of the forms that one of the conditions reads, in order; of a repeat with consents its own id."""
    known = {
        top.id
        for form in forms
        for top in form.fields()
        if any(item.type is FieldType.CONSENT for item in (top, *top.fields))
    }
    read: dict[str, None] = {}
    for condition in conditions:
        read.update((name, None) for name in sorted(fields_read(condition.tree) & known))
    return tuple(read)
