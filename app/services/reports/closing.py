"""When is a period over, and what is published of it?

Every night the periods that ended at least ``GRACE`` working days ago are counted once, so that first contacts of the
last days are in. They follow each other: the first begins with the first case, each next one where the last one ended,
also when the municipality chose another length meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import takewhile

from app.engine import calendar
from app.engine.calendar import local
from app.engine.model.people import World
from app.engine.policy import Act, Actor
from app.reporting.periods import LENGTHS, QUARTER, Period, following
from app.services import seen as pages
from app.services.errors import Invalid
from app.services.permission import demand
from app.services.staff import staffing
from app.storage import history
from app.storage.database import Transaction, reading, transaction
from app.storage.repositories import municipality_rows, release_rows, report_rows

GRACE = 5
"""Working days after the end of a period before it is counted."""
UNITS = tuple(LENGTHS)
USUAL = QUARTER
SETTING = "figures_period"
Made = Mapping[str, str]
"""What is published of one period: content by report."""
Count = Callable[[str, Period], Made]


def unit_of(world: World) -> str:
    """How long a period is here."""
    told = world.settings.get(SETTING, "")
    return told if told in UNITS else USUAL


def choose(actor: Actor, unit: str, *, seen: str | None = None) -> None:
    """How long the periods are from now on. Raises ``Forbidden``, ``Invalid``, ``Conflict`` (as ``seen.is_new``)."""
    demand(actor, Act.FIGURES_SHARE)
    if unit not in UNITS:
        raise Invalid("choice")
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        now = {SETTING: municipality_rows.settings(tx).get(SETTING, USUAL)}
        if pages.is_new(now, {SETTING: unit}, seen):
            municipality_rows.put_settings(tx, {SETTING: unit})
            history.append(tx, None, "settings_changed", {"what": SETTING}, by=actor.account)


def close(municipality: str, counted: Mapping[str, Count]) -> int:
    """Publish every period that is over; how many were new. Whoever comes second changes nothing.

    ``counted``: how each report is counted, by the name that tells how far it was published.
    """
    world = staffing.world(municipality)
    made = 0
    for report, count in counted.items():
        for period in _over(municipality, report, world):
            published = count(municipality, period)
            with transaction(municipality) as tx:
                made += _keep(tx, report, period, published)
    return made


def next_on(municipality: str, report: str) -> date | None:
    """The day on which the next period is published; None before there is any case."""
    world = staffing.world(municipality)
    period = next(_periods(municipality, report, world), None)
    return None if period is None else calendar.move(world.calendar, period.last, GRACE)


def _keep(tx: Transaction, report: str, period: Period, published: Made) -> int:
    """All of a period at once or nothing, and nothing that touches what stands there."""
    municipality_rows.hold(tx)
    last = release_rows.last_day(tx, report)
    if last is not None and last >= period.first:
        return 0
    for name, content in published.items():
        release_rows.keep(tx, name, period.first, period.last, content)
    history.append(tx, None, "report_released", {"report": report, "first": period.first.isoformat()})
    return 1


def _over(municipality: str, report: str, world: World) -> list[Period]:
    with reading(municipality) as tx:
        today = local(world.calendar, tx.now).today
    coming = _periods(municipality, report, world)
    return list(takewhile(lambda item: calendar.move(world.calendar, item.last, GRACE) <= today, coming))


def _periods(municipality: str, report: str, world: World) -> Iterator[Period]:
    with reading(municipality) as tx:
        last, first = release_rows.last_day(tx, report), report_rows.first_received(tx)
    if last is not None:
        return following(unit_of(world), last + timedelta(days=1))
    return following(unit_of(world), local(world.calendar, first).today) if first else iter(())
