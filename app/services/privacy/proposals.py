"""What is past its term tonight, by which rule, and what keeps some of it here? A list; nothing is destroyed by it.

One row a municipality a day waits in the outbox. A proposal that nobody approved makes place for the next night's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from app.engine import calendar, retention
from app.engine.durations import add_months
from app.engine.model.people import Calendar
from app.engine.policy import Act, Actor, may
from app.services.cases.load_case import Desk, desk_of, key_of
from app.services.errors import NotFound
from app.services.follow_up import daily
from app.services.follow_up.fire_timer import LeaseLost
from app.services.municipality import municipalities
from app.services.permission import demand
from app.services.privacy import terms
from app.services.privacy.terms import Unit
from app.services.staff import staffing
from app.storage import clock, ids, outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import retention_rows
from app.storage.repositories.retention_rows import EXCEPTED, KEPT, OPEN, PROPOSED, RUNNING, SECOND

NIGHTLY, RETENTION = "retention", "retention"
AT = time(2, 0)
MOST = 1000
"""Cases in one proposal; the rest come another night."""
SCANNED = 500
TWO_FROM = 101
"""From so many cases on two people approve."""
KEPT_FOR = timedelta(days=183)
"""Who was kept by somebody is proposed again after half a year."""


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a proposal. ``rule`` is empty for what holds otherwise; ``cases``: with so many that go along.

    ``why`` says what keeps it (``terms``), ``kept`` why somebody did.
    """

    case: str
    number: str
    title: str
    rule: str
    months: int
    basis: str
    then: str
    since: date
    due_on: date
    standing: str
    why: str
    kept: str
    kept_by: str
    cases: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, or is being carried out. ``state``: proposed, second, running, done."""

    id: str
    day: date
    state: str
    made_at: datetime
    lines: tuple[Line, ...]
    excepted: tuple[Line, ...]
    kept: tuple[Line, ...]
    done: int
    first_by: str
    first_at: datetime | None
    may_approve: bool
    mine: bool

    @property
    def cases(self) -> int:
        """How many cases would go."""
        return sum(line.cases for line in self.lines)

    @property
    def two(self) -> bool:
        """Whether one approval is not enough."""
        return self.cases >= TWO_FROM or self.state == SECOND


def plan_all() -> int:
    """Put today's row in the outbox of every municipality; how many are new."""
    return sum(plan(item.id) for item in municipalities.listed())


def plan(municipality: str) -> int:
    """Put today's row in the outbox; how many are new (0 or 1)."""
    cal = staffing.world(municipality).calendar
    day = clock.now().astimezone(cal.zone).date()
    return daily.promise(municipality, NIGHTLY, day, calendar.instant(cal, day, AT))


def compose(municipality: str, row: Leased) -> tuple[int, ...]:
    """The night came: the list. Raises ``LeaseLost``."""
    desk = desk_of(municipality)
    day = date.fromisoformat(row.payload["day"])
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        for old in retention_rows.listed(tx, (OPEN,), kind=RETENTION):
            retention_rows.drop(tx, old["id"])
        found = [(unit, terms.keeps(tx, unit)) for unit in due(tx, desk, day)]
        if found:
            key = retention_rows.make(tx, RETENTION, day)
            retention_rows.add(tx, key, [item_of(unit, why) for unit, why in found])
    return ()


def due(tx: Transaction, desk: Desk, today: date) -> Iterator[Unit]:
    """What is past its term on ``today``, the oldest first."""
    forms = _before(desk, today)
    after, found = 0, 0
    while found < MOST:
        rows = retention_rows.closed_before(
            tx, forms, after=after, most=SCANNED, kept_since=tx.now - KEPT_FOR
        )
        for row in rows:
            unit = terms.unit_of(tx, desk, row)
            if unit is not None and unit.due_on is not None and unit.due_on <= today and found < MOST:
                found += 1
                yield unit
        if len(rows) < SCANNED:
            return
        after = rows[-1]["id"]


