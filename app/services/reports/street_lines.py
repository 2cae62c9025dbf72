"""In which streets is somebody who is there for the neighbours, and in which is nobody yet?

Each street of the register is a row: somebody named it in a case that counts, or nobody did. How many named it, and
who, is not told: in a small street that would be one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.definitions.model.reports import Report
from app.engine.model.people import Calendar
from app.engine.reported import counted_in
from app.reporting import of_streets
from app.reporting.results import Listing
from app.reporting.rows import Frame, frame_by_month
from app.services.cases import kept_answers
from app.services.definitions.catalogs import form_version
from app.services.municipality import streets
from app.services.reports.told import told
from app.storage.database import reading
from app.storage.repositories import report_rows
from app.texts import say


def lines_of(municipality: str, calendar: Calendar, report: Report, today: date) -> Frame:
    """A line for each street of the register, with the column ``month``."""
    found = of_streets.covered(streets.names(municipality), _named(municipality, calendar, report))
    return frame_by_month(list(of_streets.lines(report, calendar, today, found)))


def without(
    municipality: str, calendar: Calendar, report: Report, places: Mapping[str, str], language: str
) -> Listing:
    """The names of the streets that nobody named yet, by neighbourhood."""
    register = streets.names(municipality)
    found = of_streets.covered(register, _named(municipality, calendar, report))
    rows = (
        (label, tuple(name for (where, name), there in found.items() if where == place and not there))
        for place, label in places.items()
    )
    lines = tuple((label, names) for label, names in rows if names)
    words = "" if register else say("reports.streets.no_register", language)
    return Listing("streets", say("reports.streets.without", language), lines, words)


def _named(municipality: str, calendar: Calendar, report: Report) -> set[of_streets.Street]:
    """The streets of the cases that count, read together and told apart from whose they are."""
    found: set[of_streets.Street] = set()
    with reading(municipality) as tx:
        for row, submission in report_rows.of_form(tx, report.streets):
            form = form_version(municipality, row["form_version"]).form
            case = told(calendar, form, kept_answers.opened(tx, submission, form), row)
            if not row["blocked"] and counted_in(report, case):
                found |= set(of_streets.named_in(case))
    return found
