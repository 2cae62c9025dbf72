"""What is a checked expression: a small typed tree that the server and the browser evaluate alike.

Every name and option in a tree is resolved; an evaluator never has to look one up. ``kind`` is the JSON tag.
Semantics are fixed in ``language.md`` section 4 decisions 1-4 and by the shared conformance table.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ValueType(StrEnum):
    """The type of a value in an expression."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    BOOLEAN = "boolean"  # consent, read receipt, conditions
    OPTION = "option"  # one option of a list (choice, yes_no, scale over a list, matrix score)
    OPTIONS = "options"  # a set of options (choices, tags)
    ROWS = "rows"  # a repeat or a matrix
    ROW = "row"  # one row of them: worst(domeinen)
    OTHER = "other"  # files, signatures, addresses: only answered() fits


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant; an option is its id as text, a date is ISO text, a number a ``Decimal`` with at most 6 decimals."""

    value: str | Decimal | bool
    type: ValueType


@dataclass(frozen=True, slots=True)
class FieldRef:
    """The answer of a field of the form, by flat dotted id (``domeinen.wonen``)."""

    field: str
    type: ValueType


@dataclass(frozen=True, slots=True)
class RowRef:
    """Something of the row at hand: a column or child field id, ``score``, ``id`` or ``label``."""

    name: str
    type: ValueType


@dataclass(frozen=True, slots=True)
class CaseRef:
    """Something of the case at hand: ``reason``, ``today``, ``role``; or a fact such as ``contact_person``."""

    name: str
    type: ValueType


@dataclass(frozen=True, slots=True)
class Not:
    """Opposite of a condition; a blank counts as false first."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class And:
    """All hold."""

    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one holds."""

    operands: tuple[Expr, ...]


class CompareOp(StrEnum):
    """``is``/``is not`` (equality) and the four orderings; ``==``/``!=`` are read as ``is``/``is not``."""

    IS = "is"
    IS_NOT = "is_not"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared. ``order`` holds the option ids from low to high when options are ordered."""

    op: CompareOp
    left: Expr
    right: Expr
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """``option in choices_field`` or ``field in [a, b]``; ``negated`` for ``not in``, its exact opposite."""

    item: Expr
    container: Expr
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ListOf:
    """The ``[a, b]`` at the right of ``in``."""

    items: tuple[Expr, ...]


class ArithOp(StrEnum):
    """Numbers: all four. Dates: plus and minus a number of days; date minus date is days."""

    ADD = "add"
    SUB = "sub"
    MUL = "mul"
    DIV = "div"


@dataclass(frozen=True, slots=True)
class Arith:
    """Both sides round to 6 decimals, half even; a blank side makes a blank."""

    op: ArithOp
    left: Expr
    right: Expr
    type: ValueType = ValueType.NUMBER


@dataclass(frozen=True, slots=True)
class Call:
    """A registered function on plain arguments: ``age(f)``, ``marked(mark)``, ``read(f)``, ``length(f)``, ``min`` ...

    ``answered(f, [silent], [rows])`` and ``count(f, [silent])`` carry the silent options and a matrix's row ids;
    ``worst(matrix, [rows], [levels])`` its row ids in order and the options that count, low to high, and gives a row
    id. ``today`` is a ``CaseRef``, ``date("...")`` a ``Literal``.
    """

    function: str
    args: tuple[Expr, ...]
    type: ValueType


class RowFunction(StrEnum):
    """Functions that look at every row of a repeat or matrix."""

    ANY = "any"
    ALL = "all"
    COUNT = "count"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One row of a matrix: its id and what is fixed about it and used here (``label``, columns), as pairs."""

    id: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OverRows:
    """``any(afspraken, row.klaar)``, ``sum(afspraken, row.bedrag)``: ``body`` is judged once a row.

    ``lines`` are a matrix's rows in order (a repeat has none: its rows are in the answers).
    """

    function: RowFunction
    rows: FieldRef
    body: Expr | None
    order: tuple[str, ...] = ()
    lines: tuple[RowFacts, ...] = ()


Expr = (
    Literal
    | FieldRef
    | RowRef
    | CaseRef
    | Not
    | And
    | Or
    | Compare
    | Member
    | ListOf
    | Arith
    | Call
    | OverRows
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked expression with the words its author wrote, for explaining and for diffs.

    ``type`` is BOOLEAN for show_if and friends, any value type for compute.
    """

    source: str
    tree: Expr
    type: ValueType
