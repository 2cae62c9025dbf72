"""What are the people and organisations called that somebody chose? As we know them, never as the page said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.engine.model.answers import Answers, PersonRef, Value
from app.engine.so_far import partner_names
from app.services.cases.load_case import Pinned

PARTNER, RESIDENT = "partner", "resident"


def known(answers: Answers, pinned: Pinned) -> Answers:
    """``answers`` with the names of colleagues and partners as they are; an id nobody has goes, its name stays."""
    return {name: _value(value, pinned) for name, value in answers.items()}


def _value(value: Value, pinned: Pinned) -> Value:
    if isinstance(value, PersonRef):
        return _person(value, pinned)
    if isinstance(value, tuple) and not all(isinstance(item, str) for item in value):
        return tuple(_value(item, pinned) for item in value)
    if isinstance(value, Mapping):
        return {name: _value(item, pinned) for name, item in value.items()}
    return value


def _person(ref: PersonRef, pinned: Pinned) -> PersonRef:
    if not ref.id or ref.kind == RESIDENT:
        return ref
    if ref.kind == PARTNER:
        name = partner_names(pinned.world, pinned.contact_points).get(ref.id, "")
        return replace(ref, name=name) if name else replace(ref, id="")
    worker = pinned.world.staffing.workers.get(ref.id)
    return replace(ref, name=worker.name) if worker is not None else replace(ref, id="")
