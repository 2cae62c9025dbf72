"""What does a report say over a period, to somebody it is meant for?

The one way in for every page, file and job. What comes out is judged: nothing small is in it, whatever is done with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.definitions.model.reports import Report
from app.engine.calendar import local
from app.engine.policy import Act, Actor, may
from app.reporting.compute import NOTHING, compute
from app.reporting.results import Listing, Period, ReportResult, ReportTable
from app.reporting.rows import Frame, joined
from app.reporting.store import KEY
from app.services.definitions.catalogs import LiveCatalog, live
from app.services.errors import Forbidden, NotFound
from app.services.permission import demand
from app.services.reports import figure_table, lineage, periods, published, refresh, sources, street_lines
from app.services.reports.labels import Room, axes_of
from app.services.staff import staffing
from app.storage.database import reading
from app.storage.repositories import report_rows

__all__ = [
    "Listed",
    "Period",
    "ReportResult",
    "ReportTable",
    "Told",
    "count",
    "every_period",
    "listed",
    "may_read",
    "read_report",
    "read_today",
]

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Listed:
    """A report to choose. ``page_of``: the form whose page it is, empty for others."""

    id: str
    title: str
    question: str
    page_of: str = ""


def listed(actor: Actor) -> tuple[Listed, ...]:
    """The reports that are meant for somebody, by title; those of one form last. Raises ``Forbidden``."""
    demand(actor, Act.REPORT_AUDIENCE)
    found = [report for report in published.every(live(actor.municipality)).values() if _meant(actor, report)]
    found.sort(key=lambda report: (bool(report.page_of), report.title.casefold(), report.id))
    return tuple(Listed(report.id, report.title, report.question, report.page_of) for report in found)


def may_read(actor: Actor, report_id: str) -> None:
    """Raises ``NotFound``, and ``Forbidden`` where it is not meant for somebody."""
    _report(actor, report_id)


def every_period(municipality: str, report_id: str) -> tuple[Period, ...]:
    """The periods there are, the newest first. Raises ``NotFound``."""
    report, _ = _known(municipality, report_id)
    world = staffing.world(municipality)
    with reading(municipality) as tx:
        first, today = report_rows.first_received(tx), local(world.calendar, tx.now).today
    return periods.offered(report.period, today, local(world.calendar, first).today if first else today)


def read_today(actor: Actor, report_id: str) -> bool:
    """Whether a period may be read while it runs: of rounds, which count as a whole once they are closed, and of
    streets. Raises ``NotFound``, ``Forbidden``."""
    report, _ = _report(actor, report_id)
    return bool(report.rounds or report.streets)


def read_report(
    actor: Actor,
    report_id: str,
    period: str = "",
    filters: Mapping[str, str] = NOTHING,
    language: str = "nl",
) -> ReportResult:
    """One reading. ``period`` as ``Period.key``, empty for the one that runs; ``filters``: dimension -> line, of what
    the report lets its readers filter by. Raises ``NotFound``, ``Forbidden``."""
    _report(actor, report_id)
    return count(actor.municipality, report_id, period, filters, language)


def count(
    municipality: str,
    report_id: str,
    period: str = "",
    filters: Mapping[str, str] = NOTHING,
    language: str = "nl",
    *,
    told: Told | None = None,
) -> ReportResult:
    """The same for the house itself, which makes readings for whoever may read them. Raises ``NotFound``.

    ``told`` hears how far it is, between two transactions: steps done, and steps in all.
    """
    report, catalog = _known(municipality, report_id)
    world = staffing.world(municipality)
    today = _today(municipality)
    asked = periods.period_of(report.period, period, today)
    before = periods.compared(report, asked, today)
    room = Room(catalog, world, language)
    steps = _Steps(catalog, report, told, len(asked.months) + (len(before.months) if before else 0) + 1)
    made = compute(
        report,
        steps.lines(asked),
        asked,
        filters,
        axes=axes_of(report, room, asked),
        earlier=(before, steps.lines(before)) if before else None,
    )
    beside = figure_table.table(municipality, world, asked, language) if report.figures else None
    return replace(
        made,
        tables=(*made.tables, *([beside] if beside is not None else [])),
        lineage=lineage.of(report, room, municipality),
        listing=_listing(report, room, municipality),
    )


def _listing(report: Report, room: Room, municipality: str) -> Listing | None:
    if not report.streets:
        return None
    world = room.world
    places = world.staffing.neighbourhoods
    return street_lines.without(municipality, world.calendar, report, places, room.language)


def months_of(municipality: str, report_id: str, period: Period) -> tuple[str, ...]:
    """The months a reading reads: its own and those it is compared with. Raises ``NotFound``."""
    report, _ = _known(municipality, report_id)
    before = periods.compared(report, period, _today(municipality))
    return (*(before.months if before else ()), *period.months)


def filters_of(
    municipality: str, report_id: str, period: Period, filters: Mapping[str, str]
) -> dict[str, str]:
    """Of what somebody asks for, the one filter that ``count`` follows. Raises ``NotFound``."""
    report, catalog = _known(municipality, report_id)
    axes = axes_of(report, Room(catalog, staffing.world(municipality), "nl"), period)
    known = [(ref, key) for ref, key in filters.items() if ref in report.filters and key in axes[ref].keys]
    return dict(known[:1])


@dataclass(slots=True)
class _Steps:
    """Reading the lines of a report: at once, or month by month while somebody is told how far it is. ``all`` counts
    the months, and adding up and judging as one more."""

    catalog: LiveCatalog
    report: Report
    told: Told | None
    all: int
    done: int = 0

    def lines(self, period: Period) -> Frame:
        """The lines of a period."""
        if self.told is None or not self.report.of_cases:
            return sources.lines_of(self.catalog, self.report, period)
        return joined([self._month(month) for month in period.months], (KEY, "month"))

    def _month(self, month: str) -> Frame:
        found = refresh.lines_of(self.catalog.municipality, self.report, [month])
        self.done += 1
        assert self.told is not None  # noqa: S101 - asked by ``lines``
        self.told(self.done, self.all)
        return found


def _today(municipality: str) -> date:
    with reading(municipality) as tx:
        return local(staffing.world(municipality).calendar, tx.now).today


def _known(municipality: str, report_id: str) -> tuple[Report, LiveCatalog]:
    catalog = live(municipality)
    report = published.every(catalog).get(report_id)
    if report is None:
        raise NotFound
    return report, catalog


def _report(actor: Actor, report_id: str) -> tuple[Report, LiveCatalog]:
    demand(actor, Act.REPORT_AUDIENCE)
    report, catalog = _known(actor.municipality, report_id)
    if not _meant(actor, report):
        raise Forbidden(str(Act.REPORT_AUDIENCE))
    return report, catalog


def _meant(actor: Actor, report: Report) -> bool:
    """Whether it is for one of somebody's roles; the page of a form is for whoever reads figures too."""
    if actor.roles & set(report.audience):
        return True
    return bool(report.page_of) and may(actor, Act.REPORTS_READ)
