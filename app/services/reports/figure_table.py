"""Which figures of others stand in a report, by neighbourhood?

Of each series the newest year that is not later than the period; with a reading that is kept, they are kept too.
"""

from __future__ import annotations

from collections.abc import Iterator

from babel.dates import format_date

from app.engine.model.people import World
from app.reporting.results import Cell, Column, Period, ReportTable, Row
from app.services.reports import elsewhere
from app.services.reports.elsewhere import Series
from app.texts import say

ID = "figures"


def table(municipality: str, world: World, period: Period, language: str) -> ReportTable | None:
    """A line a neighbourhood, a column a series; ``None`` where nothing was read in."""
    wanted = [
        (one, year) for one in elsewhere.figures(municipality) if (year := _year(one, period)) is not None
    ]
    if not wanted:
        return None
    rows = tuple(
        Row(place, label, tuple(_cell(one, place, year) for one, year in wanted))
        for place, label in world.staffing.neighbourhoods.items()
    )
    columns = tuple(Column(one.name, f"{one.label} ({year})", "number", one.name) for one, year in wanted)
    title = say("report_pages.elsewhere", language)
    return ReportTable(ID, title, columns, rows, words=" ".join(_sources(wanted, language)))


def _year(one: Series, period: Period) -> int | None:
    return next((year for year in one.years if year <= period.last.year), None)


def _cell(one: Series, place: str, year: int) -> Cell:
    """Not there: nothing; there without a number: it was small."""
    if (place, year) not in one.values:
        return Cell(None)
    value = one.values[place, year]
    return Cell(None, hidden=True) if value is None else Cell(value)


def _sources(wanted: list[tuple[Series, int]], language: str) -> Iterator[str]:
    for one, _ in wanted:
        day = format_date(one.source_on, "d MMMM y", locale=language)
        yield f"{one.label}: {say('figures.source_of', language, source=one.source, day=day)}"
