"""What does a workflow know of the answers that the forms behind its buttons give?

Written ``form_id.field``. Nothing of them is known before the first press; the latest press counts. Here a form becomes
what the rest reads: the same fields, conditions and rules under those longer names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from app.definitions.expressions.scope import scope_of
from app.definitions.model.expressions import And, CaseRef, Condition, Expr, Not, Or, ValueType
from app.definitions.model.forms import Field, Form, FormKind, Limits
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.rules import Rule
from app.definitions.readers.desk import quiet
from app.definitions.resolve import renamed

PRESSED = "form:"
"""Begins the name of the milestone that a form behind a button was filled in."""
RELATIVE = "today"


def pressed(form_id: str) -> Expr:
    """That the form behind a button was filled in."""
    return CaseRef(f"!{PRESSED}{form_id}", ValueType.BOOLEAN)


def longer(form: Form) -> Form:
    """The form with everything under ``form_id.``: what its fields mean for a new case no longer counts."""
    known = {item.id: f"{form.id}.{item.id}" for item in form.fields()}
    names = {name: f"{form.id}.{name}" for name in scope_of(form.fields()).fields} | known
    sections = tuple(
        replace(section, fields=tuple(_field(item, names) for item in section.fields),
                show_if=_named(section.show_if, names))
        for section in form.sections
    )  # fmt: skip
    rules = tuple(
        Rule(renamed(rule.condition, names), rule.message, rule.at, rule.span) for rule in form.rules
    )
    return Form(form.id, form.title, sections, form.kind, rules=rules, span=form.span)


def _field(item: Field, names: Mapping[str, str]) -> Field:
    changed: Field = renamed(
        replace(item, options_from_rows="", means="", limits=_limits(item.limits)), names
    )
    return replace(changed, id=names[item.id])


def _limits(limits: Limits) -> Limits:
    """Without what was asked of the day of the press: by now it is another day."""
    low, high = (None if text and RELATIVE in text else text for text in (limits.min, limits.max))
    return replace(limits, min=low, max=high)


def _named(condition: Condition | None, names: Mapping[str, str]) -> Condition | None:
    return renamed(condition, names) if condition is not None else None


def gated(form: Form) -> Form:
    """A later form as conditions see it: nothing of it is there, and nothing asked, before the press."""
    gate = Condition(form.id, pressed(form.id), ValueType.BOOLEAN)
    sections = tuple(
        replace(section, show_if=gate if section.show_if is None else _both(gate, section.show_if))
        for section in form.sections
    )
    rules = tuple(
        replace(rule, condition=replace(rule.condition, tree=Or((Not(gate.tree), rule.condition.tree))))
        for rule in form.rules
    )
    return replace(form, sections=sections, rules=rules)


def _both(gate: Condition, own: Condition) -> Condition:
    return replace(own, tree=And((gate.tree, own.tree)))


# Which forms ------------------------------------------------------------------------------------------------


def later_forms(
    node: MappingNode, openers: tuple[Form, ...], forms: Mapping[str, Form]
) -> Mapping[str, Form]:
    """The forms behind the buttons of a workflow whose answers its file names, under their longer names. Where a field
    of the case itself is called so, that one is meant."""
    found: dict[str, Form] = {}
    texts = [item.text for item in _parts(node) if isinstance(item, ScalarNode)]
    own = [item.id for form in openers for item in form.fields()]
    for form in _behind_buttons(node, forms):
        named = any(re.search(rf"(?<![a-z0-9_.]){form.id}\.[a-z]", text) for text in texts)
        if named and not any(name == form.id or name.startswith(f"{form.id}.") for name in own):
            found[form.id] = longer(form)
    return MappingProxyType(found)


def _behind_buttons(node: MappingNode, forms: Mapping[str, Form]) -> Iterator[Form]:
    buttons = (item for item in _parts(node) if isinstance(item, MappingNode))
    for name in dict.fromkeys(quiet(item).text("form") for item in buttons):
        form = forms.get(name)
        if form is not None and form.kind is FormKind.ACTION:
            yield form


def _parts(node: MappingNode) -> Iterator[object]:
    """Everything that stands in a file."""
    stack: list[object] = [node]
    while stack:
        part = stack.pop()
        yield part
        if isinstance(part, MappingNode):
            stack.extend(entry.value for entry in reversed(part.entries))
        else:
            stack.extend(reversed(getattr(part, "items", ())))


def form_of(flat_id: str, later: Mapping[str, Form]) -> str:
    """The later form whose answer that is, ``""`` when it is the case's own."""
    return next((name for name in later if flat_id.startswith(f"{name}.")), "")
