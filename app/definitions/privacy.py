"""Does a form say why, for how long, under whose answer and with which way out it asks personal things?"""

from __future__ import annotations

from collections.abc import Iterator

from app.definitions.model.forms import Field, FieldType, Form, FormKind
from app.definitions.model.nodes import MappingNode
from app.definitions.readers.desk import Desk

NO_DATA = frozenset({FieldType.INFO})
STATEMENTS = frozenset({FieldType.CONSENT, FieldType.READ_RECEIPT})
MANDATORY = {"audience": "P501", "controller": "P502", "legal_basis": "P503", "retention": "P504"}


def check_form(form: Form, node: MappingNode, desk: Desk) -> None:
    """A form that stands on its own names audience, controller, legal basis and retention; then each field."""
    if form.kind is not FormKind.ACTION:
        for key, code in MANDATORY.items():
            if node.entry(key) is None:
                desk.tell(code, form.span, form=form.id)
    for field in form.fields():
        check_field(field, desk)


def check_field(field: Field, desk: Desk) -> None:
    """The field and all below it: a class, a why from class 2, a way not to tell, an authorisation."""
    for one in _with_children(field):
        if one.type in NO_DATA:
            continue
        if one.privacy < 0:
            desk.tell("S110", one.span, key="privacy")
        if one.privacy >= 2 and not one.why and not _explained(one):
            desk.tell("P510", one.span, id=one.id, privacy=one.privacy)
        if one.required and one.type not in STATEMENTS and highest(one) == 3 and not _way_out(one):
            desk.tell("P511", one.span, id=one.id)
        if one.type is FieldType.NATIONAL_NUMBER and not one.authorisation:
            desk.tell("P512", one.span, id=one.id)
        if one.type is FieldType.NATIONAL_NUMBER and one.privacy < 2:
            desk.tell("P513", one.span, id=one.id)


def _explained(field: Field) -> bool:
    """A consent says it in its own text; a repeat through the children that have its class."""
    if field.type in STATEMENTS:
        return True
    private = [child for child in field.fields if child.privacy >= 2]
    reaches = max((child.privacy for child in private), default=0) >= field.privacy
    return reaches and all(child.why or child.type in STATEMENTS for child in private)


def highest(field: Field) -> int:
    """The class of a field, or of its most private row."""
    rows = (option.privacy or 0 for option in (field.rows.options if field.rows else ()))
    return max(field.privacy, max(rows, default=0))


def _way_out(field: Field) -> bool:
    return any(option.opt_out or option.silent for option in (field.options.options if field.options else ()))


def _with_children(field: Field) -> Iterator[Field]:
    yield field
    yield from field.each
    yield from field.fields
