"""Do the examples of a report still come out?

The cases of an example go the whole way of real ones, from answers to suppressed tables; only where they come from is
made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.forms import Form
from app.definitions.model.reports import Report, ReportExample
from app.definitions.model.source import Problem
from app.definitions.problems import problem
from app.engine.calendar import instant
from app.engine.made_up_staff import made_up_world
from app.engine.model.answers import Answers
from app.engine.model.people import World
from app.engine.reported import Told, lines_of
from app.engine.values import read_json
from app.reporting.compute import compute
from app.reporting.results import Axis, Cell, Period, ReportResult
from app.reporting.rows import Frame, Monthly, joined_months
from app.reporting.store import KEY, Row, frame_of
from app.services.definitions.catalogs import FormVersion, LiveCatalog, WorkflowVersion
from app.services.errors import NotFound
from app.services.reports import labels, periods
from app.services.reports.example_rows import Unfit, of_campaign, of_round, of_streets, times
from app.services.reports.lines import with_buttons
from app.services.reports.told import told

HIDDEN = "hidden"
FACTS = ("neighbourhood", "state", "reason", "contact_point")
KEYS = (*FACTS, "form", "received", "closed", "marks", "answers", "later", "replies", "row_reasons", "times")
LAST = date(2199, 1, 1)
"""Later than any example: none of their periods runs."""


def play(catalog: Catalog) -> tuple[int, tuple[Problem, ...]]:
    """Calculate all examples of all reports; how many, and where one came out otherwise."""
    examples = [(report, item) for report in catalog.reports.values() for item in report.examples]
    problems = tuple(found for report, item in examples for found in _differences(catalog, report, item))
    return len(examples), problems


def _differences(catalog: Catalog, report: Report, example: ReportExample) -> Iterator[Problem]:
    try:
        found = dict(_numbers(calculated(catalog, report, example)))
        wanted = dict(_wanted(example.expect))
    except Unfit as unfit:
        yield problem("E816", example.span, name=example.name, what=str(unfit))
        return
    for key, number in wanted.items():
        if key not in found:
            yield problem("E816", example.span, name=example.name, what=key)
        elif found[key] != number:
            yield problem("E815", example.span, name=example.name, key=key, wanted=number, found=found[key])


def calculated(catalog: Catalog, report: Report, example: ReportExample) -> ReportResult:
    """The reading that an example makes."""
    world = made_up_world(catalog.contact_points)
    try:
        period = periods.period_of(report.period, example.period, LAST)
    except NotFound:
        raise Unfit(f"period: {example.period}") from None
    before = periods.compared(report, period, LAST)
    every = list(_lines(catalog, report, example, world, period.first))
    return compute(
        report,
        _frame(every, period),
        period,
        axes=axes_in(catalog, report, period),
        earlier=(before, _frame(every, before)) if before is not None else None,
    )


def axes_in(catalog: Catalog, report: Report, period: Period) -> dict[str, Axis]:
    """The lines of each table as definitions alone tell them, with nobody and no neighbourhood there."""
    live = LiveCatalog(
        "",
        0,
        Compiled(catalog, ()),
        {ref: FormVersion(0, 0, "", form) for ref, form in catalog.forms.items()},
        {ref: WorkflowVersion(0, 0, "", flow) for ref, flow in catalog.workflows.items()},
    )
    world = made_up_world(catalog.contact_points)
    return labels.axes_of(report, labels.Room(live, world, "nl"), period)


def _frame(every: list[tuple[str, Row]], period: Period) -> Frame:
    months = period.months
    return joined_months((month, frame_of([line for at, line in every if at == month])) for month in months)


def _lines(
    catalog: Catalog, report: Report, example: ReportExample, world: World, today: date
) -> Iterator[tuple[str, Row]]:
    if report.streets:
        cases = [_told(catalog, case, world) for case in example.cases]
        made = of_streets(report, world, example.streets, cases, today)
    else:
        made = (line for case in example.cases for line in _of_case(catalog, report, case, world))
    for number, (month, line) in enumerate(made, 1):
        yield month, {KEY: number, **line}


def _of_case(catalog: Catalog, report: Report, case: Mapping[str, object], world: World) -> Iterator[Monthly]:
    """The lines of one made-up case, round or number of a campaign; the lines of one case have no key in common."""
    if report.campaigns:
        yield from of_campaign(catalog, report, case, world)
        return
    known = _told(catalog, case, world)
    if report.rounds:
        for _ in range(times(case)):
            yield from of_round(catalog, report, case, known)
        return
    known = with_buttons(known, _later(catalog, case)) if report.beside else known
    for _ in range(times(case)):
        for line in lines_of(report, known):
            yield f"{known.received:%Y-%m}", line


def _told(catalog: Catalog, case: Mapping[str, object], world: World) -> Told:
    """A made-up case as a report may look at it."""
    strange = sorted(set(case) - set(KEYS))
    form = catalog.forms.get(str(case.get("form", "")))
    if strange or form is None:
        raise Unfit(strange[0] if strange else f"form: {case.get('form', '')}")
    return told(world.calendar, form, _answers(form, case), _row(catalog, form, case, world))


def _later(catalog: Catalog, case: Mapping[str, object]) -> list[tuple[Form, Answers]]:
    """What was filled in behind buttons: ``later: {form: answers}``."""
    later = case.get("later", {})
    unknown = (
        [str(name) for name in later if str(name) not in catalog.forms]
        if isinstance(later, Mapping)
        else [""]
    )
    if unknown or not isinstance(later, Mapping):
        raise Unfit(f"later: {unknown[0]}")
    forms = [catalog.forms[str(name)] for name in later]
    return [(form, _answers(form, {"answers": later[form.id]})) for form in forms]


def _answers(form: Form, case: Mapping[str, object]) -> Answers:
    answers = case.get("answers", {})
    if not isinstance(answers, Mapping):
        raise Unfit("answers")
    given = read_json(form, answers)
    if given.errors:
        raise Unfit(given.errors[0].field)
    return given.values


def _row(catalog: Catalog, form: Form, case: Mapping[str, object], world: World) -> dict[str, object]:
    """A case as its table would hold it."""
    marks = case.get("marks", {})
    if not isinstance(marks, Mapping):
        raise Unfit("marks")
    why = case.get("row_reasons", {})
    if not isinstance(why, Mapping):
        raise Unfit("row_reasons")
    closed = case.get("closed")
    reason = str(case.get("reason", ""))
    return {
        **{name: str(case.get(name, "")) for name in FACTS},
        "form": form.id,
        "workflow": form.workflow,
        "received_at": _instant(world, case.get("received", "")),
        "closed_at": _instant(world, closed) if closed else None,
        "marks": {str(mark): _instant(world, day).isoformat() for mark, day in marks.items()},
        "row_reasons": {str(row): str(reason) for row, reason in why.items()},
        "means": _means(catalog, form, reason),
    }


def _means(catalog: Catalog, form: Form, reason: str) -> str:
    flow = catalog.workflows.get(form.workflow)
    for state in flow.states.values() if flow is not None else ():
        option = state.reasons.get(reason) if state.reasons is not None else None
        if option is not None:
            return option.columns.get("means", "")
    return ""


def _instant(world: World, text: object) -> datetime:
    try:
        return instant(world.calendar, date.fromisoformat(str(text)), time(12)).astimezone(UTC)
    except ValueError:
        raise Unfit(str(text)) from None


# What came out -----------------------------------------------------------------------------------------------


def _numbers(result: ReportResult) -> Iterator[tuple[str, str]]:
    """``totals.vragen`` and ``neighbourhood.oosthoek.vragen``, each with its number as an author writes it."""
    for table in (result.totals, *result.tables):
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                yield ".".join(part for part in (table.id, row.key, column.id) if part), shown(cell)


def shown(cell: Cell) -> str:
    """A number as an example writes it: ``hidden``, ``-`` for nothing to calculate."""
    if cell.hidden:
        return HIDDEN
    return "-" if cell.value is None else str(cell.value)


def _wanted(expect: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in expect.items():
        if isinstance(value, Mapping):
            yield from _wanted(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", str(value).removesuffix(".0")
