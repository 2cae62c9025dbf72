"""How long is a case kept, by which rule of its form, and what of it may stay without anybody in it?"""

from __future__ import annotations

from datetime import date

from app.definitions.model.forms import Field, FieldType, Form, Retention
from app.engine.durations import add_months
from app.engine.facts_of import Reading
from app.engine.model.answers import Answers, Value

DELETE, ANONYMISE = "delete", "anonymise"
SUBMITTED = "submitted"
_ONE = frozenset({FieldType.CHOICE, FieldType.YES_NO, FieldType.YES_NO_UNASKED, FieldType.SCALE})
_MANY = frozenset({FieldType.CHOICES, FieldType.TAGS})
_SOMEBODY = ("resident.", "referrer.")
"""What a field of somebody stands for (``means:``) begins with one of these."""


def rule_of(reading: Reading) -> Retention | None:
    """The first rule of the form whose condition holds; ``None`` where none does: then nothing may be destroyed."""
    return next((item for item in reading.form.retention if reading.holds(item.condition)), None)


def counts_from(rule: Retention, *, submitted_on: date, closed_on: date) -> date:
    """The day from which the months of a rule count."""
    return submitted_on if rule.after == SUBMITTED else closed_on


def ends_on(rule: Retention, since: date) -> date:
    """The first day on which it may be destroyed."""
    return add_months(since, rule.months)


def shortest(form: Form) -> int | None:
    """The fewest months any rule of a form keeps; ``None`` without rules."""
    return min((item.months for item in form.retention), default=None)


def anonymous(form: Form, answers: Answers) -> dict[str, Value]:
    """What reports count, with nobody in it: chosen options of closed lists, scores and the neighbourhood.

    No free words, dates, numbers, files, names or ways to reach, nor anything that says who somebody is.
    """
    found: dict[str, Value] = {}
    for item in form.fields():
        if item.means.startswith(_SOMEBODY):
            continue
        if item.type is FieldType.MATRIX:
            found |= _scores(item, answers)
            continue
        kept = _kept(item, answers.get(item.id))
        if kept is not None:
            found[item.id] = kept
    return found


def _kept(item: Field, value: Value | None) -> Value | None:
    if item.type is FieldType.NEIGHBOURHOOD:
        return value
    allowed = frozenset(item.options.ids) if item.options else frozenset()
    if item.type in _ONE and isinstance(value, str) and value in allowed:
        return value
    if item.type in _MANY and isinstance(value, tuple):
        return tuple(part for part in value if part in allowed) or None
    return None


def _scores(item: Field, answers: Answers) -> dict[str, Value]:
    """The score of each row, without what was said beside it."""
    allowed = frozenset(item.options.ids) if item.options else frozenset()
    keys = (f"{item.id}.{row}" for row in (item.rows.ids if item.rows else ()))
    return {key: answers[key] for key in keys if key in answers and answers[key] in allowed}
