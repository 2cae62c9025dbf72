"""What can be answered on a form, one thing at a time, and when is each of them there?

A repeat gets as many made-up rows as the conditions can tell apart; column ``wat`` of row 0 of ``afspraken`` is the
cell ``afspraken#0.wat``, and whether that row exists the cell ``afspraken#0``. An option of a field where several may
be ticked is a cell of its own, ``zorgen=wonen``; ``zorgen=*`` counts what is ticked beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.definitions.expressions.scope import named_field
from app.definitions.expressions.walking import parts
from app.definitions.model.expressions import (
    And,
    Arith,
    Call,
    Compare,
    CompareOp,
    Condition,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    Member,
    Not,
    Or,
    OverRows,
    RowRef,
    ValueType,
)
from app.definitions.model.forms import Field, FieldType, Form

MOST_ROWS = 6
"""How many made-up rows a repeat gets at most; conditions that tell more apart are left free."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that a condition is judged in: of a matrix its line, of a repeat a made-up one."""

    field: str
    number: int = 0
    line: str = ""

    @property
    def prefix(self) -> str:
        """What the ids of its cells begin with."""
        return f"{self.field}.{self.line}" if self.line else f"{self.field}#{self.number}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One answerable thing. ``shown`` are all conditions under which it is there, ``label`` and ``row`` its words."""

    id: str
    field: Field
    type: ValueType
    shown: tuple[Expr, ...] = ()
    compute: Expr | None = None
    required_if: Expr | None = None
    row: str = ""
    score: bool = False

    @property
    def kept(self) -> bool:
        """Whether others than who fills in may have answered it: then it can stand though it would be hidden."""
        return bool(self.field.only_for)

    @property
    def ref(self) -> FieldRef:
        """A reference to it."""
        return FieldRef(self.id, self.type)


def present(row: Row) -> FieldRef:
    """Whether a made-up row exists."""
    return FieldRef(row.prefix, ValueType.BOOLEAN)


def ticked(field_id: str, option: str) -> FieldRef:
    """Whether an option of several is ticked."""
    return FieldRef(f"{field_id}={option}", ValueType.BOOLEAN)


def others_ticked(field_id: str) -> FieldRef:
    """How many options that nobody names are ticked."""
    return FieldRef(f"{field_id}=*", ValueType.NUMBER)


def cells_of(form: Form) -> Mapping[str, Cell]:
    """The cells of a form by id."""
    found: dict[str, Cell] = {}
    for section in form.sections:
        around = _trees(section.show_if)
        for field in section.fields:
            found.update((cell.id, cell) for cell in _of_field(field, around))
    return found


def _of_field(field: Field, around: tuple[Expr, ...]) -> Iterator[Cell]:
    if field.type is FieldType.INFO:
        return
    shown = around + _trees(field.show_if)
    yield _cell(field.id, field, shown, None)
    if field.type is FieldType.MATRIX:
        score = replace(field, type=FieldType.CHOICE, required=False, required_if=None)
        for line in field.rows.options if field.rows else ():
            row = Row(field.id, line=line.id)
            yield replace(_cell(row.prefix, score, shown, None), row=line.label, score=True, required_if=None)
            yield from (
                replace(_cell(f"{row.prefix}.{child.id}", child, shown, row, field), row=line.label)
                for child in field.each
            )
    for number in range(MOST_ROWS if field.type is FieldType.REPEAT else 0):
        row = Row(field.id, number)
        there = true(present(row))
        for child in field.fields:
            cell = _cell(f"{row.prefix}.{child.id}", child, (*shown, there), row, field)
            yield replace(cell, row=field.label)


def _cell(
    name: str, field: Field, shown: tuple[Expr, ...], row: Row | None, top: Field | None = None
) -> Cell:
    def here(condition: Condition | None) -> tuple[Expr, ...]:
        trees = _trees(condition)
        return tuple(in_row(tree, row, top) for tree in trees) if row and top else trees

    own = here(field.show_if) if row else ()
    compute, needed = here(field.compute), here(field.required_if)
    kind = named_field(field).type
    return Cell(
        name, field, kind, shown + own, compute[0] if compute else None, needed[0] if needed else None
    )


def true(ref: FieldRef) -> Expr:
    """That a yes-or-no cell is true."""
    return Compare(CompareOp.IS, ref, Literal(True, ValueType.BOOLEAN))


def _trees(condition: Condition | None) -> tuple[Expr, ...]:
    return () if condition is None else (condition.tree,)


def in_row(tree: Expr, row: Row, field: Field) -> Expr:
    """The condition as it reads in one row: ``row.`` stands for cells, or for what the row's line says."""
    if isinstance(tree, RowRef):
        return _cell_of(tree, row, field)
    return rebuilt(tree, [in_row(part, row, field) for part in parts(tree)])


def _cell_of(tree: RowRef, row: Row, field: Field) -> Expr:
    if not row.line or any(child.id == tree.name for child in (*field.each, *field.fields)):
        return FieldRef(f"{row.prefix}.{tree.name}", tree.type)
    if tree.name == "score":
        return FieldRef(row.prefix, tree.type)
    line = field.rows.get(row.line) if field.rows else None
    known = {**line.columns, "id": line.id, "label": line.label} if line else {}
    text = known.get(tree.name, "")
    return Literal(text, tree.type) if text else FieldRef("", tree.type)


def rebuilt(tree: Expr, below: list[Expr]) -> Expr:
    """The same with other parts."""
    match tree:
        case Not():
            return Not(below[0])
        case And() | Or():
            return type(tree)(tuple(below))
        case ListOf():
            return ListOf(tuple(below))
        case Call():
            return replace(tree, args=tuple(below))
        case Compare() | Arith():
            return replace(tree, left=below[0], right=below[1])
        case Member():
            return replace(tree, item=below[0], container=below[1])
    return _rows_rebuilt(tree, below) if isinstance(tree, OverRows) else tree


def _rows_rebuilt(tree: OverRows, below: list[Expr]) -> Expr:
    return replace(tree, body=below[1]) if len(below) > 1 else tree


def rows_of(field: Field, most: int) -> Iterable[Row]:
    """The rows of a matrix, or the made-up ones of a repeat."""
    if field.type is FieldType.MATRIX:
        return [Row(field.id, line=line.id) for line in (field.rows.options if field.rows else ())]
    return [Row(field.id, number) for number in range(most)]
