"""What comes out of a report: tables with every number that may be seen, and nothing of what may not.

Plain values, no HTML, no sentences: labels come from the definition, notes are codes (``reports.note.<code>``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

NO_PARAMS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Period:
    """The time one reading covers, both days included; ``key`` is how it is asked for (``2026-Q3``). ``running``:
    it is not over, so that what is read tomorrow may differ."""

    key: str
    first: date
    last: date
    running: bool = False

    @property
    def months(self) -> tuple[str, ...]:
        """``2026-07`` ... of the period."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        return tuple(f"{month // 12}-{month % 12 + 1:02}" for month in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class Axis:
    """The lines of a table: ids with their labels, in the order to show. They are known beforehand, from definitions
    and settings: which of them occur in the data is not for everybody."""

    id: str
    label: str
    keys: Mapping[str, str]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. ``value`` is ``None`` where it is ``hidden``, and where there is nothing to calculate (a median of
    no cases). Whether a number is hidden because it is small or to protect another one is not told. ``before`` and
    ``change`` belong to the period it is compared with; ``None`` without one, or where either is hidden."""

    value: int | float | None
    hidden: bool = False
    before: int | float | None = None
    change: int | float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One measure (``of``), or one step of it. ``unit``: count, percent, working_days or number."""

    id: str
    label: str
    unit: str
    of: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line, a cell a column."""

    key: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ReportTable:
    """The measures by one dimension. ``id`` is the dimension, with ``:<key>`` behind it for the table of one line of
    what is compared by (``within``: its label). ``total`` is ``None`` where a case may stand on more lines."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    within: str = ""
    words: str = ""

    @property
    def suppressed(self) -> bool:
        """Whether anything is hidden."""
        lines = (*self.rows, *((self.total,) if self.total is not None else ()))
        return any(cell.hidden for line in lines for cell in line.cells)


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One bar or point; ``value`` is ``None`` where the number is hidden or there is none."""

    key: str
    label: str
    value: int | float | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one column, or of one line of what is compared by."""

    label: str
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of ``table`` (its id): bar, line or funnel. It shows nothing that the table does not."""

    kind: str
    table: str
    title: str
    unit: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know beside the numbers: text ``reports.note.<code>``."""

    code: str
    params: Mapping[str, str] = field(default_factory=lambda: NO_PARAMS)


@dataclass(frozen=True, slots=True)
class VersionRead:
    """What a version of a form gives a field that is read: ``same``, ``renamed`` (from ``id``), ``other`` (another
    type) or ``missing``."""

    number: int
    standing: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class FieldRead:
    """A field that a measure or dimension reads, in one form, over its versions."""

    form: str
    form_title: str
    field: str
    label: str
    privacy: int
    versions: tuple[VersionRead, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where one number or table comes from. ``kind``: measure, dimension or where; ``moments`` are what days are
    counted between; ``source`` the condition as its author wrote it."""

    kind: str
    id: str
    label: str
    fields: tuple[FieldRead, ...] = ()
    moments: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader may filter by: a dimension, its lines, and the one chosen (empty: all)."""

    id: str
    label: str
    keys: Mapping[str, str]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Names that are about nobody, under headings: (heading, names); ``words`` where there is nothing to tell."""

    id: str
    title: str
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReportResult:
    """One reading of one report. ``totals`` is the table without lines: one row, key ``""``; its cells may be hidden.
    ``tables`` are in the order of the definition. ``units`` says what is counted: cases, rows or
    streets."""

    id: str
    title: str
    question: str
    period: Period
    totals: ReportTable
    tables: tuple[ReportTable, ...]
    charts: tuple[Chart, ...]
    before: Period | None = None
    words: str = ""
    notes: tuple[Note, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    choices: tuple[Choice, ...] = ()
    units: str = "cases"
    listing: Listing | None = None

    @property
    def suppressed(self) -> bool:
        """Whether anything is hidden in any table."""
        return any(table.suppressed for table in (self.totals, *self.tables))

    def table(self, ref: str) -> ReportTable | None:
        """The table of that id; ``totals`` is the one without lines."""
        every = (self.totals, *self.tables)
        return next((table for table in every if table.id == ref), None)
