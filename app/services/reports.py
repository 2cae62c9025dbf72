"""What do the cases of the last twelve months add up to?

Rows are made of ids and dates alone; which life domains a submission touches is the answer of the field that
``means: case.domains``. Counting and hiding small cells is the reporting room's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from babel.dates import format_date

from app.definitions.model.forms import FieldType, Form, OptionList
from app.engine.calendar import instant, local, working_days_between
from app.engine.model.answers import Answers
from app.engine.model.people import Calendar
from app.engine.policy import Act, Actor, may
from app.reporting.overview import WAIT_BANDS, Overview, Table, Wait, overview
from app.reporting.rows import CaseRow
from app.services.cases import load_case
from app.services.definitions.catalogs import LiveCatalog, form_version, live
from app.services.errors import Forbidden
from app.services.staff import staffing
from app.storage.database import Transaction, reading
from app.storage.repositories import report_rows
from app.texts import say

__all__ = ["Report", "Table", "Wait", "show"]

DOMAINS = "case.domains"
FIRST_TALK = "gesproken"
"""The mark that means: somebody spoke with the resident."""
WORRY = "kan_beter"
"""From this score on a life domain counts (``language.md`` section 4, decision 13)."""
MONTHS = 12
ELSEWHERE = ("geen_vast_adres", "andere_gemeente", "")
"""What a neighbourhood field may hold besides a neighbourhood."""


@dataclass(frozen=True, slots=True)
class Report:
    """The report and the period it covers, both days included."""

    first: date
    last: date
    overview: Overview


def show(actor: Actor, language: str = "nl") -> Report:
    """The report over the current month and the eleven before it. Raises Forbidden."""
    if not may(actor, Act.REPORTS_READ):
        raise Forbidden
    catalog = live(actor.municipality)
    world = staffing.world(actor.municipality)
    with reading(actor.municipality) as tx:
        today = local(world.calendar, tx.now).today
        first = _first_day(today)
        rows = tuple(_rows(tx, catalog, world.calendar, first))
    made = overview(
        rows,
        forms={ref: version.form.title for ref, version in catalog.forms.items() if version.form.workflow},
        domains=_domain_labels(catalog),
        neighbourhoods=dict(world.staffing.neighbourhoods)
        | {ref: say(f"reports.neighbourhood.{ref or 'unknown'}", language) for ref in ELSEWHERE},
        months=_months(first, today, language),
        bands={band: say(f"reports.wait.{band}", language) for band in WAIT_BANDS},
    )
    return Report(first, today, made)


def _first_day(today: date) -> date:
    """The first day of the month eleven months ago."""
    months = today.year * 12 + today.month - 1 - (MONTHS - 1)
    return date(months // 12, months % 12 + 1, 1)


def _months(first: date, last: date, language: str) -> dict[str, str]:
    """``{"2026-11": "november 2026"}`` for each month of the period."""
    found: dict[str, str] = {}
    month = first
    while month <= last:
        found[f"{month:%Y-%m}"] = format_date(month, "MMMM y", locale=language)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


def _rows(tx: Transaction, catalog: LiveCatalog, calendar: Calendar, first: date) -> Iterator[CaseRow]:
    """One row a case that a submission opened; sub-cases are part of theirs."""
    for row, submission in report_rows.received_since(tx, instant(calendar, first, time(0))):
        form = form_version(tx.municipality, row["form_version"]).form
        if row["workflow"] != form.workflow:
            continue
        received = local(calendar, row["received_at"]).today
        spoken = row["marks"].get(FIRST_TALK)
        yield CaseRow(
            form=row["form"],
            neighbourhood=row["neighbourhood"],
            received=received,
            domains=domains_of(form, load_case.opened(tx, submission, form)),
            waited=_waited(calendar, received, spoken),
            ended=row["closed_at"] is not None,
            means=row["means"],
        )


def _waited(calendar: Calendar, received: date, spoken: str | None) -> int | None:
    if spoken is None:
        return None
    return working_days_between(calendar, received, local(calendar, datetime.fromisoformat(spoken)).today)


def domains_of(form: Form, answers: Answers) -> tuple[str, ...]:
    """The life domains a submission touches: rows scored from ``kan_beter`` on, or options ticked.

    An option's ``domain`` column says which domain it stands for; opting out stands for none.
    """
    field = form.meaning(DOMAINS)
    if field is None or field.options is None:
        return ()
    if field.type is FieldType.MATRIX:
        counts = _worrying(field.options)
        rows = field.rows.ids if field.rows else ()
        return tuple(row for row in rows if answers.get(f"{field.id}.{row}") in counts)
    chosen = answers.get(field.id)
    options = [field.options.get(str(item)) for item in chosen] if isinstance(chosen, tuple) else []
    found = [option.columns.get("domain", option.id) for option in options if option and not option.opt_out]
    return tuple(dict.fromkeys(found))


def _worrying(options: OptionList) -> frozenset[str]:
    """The scores that count: from ``kan_beter`` on in the list's own order."""
    order = options.order
    return frozenset(order[order.index(WORRY) :]) if WORRY in order else frozenset()


def _domain_labels(catalog: LiveCatalog) -> Mapping[str, str]:
    """Label of each life domain, from the matrix that means the domains; else what options say of themselves."""
    labels: dict[str, str] = {}
    for version in catalog.forms.values():
        field = version.form.meaning(DOMAINS)
        if field is not None and field.rows is not None:
            labels |= {row.id: row.label for row in field.rows.options}
    for version in catalog.forms.values():
        field = version.form.meaning(DOMAINS)
        if field is not None and field.rows is None and field.options is not None:
            for option in field.options.options:
                if not option.opt_out:
                    labels.setdefault(option.columns.get("domain", option.id), option.label)
    return labels
