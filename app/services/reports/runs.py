"""Who makes a reading that takes long, and how far is it? A worker, once, however many people ask.

What a report adds up is known beforehand: the lines of its months in the store. Where there are many, the reading is
asked for in the outbox and made there, month by month; each month renews the lease, so a worker that dies gives the
reading back. Of a closed period it is then kept for ever (``frozen``), of one that still runs for the day it was made.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.engine.calendar import local
from app.engine.policy import Actor
from app.reporting import result_text
from app.reporting.results import Period, ReportResult
from app.services.errors import Conflict, NotFound
from app.services.follow_up.fire_timer import LeaseLost
from app.services.reports import frozen, read_report, refresh
from app.services.staff import staffing
from app.storage import outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import run_rows
from app.storage.repositories.run_rows import ASKED, FAILED, MADE, RunRow

RUN = "report_run"
LONG = 250_000
"""Lines from which a reading is made by a worker: a fifth of a second of work, by ``make bench``."""
TRIES = 3
KEPT = timedelta(days=2)
Wake = tuple[int, ...]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Making:
    """A reading that is not there yet. ``done`` of ``total`` steps, 0 of 0 before anybody began; ``failed``: nobody
    goes on with it until it is asked for again. ``wake`` are outbox rows a worker may be told of."""

    period: Period
    done: int
    total: int
    failed: bool
    wake: Wake = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """What there is to show: a reading, or one that is being made; neither where nothing may be read yet.
    ``counted_at``: when a worker counted a period that still runs, which may be asked for again."""

    result: ReportResult | None = None
    making: Making | None = None
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """One reading by what names it."""

    municipality: str
    report: str
    period: Period
    filters: Mapping[str, str]

    @property
    def name(self) -> str:
        """As ``frozen`` names it."""
        return frozen.name_of(self.report, self.filters)

    def row(self, tx: Transaction, *, lock: bool = False) -> RunRow | None:
        """How far a worker is with it."""
        return run_rows.one(tx, self.name, self.period.first, lock=lock)


def look(actor: Actor, report: str, period: str = "", filters: Mapping[str, str] = frozen.NOTHING) -> Looked:
    """A reading, made at once or asked for. Raises ``NotFound``, ``Forbidden``."""
    wanted = frozen.chosen(actor, report, period)
    if wanted is None:
        return Looked()
    asked = _asked(actor.municipality, report, wanted, filters)
    if not wanted.running:
        kept = frozen.kept(asked.municipality, report, wanted, asked.filters)
        if kept is not None:
            return Looked(kept)
    if not _is_long(asked):
        return Looked(frozen.made(actor, report, wanted, asked.filters))
    return _standing(asked)


def again(actor: Actor, report: str, period: str, filters: Mapping[str, str] = frozen.NOTHING) -> Wake:
    """Ask anew for a reading that failed, or for today's count; asked twice it is made once. Raises ``NotFound``,
    ``Forbidden``."""
    wanted = frozen.chosen(actor, report, period)
    if wanted is None:
        raise NotFound
    asked = _asked(actor.municipality, report, wanted, filters)
    with transaction(asked.municipality) as tx:
        row = asked.row(tx, lock=True)
        if row is None or row.state == ASKED or (row.state == MADE and not wanted.running):
            return ()
        return _promise(tx, asked, row.number + 1)


def carry_out(municipality: str, row: Leased) -> Wake:
    """Make a reading. Raises ``LeaseLost``, and what went wrong as long as it is worth another try."""
    asked = _of(municipality, row)
    try:
        content = _made(asked, row)
    except LeaseLost:
        raise
    except Exception as error:
        if row.attempts < TRIES:
            raise
        _log.error("reading given up: report=%s error=%s", asked.report, type(error).__name__)
        with transaction(municipality) as tx:
            run_rows.failed(tx, asked.name, asked.period.first)
            outbox.refuse(tx, row, type(error).__name__)
        return ()
    with transaction(municipality) as tx:
        run_rows.made(tx, asked.name, asked.period.first, content)
        if not outbox.complete(tx, row):
            raise LeaseLost
    return ()


def forget_older(municipality: str) -> int:
    """Remove what nobody waits for any more; how many."""
    with transaction(municipality) as tx:
        return run_rows.forget_older(tx, KEPT)


def ready(actor: Actor, report: str, period: str, filters: Mapping[str, str]) -> ReportResult | None:
    """A reading to take along; None where nothing may be read yet. Raises ``Conflict`` (``report_busy``: it is being
    made), ``NotFound``, ``Forbidden``."""
    found = look(actor, report, period, filters)
    if found.making is not None:
        raise Conflict("report_busy")
    return found.result


def _asked(municipality: str, report: str, period: Period, filters: Mapping[str, str]) -> _Asked:
    """Only what the report lets its readers filter by names a reading: nobody can ask for others without end."""
    return _Asked(municipality, report, period, read_report.filters_of(municipality, report, period, filters))


def _is_long(asked: _Asked) -> bool:
    months = read_report.months_of(asked.municipality, asked.report, asked.period)
    return refresh.size(asked.municipality, asked.report, months) >= LONG


def _standing(asked: _Asked) -> Looked:
    """What a worker made of it today, or how far one is; asked for where nobody did."""
    with transaction(asked.municipality, readonly=True) as tx:
        row = asked.row(tx)
        if row is not None and row.state == MADE and row.content and _of_today(tx, row):
            return Looked(result_text.load(row.content), counted_at=row.made_at)
    if row is not None and row.state != MADE:
        return Looked(making=Making(asked.period, row.done, row.total, row.state == FAILED))
    with transaction(asked.municipality) as tx:
        row = asked.row(tx, lock=True)
        wake: Wake = ()
        if row is None:
            wake = _promise(tx, asked, 1) if run_rows.ask(tx, asked.name, asked.period.first) else ()
        elif row.state == MADE:
            wake = _promise(tx, asked, row.number + 1)
    return Looked(making=Making(asked.period, 0, 0, failed=False, wake=wake))


def _of_today(tx: Transaction, row: RunRow) -> bool:
    cal = staffing.world(tx.municipality).calendar
    return row.made_at is not None and local(cal, row.made_at).today == local(cal, tx.now).today


def _promise(tx: Transaction, asked: _Asked, number: int) -> Wake:
    if number > 1:
        run_rows.ask_again(tx, asked.name, asked.period.first, number)
    payload = {"report": asked.report, "period": asked.period.key, "filters": dict(asked.filters)}
    made = outbox.emit(
        tx, RUN, f"{RUN}:{asked.name}:{asked.period.first}:{number}:{tx.instant:%Y%m%d%H%M%S%f}", payload
    )
    return () if made is None else (made,)


def _of(municipality: str, row: Leased) -> _Asked:
    report, key = str(row.payload["report"]), str(row.payload["period"])
    period = next((item for item in frozen.periods_as_kept(municipality, report) if item.key == key), None)
    if period is None:
        raise NotFound
    return _Asked(municipality, report, period, dict(row.payload["filters"]))


def _made(asked: _Asked, row: Leased) -> str:
    """The reading as it is kept; empty where it is kept for ever."""
    steps = _Steps(asked, row)
    if asked.period.running:
        made = read_report.count(
            asked.municipality, asked.report, asked.period.key, asked.filters, told=steps.on
        )
        return result_text.dump(made)
    frozen.keep(asked.municipality, asked.report, asked.period, asked.filters, steps.on)
    return ""


@dataclass(slots=True)
class _Steps:
    """Tells everybody who waits how far it is, and holds the lease meanwhile."""

    asked: _Asked
    row: Leased
    done: int = 0

    def on(self, _done: int, total: int) -> None:
        """One step more. An earlier period that has to be made first counts too. Raises ``LeaseLost``."""
        self.done += 1
        with transaction(self.asked.municipality) as tx:
            if not outbox.extend(tx, self.row):
                raise LeaseLost
            whole = max(total, self.done + 1)
            run_rows.told(tx, self.asked.name, self.asked.period.first, self.done, whole)
