"""Who is a case about, and who sent them? Thin records, by what fields stand for (``means:``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.definitions.model.forms import Form
from app.engine import values
from app.engine.model.answers import Answers, PartialDate
from app.storage import ids
from app.storage.database import Transaction

_PARTS = (("first_name", "resident.first_name"), ("family_name", "resident.name"))
_KEPT = ("name", "called", "phone", "mobile", "email", "address", "birth")


def meaning(form: Form, answers: Answers, means: str) -> str:
    """The answer that stands for ``means``, as a person reads it; ``""`` when blank."""
    field = form.meaning(means)
    value = answers.get(field.id) if field else None
    if field is None or value is None:
        return ""
    return value if isinstance(value, str) and not field.options else values.show(field, value)


def shown(form: Form, answers: Answers, means: str) -> str:
    """The answer that stands for ``means``, as it is written in this country (a telephone number in groups)."""
    field = form.meaning(means)
    value = answers.get(field.id) if field else None
    return "" if field is None or value is None else values.show(field, value)


def option(form: Form, answers: Answers, means: str) -> str:
    """The chosen option id behind ``means``; ``""`` when blank."""
    field = form.meaning(means)
    value = answers.get(field.id) if field else None
    return value if isinstance(value, str) else ""


def called(form: Form, answers: Answers) -> str:
    """How to name the resident on a page: the name used, else first and family name."""
    return meaning(form, answers, "resident.called") or full_name(form, answers)


def full_name(form: Form, answers: Answers) -> str:
    """First and family name, as far as known."""
    parts = (meaning(form, answers, f"resident.{part}") for part in ("first_name", "name"))
    return " ".join(part for part in parts if part)


def greeted(form: Form, answers: Answers) -> str:
    """How to greet the resident: the name used, else the first name, else the whole name."""
    first = meaning(form, answers, "resident.called") or meaning(form, answers, "resident.first_name")
    return first or full_name(form, answers)


def listed(form: Form, answers: Answers) -> str:
    """The name used, or else the first name, with the family name: what a list shows."""
    first = meaning(form, answers, "resident.called") or meaning(form, answers, "resident.first_name")
    return " ".join(part for part in (first, meaning(form, answers, "resident.name")) if part)


def is_named(form: Form, answers: Answers) -> bool:
    """Whether the answers name somebody."""
    return bool(called(form, answers))


def record(tx: Transaction, form: Form, answers: Answers, *, keyed: int) -> dict[str, Any]:
    """A new thin record from the answers, as a row that is not written yet; ``keyed``: the rules of its keys."""
    key = ids.new_id()
    kept = {name: text for name in _KEPT if (text := meaning(form, answers, f"resident.{name}"))}
    kept.setdefault("called", called(form, answers))
    for part, means in _PARTS:
        if text := meaning(form, answers, means):
            kept[part] = text
    if full := full_name(form, answers):
        kept["name"] = full
    return {
        "municipality": tx.municipality,
        "id": key,
        "sealed": seal(tx, key, kept),
        "keyed": keyed,
        "merged_into": None,
        "birth_year": birth_year(form, answers),
        "neighbourhood": option(form, answers, "case.neighbourhood"),
        "language": option(form, answers, "resident.language")[:20],
        "contact_person": None,
        "version": 1,
        "created_at": tx.now,
    }


def seal(tx: Transaction, key: int, kept: Mapping[str, Any]) -> bytes:
    """What is personal in a record, sealed for its place."""
    return tx.sealer.seal_json(("person", key, "sealed"), dict(kept))


def birth(form: Form, answers: Answers) -> PartialDate | None:
    """When the resident was born, as far as known."""
    field = form.meaning("resident.birth")
    value = answers.get(field.id) if field else None
    if isinstance(value, date):
        return PartialDate(value.year, value.month, value.day)
    return value if isinstance(value, PartialDate) else None


def birth_year(form: Form, answers: Answers) -> int | None:
    """The year of birth, when known."""
    found = birth(form, answers)
    return found.year if found else None


def referrer_of(tx: Transaction, row: Mapping[str, Any]) -> dict[str, str]:
    """Who sent a case: name, email, phone, function, wish, code; empty when nobody did or it was erased."""
    if row["referrer"] is None:
        return {}
    opened: dict[str, str] = tx.sealer.open_json(("cases", row["id"], "referrer"), row["referrer"])
    return opened
