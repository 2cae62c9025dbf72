"""Which answers are worth trying, for a condition to hold or not to hold?

A condition names the values that matter to it: its options, and numbers and dates with what lies just beside them. A
directed search over those few finds the smallest change to given answers that does what is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from dataclasses import fields as fields_of
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product

from app.definitions.model.expressions import (
    Call,
    CaseRef,
    Compare,
    Condition,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    Member,
    OverRows,
    RowRef,
    ValueType,
)
from app.definitions.model.forms import Field, FieldType, Form
from app.engine.facts_of import field_refs
from app.engine.filling_in import Natural, field_at, plain_answer
from app.engine.model.answers import Moment

MOST_VALUES = 24
MOST_CHANGES = 3
TRIES = 1500
BLANK: object = None
"""As a candidate: leave it open."""


@dataclass(slots=True)
class Candidates:
    """Field id (or cell of a matrix) -> the values worth trying, as an author would write them."""

    form: Form
    moment: Moment
    neighbourhoods: Sequence[str] = ()
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    in_rows: dict[str, dict[str, object]] = field(default_factory=dict)

    def add(self, name: str, *values: object) -> None:
        """Remember values of a field, each once."""
        if field_at(self.form, name) is None:
            return
        known = self.values.setdefault(name, {})
        for value in values:
            if len(known) < MOST_VALUES:
                known.setdefault(repr(value), value)

    def of(self, name: str) -> tuple[object, ...]:
        """The values of a field, the blank last."""
        return (*self.values.get(name, {}).values(), BLANK)


def candidates(
    form: Form, conditions: Iterable[Condition], moment: Moment, neighbourhoods: Sequence[str] = ()
) -> Candidates:
    """What these conditions make worth trying, the fields that must be seen for it included."""
    found = Candidates(form, moment, neighbourhoods)
    waiting, seen = [item.tree for item in conditions], set[int]()
    while waiting:
        tree = waiting.pop(0)
        if id(tree) in seen:
            continue
        seen.add(id(tree))
        _walk(tree, found)
        for name in field_refs(tree):
            _by_type(found, name)
            waiting += _shown_by(form, name)
    return found


def _shown_by(form: Form, name: str) -> list[Expr]:
    """The conditions under which a field is there at all."""
    own = field_at(form, name)
    sections = (section.show_if for section in form.sections if own in section.fields)
    shown = [own.show_if if own is not None else None, *sections]
    return [item.tree for item in shown if item is not None]


def search(
    base: Natural,
    names: Sequence[str],
    tried: Candidates,
    wanted: Callable[[Natural], bool],
    *,
    tries: int = TRIES,
) -> Natural | None:
    """``base`` with the fewest changes that make ``wanted`` hold; ``None`` when none of the first tries does."""
    for changed in _changes(base, names, tried):
        if tries <= 0:
            return None
        tries -= 1
        if wanted(changed):
            return changed
    return None


def _changes(base: Natural, names: Sequence[str], tried: Candidates) -> Iterator[Natural]:
    yield base
    for count in range(1, MOST_CHANGES + 1):
        for chosen in combinations(names, count):
            for values in product(*(tried.of(name) for name in chosen)):
                yield changed(base, dict(zip(chosen, values, strict=True)))


def changed(base: Natural, changes: Mapping[str, object]) -> Natural:
    """``base`` with other answers; a blank takes the answer away."""
    laid_over = {**base, **changes}
    return {name: value for name, value in laid_over.items() if value is not BLANK}


def marks_read(node: object) -> frozenset[str]:
    """The marks an expression asks after."""
    if isinstance(node, Call) and node.function == "marked":
        return frozenset(str(item.value) for item in node.args if isinstance(item, Literal))
    if isinstance(node, tuple):
        return frozenset(mark for item in node for mark in marks_read(item))
    if is_dataclass(node):
        return frozenset(mark for item in fields_of(node) for mark in marks_read(getattr(node, item.name)))
    return frozenset()


# Values ----------------------------------------------------------------------------------------------------


def _walk(node: object, found: Candidates) -> None:
    if isinstance(node, Compare):
        _beside(node.left, node.right, found, node.order)
        _beside(node.right, node.left, found, node.order)
    elif isinstance(node, Member):
        _member(node, found)
    if isinstance(node, tuple):
        for item in node:
            _walk(item, found)
    elif isinstance(node, OverRows):
        _over_rows(node, found)
    elif is_dataclass(node):
        for item in fields_of(node):
            _walk(getattr(node, item.name), found)


def _beside(term: Expr, other: Expr, found: Candidates, order: Sequence[str] = ()) -> None:
    """What a term is compared with says which of its values matter."""
    if not isinstance(other, Literal):
        if isinstance(other, CaseRef) and other.name == "today":
            _put(term, _dates(found.moment.today), found)
        return
    if other.type is ValueType.OPTION:
        _put(term, [other.value, *order], found)
    elif other.type is ValueType.DATE and isinstance(other.value, str):
        _put(term, _dates(date.fromisoformat(other.value)), found)
    elif isinstance(other.value, Decimal):
        _numbers(term, int(other.value), found)
    else:
        _put(term, [other.value], found)


def _put(term: Expr, values: Iterable[object], found: Candidates) -> None:
    if isinstance(term, FieldRef):
        found.add(term.field, *values)
    elif isinstance(term, RowRef):
        found.in_rows.setdefault(term.name, {}).update({repr(value): value for value in values})


def _dates(day: date) -> list[object]:
    return [(day + timedelta(days=days)).isoformat() for days in (0, 1, -1)]


def _numbers(term: Expr, number: int, found: Candidates) -> None:
    """Numbers just beside a threshold: of the answer itself, of an age, of how many were ticked."""
    if isinstance(term, Call):
        for name in field_refs(term):
            if term.function == "age":
                years = (found.moment.today.year - number + step for step in (0, 1, -1))
                found.add(name, *(str(year) for year in years))
            elif term.function in ("count", "length"):
                found.add(name, *_so_many(found.form, name, number))
        return
    _put(term, [str(number), str(number + 1), str(number - 1)], found)


def _so_many(form: Form, name: str, number: int) -> Iterator[object]:
    own = field_at(form, name)
    ids = [item.id for item in own.options.options if not item.silent] if own and own.options else []
    for many in (number, number + 1, number - 1):
        if own is not None and own.options is None:
            yield "x" * max(many, 0)
        elif 0 < many <= len(ids):
            yield ids[:many]


def _member(node: Member, found: Candidates) -> None:
    if isinstance(node.container, FieldRef) and isinstance(node.item, Literal):
        found.add(node.container.field, [node.item.value])
    elif isinstance(node.container, ListOf):
        _put(node.item, [item.value for item in node.container.items if isinstance(item, Literal)], found)


def _over_rows(node: OverRows, found: Candidates) -> None:
    """A condition over rows: the cells of a matrix, or one row of a repeat for each value that matters."""
    if node.body is not None:
        _walk(node.body, found)
    own = field_at(found.form, node.rows.field)
    if own is None or own.type is not FieldType.REPEAT:
        return
    row = plain_answer(own, found.moment, next(iter(found.neighbourhoods), ""))
    first = row[0] if isinstance(row, list) else {}
    found.add(own.id, [first])
    for column in own.fields:
        for value in found.in_rows.get(column.id, {}).values():
            found.add(own.id, [{**first, column.id: value}])


def _by_type(found: Candidates, name: str) -> None:
    """What a field can be, whatever it is compared with."""
    own = field_at(found.form, name)
    if own is None:
        return
    if own.type is FieldType.MATRIX:
        for cell in (
            [name] if name != own.id else [f"{own.id}.{row}" for row in (own.rows.ids if own.rows else ())]
        ):
            found.add(cell, *_options(own))
    elif own.options is not None and own.type in (FieldType.CHOICES, FieldType.TAGS):
        found.add(name, *([option] for option in _options(own)))
    elif own.options is not None:
        found.add(name, *_options(own))
    elif own.type is FieldType.NEIGHBOURHOOD:
        found.add(name, *found.neighbourhoods[:2])
    elif own.compute is None:
        _plainly(found, name, own)


def _plainly(found: Candidates, name: str, own: Field) -> None:
    if own.type in (FieldType.YES_NO, FieldType.YES_NO_UNASKED):
        found.add(name, "ja", "nee")
    plain = plain_answer(own, found.moment)
    if plain is not None:
        found.add(name, plain)


def _options(own: Field) -> list[str]:
    return [item.id for item in own.options.options] if own.options else []
