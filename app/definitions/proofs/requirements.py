"""What is so of every set of answers: hidden means absent, a silent default stands, and what submitting asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from app.definitions.expressions.walking import fields_read
from app.definitions.model.expressions import (
    Arith,
    ArithOp,
    Call,
    Compare,
    CompareOp,
    Expr,
    FieldRef,
    Literal,
    ValueType,
)
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.proofs.cells import Cell, Row, present, rows_of, true
from app.definitions.proofs.core import Core, Free, Opposite, Total, every, implied, some
from app.definitions.proofs.expanding import Expander
from app.definitions.proofs.scalars import TODAY

RELATIVE = re.compile(r"today(?: *(?P<sign>[+-]) *(?P<days>[0-9]+))?")
COUNTED = frozenset({FieldType.CHOICES, FieldType.TAGS})
Needs = dict[str, list[Core]]


class Given(StrEnum):
    """Which answers are meant."""

    PAGE = "page"  # half filled in, as its conditions see it
    SUBMITTED = "submitted"  # valid as a whole
    AFTERWARDS = "afterwards"  # valid as a whole when they were sent; consents may have ended since
    CARRIED = "carried"  # some of them, taken along from another case


def trees_of(form: Form) -> Iterator[Expr]:
    """Every condition that the form itself writes."""
    conditions = [rule.condition for rule in form.rules] + [warn.condition for warn in form.warn]
    for section in form.sections:
        conditions += [one for one in (section.show_if,) if one is not None]
        for field in section.fields:
            conditions += [
                one for one in (field.show_if, field.required_if, field.compute) if one is not None
            ]
    yield from (condition.tree for condition in conditions)


def requirements_of(form: Form, cells: Mapping[str, Cell], expander: Expander, given: Given) -> Needs:
    """What is so of each cell, by id. Of answers that were carried along nothing is: any of them may be left out."""
    needs: Needs = {}
    submitted = given in (Given.SUBMITTED, Given.AFTERWARDS)
    if given is Given.CARRIED:
        return needs
    for cell in cells.values():
        found = needs.setdefault(cell.id, [])
        found += _visible(cell, expander)
        if submitted and cell.compute is None and not cell.kept:
            found += _judged(cell, expander)
    for field in form.fields():
        if field.type is FieldType.REPEAT:
            _repeat(field, cells, expander, needs, submitted=submitted)
        elif field.type is FieldType.MATRIX and submitted:
            _matrix(field, cells, expander, needs)
    if submitted:
        _rules(form, cells, expander, needs)
    return needs


def _visible(cell: Cell, expander: Expander) -> Iterator[Core]:
    if cell.type is ValueType.ROWS:
        return
    blank = expander.nothing(cell.id)
    if cell.shown and not cell.kept:
        yield implied(Opposite(expander.shown(cell)), blank)
    if _stands(cell) and cell.compute is None:
        yield implied(expander.shown(cell), Opposite(blank))


def _stands(cell: Cell) -> bool:
    """Whether a silent default takes the place of a blank."""
    options = cell.field.options
    silent = {option.id for option in options.options if option.silent} if options else set()
    if cell.field.type is FieldType.YES_NO_UNASKED and cell.field.default is None:
        return not cell.kept
    return cell.type is ValueType.OPTION and cell.field.default in silent and not cell.kept


def _judged(cell: Cell, expander: Expander) -> Iterator[Core]:
    if cell.type is ValueType.ROWS:
        return
    said = (
        expander.of(true(cell.ref)) if cell.type is ValueType.BOOLEAN else Opposite(expander.nothing(cell.id))
    )
    wanted = _wanted(cell, expander)
    if wanted is not None:
        yield implied(every((expander.shown(cell), wanted)), said)
    for bound in _bounds(cell, expander):
        yield some((expander.nothing(cell.id), bound))


def _wanted(cell: Cell, expander: Expander) -> Core | None:
    if cell.field.required:
        return Literal(True, ValueType.BOOLEAN)
    return expander.of(cell.required_if) if cell.required_if is not None else None


# Limits -------------------------------------------------------------------------------------------------------


def _bounds(cell: Cell, expander: Expander) -> Iterator[Core]:
    limits = cell.field.limits
    for text, op in ((limits.min, CompareOp.GE), (limits.max, CompareOp.LE)):
        if text is None:
            continue
        if cell.field.type in COUNTED:
            yield from _count_bound(cell, op, text)
        elif not (cell.field.type is FieldType.PARTIAL_DATE and op is CompareOp.GE):
            bound = _bound(text.strip(), cell.type)
            if bound is not None:
                yield expander.of(Compare(op, cell.ref, bound))
    if cell.type is ValueType.TEXT and limits.max_length is not None:
        most = Literal(Decimal(limits.max_length), ValueType.NUMBER)
        yield expander.of(Compare(CompareOp.LE, Call("length", (cell.ref,), ValueType.NUMBER), most))


def _count_bound(cell: Cell, op: CompareOp, text: str) -> Iterator[Core]:
    options = cell.field.options.ids if cell.field.options else ()
    if cell.field.type is FieldType.CHOICES and text.strip().isdecimal():
        parts = tuple(Compare(CompareOp.IS, FieldRef(f"{cell.id}={one}", ValueType.BOOLEAN),
                              Literal(True, ValueType.BOOLEAN)) for one in options)  # fmt: skip
        yield Total(op, parts, None, Decimal(text))


def _bound(text: str, kind: ValueType) -> Expr | None:
    """A limit as written: a number, a day, ``today`` or ``today + 30``."""
    relative = RELATIVE.fullmatch(text)
    if kind is ValueType.DATE and relative:
        days = Literal(Decimal(relative["days"] or 0), ValueType.NUMBER)
        op = ArithOp.SUB if relative["sign"] == "-" else ArithOp.ADD
        return Arith(op, TODAY, days, ValueType.DATE)
    if kind is ValueType.DATE:
        return Literal(text, kind) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    if kind is ValueType.NUMBER:
        try:
            return Literal(Decimal(text), kind)
        except InvalidOperation:
            return None
    return None


# Rows and rules -----------------------------------------------------------------------------------------------


def _repeat(
    field: Field, cells: Mapping[str, Cell], expander: Expander, needs: Needs, *, submitted: bool
) -> None:
    """A made-up row is there only after the one before it; as many as submitting asks, and no more than it takes."""
    rows = [row for row in rows_of(field, expander.rows.get(field.id, 1)) if isinstance(row, Row)]
    there = [expander.of(true(present(row))) for row in rows]
    top = cells[field.id]
    least = (
        max(int(field.limits.min or 0), int(field.required)) if str(field.limits.min or 0).isdecimal() else 0
    )
    asked = submitted and not top.kept and not field.required_for and field.required_if is None
    for number, row in enumerate(rows):
        found = needs.setdefault(row.prefix, [])
        if not top.kept:
            found.append(implied(there[number], expander.shown(top)))
        found.append(implied(there[number], _not_empty(row, field, cells, expander)))
        if number:
            found.append(implied(there[number], there[number - 1]))
        if asked and number < least:
            found.append(implied(expander.shown(top), there[number]))
        if submitted and str(field.limits.max or "").isdecimal() and number >= int(str(field.limits.max)):
            found.append(Opposite(there[number]))


def _not_empty(row: Row, field: Field, cells: Mapping[str, Cell], expander: Expander) -> Core:
    """A row of which nothing is told does not count; one in which only something hidden was told may."""
    told: list[Core] = [Free(true(present(row)))]
    for child in field.fields:
        cell = cells.get(f"{row.prefix}.{child.id}")
        if cell is None:
            continue
        words = {option.id for option in (child.options.options if child.options else ()) if option.silent}
        words |= {child.default} if child.default is not None else set()
        same = [
            expander.of(Compare(CompareOp.IS, cell.ref, Literal(word, cell.type))) for word in sorted(words)
        ]
        silent = same if cell.type is ValueType.OPTION else []
        told.append(Opposite(some((expander.nothing(cell.id), *silent))))
    return some(told)


def _matrix(field: Field, cells: Mapping[str, Cell], expander: Expander, needs: Needs) -> None:
    """A required matrix has one row answered at least; ``niet_besproken`` is no answer."""
    top = cells[field.id]
    wanted = _wanted(top, expander)
    if wanted is None or top.kept:
        return
    silent = tuple(option.id for option in (field.options.options if field.options else ()) if option.silent)
    scores = [row.prefix for row in rows_of(field, 0)]
    said = some(
        Opposite(
            some(
                (
                    expander.nothing(name),
                    *(
                        expander.of(Compare(CompareOp.IS, cells[name].ref, Literal(one, ValueType.OPTION)))
                        for one in silent
                    ),
                )
            )
        )
        for name in scores
    )
    for name in scores:
        needs[name].append(implied(every((expander.shown(top), wanted)), said))


def _rules(form: Form, cells: Mapping[str, Cell], expander: Expander, needs: Needs) -> None:
    """Every rule, at each cell that it reads."""
    for rule in form.rules:
        core = expander.of(rule.condition.tree)
        read = fields_read(rule.condition.tree)
        for name in needs:
            top = re.split("[#=]", name)[0]
            if name in read or top in read or any(name.startswith(f"{one}.") for one in read):
                needs[name].append(core)
