"""Which boundaries do written-out conditions set, and for which cells?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from app.definitions.model.expressions import Compare, FieldRef, ListOf, Literal, Member
from app.definitions.proofs.core import Blank, Core, Joined, Opposite, Total
from app.definitions.proofs.scalars import REFS, TODAY, Marks, Ref, Term, term_of, value_in

MOST_TOGETHER = 4
"""How many fields may be compared with one another before that is left free."""


def gathered(cores: Iterable[Core]) -> dict[Ref, Marks]:
    """The boundaries by reference."""
    found: dict[Ref, Marks] = {}
    waiting, seen = list(cores), set[int]()
    while waiting:
        core = waiting.pop()
        if id(core) in seen:
            continue
        seen.add(id(core))
        waiting += parts_of(core)
        _gather(core, found)
    return found


def parts_of(core: Core) -> tuple[Core, ...]:
    """The written-out conditions below."""
    if isinstance(core, Joined | Total):
        return core.parts
    return (core.part,) if isinstance(core, Opposite) else ()


def _gather(core: Core, found: dict[Ref, Marks]) -> None:
    if isinstance(core, Compare):
        _compare(core, found)
    elif isinstance(core, Member) and isinstance(core.item, REFS):
        _listed(core, core.item, found)
    elif isinstance(core, Blank):
        found.setdefault(core.ref, Marks())
    elif isinstance(core, Total) and core.rest is not None:
        found.setdefault(core.rest, Marks()).constants.add(core.number)


def _listed(core: Member, item: Ref, found: dict[Ref, Marks]) -> None:
    marks = found.setdefault(item, Marks())
    for one in core.container.items if isinstance(core.container, ListOf) else ():
        if isinstance(one, Literal):
            marks.constants.add(value_in(one))


def _compare(core: Compare, found: dict[Ref, Marks]) -> None:
    terms = [term_of(core.left), term_of(core.right)]
    for term, other in (terms, terms[::-1]):
        if term is None or other is None or term.ref is None:
            continue
        marks = found.setdefault(term.ref, Marks())
        if other.ref is None:
            _constant(term, other, marks, core)
        elif TODAY in (term.ref, other.ref) and term.ref != other.ref:
            marks.days.add(int(other.offset - term.offset))
        elif not comparable(core):
            continue
        elif other.ref != term.ref:
            marks.others.add(other.ref)


def comparable(core: Compare) -> bool:
    """Whether two references are compared as they are: neither moved nor turned into something else."""
    terms = [term_of(core.left), term_of(core.right)]
    return all(term is not None and not term.moved and not term.function for term in terms)


def _constant(term: Term, other: Term, marks: Marks, core: Compare) -> None:
    value = other.constant
    if term.function and isinstance(value, Decimal):
        whole = {int(value.to_integral_value(way)) for way in (ROUND_FLOOR, ROUND_CEILING)}
        around = {one + step for one in whole for step in (0, 1)}
        if term.function == "age":
            marks.ages |= around
        else:
            marks.lengths |= {one for one in around if one >= 0}
    elif isinstance(value, Decimal) and term.moved:
        marks.constants.add(value - term.offset)
    elif isinstance(value, int) and not isinstance(value, bool):
        marks.constants.add(value - int(term.offset))
    else:
        marks.constants.add(value)
    marks.constants |= set(core.order)


def together(found: dict[Ref, Marks]) -> dict[Ref, frozenset[Ref]]:
    """For each reference, those whose values are compared with its own, itself among them."""
    groups: dict[Ref, frozenset[Ref]] = {}
    for ref in found:
        if ref in groups:
            continue
        group, waiting = {ref}, [ref]
        while waiting:
            here = waiting.pop()
            near = found[here].others if here in found else set()
            new = {one for one in near if one not in group}
            group |= new
            waiting += new
        for one in group:
            groups[one] = frozenset(group)
    return groups


def merged(refs: Iterable[Ref], found: dict[Ref, Marks]) -> Marks:
    """The boundaries of several references at once."""
    whole = Marks()
    for ref in refs:
        marks = found.get(ref, Marks())
        whole.constants |= marks.constants
        whole.ages |= marks.ages
        whole.days |= marks.days
        whole.lengths |= marks.lengths
    return whole


def key_of(ref: Ref) -> str:
    """One name for a reference, whatever type it was read as."""
    return ref.field if isinstance(ref, FieldRef) else f"@{ref.name}"
