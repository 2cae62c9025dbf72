"""Which earlier answers may stand in a new form already, so that nobody types the same thing twice?

Pure. What is taken over is text for the inputs of the new form: somebody looks at it and sends it, or changes it first.
Agreements, signatures and files are never taken over: they are given each time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.definitions.expressions.walking import fields_read
from app.definitions.model.forms import Field, FieldType, Form
from app.engine import values
from app.engine.model.answers import Answers, Value
from app.engine.values.plan import plan_of

_NEVER = frozenset(
    {
        FieldType.CONSENT,
        FieldType.READ_RECEIPT,
        FieldType.SIGNATURE,
        FieldType.FILE,
        FieldType.INFO,
        FieldType.MATRIX,
        FieldType.REPEAT,
        FieldType.NATIONAL_NUMBER,
        FieldType.CASE,
        FieldType.SESSION,
    }
)
ABOUT_WHOM = "resident."
PLACE = "case.neighbourhood"
_OF_ONE_CASE = frozenset({"case.card_number"})
NO_FILLS: Mapping[str, str] = MappingProxyType({})
Raw = dict[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """One field that is filled in beforehand. ``looser``: the answer was more confidential where it comes from, so that
    somebody has to see whether all of it belongs here."""

    field: str
    raw: Mapping[str, Sequence[str]]
    looser: bool = False


def about_whom(new: Form, old: Form, answers: Answers, roles: Collection[str] = ()) -> list[Taken]:
    """Who it is about, by what fields stand for: name, birth, ways to reach, neighbourhood."""
    return list(_taken(new, old, answers, roles, lambda field: _same_person(old, field)))


def whole_case(
    new: Form, old: Form, answers: Answers, roles: Collection[str] = (), fills: Mapping[str, str] = NO_FILLS
) -> list[Taken]:
    """What the case was opened with too: what the button ``fills`` (field -> earlier field), the same meaning, or the
    same question (id, type and words, or block)."""
    urgent = fields_read(new.urgent_if.tree) if new.urgent_if else frozenset()

    def source(field: Field) -> Field | None:
        if field.id in fills:
            return old.field(fills[field.id])
        if field.id in urgent or field.means in _OF_ONE_CASE:
            return None
        return (old.meaning(field.means) if field.means else None) or _same_question(old, field)

    return list(_taken(new, old, answers, roles, source))


def filled(new: Form, old: Form, answers: Answers, fills: Mapping[str, str]) -> list[Taken]:
    """Only what is named: field -> earlier field."""
    return list(_taken(new, old, answers, (), lambda field: old.field(fills.get(field.id, ""))))


def known(new: Form, told: Mapping[str, str]) -> list[Taken]:
    """From a thin record: ``means`` -> text as a person wrote it. What the new field cannot read stays out."""
    found = []
    for field in new.fields():
        text = told.get(field.means, "") if field.means else ""
        raw = _read(field, (text,)) if text and _takes(field, ()) and not values.parts_of(field) else None
        if raw is not None:
            found.append(Taken(field.id, _inputs(new, field, raw)))
    return found


def _taken(
    new: Form, old: Form, answers: Answers, roles: Collection[str], source: Callable[[Field], Field | None]
) -> Iterator[Taken]:
    for field in new.fields():
        before = source(field) if _takes(field, roles) else None
        value = answers.get(before.id) if before is not None else None
        if before is None or value is None or not _takes(before, roles):
            continue
        raw = _carried(before, field, value)
        if raw is not None:
            yield Taken(field.id, _inputs(new, field, raw), before.privacy > field.privacy)


def _takes(field: Field, roles: Collection[str]) -> bool:
    if field.only_for and not set(field.only_for) & set(roles):
        return False
    return field.type not in _NEVER and field.compute is None and field.shown


def _same_person(old: Form, field: Field) -> Field | None:
    means = field.means
    return old.meaning(means) if means.startswith(ABOUT_WHOM) or means == PLACE else None


def _same_question(old: Form, field: Field) -> Field | None:
    before = old.field(field.id)
    if before is None or before.type is not field.type or before.means != field.means:
        return None
    same = bool(field.block) and before.block == field.block
    return before if same or before.label == field.label else None


def _carried(old: Field, new: Field, value: Value) -> tuple[str, ...] | None:
    """The value as texts of the new field, when that reads it as the same."""
    if len(values.parts_of(old)) != len(values.parts_of(new)):
        return None
    return _read(new, values.raw_of(old, value))


def _read(field: Field, raw: Sequence[str]) -> tuple[str, ...] | None:
    try:
        found = values.coerce(field, raw)
    except values.Rejected:
        return None
    return values.raw_of(field, found) if found is not None else None


def _inputs(form: Form, field: Field, raw: Sequence[str]) -> Raw:
    names = plan_of(form).inputs[field.id].names
    if len(names) == 1:
        return {names[0]: list(raw)}
    return {name: [text] for name, text in zip(names, raw, strict=True) if text}
