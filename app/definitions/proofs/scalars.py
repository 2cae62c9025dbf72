"""Which values of a field does a set of conditions tell apart, and what does a comparison say of one?

Every number, date, time and text that the conditions compare with is a boundary. Between two boundaries all values are
alike, so trying the boundaries and a few values between them is trying everything. Dates are day numbers here. What
``today`` is compared with (through ``age`` too) moves along with it: the days that matter are counted from each day
that today may be.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.definitions.model.expressions import (
    Arith,
    ArithOp,
    Call,
    CaseRef,
    Compare,
    CompareOp,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    Member,
    RowRef,
    ValueType,
)

Ref = FieldRef | RowRef | CaseRef
REFS = (FieldRef, RowRef, CaseRef)
TODAY = CaseRef("today", ValueType.DATE)
Scalar = str | Decimal | int | bool | None
"""A value: a day as its number (``int``), blank as ``None``."""
SOME_DAY = date(2026, 7, 1).toordinal()
"""Any day will do for today where nothing is said of the calendar."""
EARLIEST, LATEST = date(1, 1, 2).toordinal(), date(9999, 12, 30).toordinal()
NATURAL = (10, 30, 50, 70)
"""Ages that read well in an example."""
LIVED = 130
"""Nobody is older; ages are counted no further."""


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a comparison: a constant, or a reference moved by ``offset``, or its age or length."""

    ref: Ref | None = None
    offset: Decimal = Decimal(0)
    constant: Scalar = None
    function: str = ""  # age, length

    @property
    def moved(self) -> bool:
        """Whether a number is added to it."""
        return bool(self.offset)


def term_of(tree: Expr) -> Term | None:
    """What can be decided about one side; ``None`` for anything else."""
    if isinstance(tree, Literal):
        return Term(constant=value_in(tree))
    if isinstance(tree, REFS):
        return Term(tree)
    if isinstance(tree, Call) and tree.function in ("age", "length") and isinstance(tree.args[0], REFS):
        return Term(tree.args[0], function=tree.function)
    if isinstance(tree, Arith) and tree.op in (ArithOp.ADD, ArithOp.SUB):
        return _moved(tree)
    return None


def _moved(tree: Arith) -> Term | None:
    """``veld + 30`` and ``today - 3``: whole days for a date."""
    left, right = tree.left, tree.right
    if not (isinstance(left, REFS) and isinstance(right, Literal) and isinstance(right.value, Decimal)):
        return None
    amount = right.value if tree.op is ArithOp.ADD else -right.value
    if left.type is ValueType.DATE:
        return Term(left, Decimal(int(amount)))
    return Term(left, amount) if left.type is ValueType.NUMBER else None


def value_in(tree: Literal) -> Scalar:
    if tree.type is ValueType.NUMBER and isinstance(tree.value, str):
        return Decimal(tree.value) if tree.value.isdecimal() else None
    if tree.type is ValueType.DATE and isinstance(tree.value, str):
        return date.fromisoformat(tree.value).toordinal()
    return tree.value


def age_at(born: int, today: int) -> int:
    """Full years; a birthday on 29 February counts from 1 March in other years."""
    birth, day = date.fromordinal(born), date.fromordinal(today)
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def value_of(term: Term, value: Scalar, today: int) -> Scalar:
    """The side of a comparison when its reference is worth ``value``."""
    if term.ref is None:
        return term.constant
    if term.function == "length":
        return Decimal(len(value) if isinstance(value, str) else 0)
    if value is None or term.function == "age":
        return Decimal(age_at(value, today)) if isinstance(value, int) and value is not None else None
    if term.moved and isinstance(value, int | Decimal) and not isinstance(value, bool):
        moved = value + term.offset
        return int(moved) if isinstance(value, int) else moved
    return value


def holds_between(tree: Compare, left: Term, right: Term) -> Callable[[Mapping[Ref, Scalar]], bool]:
    """Whether a comparison holds once its references have these values."""

    def holds(values: Mapping[Ref, Scalar]) -> bool:
        today = values.get(TODAY)
        at = today if isinstance(today, int) else SOME_DAY
        sides = [value_of(term, values.get(term.ref) if term.ref else None, at) for term in (left, right)]
        return compared(tree, sides[0], sides[1])

    return holds


