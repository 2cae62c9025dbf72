"""Where do the lines of a report come from: the store of cases, closed rounds, numbers of campaigns, or streets?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from app.definitions.model.reports import Report
from app.engine.calendar import instant
from app.engine.model.people import Calendar
from app.reporting.results import Period
from app.reporting.rows import Frame
from app.services.definitions.catalogs import LiveCatalog
from app.services.reports import campaign_lines, refresh, round_lines, street_lines
from app.services.staff import staffing

DAY = timedelta(days=1)


def lines_of(catalog: LiveCatalog, report: Report, period: Period) -> Frame:
    """The lines of a report over a period as they are now, with the column ``month``; see ``engine.reported``."""
    if report.of_cases:
        return refresh.lines_of(catalog.municipality, report, period.months)
    calendar = staffing.world(catalog.municipality).calendar
    bounds = (_begins(calendar, period.first), _begins(calendar, period.last + DAY))
    if report.streets:
        return street_lines.lines_of(catalog.municipality, calendar, report, period.first)
    if report.rounds:
        return round_lines.lines_of(catalog.municipality, calendar, report, bounds)
    return campaign_lines.lines_of(catalog, calendar, report, bounds)


def _begins(calendar: Calendar, day: date) -> datetime:
    return instant(calendar, day, time(0))
