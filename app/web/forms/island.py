"""What must the browser know to hide what does not apply?

A JSON object: ``show`` (name -> tree, sections as ``section:<id>``), ``rows`` (repeat -> column -> tree), ``matrix``
(matrix -> child -> tree), ``urgent`` (tree), ``types`` (name -> how its inputs are read). The server judges again.
"""

from __future__ import annotations

from app.definitions.expressions.as_json import to_json
from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Field, FieldType, Form
from app.texts import addressed, say

Json = dict[str, object]


def island(form: Form, language: str = "nl") -> Json:
    """See the module."""
    result: Json = {
        "form": form.id,
        "show": _shown(form),
        "rows": _inside(form, FieldType.REPEAT),
        "matrix": _inside(form, FieldType.MATRIX),
        "types": {item.id: _type(item) for item in form.fields()},
        "say": {code: _said(form, code, language) for code in SAID},
    }
    if form.warn:
        result["warn"] = [_tree(warn.condition) for warn in form.warn]
    if form.urgent_if is not None:
        result["urgent"] = _tree(form.urgent_if)
    return result


def _said(form: Form, code: str, language: str) -> str:
    return say(addressed(f"forms.script.{code}", form.address_form, language), language)


SAID = (  # texts the scripts need
    "saved",
    "saving",
    "unsaved",
    "offline",
    "clean",
    "waiting",
    "not_sent",
    "left",
    "clear",
    "signed_out",
    "done",
    "of",
    "row_added",
    "row_removed",
    "place",
    "last_place",
)


def _shown(form: Form) -> Json:
    shown: Json = {
        f"section:{section.id}": _tree(section.show_if)
        for section in form.sections
        if section.show_if is not None
    }
    for item in form.fields():
        if item.show_if is not None:
            shown[item.id] = _tree(item.show_if)
    return shown


def _inside(form: Form, kind: FieldType) -> Json:
    """Conditions of the fields inside repeats or matrices, and what a row's columns are."""
    result: Json = {}
    for item in form.fields():
        if item.type is kind:
            children = item.fields if kind is FieldType.REPEAT else item.each
            result[item.id] = {
                "show": {child.id: _tree(child.show_if) for child in children if child.show_if is not None},
                "types": {child.id: _type(child) for child in children},
                "ids": list(item.rows.ids) if item.rows else [],
            }
    return result


def _type(item: Field) -> Json:
    silent = [option.id for option in item.options.options if option.silent] if item.options else []
    if item.type is FieldType.YES_NO_UNASKED and not silent:
        silent = ["niet_besproken"]
    told: Json = {"type": item.type.value}
    if silent:
        told["silent"] = silent
    if item.default is not None:
        told["default"] = item.default
    return told


def _tree(condition: Condition) -> object:
    return to_json(condition.tree)
