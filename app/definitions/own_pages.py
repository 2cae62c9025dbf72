"""Which numbers are for those who fill a form in, when nobody wrote a report of it?

How many came in, what became of them, and for each limit of the process how long it took: made of the form and its
workflow alone. A report with ``page_of:`` takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.definitions.model.forms import Form
from app.definitions.model.reports import (
    CLOSED,
    DAYS,
    RECEIVED,
    By,
    Calculation,
    Compared,
    Dimension,
    Measure,
    PeriodLength,
    Report,
)
from app.definitions.model.workflows import DeadlineKind, Limit, Unit, Workflow
from app.texts import say

BEFORE = "page_"
OUTSIDE = ("public", "resident")
BESIDE_RECEPTION = ("contact", "neighbourhood_lead", "coordinator", "team_lead", "head_of_service")


def page_of(form: Form, flow: Workflow) -> Report:
    """The report of one form, for whoever may open the form and for policy."""
    ends = any(state.end for state in flow.states.values())
    measures = [
        Measure(
            "aantal", say("reports_made.count"), Calculation.COUNT, words=say("reports_made.count.words")
        ),
        *(measure for limit in flow.limits for measure in _of_limit(limit)),
    ]
    if ends:
        measures.append(_until_closed())
    dimensions = [By.MONTH, By.NEIGHBOURHOOD, By.STATE, *([By.OUTCOME] if ends else [])]
    return Report(
        id=f"{BEFORE}{form.id}",
        title=form.title,
        question=say("reports_made.question"),
        audience=_audience(form),
        forms=(form.id,),
        measures=tuple(measures),
        dimensions=tuple(Dimension(by.value, by) for by in dimensions),
        period=PeriodLength.QUARTER,
        compare=Compared.BEFORE,
        page_of=form.id,
        span=form.span,
    )


def _audience(form: Form) -> tuple[str, ...]:
    """Who fills it in; what reception may fill in, those who follow people up may too."""
    own = [role for role in form.audience if role not in OUTSIDE]
    return (*own, *(role for role in BESIDE_RECEPTION if "reception" in own and role not in own))


def _of_limit(limit: Limit) -> Iterator[Measure]:
    """How long it took until the mark that ends a limit, and how many were in time."""
    name = limit.label or limit.id.replace("_", " ").capitalize()
    yield Measure(
        f"{limit.id}_dagen",
        say("reports_made.days", name=name),
        Calculation.MEDIAN,
        of=DAYS,
        start=RECEIVED,
        end=limit.until,
        percentile=50,
        words=say("reports_made.days.words"),
    )
    duration = limit.deadline.duration
    working = duration is not None and duration.unit is Unit.WORKING_DAYS
    if limit.deadline.kind is DeadlineKind.AFTER and working and duration is not None:
        yield Measure(
            f"{limit.id}_tijdig",
            say("reports_made.in_time", name=name, days=duration.amount),
            Calculation.SHARE,
            of=DAYS,
            start=RECEIVED,
            end=limit.until,
            within=duration.amount,
        )


def _until_closed() -> Measure:
    return Measure(
        "tot_gesloten",
        say("reports_made.closed"),
        Calculation.MEDIAN,
        of=DAYS,
        start=RECEIVED,
        end=CLOSED,
        percentile=50,
    )
