"""Which answers have a place in another version of the form, and which have not?

An answer goes along where the field has the same id and type there and the option, row or column still exists. What is
computed is computed anew; what the other version hides is absent there, as everywhere; no default is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.definitions.model.forms import Field, FieldType, Form, Option, OptionList
from app.engine.facts_of import SHOWN_CLASS
from app.engine.judging.layout import layout_of
from app.engine.judging.settling import Reader, Sheet, settle
from app.engine.model.answers import Answers, Moment, Value
from app.engine.values import Given, show
from app.engine.values.stored import rows_of

HIDDEN = "hidden"
"""The part of an answer that is there but may not be seen in the other version."""
_NONE = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer, or the ``part`` of it (an option, row or column), without a place. ``shown`` is what was answered, in
    words: of class 2 and 3 never."""

    field: str
    label: str
    part: str = ""
    shown: str = ""


@dataclass(slots=True)
class _Carry:
    """What goes along so far, and what does not."""

    old: Form
    new: Form
    kept: dict[str, Value] = field(default_factory=dict)
    lost: dict[tuple[str, str], Lost] = field(default_factory=dict)

    def lose(self, item: Field, part: str = "", value: Value | None = None) -> None:
        shown = show(item, value) if value is not None and not part and item.privacy <= SHOWN_CLASS else ""
        self.lost.setdefault((item.id, part), Lost(item.id, item.label, part, shown))


def carried(
    old: Form, new: Form, own: Answers, moment: Moment, audience: str = ""
) -> tuple[Answers, tuple[Lost, ...]]:
    """The answers ``own`` of a submission of ``old`` as answers of ``new``, and what they lose on the way.

    ``audience`` is whose form was filled in, for conditions that ask.
    """
    if old is new:
        return own, ()
    carry = _Carry(old, new)
    for item in old.fields():
        if item.compute is None:
            _field(carry, item, own)
    answers = _settled(carry, moment, audience)
    for name, value in carry.kept.items():
        _hidden(carry, name, value, answers.get(name))
    return answers, tuple(carry.lost.values())


def _settled(carry: _Carry, moment: Moment, audience: str) -> Answers:
    """As the new version sees them: what it hides is gone, what it computes is there."""
    given = Given(carry.kept, blank=frozenset(_left_blank(carry)))
    sheet = Sheet(layout_of(carry.new), given, Reader(audience, _NONE, carry.kept), moment)
    settle(sheet)
    return sheet.answers


def _left_blank(carry: _Carry) -> Iterator[str]:
    """Every id of the new version that has no answer."""
    for item in carry.new.fields():
        names = [item.id]
        if item.type is FieldType.MATRIX:
            rows = [f"{item.id}.{row.id}" for row in _options(item.rows)]
            names = [*rows, *(f"{row}.{child.id}" for row in rows for child in item.each)]
        elif item.type is FieldType.REPEAT:
            places = range(len(rows_of(carry.kept.get(item.id, ()))))
            names = [f"{item.id}.{place}.{column.id}" for place in places for column in item.fields]
        yield from (name for name in names if name not in carry.kept)


# One field -------------------------------------------------------------------------------------------------


def _field(carry: _Carry, item: Field, own: Answers) -> None:
    other = _same(item, (carry.new.field(item.id),))
    if item.type is FieldType.MATRIX:
        _matrix(carry, item, other, own)
        return
    value = own.get(item.id)
    if value is None or _silent(carry.old, item, value):
        if other is not None and value is not None:
            carry.kept[item.id] = value
        return
    if other is None:
        carry.lose(item, value=value)
    elif item.type is FieldType.REPEAT:
        rows = tuple(_row(carry, item, other, row) for row in rows_of(value))
        carry.kept[item.id] = rows
    else:
        left = _without_gone(carry, item, (item, other), value)
        if left is not None:
            carry.kept[item.id] = left


def _same(item: Field, others: tuple[Field | None, ...]) -> Field | None:
    """The field that takes its answers over: same id, same type, not computed."""
    return next(
        (
            o
            for o in others
            if o is not None and o.id == item.id and o.type is item.type and o.compute is None
        ),
        None,
    )


def _matrix(carry: _Carry, item: Field, other: Field | None, own: Answers) -> None:
    rows = {row.id for row in _options(other.rows)} if other is not None else set()
    for name, value in own.items():
        row, _, child_id = name.removeprefix(f"{item.id}.").partition(".")
        if not name.startswith(f"{item.id}.") or value is None:
            continue
        child = next((each for each in item.each if each.id == child_id), None)
        if other is None:
            carry.lose(item)
        elif row not in rows:
            carry.lose(item, row)
        elif not child_id:
            _put(carry, name, item, (item, other), value)
        elif child is not None and child.compute is None:
            there = _same(child, other.each)
            if there is None:
                carry.lose(item, child_id)
            else:
                _put(carry, name, item, (child, there), value)


def _put(carry: _Carry, name: str, of: Field, pair: tuple[Field, Field], value: Value) -> None:
    left = _without_gone(carry, of, pair, value)
    if left is not None:
        carry.kept[name] = left


def _row(carry: _Carry, item: Field, other: Field, row: Mapping[str, Value]) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for column in item.fields:
        value = row.get(column.id)
        if value is None or column.compute is not None:
            continue
        there = _same(column, other.fields)
        left = None if there is None else _without_gone(carry, item, (column, there), value)
        if there is None:
            carry.lose(item, column.id)
        elif left is not None:
            found[column.id] = left
    return found


# Options ---------------------------------------------------------------------------------------------------


def _without_gone(carry: _Carry, of: Field, pair: tuple[Field, Field], value: Value) -> Value | None:
    """The answer without the options that are no more; ``None`` when nothing of it is left."""
    gone = {option.id for option in _choices(carry.old, pair[0])} - {
        option.id for option in _choices(carry.new, pair[1])
    }
    if isinstance(value, str) and value in gone:
        carry.lose(of, value)
        return None
    if not isinstance(value, tuple) or not gone:
        return value
    for option in (item for item in value if isinstance(item, str) and item in gone):
        carry.lose(of, option)
    left = tuple(item for item in value if not (isinstance(item, str) and item in gone))
    return left or None


def _choices(form: Form, item: Field) -> tuple[Option, ...]:
    source = form.field(item.options_from_rows) if item.options_from_rows else None
    return _options(source.rows if source is not None else item.options)


def _options(options: OptionList | None) -> tuple[Option, ...]:
    return options.options if options is not None else ()


def _silent(form: Form, item: Field, value: Value) -> bool:
    """Whether it is stored but no answer (niet_besproken)."""
    return isinstance(value, str) and any(
        option.silent and option.id == value for option in _choices(form, item)
    )


# Hidden ----------------------------------------------------------------------------------------------------


def _hidden(carry: _Carry, name: str, value: Value, there: Value | None) -> None:
    item = carry.new.field(name) or carry.new.field(name.rpartition(".")[0]) or _matrix_of(carry.new, name)
    if item is None or there == value or _silent(carry.new, item, value):
        return
    if item.type is not FieldType.REPEAT:
        if there is None:
            carry.lose(item, HIDDEN)
        return
    told = sum(len(row) for row in rows_of(value))
    computed = {column.id for column in item.fields if column.compute is not None}
    left = sum(1 for row in rows_of(there or ()) for column in row if column not in computed)
    if left < told:
        carry.lose(item, HIDDEN)


def _matrix_of(form: Form, name: str) -> Field | None:
    return next((item for item in form.fields() if name.startswith(f"{item.id}.")), None)
