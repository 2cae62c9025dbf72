"""What does a report count of one case? Only what the report names, and nobody in it.

Conditions are judged here, where the answers are open; what leaves is which line of a table a case stands on, which of
the report's numbers it counts in, and the amounts that are added up. Everything is as of the day the case came in, so
that the same case gives the same line whenever it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal

from app.definitions.expressions.scope import AVAILABILITY, NO, UNASKED, YES
from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.reports import (
    CLOSED,
    DAYS,
    LABELS,
    NO_NAMES,
    RECEIVED,
    ROW,
    TIMES,
    By,
    Calculation,
    Dimension,
    Measure,
    Report,
)
from app.engine.calendar import working_days_between
from app.engine.domains import domains_of
from app.engine.evaluate import Facts, holds
from app.engine.facts_of import Reading
from app.engine.model.answers import Answers, Moment, PartialDate, Row, Value
from app.engine.model.cases import Case
from app.engine.model.people import Calendar

FLAG = "="
"""In the name of a column: whether one option of many was chosen, or a case counts in a number."""
PLACE, COUNTS, AMOUNT = "d.", "m.", "n."
"""What the name of a column begins with: where a case stands, whether it counts in a number, an amount."""
IN, PART = "in", "part"
Cell = str | bool | float
Line = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Told:
    """One case as reports may look at it. ``moments`` are local days of ``received``, ``closed`` and its marks;
    ``behind`` are the forms behind buttons whose answers lie beside its own; ``row_reasons`` why rows were
    closed; ``words`` what rows of rounds or campaigns may say."""

    form: Form
    answers: Answers
    moments: Mapping[str, date]
    facts: Mapping[str, str]
    calendar: Calendar
    behind: tuple[Form, ...] = ()
    row_reasons: Mapping[str, str] = field(default_factory=lambda: NO_NAMES)
    words: frozenset[str] = frozenset()

    @property
    def received(self) -> date:
        """The day it came in."""
        return self.moments[RECEIVED]


def lines_of(report: Report, told: Told) -> Iterator[Line]:
    """A line for the case, or for each of its rows where the report counts those; none where it does not count."""
    told = _as_named_now(report, told)
    facts = _facts(told)
    for row in _rows(report, told):
        here = replace(facts, row=row)
        if report.where is None or holds(report.where, here):
            yield _line(report, told, here)


def counted_in(report: Report, told: Told) -> bool:
    """Whether ``where`` holds for a case."""
    return report.where is None or holds(report.where, _facts(told))


def lines_of_rows(report: Report, told: Told, rows: Iterable[Row]) -> Iterator[Line]:
    """A line for each row of rounds or campaigns that counts; ``told`` is the case or the week they belong to."""
    facts = _facts(told)
    for row in rows:
        here = replace(facts, row=row)
        if report.where is None or holds(report.where, here):
            yield _line(report, told, here)


def concerns(report: Report, form: str, workflow: str) -> bool:
    """Whether a report is about the cases of a form and its workflow."""
    flows = (*report.workflows, *report.rounds)
    forms = (*report.forms, *([report.streets] if report.streets else []))
    return not (forms or flows) or form in forms or workflow in flows


def _as_named_now(report: Report, told: Told) -> Told:
    """Answers given under an older id, under the one the report names; what was answered under both stays."""
    found = dict(told.answers)
    for now, before in report.was.items():
        if told.form.field(now) is not None:
            continue
        for name in [name for name in told.answers if name == before or name.startswith(f"{before}.")]:
            found.setdefault(now + name[len(before) :], told.answers[name])
    return replace(told, answers=found)


def _facts(told: Told) -> Facts:
    marks = frozenset(told.moments) - {RECEIVED, CLOSED}
    return Facts(told.answers, _moment(told), case=told.facts, marks=marks)


def _moment(told: Told) -> Moment:
    """The day it came in, from its beginning."""
    return Moment(datetime.combine(told.received, time(0), told.calendar.zone), told.received)


def _rows(report: Report, told: Told) -> Iterator[Row | None]:
    if not report.each:
        yield None
        return
    before = report.was.get(report.each, "")
    name = report.each if told.form.field(report.each) is not None or not before else before
    case = Case(id="", workflow="", form=told.form.id, answers=told.answers)
    reading = Reading(told.form, case, _moment(told))
    for view in reading.rows(name):
        yield {**_about(report, told, view.key), "id": view.key, **view.values}


def _about(report: Report, told: Told, key: str) -> Row:
    """What else is known of a row: why it was closed, and how many rows of each repeat are about it."""
    found: dict[str, Value] = {}
    for own in told.form.fields():
        about = next((child.id for child in own.fields if child.options_from_rows == report.each), "")
        rows = told.answers.get(own.id)
        if about and isinstance(rows, tuple):
            found[own.id] = sum(isinstance(row, Mapping) and row.get(about) == key for row in rows)
    reason = told.row_reasons.get(key, "")
    return found | ({"reason": reason} if reason.isidentifier() else {})


def _line(report: Report, told: Told, facts: Facts) -> Line:
    line: Line = {}
    for dimension in report.dimensions:
        if dimension.by not in TIMES:
            places = _places(report, dimension, told, facts)
            line |= {f"{PLACE}{name}": place for name, place in places.items()}
    for measure in report.measures:
        if _counts(measure.condition, facts):
            line |= _numbers(measure, told, facts)
    return line


def _counts(condition: Condition | None, facts: Facts) -> bool:
    return condition is None or holds(condition, facts)


# Where a case stands -----------------------------------------------------------------------------------------


def _places(report: Report, dimension: Dimension, told: Told, facts: Facts) -> Line:
    if dimension.by is By.DOMAIN:
        return {f"{dimension.id}{FLAG}{domain}": True for domain in domains_of(told.form, told.answers)}
    if dimension.by in LABELS:
        return {f"{dimension.id}{FLAG}{label}": True for label in labels_of(told.form, dimension.by)}
    if dimension.by is By.AGE:
        band = _band(dimension, told.answers.get(dimension.field), told.received)
        return {dimension.id: band} if band else {}
    if dimension.by is not By.FIELD:
        return {dimension.id: told.facts.get(dimension.by.value, "")}
    value, closed = _value(dimension.field, facts), _closed(report, dimension.field, told)
    if dimension.many:
        chosen = value if isinstance(value, tuple) else ()
        return {f"{dimension.id}{FLAG}{option}": True for option in chosen if option in closed}
    return {dimension.id: value} if isinstance(value, str) and value in closed else {}


def labels_of(form: Form, by: By) -> tuple[str, ...]:
    """The building blocks, functions or phases that a form is tagged with."""
    return getattr(form.tags, by.value) if form.tags is not None else ()


def _closed(report: Report, name: str, told: Told) -> frozenset[str]:
    """The words that may leave: options of the field as it was then, never what somebody typed."""
    each = told.form.field(report.each) or told.form.field(report.was.get(report.each, ""))
    if name == f"{ROW}id":
        return frozenset(each.rows.ids if each is not None and each.rows is not None else ())
    if name == f"{ROW}reason":
        return frozenset(told.row_reasons.values())
    if not report.of_cases and name.startswith(ROW):
        return told.words
    if name.startswith(ROW):
        below = {child.id: child for child in (*each.each, *each.fields)} if each is not None else {}
        field = each if name == f"{ROW}score" else below.get(name.removeprefix(ROW))
    else:
        forms = (told.form, *told.behind)
        ids = [name, report.was.get(name, "")]
        field = next((found for form in forms for ref in ids if (found := form.field(ref))), None)
    return options_of(field) if field is not None else frozenset()


def options_of(field: Field) -> frozenset[str]:
    """The values of a closed field; the places of a neighbourhood are told by the case itself."""
    if field.type in (FieldType.YES_NO, FieldType.YES_NO_UNASKED):
        return frozenset({YES, NO, UNASKED})
    if field.type is FieldType.AVAILABILITY:
        return frozenset(AVAILABILITY)
    return frozenset(field.options.ids if field.options is not None else ())


def _value(name: str, facts: Facts) -> object:
    if name.startswith(ROW):
        return (facts.row or {}).get(name.removeprefix(ROW))
    return facts.answers.get(name)


def _band(dimension: Dimension, born: object, day: date) -> str:
    if not isinstance(born, date | PartialDate):
        return ""
    first = born.earliest if isinstance(born, PartialDate) else born
    age = day.year - first.year - ((day.month, day.day) < (first.month, first.day))
    begins = max((band for band in (0, *dimension.bands) if band <= age), default=0)
    return band_of(dimension, begins)


def band_of(dimension: Dimension, begins: int) -> str:
    """``18-64`` or ``65+``: the band that begins at an age."""
    later = [band for band in dimension.bands if band > begins]
    return f"{begins}-{later[0] - 1}" if later else f"{begins}+"


# What it counts in -------------------------------------------------------------------------------------------


def _numbers(measure: Measure, told: Told, facts: Facts) -> Line:
    """Which columns of a measure a case fills; ``in`` only where not every case counts."""
    inside: Line = {f"{COUNTS}{measure.id}{FLAG}{IN}": True} if measure.condition is not None else {}
    if measure.calculation is Calculation.COUNT:
        return inside
    if measure.calculation is Calculation.STEPS:
        return inside | _steps(measure, facts)
    if measure.calculation is Calculation.SHARE:
        return inside | _share(measure, told, facts)
    amount = _amount(measure, told, facts)
    return inside | ({} if amount is None else {f"{AMOUNT}{measure.id}": float(amount)})


def _steps(measure: Measure, facts: Facts) -> Line:
    line: Line = {}
    for step in measure.steps:
        if not _counts(step.condition, facts):
            break
        line[f"{COUNTS}{measure.id}{FLAG}{step.id}"] = True
    return line


def _share(measure: Measure, told: Told, facts: Facts) -> Line:
    if measure.of == DAYS:
        waited = _days(measure, told)
        part = waited is not None and measure.within is not None and waited <= measure.within
    else:
        part = measure.part is not None and holds(measure.part, facts)
    return {f"{COUNTS}{measure.id}{FLAG}{PART}": True} if part else {}


def _amount(measure: Measure, told: Told, facts: Facts) -> float | Decimal | None:
    if measure.of == DAYS:
        return _days(measure, told)
    value = _value(measure.of, facts)
    if measure.calculation in (Calculation.ROWS, Calculation.OPTIONS):
        return len(value) if isinstance(value, tuple) else None
    return value if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else None


def _days(measure: Measure, told: Told) -> int | None:
    start, end = (told.moments.get(name) for name in (measure.start, measure.end))
    if start is None or end is None:
        return None
    return working_days_between(told.calendar, start, end)


def columns_of(report: Report) -> tuple[str, ...]:
    """What may stand in a line of this report: names of columns, and for options of many the name up to ``=``."""
    return tuple(dict.fromkeys(_columns(report)))


def _columns(report: Report) -> Iterable[str]:
    for dimension in report.dimensions:
        if dimension.by not in TIMES:
            yield f"{PLACE}{dimension.id}{FLAG}" if dimension.many else f"{PLACE}{dimension.id}"
    for measure in report.measures:
        if measure.measured:
            yield f"{AMOUNT}{measure.id}"
        yield f"{COUNTS}{measure.id}{FLAG}"
