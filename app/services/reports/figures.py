"""What do the cases of a closed period add up to; and, for who sees all cases anyway, those of the last twelve months?

What was published of a closed period is read from its release, never counted again. The count up to today changes with
each reading, so that two of them tell of who came between: it is only for who may see every case in the overview.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from app.engine.calendar import local
from app.engine.domains import DOMAINS as MEANING
from app.engine.policy import Act, Actor, may
from app.reporting import closed, releases
from app.reporting.closed import CASES, DOMAINS, OTHER, PERIOD
from app.reporting.overview import COLUMNS, OPEN, WAIT_BANDS, Overview, Table, Wait, overview
from app.reporting.periods import Period
from app.reporting.rows import DOMAIN
from app.services.definitions.catalogs import LiveCatalog, live
from app.services.errors import Forbidden, NotFound
from app.services.permission import demand
from app.services.reports import closing, refresh
from app.services.staff import staffing
from app.storage.database import reading
from app.storage.repositories import release_rows
from app.storage.repositories.release_rows import Released
from app.texts import say

__all__ = ["CASES", "Report", "Table", "Wait", "show"]

MONTHS = 12
NOW, YEAR = "nu", "jaar"
"""What may be asked for besides a period: everything up to today, and the released periods of a year together."""
ELSEWHERE = ("geen_vast_adres", "andere_gemeente", "")
"""What a neighbourhood field may hold besides a neighbourhood."""


@dataclass(frozen=True, slots=True)
class Report:
    """The report and the period it covers, both days included; ``overview`` is None before anything was published.

    ``asked`` is what is shown, one of ``choices`` (name -> words); ``next_on`` the day of the next release.
    """

    first: date
    last: date
    overview: Overview | None
    asked: str
    choices: Mapping[str, str]
    next_on: date | None


def show(actor: Actor, asked: str = "", language: str = "nl") -> Report:
    """A released period (by its first day), ``jaar`` or ``nu``; left out: the newest there is.

    Raises ``Forbidden``, and ``NotFound`` for a period that was not released.
    """
    demand(actor, Act.REPORTS_READ)
    with reading(actor.municipality) as tx:
        released, today = release_rows.listed(tx, CASES), tx.now
        domains = {row.first: row for row in release_rows.listed(tx, DOMAINS)}
    day = local(staffing.world(actor.municipality).calendar, today).today
    choices = _choices(actor, released, language)
    asked = asked or next(iter(choices), "")
    if asked and asked not in choices:
        raise Forbidden if asked == NOW else NotFound
    due = closing.next_on(actor.municipality, CASES)
    following = due if due is not None and due > day else None
    if not asked:
        return Report(day, day, None, "", choices, following)
    if asked == NOW:
        return Report(_first_day(day), day, _until(actor, day, language), asked, choices, following)
    chosen = [
        row
        for row in released
        if asked == row.first.isoformat() or (asked == YEAR and _in_year(released, row))
    ]
    chosen.reverse()
    made = closed.shown(
        [releases.load(row.content) for row in chosen],
        [releases.load(domains[row.first].content) for row in chosen],
        _labels(
            actor.municipality,
            {row.first.isoformat(): words(row.first, row.last, language) for row in chosen},
            language,
        ),
    )
    return Report(chosen[0].first, chosen[-1].last, made, asked, choices, following)


def _choices(actor: Actor, released: Sequence[Released], language: str) -> dict[str, str]:
    found = {row.first.isoformat(): words(row.first, row.last, language) for row in released}
    if sum(_in_year(released, row) for row in released) > 1:
        found[YEAR] = say("reports.choice.year", language)
    if may(actor, Act.OVERVIEW_READ):
        found[NOW] = say("reports.choice.now", language)
    return found


def _in_year(released: Sequence[Released], row: Released) -> bool:
    return row.last > released[0].last - timedelta(days=365)


def words(first: date, last: date, language: str = "nl") -> str:
    """``november 2026``, or ``januari tot maart 2026``."""
    end = format_date(last, "MMMM y", locale=language)
    if (first.year, first.month) == (last.year, last.month):
        return end
    begin = format_date(first, "MMMM" if first.year == last.year else "MMMM y", locale=language)
    return say("reports.choice.period", language, first=begin, last=end)


def domain_labels(municipality: str) -> Mapping[str, str]:
    """Label of each life domain, and of what had no row."""
    return _labels(municipality, {}, "nl")[DOMAIN]


def count(municipality: str, period: Period) -> closing.Made:
    """What is published of the cases of a period."""
    labels = _labels(municipality, {}, "nl")
    made = closed.close(
        refresh.cases(municipality, period.months, COLUMNS),
        period.first.isoformat(),
        {name: [key for key in labels[name] if key != OTHER] for name in ("form", "neighbourhood", DOMAIN)},
    )
    return {part.report: releases.dump(part) for part in made}


def _labels(municipality: str, periods: Mapping[str, str], language: str) -> dict[str, Mapping[str, str]]:
    """The words of every axis, in the order to show."""
    catalog = live(municipality)
    other = {OTHER: say("reports.other", language)}
    places = dict(staffing.world(municipality).staffing.neighbourhoods) | {
        ref: say(f"reports.neighbourhood.{ref or 'unknown'}", language) for ref in ELSEWHERE
    }
    forms = {ref: version.form.title for ref, version in catalog.forms.items() if version.form.workflow}
    return {
        "form": forms | other,
        "neighbourhood": places | other,
        "wait": {band: say(f"reports.wait.{band}", language) for band in WAIT_BANDS} | {OPEN: OPEN},
        DOMAIN: dict(_domain_labels(catalog)) | other,
        PERIOD: periods,
    }


def _until(actor: Actor, today: date, language: str) -> Overview:
    """The current month and the eleven before it, counted now."""
    labels = _labels(actor.municipality, {}, language)
    months = _months(_first_day(today), today, language)

    def words_of(name: str) -> dict[str, str]:
        return {key: label for key, label in labels[name].items() if key not in (OTHER, OPEN)}

    return overview(
        refresh.cases(actor.municipality, tuple(months), COLUMNS),
        forms=words_of("form"),
        domains=words_of(DOMAIN),
        neighbourhoods=words_of("neighbourhood"),
        months=months,
        bands=words_of("wait"),
    )


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


def _domain_labels(catalog: LiveCatalog) -> Mapping[str, str]:
    """Label of each life domain, from the matrix that means the domains; else what options say of themselves."""
    labels: dict[str, str] = {}
    for version in catalog.forms.values():
        field = version.form.meaning(MEANING)
        if field is not None and field.rows is not None:
            labels |= {row.id: row.label for row in field.rows.options}
    for version in catalog.forms.values():
        field = version.form.meaning(MEANING)
        if field is not None and field.rows is None and field.options is not None:
            for option in field.options.options:
                if not option.opt_out:
                    labels.setdefault(option.columns.get("domain", option.id), option.label)
    return labels
