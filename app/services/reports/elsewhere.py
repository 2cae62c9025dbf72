"""Which figures of others lie beside our own, from where, and what became of older ones?

A series is read in whole and never changed: a newer list of the same name takes its place, and who was wrong withdraws
it with a reason. Both stay readable in its history. Small counts are not kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.engine.calendar import local
from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor
from app.services import once
from app.services.errors import Conflict, Invalid, NotFound
from app.services.permission import demand
from app.services.reports import figure_file
from app.services.reports.figure_file import Sheet
from app.services.staff import staffing
from app.storage import history, ids
from app.storage.database import Transaction, reading, transaction
from app.storage.repositories import figure_rows, municipality_rows
from app.storage.repositories.figure_rows import REPLACED, WITHDRAWN

SOURCE_MOST, WHY_MOST = 200, 400
Numbers = Mapping[tuple[str, int], float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """One series as it was read in: number by neighbourhood and year, ``None`` where it was small. ``ended_how`` is
    ``replaced`` or ``withdrawn``, empty while it counts; ``by`` is the name of who read it in."""

    id: str
    name: str
    label: str
    source: str
    source_on: date
    made_at: datetime
    by: str
    ended_at: datetime | None
    ended_how: str
    why: str
    values: Numbers = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        """The years it has numbers of, the newest first."""
        return tuple(sorted({year for _, year in self.values}, reverse=True))

    @property
    def places(self) -> tuple[str, ...]:
        """The neighbourhoods it has numbers of."""
        return tuple(sorted({place for place, _ in self.values}))


@dataclass(frozen=True, slots=True)
class Planned:
    """What a list would do; ``replaces`` are the names of series that make place."""

    sheet: Sheet
    replaces: tuple[str, ...]


def listed(actor: Actor) -> tuple[Series, ...]:
    """All series with their history: by label, what counts first. Raises ``Forbidden``."""
    demand(actor, Act.REPORTS_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        return _series(tx, figure_rows.listed(tx))


def figures(municipality: str) -> tuple[Series, ...]:
    """What counts now: the source named ``figures`` of reports."""
    with reading(municipality) as tx:
        return _series(tx, figure_rows.listed(tx, ended=False))


def plan(actor: Actor, text: str, columns: Sequence[str] | None = None) -> Planned:
    """What a list would do; nothing is written. Raises ``Forbidden``."""
    demand(actor, Act.FIGURES_EDIT)
    sheet = figure_file.read(text, staffing.world(actor.municipality).staffing.neighbourhoods, columns)
    with transaction(actor.municipality, readonly=True) as tx:
        standing = {row["name"] for row in figure_rows.listed(tx, ended=False)}
    return Planned(sheet, tuple(item.label for item in sheet.found if item.name in standing))


def take_over(
    actor: Actor,
    text: str,
    columns: Sequence[str] | None,
    *,
    source: str,
    source_on: str,
    token: str = "",
) -> int:
    """Read every series of a list in, all or none; how many. A row that is wrong is left out, the others stand.

    ``source_on`` is a day as a browser writes it. Raises ``Forbidden``, ``Invalid`` (source, day, nothing to read
    in), ``Conflict`` (sent twice with something else).
    """
    planned = plan(actor, text, columns)
    today = staffing.world(actor.municipality).calendar
    with transaction(actor.municipality) as tx:
        origin, day = _origin(source, source_on, local(today, tx.now).today)
        if not planned.sheet.found:
            raise Invalid("nothing")
        if once.first(tx, actor, token, text, list(columns or ()), origin, source_on) is not None:
            return len(planned.sheet.found)
        municipality_rows.hold(tx)
        standing = {row["name"]: row["id"] for row in figure_rows.listed(tx, ended=False)}
        for item in planned.sheet.found:
            if item.name in standing:
                figure_rows.end(tx, series=standing[item.name], account=actor.account, how=REPLACED)
            told = {"name": item.name, "label": item.label, "source": origin, "source_on": day}
            figure_rows.insert(tx, told | {"account": actor.account}, item.values)
            history.append(tx, None, "figures_read_in", {"series": item.name}, by=actor.account)
        once.gave(tx, token, n=str(len(planned.sheet.found)))
    return len(planned.sheet.found)


def withdraw(actor: Actor, series: str, why: str) -> None:
    """Take a series back, with a reason. Raises ``Forbidden``, ``NotFound``, ``Invalid`` (no reason), ``Conflict``
    (``gone``: somebody was first)."""
    demand(actor, Act.FIGURES_EDIT)
    reason = " ".join(why.split())[:WHY_MOST]
    if not reason:
        raise Invalid(errors=(FieldError("why", "required"),))
    with transaction(actor.municipality) as tx:
        key = _key(series)
        if key not in {row["id"] for row in figure_rows.listed(tx)}:
            raise NotFound
        if not figure_rows.end(tx, series=key, account=actor.account, how=WITHDRAWN, why=reason):
            raise Conflict("gone")
        history.append(tx, None, "figures_withdrawn", {"series": series}, by=actor.account)


def _origin(source: str, source_on: str, today: date) -> tuple[str, date]:
    """Both must be said. Raises ``Invalid``."""
    told, errors = " ".join(source.split()), []
    if not told:
        errors.append(FieldError("source", "required"))
    elif len(told) > SOURCE_MOST:
        errors.append(FieldError("source", "too_long", (("max", str(SOURCE_MOST)),)))
    try:
        day = date.fromisoformat(source_on)
    except ValueError:
        day = today
        errors.append(FieldError("source_on", "required"))
    if day > today:
        errors.append(FieldError("source_on", "later"))
    if errors:
        raise Invalid(errors=tuple(errors))
    return told, day


def _key(series: str) -> int:
    try:
        return ids.from_text(series)
    except ValueError:
        raise NotFound from None


def _series(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> tuple[Series, ...]:
    values = figure_rows.numbers(tx, [row["id"] for row in rows])
    workers = staffing.world(tx.municipality).staffing.workers
    return tuple(
        Series(
            id=ids.to_text(row["id"]),
            by=workers[row["account"]].name if row["account"] in workers else "",
            values=values[row["id"]],
            **{
                name: row[name]
                for name in (
                    "name",
                    "label",
                    "source",
                    "source_on",
                    "made_at",
                    "ended_at",
                    "ended_how",
                    "why",
                )
            },
        )
        for row in rows
    )
