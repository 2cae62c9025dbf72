"""How does the store that reports read come to know what happened since?

From the events of cases: who is new, who changed, who is gone. Only their months are written again. Whoever asks for
cases gets the store brought up to now first, so that nothing erased is ever counted; every five minutes it happens
unasked. What is missing or damaged is made anew from the database, which alone is the truth.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from app.definitions.model.reports import Report
from app.engine.calendar import instant, local
from app.engine.model.people import Calendar
from app.engine.reported import columns_of
from app.reporting.rows import EVERY_CASE, Frame, joined, joined_months
from app.reporting.store import CASES, Damaged, Index, Lock, Store, writing
from app.services.definitions import catalogs
from app.services.municipality import municipalities
from app.services.reports import facts, lines, published
from app.services.reports.lines import Source
from app.services.staff import staffing
from app.storage.database import Transaction, reading
from app.storage.repositories import report_rows
from app.storage.sealing import CannotOpen

_folder: Path | None = None
_log = logging.getLogger(__name__)


def configure(folder: Path) -> None:
    """Say once, at start, where the stores are."""
    global _folder
    _folder = folder


def refresh_all() -> None:
    """Bring the store of every municipality up to now: what was erased does not wait for the next reader."""
    for municipality in municipalities.listed():
        try:
            refresh(municipality.id)
        except OSError as error:  # a full disk keeps nobody else waiting; whoever reads says it again
            _log.error("store of reports not refreshed: %s", type(error).__name__)


def refresh(municipality: str) -> Index:
    """Bring one store up to now; what is in it then."""
    with _work(municipality) as work:
        return work.up_to_now()


def cases(municipality: str, months: Sequence[str], columns: Sequence[str] = EVERY_CASE) -> Frame:
    """The cases received in ``months`` (``2026-11``) as they are now, a row each; see ``CaseRow.columns``."""
    with _work(municipality) as work:
        index = work.up_to_now()
        return joined([work.read(index, f"{month}/{CASES}", columns) for month in months], columns)


def lines_of(municipality: str, report: Report, months: Sequence[str]) -> Frame:
    """The lines of a report in ``months`` as they are now, with the column ``month``; see ``engine.reported``."""
    wanted = columns_of(report)
    with _work(municipality) as work:
        index = work.up_to_now()
        read = [(month, work.read(index, lines.part_of(month, report.id), wanted)) for month in months]
    return joined_months(read)


def size(municipality: str, report: str, months: Sequence[str]) -> int:
    """About how many lines a reading of these months reads, without bringing the store up to now: as many as it had
    when it was last looked after, or as many as there are cases where it does not have that report yet."""
    if _folder is None:
        raise LookupError("nobody said where the stores are")
    with reading(municipality) as tx:
        try:
            index = Store(_folder / municipality, _lock(tx)).index()
        except Damaged:
            return report_rows.count(tx)
    wanted = [
        lines.part_of(month, report) if report in index.made else f"{month}/{CASES}" for month in months
    ]
    return sum(index.parts.get(part, 0) for part in wanted)


@contextmanager
def _work(municipality: str) -> Iterator[_Work]:
    """Alone at the store, then a look at the database: what is written is never older than what is there."""
    if _folder is None:
        raise LookupError("nobody said where the stores are")
    place = _folder / municipality
    calendar = staffing.world(municipality).calendar
    every = published.every(catalogs.live(municipality))
    wanted = {ref: report for ref, report in every.items() if report.of_cases}
    with writing(place), reading(municipality) as tx:
        yield _Work(tx, Source(tx, calendar, wanted), Store(place, _lock(tx)))


def _lock(tx: Transaction) -> Lock:
    """Sealed for its name, by the key of the municipality."""

    def opened(name: str, sealed: bytes) -> bytes:
        try:
            return tx.sealer.open(("report_store", name, "content"), sealed)
        except CannotOpen as error:
            raise Damaged(name) from error

    return Lock(lambda name, plain: tx.sealer.seal(("report_store", name, "content"), plain), opened)


@dataclass(frozen=True, slots=True)
class _Work:
    """The store of one municipality and the database at one instant."""

    tx: Transaction
    source: Source
    store: Store

    @property
    def calendar(self) -> Calendar:
        """The municipality's."""
        return self.source.calendar

    def up_to_now(self) -> Index:
        """Follow the events since the last time; begin anew when that cannot be. Reports that are new, or count
        otherwise since they were published again, are filled from the beginning."""
        try:
            index = self.store.index()
        except Damaged:
            return self._anew()
        if not report_rows.knows(self.tx, index.seen):
            return self._anew()
        index = self._follow(index)
        if index.made != self._wordings():
            self._fill(index)
        return index

    def read(self, index: Index, part: str, columns: Sequence[str] | None = None) -> Frame:
        """A part; made anew when it is damaged."""
        if part not in index.parts:
            return joined([])
        try:
            return self.store.read(index, part, columns)
        except Damaged:
            self._month(index, part[:7])
            self.store.commit(index)
            return self.read(index, part, columns)

    def _follow(self, index: Index) -> Index:
        events = report_rows.events_since(self.tx, index.seen)
        changed = {case for event, case in events.items() if event not in index.recent}
        if not changed:
            return index
        found = list(report_rows.of(self.tx, changed))
        parts, without = facts.parts_of(self.source, found)
        keys = {facts.key_of(self.tx, case) for case in changed}
        somewhere = without or len(found) < len(changed)
        months = {part[:7] for part in parts}
        for part in {*parts, *(part for part in index.parts if somewhere or part[:7] in months)}:
            try:
                self.store.merge(index, part, parts.get(part, []), keys)
            except Damaged:
                self._month(index, part[:7])
        return self._done(index, events)

    def _wordings(self) -> dict[str, str]:
        return {ref: lines.wording(report) for ref, report in self.source.reports.items()}

    def _fill(self, index: Index) -> None:
        """The parts of reports that are new or count otherwise, of every case there is; those of others stay."""
        wanted = self._wordings()
        stale = {ref for ref in {*index.made, *wanted} if index.made.get(ref) != wanted.get(ref)}
        source = replace(
            self.source, reports={ref: item for ref, item in self.source.reports.items() if ref in stale}
        )
        for part in [part for part in index.parts if part.partition("/report_")[2] in stale]:
            self.store.replace(index, part, [])
        first = report_rows.first_received(self.tx)
        for month in _months(self.calendar, first, self.tx.now) if first and source.reports else ():
            parts, _ = facts.parts_of(source, report_rows.received(self.tx, *self._bounds(month)))
            for part in (part for part in parts if part.partition("/report_")[2] in stale):
                self.store.replace(index, part, parts[part])
        index.made = wanted
        self.store.commit(index)

    def _anew(self) -> Index:
        self.store.clear()
        index = Index(0, made=self._wordings())
        first = report_rows.first_received(self.tx)
        for month in _months(self.calendar, first, self.tx.now) if first else ():
            self._month(index, month)
        return self._done(index, report_rows.events_since(self.tx, report_rows.last_event(self.tx)))

    def _month(self, index: Index, month: str) -> None:
        """Make the parts of one month anew."""
        parts, _ = facts.parts_of(self.source, report_rows.received(self.tx, *self._bounds(month)))
        for part in {*parts, *(known for known in index.parts if known.startswith(month))}:
            self.store.replace(index, part, parts.get(part, []))

    def _bounds(self, month: str) -> tuple[datetime, datetime]:
        """The instants at which a month begins and the next one does."""
        begins = date.fromisoformat(f"{month}-01")
        ends = date(begins.year + begins.month // 12, begins.month % 12 + 1, 1)
        return instant(self.calendar, begins, time(0)), instant(self.calendar, ends, time(0))

    def _done(self, index: Index, events: Mapping[int, int]) -> Index:
        index.seen = report_rows.last_event(self.tx)
        index.recent = set(events) & set(report_rows.events_since(self.tx, index.seen))
        self.store.commit(index)
        return index


def _months(calendar: Calendar, first: datetime, last: datetime) -> Iterator[str]:
    """Every month from one instant to another."""
    day, end = local(calendar, first).today.replace(day=1), local(calendar, last).today
    while day <= end:
        yield f"{day:%Y-%m}"
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
