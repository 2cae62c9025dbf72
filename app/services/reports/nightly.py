"""Which reports are published period by period, and when is that looked after? Once a night.

What everybody reads of a report without a filter is made then, the oldest period first, so that nobody waits for it and
its numbers are those of that night; a reading under a filter is made when somebody asks for it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import time
from itertools import islice

from app.engine import calendar
from app.reporting.closed import CASES
from app.reporting.results import Period
from app.services.definitions.catalogs import live
from app.services.follow_up import daily
from app.services.follow_up.fire_timer import LeaseLost
from app.services.municipality import municipalities
from app.services.reports import closing, figures, frozen, published, regions
from app.services.staff import staffing
from app.storage import clock, outbox
from app.storage.database import transaction
from app.storage.outbox import Leased
from app.storage.repositories import release_rows

_log = logging.getLogger(__name__)
CLOSING = "report_closing"
FREEZING = "report_freezing"
AT_ONCE = 25
"""Readings a row: between two of them the lease is renewed, and a job has its limit."""
CLOSES, FREEZES = time(4, 0), time(4, 30)
COUNTED: Mapping[str, closing.Count] = {CASES: figures.count}
"""How each report is counted, by the name that tells how far it was published."""


def plan_all() -> int:
    """Have today's look at what is over done in every municipality; how many are new."""
    return sum(_plan(item.id, CLOSING, CLOSES) for item in municipalities.listed())


def plan_readings_all() -> int:
    """Have tonight's readings made in every municipality; how many are new."""
    return sum(_plan(item.id, FREEZING, FREEZES) for item in municipalities.listed())


def _plan(municipality: str, kind: str, at: time) -> int:
    cal = staffing.world(municipality).calendar
    today = clock.now().astimezone(cal.zone).date()
    return daily.promise(municipality, kind, today, calendar.instant(cal, today, at))


def carry_out(municipality: str, row: Leased) -> tuple[int, ...]:
    """Count what is over and was not counted yet, and show it to the groups one shares with. Raises ``LeaseLost``."""
    closing.close(municipality, COUNTED)
    regions.show_new(municipality)
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
    return ()


def freeze(municipality: str, row: Leased) -> tuple[int, ...]:
    """Make the readings of some closed periods, and leave the rest to a next row. Raises ``LeaseLost``."""
    waiting, made = _not_kept(municipality), 0
    for report, period in islice(waiting, AT_ONCE):
        try:
            frozen.keep(municipality, report, period)
            made += 1
        except Exception as error:  # one report that cannot be made keeps the others of nobody
            _log.error("reading not made: report=%s error=%s", report, type(error).__name__)
        with transaction(municipality) as tx:
            if not outbox.extend(tx, row):
                raise LeaseLost
    more = made and next(waiting, None) is not None
    day, part = row.payload["day"], int(row.payload.get("part", 1)) + 1
    with transaction(municipality) as tx:
        if more:
            outbox.emit(tx, FREEZING, f"{FREEZING}:{day}:{part}", {"day": day, "part": part})
        if not outbox.complete(tx, row):
            raise LeaseLost
    return ()


def _not_kept(municipality: str) -> Iterator[tuple[str, Period]]:
    """Every report with a period that is over and of which nothing was kept; the oldest period of each first, as the
    next one is compared with it."""
    with transaction(municipality, readonly=True) as tx:
        there = release_rows.there(tx)
    for report in published.every(live(municipality)):
        name = frozen.name_of(report)
        for period in reversed(frozen.periods_as_kept(municipality, report)):
            if not period.running and (name, period.first) not in there:
                yield report, period
