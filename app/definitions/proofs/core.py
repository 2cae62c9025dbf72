"""What is a condition, once it is written out? Only truths, joins and comparisons over single cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.definitions.expressions.walking import walk
from app.definitions.model.expressions import (
    Call,
    CaseRef,
    Compare,
    CompareOp,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    Member,
    OverRows,
    ValueType,
)
from app.definitions.model.forms import Field
from app.definitions.proofs.scalars import term_of


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing was answered."""

    ref: FieldRef | CaseRef


@dataclass(frozen=True, slots=True)
class Total:
    """``op`` holds between ``number`` and how many of ``parts`` hold plus the value of ``rest``."""

    op: CompareOp
    parts: tuple[Core, ...]
    rest: FieldRef | None
    number: Decimal


@dataclass(frozen=True, slots=True)
class Free:
    """Something that is not decided here."""

    tree: Expr


@dataclass(frozen=True, slots=True)
class Joined:
    """``And`` or ``Or`` over written-out parts."""

    every: bool
    parts: tuple[Core, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """``not`` a written-out part."""

    part: Core


Core = Joined | Opposite | Literal | Compare | Member | Blank | Total | Free
TRULY: Core = Literal(True, ValueType.BOOLEAN)
MIRRORED = {
    CompareOp.LT: CompareOp.GT,
    CompareOp.LE: CompareOp.GE,
    CompareOp.GT: CompareOp.LT,
    CompareOp.GE: CompareOp.LE,
}


def every(parts: Iterable[Core]) -> Core:
    """All hold."""
    return Joined(True, tuple(parts))


def some(parts: Iterable[Core]) -> Core:
    """At least one holds."""
    return Joined(False, tuple(parts))


def implied(if_: Core, then: Core) -> Core:
    """``then`` holds wherever ``if_`` does."""
    return some((Opposite(if_), then))


def refs_of(atom: Compare | Member | Blank) -> list[FieldRef | CaseRef]:
    """The references of an atom."""
    sides = (
        (atom.left, atom.right)
        if isinstance(atom, Compare)
        else (atom.item if isinstance(atom, Member) else atom.ref,)
    )
    terms = [term_of(side) for side in sides]
    return [term.ref for term in terms if term is not None and isinstance(term.ref, FieldRef | CaseRef)]


def words_at(tree: Call, place: int) -> tuple[str, ...]:
    found = tree.args[place] if len(tree.args) > place else None
    items = found.items if isinstance(found, ListOf) else ()
    return tuple(str(item.value) for item in items if isinstance(item, Literal))


def rows_needed(trees: Iterable[Expr], fields: Mapping[str, Field]) -> dict[str, int]:
    """How many rows of each repeat the conditions can tell apart: a witness for each, one more than each count."""
    asked: dict[str, dict[Expr, int]] = {}
    for tree in trees:
        for part in walk(tree):
            if isinstance(part, OverRows):
                asked.setdefault(part.rows.field, {}).setdefault(part, 1)
            elif isinstance(part, Compare):
                for one, other in ((part.left, part.right), (part.right, part.left)):
                    if (
                        isinstance(one, OverRows)
                        and isinstance(other, Literal)
                        and isinstance(other.value, Decimal)
                    ):
                        asked.setdefault(one.rows.field, {})[one] = max(int(other.value) + 1, 1)
    return {name: max(sum(found.values()), 1) for name, found in asked.items() if name in fields}


def worst_rows(tree: Call) -> list[tuple[str, Core]]:
    """For each row of ``worst(matrix)``, when it is the one; the first of those that are worst alike."""
    matrix, rows, levels = tree.args[0], words_at(tree, 1), words_at(tree, 2)
    if not isinstance(matrix, FieldRef):
        return []
    cells = [FieldRef(f"{matrix.field}.{row}", ValueType.OPTION) for row in rows]

    def among(cell: FieldRef, wanted: Sequence[str]) -> Core:
        items = tuple(Literal(level, ValueType.OPTION) for level in wanted)
        return Member(cell, ListOf(items)) if items else Opposite(TRULY)

    def worst_at(place: int, rank: int) -> Core:
        before = [Opposite(among(cell, levels[rank:])) for cell in cells[:place]]
        after = [Opposite(among(cell, levels[rank + 1 :])) for cell in cells[place + 1 :]]
        return every([among(cells[place], levels[rank : rank + 1]), *before, *after])

    return [
        (row, some(worst_at(place, rank) for rank in range(len(levels)))) for place, row in enumerate(rows)
    ]
