"""Who is an example of it? Of the answers that were found as few as will do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from app.definitions.counterexamples import Example, Said
from app.definitions.later import PRESSED
from app.definitions.model.expressions import FieldRef, ValueType
from app.definitions.model.forms import Field, FieldType, OptionList
from app.definitions.proofs.formulas import Cells
from app.definitions.proofs.nodes import TRUE, Node
from app.definitions.proofs.scalars import NATURAL, SOME_DAY, Scalar, age_at
from app.definitions.proofs.space import Space, Variable
from app.definitions.proofs.values import OTHER
from app.texts import has, say

MOST_SHOWN = 6


def example_of(space: Space, goal: Node, cells: Cells, places: Mapping[str, str] | None = None) -> Example:
    """The answers among ``cells`` that make ``goal`` hold; ``places`` are the labels of the neighbourhoods. What was
    not discussed goes unsaid where anything else is told."""
    needed = _needed(space, goal, cells)
    fields = {_owner(space.by_number(number)) for number in needed}
    shown: dict[str, list[Said]] = {}
    for key, variable in space.variables.items():
        owner = _owner(variable)
        if variable.number in cells and (variable.number in needed or (owner in fields and "=" in key)):
            said = _said(space, key, variable, (cells[variable.number], places or {}))
            shown.setdefault(owner, []).extend(said)
    found = list(_in_page_order(space, shown))
    told = [one for one in found if one.kind != "silent"]
    return Example(tuple(told or [replace(one, kind="chooses") for one in found])[:MOST_SHOWN])


def _needed(space: Space, goal: Node, cells: Cells) -> set[int]:
    """The variables without which the goal would not surely hold."""
    kept = {number: mask for number, mask in cells.items() if number in goal.variables}
    for number in sorted(kept, reverse=True):
        rest = {other: mask for other, mask in kept.items() if other != number}
        if space.formulas.given(goal, rest) is TRUE:
            kept = rest
    return set(kept)


def _owner(variable: Variable) -> str:
    ref = variable.ref
    return ref.field.partition("=")[0] if isinstance(ref, FieldRef) else f"@{ref.name}"


def _in_page_order(space: Space, shown: Mapping[str, list[Said]]) -> Iterator[Said]:
    order = list(space.cells)
    for owner in sorted(shown, key=lambda name: order.index(name) if name in order else len(order)):
        said = shown[owner]
        ticks = [one for one in said if one.kind == "ticks"]
        yield from ticks or said[:1]


# One answer ---------------------------------------------------------------------------------------------------


def _said(space: Space, key: str, variable: Variable, at: tuple[int, Mapping[str, str]]) -> Iterator[Said]:
    mask, places = at
    values = [value for place, value in enumerate(variable.values) if mask >> place & 1]
    owner, _, option = key.partition("=")
    cell = space.cells.get(owner)
    if cell is None:
        if not key.startswith(f"@!{PRESSED}"):
            yield from _of_case(key, _preferred(values))
        return
    label = cell.row or cell.field.label or cell.field.id
    if option:
        yield from _tick(cell.field, label, option, _preferred(values))
        return
    yield _answer(cell.field, variable.ref.type, label, values, places)


def _tick(field: Field, label: str, option: str, value: Scalar) -> Iterator[Said]:
    if option == "*":
        return
    yield Said("ticks" if value is True else "ticks_none", label, _label(field.options, option))


def _answer(
    field: Field, kind: ValueType, label: str, values: list[Scalar], places: Mapping[str, str]
) -> Said:
    value = _preferred(values)
    if value is None:
        return Said("blank", label)
    if kind is ValueType.DATE and isinstance(value, int):
        return _day(field, label, [one for one in values if isinstance(one, int)])
    if kind is ValueType.BOOLEAN:
        return Said("agrees" if value is True else "refuses", field.label or field.text or label)
    if field.type is FieldType.NEIGHBOURHOOD:
        return _place(label, str(value), places)
    if kind is ValueType.TEXT or value == OTHER:
        return Said("fills_in" if str(value).startswith(OTHER) else "writes", label, str(value))
    if kind is ValueType.OPTION:
        option = field.options.get(str(value)) if field.options else None
        return Said(
            "silent" if option is not None and option.silent else "chooses",
            label,
            _label(field.options, str(value)),
        )
    return Said("writes", label, f"{value:f}" if hasattr(value, "is_finite") else str(value))


def _place(label: str, value: str, places: Mapping[str, str]) -> Said:
    if value == OTHER:
        return Said("fills_in", label)
    known = f"values.{value}"
    return Said("lives_in", label, places.get(value) or (say(known) if has(known) else value))


def _day(field: Field, label: str, values: list[int]) -> Said:
    """Of somebody's birth an age that reads well, of anything else the day."""
    if field.means != "resident.birth" and field.type is not FieldType.PARTIAL_DATE:
        return Said("writes", label, f"{date.fromordinal(values[0]):%d/%m/%Y}")
    ages = sorted({age_at(value, SOME_DAY) for value in values if value <= SOME_DAY})
    good = [age for age in reversed(NATURAL) if age in ages] or [age for age in ages if age <= 100] or ages
    return Said("is_aged", label, str(good[0])) if good else Said("fills_in", label)


def _of_case(key: str, value: Scalar) -> Iterator[Said]:
    name = key.lstrip("@")
    if name.startswith("!"):
        yield Said("marked" if value is True else "unmarked", name[1:])
    elif name == "reason":
        yield Said("no_reason") if value in (None, OTHER) else Said("reason", "", str(value))
    elif name == "role" and value not in (None, OTHER):
        yield Said("role", "", str(value))
    elif "#" in name:
        yield Said("has_row" if value is True else "has_no_row", name.partition("#")[0])


def _preferred(values: Iterable[Scalar]) -> Scalar:
    """Something said rather than nothing, something named rather than anything else, nothing ticked rather than all."""
    found = list(values)
    if all(isinstance(one, bool) for one in found):
        return found[0]
    named = [one for one in found if one is not None and one is not False and not str(one).startswith(OTHER)]
    return named[0] if named else next((one for one in found if one is not None), None)


def _label(options: OptionList | None, option: str) -> str:
    found = options.get(option) if options else None
    built_in = f"problems_definitions.option.{option}"
    return found.label if found is not None else (say(built_in) if has(built_in) else option)