def compared(tree: Compare, left: Scalar, right: Scalar) -> bool:
    """What the comparison says of two values: blank is nothing, an ordering with it is false."""
    if tree.op in (CompareOp.IS, CompareOp.IS_NOT):
        return (left is not None and left == right) is (tree.op is CompareOp.IS)
    if tree.order:
        ranks = [tree.order.index(str(side)) if side in tree.order else None for side in (left, right)]
        return None not in ranks and _ordered(tree.op, ranks[0], ranks[1])
    return left is not None and right is not None and _ordered(tree.op, left, right)


def _ordered(op: CompareOp, left: Scalar, right: Scalar) -> bool:
    """An ordering of two values of one type: that was checked when the condition was read."""
    if left == right:
        return op in (CompareOp.LE, CompareOp.GE)
    rising = sorted([left, right])[0] == left  # type: ignore[type-var]
    return rising is (op in (CompareOp.LT, CompareOp.LE))


def listed(tree: Member, value: Scalar) -> bool:
    """What ``veld in [a, b]`` says of a value."""
    items = tree.container.items if isinstance(tree.container, ListOf) else ()
    found = value is not None and any(value == value_in(item) for item in items if isinstance(item, Literal))
    return found is not tree.negated


# Boundaries ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Marks:
    """The boundaries that conditions set for one reference. ``ages`` and ``days`` count from today, ``lengths`` are of
    texts; ``others`` are the references that it is compared with."""

    constants: set[Scalar] = field(default_factory=set)
    ages: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    lengths: set[int] = field(default_factory=set)
    others: set[Ref] = field(default_factory=set)


def between(boundaries: Iterable[int], low: int, high: int, *, many: int = 1) -> tuple[int, ...]:
    """Each boundary, and ``many`` whole numbers before, between and behind them where there is room."""
    inside = sorted({one for one in boundaries if low <= one <= high})
    found: list[int] = []
    for start, end in zip([low - 1, *inside], [*inside, high + 1], strict=True):
        middle = (start + end) // 2
        room = [one for one in range(middle, min(end, middle + many)) if one > start]
        room += [one for one in range(start + 1, min(end, start + 1 + many - len(room))) if one not in room]
        found += [*room, end]
    return tuple(sorted({one for one in found if low <= one <= high}))


def decimals_between(boundaries: Iterable[Decimal], *, many: int = 1) -> tuple[Decimal, ...]:
    """Each boundary, and ``many`` numbers before, between and behind them."""
    inside = sorted(set(boundaries)) or [Decimal(0)]
    found = [inside[0] - step for step in range(1, many + 1)] + [
        inside[-1] + step for step in range(1, many + 1)
    ]
    for low, high in itertools.pairwise(inside):
        found += [low + (high - low) * step / (many + 1) for step in range(1, many + 1)]
    return tuple(sorted({*found, *inside}))


def days_of(marks: Marks, todays: Iterable[int], *, many: int = 1) -> tuple[int, ...]:
    """The days that a date field's conditions tell apart, whichever of ``todays`` it is."""
    found = {value for value in marks.constants if isinstance(value, int)}
    for today in todays:
        found |= {today + days for days in marks.days}
        ages = {*marks.ages, *NATURAL} if marks.ages else set()
        found |= {born_last(today, age) for age in ages if 0 <= age <= LIVED}
    return between({one + step for one in found for step in (0, 1)}, EARLIEST, LATEST, many=many)


def born_last(today: int, age: int) -> int:
    """The last day of birth of who is ``age`` on ``today``."""
    day = date.fromordinal(today)
    try:
        return day.replace(year=day.year - age).toordinal()
    except ValueError:
        return day.replace(year=day.year - age, day=28).toordinal()


def todays_of(marks: Iterable[Marks]) -> tuple[int, ...]:
    """The days that today may be, so far as conditions tell them apart."""
    found: set[int] = set()
    for one in marks:
        days = {value for value in one.constants if isinstance(value, int)}
        found |= {day - offset + step for day in days for offset in {0, *one.days} for step in (0, 1)}
        found |= set(_birthdays(days, one.ages))
    if not found:
        return (SOME_DAY,)
    inside = [one for one in found if _sensible(one)]
    return between(inside, min(inside, default=SOME_DAY) - 400, max(inside, default=SOME_DAY) + 400)


def _birthdays(born: Iterable[int], ages: Iterable[int]) -> Iterator[int]:
    for day in map(date.fromordinal, born):
        for age in ages:
            if 0 <= age <= LIVED and day.year + age < 9990:
                same = date(day.year + age, day.month, min(day.day, 28))
                yield from (same.toordinal() + step for step in range(-1, 4))


def _sensible(day: int) -> bool:
    return date(200, 1, 1).toordinal() < day < date(9800, 1, 1).toordinal()
