"""What of the answers leaves the house with somebody's consent? What it names, and nothing else.

Health, care and violence (class 3) and what only some functions may read leave only where the consent names that very
field; a block or matrix that is named does not bring them along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.definitions.model.expressions import FieldRef, RowRef
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.workflows import AlsoRule
from app.engine.facts_of import privacy_of
from app.engine.model.answers import Answers, Value

STRICTEST = 3


def shared_by(form: Form, rule: AlsoRule) -> tuple[str, ...]:
    """What the consent that a rule of ``also:`` asks for says it ``shares``; nothing when it is no single agreement."""
    tree = rule.consent.tree if rule.consent is not None else None
    if isinstance(tree, FieldRef):
        found = form.field(tree.field)
    elif isinstance(tree, RowRef):
        rows = form.field(rule.each)
        children = (*rows.fields, *rows.each) if rows is not None else ()
        found = next((child for child in children if child.id == tree.name), None)
    else:
        found = None
    return found.shares if found is not None and found.type is FieldType.CONSENT else ()


def consent_at(rule: AlsoRule, row: str) -> str:
    """The flat id of that agreement: of the form, or of one row."""
    tree = rule.consent.tree if rule.consent is not None else None
    if isinstance(tree, RowRef):
        return f"{rule.each}.{row}.{tree.name}"
    return tree.field if isinstance(tree, FieldRef) else ""


def shared(form: Form, answers: Answers, names: Iterable[str]) -> Answers:
    """The answers that a consent sharing ``names`` (fields and blocks) lets out."""
    wanted = frozenset(names)
    return {
        key: _without_strict(form.field(key), value)
        for key, value in answers.items()
        if key in wanted or (_inside(key, wanted) and not _kept_back(form, key))
    }


def _inside(key: str, names: frozenset[str]) -> bool:
    return any(key.startswith(f"{name}.") for name in names)


def _kept_back(form: Form, key: str) -> bool:
    """Whether an answer stays here unless it is named itself."""
    return privacy_of(form, key) >= STRICTEST or any(field.only_for for field in _around(form, key))


def _around(form: Form, key: str) -> Iterable[Field]:
    """The fields that an answer stands in: itself, and the matrix whose cell it is."""
    parts = key.split(".")
    found = (form.field(".".join(parts[:length])) for length in range(1, len(parts) + 1))
    return [field for field in found if field is not None]


def _without_strict(field: Field | None, value: Value) -> Value:
    """The rows of a repeat without the columns that stay here."""
    if field is None or field.type is not FieldType.REPEAT or not isinstance(value, tuple):
        return value
    strict = {child.id for child in field.fields if child.privacy >= STRICTEST or child.only_for}
    rows = (
        {name: cell for name, cell in row.items() if name not in strict}
        for row in value
        if isinstance(row, Mapping)
    )
    return tuple(rows)