def item_of(unit: Unit, why: str, *, then: str = "") -> dict[str, Any]:
    """A unit as a row of a destruction."""
    rule = unit.rule
    return {
        "case": unit.root["id"],
        "number": unit.root["number"],
        "form": unit.root["form"],
        "title": unit.title,
        "rule": unit.words,
        "months": rule.months if rule is not None else 0,
        "basis": unit.basis,
        "then": then or (rule.then if rule is not None else retention.DELETE),
        "since": unit.since,
        "due_on": unit.due_on,
        "standing": EXCEPTED if why else PROPOSED,
        "why": why,
        "reason": None,
        "kept_by": None,
        "counts": {"cases": len(unit.cases)},
        "done_at": None,
    }


def listed(actor: Actor) -> tuple[Proposal, ...]:
    """What waits for approval or is being carried out, the newest first. Raises ``Forbidden``."""
    demand(actor, Act.RETENTION_READ)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        found = retention_rows.listed(tx, (OPEN, SECOND, RUNNING), kind=RETENTION)
        return tuple(_proposal(tx, desk, actor, row) for row in found)


def one(actor: Actor, proposal: str) -> Proposal:
    """One of them, done ones too. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.RETENTION_READ)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        row = retention_rows.get(tx, key_of(proposal))
        if row is None or row["kind"] != RETENTION:
            raise NotFound
        return _proposal(tx, desk, actor, row)


def _proposal(tx: Transaction, desk: Desk, actor: Actor, row: dict[str, Any]) -> Proposal:
    lines = [line_of(tx, desk, item) for item in retention_rows.items(tx, row["id"])]
    by = {
        standing: tuple(line for line in lines if line.standing == standing)
        for standing in (PROPOSED, EXCEPTED, KEPT)
    }
    return Proposal(
        id=ids.to_text(row["id"]),
        day=row["day"],
        state=row["state"],
        made_at=row["made_at"],
        lines=by[PROPOSED],
        excepted=by[EXCEPTED],
        kept=by[KEPT],
        done=len(lines) - sum(len(some) for some in by.values()),
        first_by=name_of(desk, row["first_by"]),
        first_at=row["first_at"],
        may_approve=may(actor, Act.RETENTION_APPROVE) and row["state"] in (OPEN, SECOND),
        mine=row["first_by"] == actor.account,
    )


def line_of(tx: Transaction, desk: Desk, item: dict[str, Any]) -> Line:
    """A case of a destruction, as a page shows it."""
    place = ("destruction_case", f"{item['destruction']}:{item['case']}", "reason")
    return Line(
        case=ids.to_text(item["case"]),
        number=item["number"],
        title=item["title"],
        rule=item["rule"],
        months=item["months"],
        basis=item["basis"],
        then=item["then"],
        since=item["since"],
        due_on=item["due_on"],
        standing=item["standing"],
        why=item["why"],
        kept=tx.sealer.open_json(place, item["reason"]) if item["reason"] else "",
        kept_by=name_of(desk, item["kept_by"]),
        cases=item["counts"].get("cases", 1),
    )


def name_of(desk: Desk, account: str | None) -> str:
    """What somebody who works here is called."""
    worker = desk.world.staffing.workers.get(account) if account else None
    return worker.name if worker else ""


def _before(desk: Desk, today: date) -> dict[str, datetime]:
    """For every form with terms: nothing closed after this instant can be past one of them. A case that runs on an
    older version is judged by its own rules; what those keep shorter is found when its form keeps longer."""
    found: dict[str, datetime] = {}
    for ref, version in desk.catalog.forms.items():
        months = retention.shortest(version.form)
        if months is not None:
            found[ref] = _instant(desk.world.calendar, add_months(today, -months) + timedelta(days=4))
    return found


def _instant(cal: Calendar, day: date) -> datetime:
    """The end of a day; a few more days are looked at, as months are not equally long."""
    return calendar.instant(cal, day, time(23, 59))
