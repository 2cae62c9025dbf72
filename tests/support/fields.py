"""How does a test make a field or a form in one line?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from app.definitions.model.forms import Field, FieldType, Form, Limits, Option, OptionList, Section
from app.definitions.model.rules import Rule
from app.engine.model.answers import Moment

MOMENT = Moment(datetime(2026, 11, 9, 8, 40, tzinfo=UTC), date(2026, 11, 9))


def options(*ids: str, ordered: bool = False, silent: tuple[str, ...] = ()) -> OptionList:
    """Options whose label is their id in capitals."""
    return OptionList("", tuple(Option(each, each.upper(), silent=each in silent) for each in ids), ordered)


def make(kind: str, name: str = "veld", **more: Any) -> Field:
    """A field of that type; limits by their own names (``max_length=5``)."""
    known = {each for each in Limits.__dataclass_fields__ if each in more}
    limits = Limits(**{each: more.pop(each) for each in known})
    return Field(name, FieldType(kind), more.pop("label", name.capitalize()), 1, limits=limits, **more)


def form_of(*fields: Field, rules: tuple[Rule, ...] = ()) -> Form:
    """A form with one section."""
    return Form("proef", "Proef", (Section("een", "Een", fields),), rules=rules)
