"""What is a report, once checked?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.definitions.model.expressions import Condition
from app.definitions.model.source import NOWHERE, Span

NO_NAMES: Mapping[str, str] = MappingProxyType({})
NO_STREETS: Mapping[str, object] = MappingProxyType({})
RECEIVED, CLOSED = "received", "closed"
DAYS = "days"
"""What is measured where it is no field: working days between two moments."""
ROW = "row."
"""What begins the name of something of a row, in a report with ``each``, of rounds or of campaigns."""
QUESTION, ANSWER = "question", "answer"
"""Of a row of rounds: what was asked, and where the answer stands from 0 (the first one) to 100 (the last one)."""
STAGE, OUTCOME = "stage", "outcome"
"""Of a row of campaigns: the furthest stage that somebody came to, or how an attempt went."""
COVERED = "covered"
"""Of a row of streets: whether somebody is there."""
STAGES = ("addressed", "reached", "talked", "asked")


class Calculation(StrEnum):
    """What a measure makes of the cases (or rows) it counts."""

    COUNT = "count"
    SHARE = "share"
    STEPS = "steps"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    PERCENTILE = "percentile"
    ROWS = "rows"  # how many rows of a repeat, together
    OPTIONS = "options"  # how many options were chosen, together


class Unit(StrEnum):
    """What a number is a number of."""

    COUNT = "count"
    PERCENT = "percent"
    WORKING_DAYS = "working_days"
    NUMBER = "number"


class By(StrEnum):
    """What cases are told apart by."""

    NEIGHBOURHOOD = "neighbourhood"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FORM = "form"
    WORKFLOW = "workflow"
    STATE = "state"
    REASON = "reason"
    OUTCOME = "outcome"  # what the closing reason means, alike in every process
    CONTACT_POINT = "contact_point"
    DOMAIN = "domain"  # life domains, whatever the form calls them
    BUILDING_BLOCK = "building_block"  # what the form of a case is tagged with
    FUNCTION = "function"
    PHASE = "phase"
    FIELD = "field"
    AGE = "age"


TIMES = (By.MONTH, By.QUARTER, By.YEAR)
LABELS = (By.BUILDING_BLOCK, By.FUNCTION, By.PHASE)
MANY = frozenset({By.DOMAIN, *LABELS})
"""Of which a case may have more than one, whatever the form."""


class PeriodLength(StrEnum):
    """How long the time is that one reading covers."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ROLLING = "last_12_months"
    LONG = "last_5_years"
    TODAY = "today"  # of streets: as it is now; nobody writes it


class Compared(StrEnum):
    """With what a reading is compared, beside a dimension of the report itself."""

    NOTHING = ""
    BEFORE = "period_before"
    LAST_YEAR = "same_period_last_year"


class ChartKind(StrEnum):
    """How the first measure is drawn; ``FUNNEL`` draws the steps."""

    BAR = "bar"
    LINE = "line"
    FUNNEL = "funnel"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a follow-through: who took it took all steps before it too."""

    id: str
    label: str
    condition: Condition | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One number, calculated anew for each line of a table.

    ``condition``: which cases count at all. Of a share, ``part`` says which of them are the share. ``of`` is what is
    measured: a field, or ``days`` from ``start`` to ``end`` (``received``, ``closed`` or a mark); a share of days is
    those done ``within`` so many working days.
    """

    id: str
    label: str
    calculation: Calculation
    condition: Condition | None = None
    part: Condition | None = None
    of: str = ""
    start: str = ""
    end: str = ""
    within: int | None = None
    percentile: int | None = None
    steps: tuple[Step, ...] = ()
    words: str = ""
    span: Span = NOWHERE

    @property
    def unit(self) -> Unit:
        """What its number is a number of."""
        if self.calculation is Calculation.SHARE:
            return Unit.PERCENT
        if self.measured and self.of == DAYS:
            return Unit.WORKING_DAYS
        return Unit.NUMBER if self.measured else Unit.COUNT

    @property
    def measured(self) -> bool:
        """Whether it needs a number of each case, and is not made by counting cases alone."""
        return self.calculation not in (Calculation.COUNT, Calculation.SHARE, Calculation.STEPS)


@dataclass(frozen=True, slots=True)
class Dimension:
    """What the lines of one table are. ``field`` belongs to ``By.FIELD`` and ``By.AGE``; ``bands`` are the ages at
    which a band begins, after the first that begins at 0. ``many``: a case may stand on more than one line."""

    id: str
    by: By
    label: str = ""
    field: str = ""
    bands: tuple[int, ...] = ()
    many: bool = False
    words: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class ReportExample:
    """A few cases made up, and the numbers that come out; plain values as written."""

    name: str
    period: str
    cases: tuple[Mapping[str, object], ...]
    expect: Mapping[str, object]
    span: Span = NOWHERE
    streets: Mapping[str, object] = field(default_factory=lambda: NO_STREETS, metadata={"later": True})


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``forms`` and ``workflows`` say whose cases count (none of both: all); ``each`` counts the rows
    of that matrix or repeat in place of the cases. ``rounds`` are workflows that ask others in rounds: the answers to
    each question count; of ``campaigns`` the attempts, and the people by the furthest stage they came to. ``streets``
    is a form: every street of the register counts, and a case for which ``where`` holds covers those it names.

    ``was`` gives the id a field had in older versions of its form. ``columns`` are dimensions whose lines stand beside
    each other in every other table; ``figures``: those of others stand in it, by neighbourhood.
    """

    id: str
    title: str
    question: str = ""
    audience: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    each: str = ""
    where: Condition | None = None
    measures: tuple[Measure, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    filters: tuple[str, ...] = ()
    period: PeriodLength = PeriodLength.QUARTER
    compare: Compared = Compared.NOTHING
    compare_by: str = ""
    chart: ChartKind = ChartKind.BAR
    words: str = ""
    sensitive: tuple[str, ...] = ()
    was: Mapping[str, str] = field(default_factory=lambda: NO_NAMES)
    page_of: str = ""
    beside: bool = False  # reads answers of forms behind buttons too
    streets: str = field(default="", metadata={"later": True})
    columns: tuple[str, ...] = field(default=(), metadata={"later": True})
    rounds: tuple[str, ...] = field(default=(), metadata={"later": True})
    campaigns: tuple[str, ...] = field(default=(), metadata={"later": True})
    figures: bool = field(default=False, metadata={"later": True})
    examples: tuple[ReportExample, ...] = ()
    span: Span = NOWHERE

    @property
    def of_cases(self) -> bool:
        """Whether it counts cases or their rows, and so has lines in the store."""
        return not (self.rounds or self.campaigns or self.streets)

    @property
    def of_people(self) -> bool:
        """Whether its numbers count people, so that small ones are hidden; a street is nobody."""
        return not self.streets

    def dimension(self, ref: str) -> Dimension | None:
        """The dimension of that id, or ``None``."""
        return next((item for item in self.dimensions if item.id == ref), None)

    @property
    def crossing(self) -> tuple[str, ...]:
        """The dimensions that every table is shown for apart: what is compared by, what stands in columns, and what a
        reader may filter by."""
        by = [self.compare_by] if self.compare_by else []
        return tuple(dict.fromkeys([*by, *self.columns, *self.filters]))
