"""What does a condition say, once rows, ticks, counts and computed fields are written out?

The result has only ``Not``, ``And``, ``Or``, truths, comparisons and lists over single cells, and the three below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from app.definitions.model.expressions import (
    And,
    Call,
    CaseRef,
    Compare,
    CompareOp,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    Member,
    Not,
    Or,
    OverRows,
    RowFunction,
    ValueType,
)
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.proofs.cells import (
    MOST_ROWS,
    Cell,
    in_row,
    others_ticked,
    present,
    rows_of,
    ticked,
    true,
)
from app.definitions.proofs.core import (
    MIRRORED,
    TRULY,
    Blank,
    Core,
    Free,
    Opposite,
    Total,
    every,
    implied,
    refs_of,
    rows_needed,
    some,
    words_at,
    worst_rows,
)
from app.definitions.proofs.scalars import REFS, term_of

YES, NO = "ja", "nee"
OPEN_TICKS = frozenset({FieldType.TAGS, FieldType.AVAILABILITY})
"""Where more can be ticked than the options that are written."""


class Expander:
    """Writes conditions over one form out."""

    def __init__(self, form: Form, cells: Mapping[str, Cell], trees: Iterable[Expr]) -> None:
        self.form = form
        self.cells = cells
        self.fields: dict[str, Field] = {item.id: item for item in form.fields()}
        self.rows = rows_needed(trees, self.fields)
        self._busy: set[str] = set()

    def of(self, tree: Expr) -> Core:
        """The condition, written out."""
        match tree:
            case Not(operand):
                return Opposite(self.of(operand))
            case And(operands):
                return every(self.of(part) for part in operands)
            case Or(operands):
                return some(self.of(part) for part in operands)
            case Literal():
                return tree
            case Compare():
                return self._compare(tree)
            case Member():
                return self._member(tree)
            case OverRows():
                return self._over_rows(tree)
        return self._truth(tree)

    def shown(self, cell: Cell) -> Core:
        """When a cell is there."""
        return every(self.of(tree) for tree in cell.shown)

    def nothing(self, name: str) -> Core:
        """That a field or cell says nothing at all."""
        cell = self.cells.get(name)
        if cell is None:
            return TRULY
        if cell.type is ValueType.ROWS:
            return Opposite(some(self._there(cell.field)))
        if cell.type is ValueType.OPTIONS:
            return Opposite(some(self._ticks(cell, ())))
        return Blank(cell.ref)

    def _there(self, field: Field) -> list[Core]:
        """The rows of a repeat that exist; the rows of a matrix that have a score."""
        rows = rows_of(field, max(self.rows.get(field.id, 1), 1))
        if field.type is FieldType.MATRIX:
            return [Opposite(Blank(FieldRef(row.prefix, ValueType.OPTION))) for row in rows]
        return [self.of(true(present(row))) for row in rows]

    def _truth(self, tree: Expr) -> Core:
        """A name or a function that is true or not."""
        if isinstance(tree, Call):
            return self._call(tree)
        if isinstance(tree, FieldRef | CaseRef) and tree.type is ValueType.BOOLEAN:
            return Compare(CompareOp.IS, tree, Literal(True, ValueType.BOOLEAN))
        return Free(tree)

    # Functions ------------------------------------------------------------------------------------------------

    def _call(self, tree: Call) -> Core:
        first = tree.args[0]
        if tree.function == "marked" and isinstance(first, Literal):
            return self.of(CaseRef(f"!{first.value}", ValueType.BOOLEAN))
        if tree.function == "read" and isinstance(first, FieldRef | CaseRef):
            return self.of(replace(first, type=ValueType.BOOLEAN))
        if tree.function == "answered":
            return self._answered(first, words_at(tree, 1), words_at(tree, 2))
        return Free(tree)

    def _answered(self, asked: Expr, silent: Sequence[str], rows: Sequence[str]) -> Core:
        if isinstance(asked, Call) and asked.function == "worst":
            return some(core for _, core in worst_rows(asked))
        if not isinstance(asked, FieldRef | CaseRef):
            return Free(Call("answered", (asked,), ValueType.BOOLEAN))
        if asked.type is ValueType.BOOLEAN:
            return self.of(asked)
        if rows and isinstance(asked, FieldRef):
            cells = [FieldRef(f"{asked.field}.{row}", ValueType.OPTION) for row in rows]
            return some(self._said(cell, silent) for cell in cells)
        cell = self.cells.get(asked.field) if isinstance(asked, FieldRef) else None
        if cell is not None and cell.type is ValueType.ROWS:
            return some(self._there(cell.field))
        if cell is not None and cell.type is ValueType.OPTIONS:
            return some(self._ticks(cell, silent))
        return self._said(asked, silent)

    def _said(self, ref: FieldRef | CaseRef, silent: Sequence[str]) -> Core:
        quiet: list[Core] = [self._substituted(Blank(ref))]
        quiet += [self._compare(Compare(CompareOp.IS, ref, Literal(one, ref.type))) for one in silent]
        return Opposite(some(quiet))

    def _ticks(self, cell: Cell, silent: Sequence[str]) -> list[Core]:
        options = cell.field.options.ids if cell.field.options else ()
        found = [self.of(true(ticked(cell.id, one))) for one in options if one not in silent]
        if cell.field.type in OPEN_TICKS:
            zero = Literal(Decimal(0), ValueType.NUMBER)
            found.append(Compare(CompareOp.GT, others_ticked(cell.id), zero))
        return found

    # Comparing ------------------------------------------------------------------------------------------------

    def _compare(self, tree: Compare) -> Core:
        total = self._total(tree)
        if total is not None:
            return total
        left, right = term_of(tree.left), term_of(tree.right)
        if left is None or right is None:
            return Free(tree)
        if tree.op is CompareOp.IS_NOT:
            return Opposite(self._compare(replace(tree, op=CompareOp.IS)))
        return self._substituted(tree)

    def _total(self, tree: Compare) -> Core | None:
        """``count(...) >= 2``, written either way."""
        if isinstance(tree.left, Literal):
            tree = replace(tree, op=MIRRORED.get(tree.op, tree.op), left=tree.right, right=tree.left)
        counted, number = tree.left, tree.right
        if not (isinstance(number, Literal) and isinstance(number.value, Decimal)):
            return None
        if (
            isinstance(counted, Call)
            and counted.function == "count"
            and isinstance(counted.args[0], FieldRef)
        ):
            cell = self.cells.get(counted.args[0].field)
            return self._ticks_total(tree.op, cell, words_at(counted, 1), number.value) if cell else None
        if isinstance(counted, OverRows) and counted.function is RowFunction.COUNT:
            parts = self._each(counted)
            return Free(tree) if parts is None else Total(tree.op, tuple(parts), None, number.value)
        return None

    def _ticks_total(self, op: CompareOp, cell: Cell, silent: Sequence[str], number: Decimal) -> Core:
        options = cell.field.options.ids if cell.field.options else ()
        parts = tuple(self.of(true(ticked(cell.id, one))) for one in options if one not in silent)
        rest = others_ticked(cell.id) if cell.field.type in OPEN_TICKS else None
        return Total(op, parts, rest, number)

    def _member(self, tree: Member) -> Core:
        if tree.negated:
            return Opposite(self._member(replace(tree, negated=False)))
        container, item = tree.container, tree.item
        if isinstance(container, FieldRef) and isinstance(item, Literal):
            return self._ticked(container, str(item.value))
        if isinstance(container, ListOf) and isinstance(item, REFS):
            if all(isinstance(one, Literal) for one in container.items):
                return self._substituted(tree)
            return some(self._compare(Compare(CompareOp.IS, item, one)) for one in container.items)
        return Free(tree)

    def _ticked(self, field: FieldRef, option: str) -> Core:
        cell = self.cells.get(field.field)
        options = cell.field.options.ids if cell is not None and cell.field.options else ()
        if cell is None or (option not in options and cell.field.type not in OPEN_TICKS):
            return Opposite(TRULY)
        return (
            self.of(true(ticked(cell.id, option)))
            if option in options
            else Free(Member(field, Literal(option, ValueType.OPTION)))
        )

    # Rows -----------------------------------------------------------------------------------------------------

    def _over_rows(self, tree: OverRows) -> Core:
        parts = self._each(tree, absent=tree.function is RowFunction.ALL)
        if parts is None or tree.function is RowFunction.SUM:
            return Free(tree)
        return every(parts) if tree.function is RowFunction.ALL else some(parts)

    def _each(self, tree: OverRows, *, absent: bool = False) -> list[Core] | None:
        """What the body says of each row; ``absent`` is what it counts for where there is no row."""
        field = self.fields.get(tree.rows.field)
        wanted = self.rows.get(tree.rows.field, 0)
        if field is None or wanted > MOST_ROWS:
            return None
        found: list[Core] = []
        for row in rows_of(field, wanted):
            body = TRULY if tree.body is None else self.of(in_row(tree.body, row, field))
            there = TRULY if row.line else self.of(true(present(row)))
            found.append(implied(there, body) if absent else every((there, body)))
        return found

    # Computed -------------------------------------------------------------------------------------------------

    def _substituted(self, atom: Compare | Member | Blank) -> Core:
        """An atom over a computed field is one over what computes it, where the field is there."""
        for ref in refs_of(atom):
            cell = self.cells.get(ref.field) if isinstance(ref, FieldRef) else None
            if cell is None or cell.compute is None or cell.id in self._busy or not self._faithful(cell):
                continue
            self._busy.add(cell.id)
            computed = self._computed(atom, ref, cell.compute)
            hidden = self._computed(atom, ref, FieldRef("", ref.type))
            shown = self.shown(cell)
            self._busy.discard(cell.id)
            return some((every((shown, computed)), every((Opposite(shown), hidden))))
        return atom

    def _computed(self, atom: Compare | Member | Blank, ref: Expr, instead: Expr) -> Core:
        simple = term_of(instead) is not None
        if isinstance(atom, Compare):
            left, right = (instead if side == ref else side for side in (atom.left, atom.right))
            return self._compare(replace(atom, left=left, right=right))
        if isinstance(atom, Member) and simple:
            return self._member(replace(atom, item=instead))
        if isinstance(instead, Call) and instead.function in ("age", "length", "count"):
            return (
                Opposite(TRULY) if instead.function != "age" else self._computed(atom, ref, instead.args[0])
            )
        if isinstance(instead, FieldRef | CaseRef):
            return self._substituted(Blank(instead))
        return Free(Call("answered", (instead,), ValueType.BOOLEAN))

    def _faithful(self, cell: Cell) -> bool:
        """Whether what computes a field reaches it as it is: not rounded, cut off, or no option of it."""
        tree = cell.compute
        source = self.cells.get(tree.field) if isinstance(tree, FieldRef) else None
        if cell.type is ValueType.OPTION:
            own = set(cell.field.options.ids) if cell.field.options else set()
            return (
                source is not None
                and source.field.options is not None
                and set(source.field.options.ids) <= own
            )
        if cell.type is ValueType.NUMBER:
            whole = isinstance(tree, Call) or (source is not None and source.field.type is FieldType.INTEGER)
            return whole and cell.field.limits.decimals is None
        return (
            cell.type in (ValueType.DATE, ValueType.TIME) and source is not None and source.type is cell.type
        )
