"""Which answers are worth trying on a form: every combination over the fields that some conditions name, else some.

Nothing here knows the proofs: values come from the field's own type and from the constants that stand in the
conditions, with the values right beside them.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.definitions.expressions.walking import walk
from app.definitions.model.expressions import Condition, FieldRef, Literal, ValueType
from app.definitions.model.forms import Field, FieldType, Form
from app.engine.judge import Given, judge
from app.engine.model.answers import (
    Address,
    Answers,
    Consent,
    Judgement,
    Moment,
    PartialDate,
    PersonRef,
    Value,
)

TODAY = date(2026, 11, 9)
MOMENT = Moment(datetime(2026, 11, 9, 9, tzinfo=UTC), TODAY)
ELSEWHERE = ("andere_gemeente", "geen_vast_adres")
Values = list[Value | None]
YES_NO = {FieldType.YES_NO: ("ja", "nee"), FieldType.YES_NO_UNASKED: ("ja", "nee", "niet_besproken")}
PLAIN: dict[FieldType, Value] = {
    FieldType.EMAIL: "iemand@zandlede.example",
    FieldType.PHONE: "0400 00 00 05",
    FieldType.ADDRESS: Address(street="Kerkstraat", number="1"),
    FieldType.PERSON: PersonRef("staff", "joris_maes", "Joris"),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """The answers that were tried and judged; ``whole`` when that was every combination."""

    judgements: Iterator[Judgement]
    whole: bool


def tried(form: Form, conditions: Iterable[Condition], most: int) -> Tried:
    """Judgements of the form, reduced to the fields that the conditions name and those that these depend on."""
    trees = [condition.tree for condition in conditions]
    small = reduced(form, {part.field for tree in trees for part in walk(tree) if isinstance(part, FieldRef)})
    known = [condition.tree for condition in conditions_of(small)]
    constants = {part for tree in (*trees, *known) for part in walk(tree) if isinstance(part, Literal)}
    axes = {name: values for item in small.fields() for name, values in _axes(item, constants)}
    size = math.prod(len(values) for values in axes.values())
    combinations = _every(axes) if size <= most else _some(small, axes, most)
    return Tried((_judged(small, answers, axes) for answers in combinations), size <= most)


def _judged(form: Form, answers: Answers, axes: dict[str, Values]) -> Judgement:
    told = Given(answers, blank=frozenset(axes) - set(answers))
    everybody = frozenset(role for field in form.fields() for role in field.only_for)
    return judge(form, told, MOMENT, roles=everybody)


def _every(axes: dict[str, Values]) -> Iterator[Answers]:
    for values in itertools.product(*axes.values()):
        yield {name: value for name, value in zip(axes, values, strict=True) if value is not None}


def _some(form: Form, axes: dict[str, Values], most: int) -> Iterator[Answers]:
    """From a valid start every field and every two fields varied, then random ones."""
    axes = {name: [one for one in found if not _crowded(one)] for name, found in axes.items()}
    base = _valid_start(form, axes)
    for names in (*itertools.combinations(axes, 1), *itertools.combinations(axes, 2)):
        for values in itertools.islice(itertools.product(*(axes[name] for name in names)), 1_000):
            varied = {**base, **dict(zip(names, values, strict=True))}
            yield {name: value for name, value in varied.items() if value is not None}
    dice = random.Random(3)  # noqa: S311
    for _ in range(most):
        drawn = {name: dice.choice(found) for name, found in axes.items()}
        yield {name: value for name, value in drawn.items() if value is not None}


def _crowded(value: Value | None) -> bool:
    """More than two options ticked."""
    return isinstance(value, tuple) and len(value) > 2 and isinstance(value[0], str)


def _valid_start(form: Form, axes: dict[str, Values]) -> dict[str, Value | None]:
    """As little as will do: blank, but for what is asked."""
    base: dict[str, Value | None] = dict.fromkeys(axes)
    for _ in range(len(axes)):
        given = {name: value for name, value in base.items() if value is not None}
        wrong = [error.field for error in _judged(form, given, axes).errors if error.field in axes]
        if not wrong:
            break
        base[wrong[0]] = axes[wrong[0]][1] if base[wrong[0]] is None else axes[wrong[0]][-1]
    return base


# The form, reduced --------------------------------------------------------------------------------------------


def reduced(form: Form, wanted: set[str]) -> Form:
    """Only these fields, and what they depend on; a rule stays when it reads one of them."""
    tops = {item.id for item in form.fields()}
    kept = {_top(name, tops) for name in wanted} - {""}
    while True:
        more = set(kept)
        for section in form.sections:
            for item in section.fields:
                if item.id in kept:
                    more |= {_top(name, tops) for name in _read((section.show_if, *_own(item)))} - {""}
        rules = tuple(
            rule for rule in form.rules if {_top(name, tops) for name in _read([rule.condition])} & more
        )
        for rule in rules:
            more |= {_top(name, tops) for name in _read([rule.condition])}
        if more == kept:
            break
        kept = more
    sections = tuple(
        replace(section, fields=tuple(item for item in section.fields if item.id in kept))
        for section in form.sections
    )
    return replace(form, sections=sections, rules=rules)


def conditions_of(form: Form) -> Iterator[Condition]:
    """Every condition of its fields, sections and rules."""
    yield from (rule.condition for rule in form.rules)
    for section in form.sections:
        yield from (one for one in (section.show_if,) if one is not None)
        for item in section.fields:
            yield from _own(item)


def _own(item: Field) -> list[Condition]:
    every = (item, *item.each, *item.fields)
    return [
        one for each in every for one in (each.show_if, each.required_if, each.compute) if one is not None
    ]


def _read(conditions: Iterable[Condition | None]) -> set[str]:
    trees = [condition.tree for condition in conditions if condition is not None]
    return {part.field for tree in trees for part in walk(tree) if isinstance(part, FieldRef)}


def _top(name: str, tops: set[str]) -> str:
    while name and name not in tops:
        name = name.rpartition(".")[0]
    return name


# Values -------------------------------------------------------------------------------------------------------


def _axes(item: Field, constants: set[Literal]) -> Iterator[tuple[str, Values]]:
    if item.type is FieldType.INFO or item.compute is not None:
        return
    if item.type is FieldType.MATRIX:
        options: Values = [None, *(item.options.ids if item.options else ())]
        for row in item.rows.ids if item.rows else ():
            yield f"{item.id}.{row}", options
    elif item.type is FieldType.REPEAT:
        yield item.id, _rows(item, constants)
    else:
        yield item.id, values_of(item, constants)


def _rows(item: Field, constants: set[Literal]) -> Values:
    below = [[(child.id, value) for value in values_of(child, constants)] for child in item.fields]
    rows = [{name: value for name, value in row if value is not None} for row in itertools.product(*below)]
    pairs = itertools.pairwise(rows[1:100])
    return [None, *((row,) for row in rows[:200] if row), *pairs]


def values_of(item: Field, constants: set[Literal]) -> Values:
    """Blank, and the values that a field of this type can have as far as any condition could care."""
    if item.type in YES_NO:
        return [None, *YES_NO[item.type]]
    if item.type is FieldType.NEIGHBOURHOOD:
        named = {str(one.value) for one in constants if one.type is ValueType.OPTION}
        return [None, "oosthoek", *(one for one in ELSEWHERE if one in named)]
    if item.type in (FieldType.CHOICES, FieldType.TAGS):
        return _ticks(item, constants)
    if item.options is not None:
        return [None, *item.options.ids]
    if item.type in (FieldType.CONSENT, FieldType.READ_RECEIPT):
        return [None, Consent(False), Consent(True)]
    if item.type in (FieldType.DATE, FieldType.PARTIAL_DATE):
        return _days(item, constants)
    if item.type in (FieldType.INTEGER, FieldType.DECIMAL):
        numbers = {int(one.value) for one in constants if isinstance(one.value, Decimal)}
        return [None, *sorted({number + step for number in numbers for step in (-1, 0, 1)} | {0})]
    return [None, PLAIN.get(item.type, "x")]


def _ticks(item: Field, constants: set[Literal]) -> Values:
    options = item.options.ids if item.options else ()
    named = [one for one in options if any(one == literal.value for literal in constants)]
    other = [one for one in options if one not in named][:1]
    sets = itertools.chain.from_iterable(
        itertools.combinations((*named, *other), size) for size in range(len(named) + len(other) + 1)
    )
    return [tuple(one) or None for one in sets]


def _days(item: Field, constants: set[Literal]) -> Values:
    days = {TODAY + timedelta(days=step) for step in (-1, 0, 1)}
    for one in constants:
        if one.type is ValueType.DATE:
            day = date.fromisoformat(str(one.value))
            days |= {day + timedelta(days=step) for step in (-1, 0, 1)}
        elif isinstance(one.value, Decimal) and 0 < one.value < 120:
            days |= {TODAY + timedelta(days=int(one.value) + step) for step in (0, 1)}
            for years in (int(one.value), int(one.value) + 1):
                born = TODAY.replace(year=TODAY.year - years)
                days |= {born + timedelta(days=step) for step in (-1, 0, 1)}
    if item.type is FieldType.DATE:
        return [None, *sorted(days)]
    return [None, *(PartialDate(day.year, day.month, day.day) for day in sorted(days))]
