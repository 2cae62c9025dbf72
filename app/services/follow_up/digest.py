"""Who gets the mail of 8.30?

One row a municipality a working day waits in the outbox; when it comes due it makes one row a person who has something
to do, so that a person gets at most one such mail a day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.engine import calendar, staff
from app.engine.model.people import Calendar
from app.services.follow_up import daily, mail_wishes
from app.services.follow_up.fire_timer import LeaseLost
from app.services.intake import drafts
from app.services.municipality import municipalities
from app.services.people import partner_reviews
from app.services.staff import staffing
from app.storage import clock, outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import comfort_rows, count_rows
from app.storage.repositories.comfort_rows import Wish

PLAN, DIGEST = "digest_plan", "digest"
WITHIN = timedelta(days=14)
"""Who has a task due within this time may have been reminded of it: their mail is made, and dropped when empty."""
AFTER_TIMERS = timedelta(minutes=1)
"""The timers of 8.30 fire first, so that what they remind of stands in the mail."""


def plan(municipality: str) -> int:
    """Put the next working morning's row in the outbox; how many are new."""
    cal = staffing.world(municipality).calendar
    day = next_morning(cal, clock.now())
    return daily.promise(municipality, PLAN, day, morning_of(cal, day))


def plan_all() -> int:
    """``plan`` for every municipality; how many are new."""
    return sum(plan(item.id) for item in municipalities.listed())


def hand_out(municipality: str, row: Leased) -> tuple[int, ...]:
    """The morning came: a row for everybody who has a task due by today; outbox ids. Raises ``LeaseLost``."""
    day = date.fromisoformat(row.payload["day"])
    made: list[int] = []
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        busy = {account for account, due_on, _ in count_rows.by_person(tx) if due_on <= day + WITHIN}
        quiet = _away(municipality, day) | _not_today(tx, municipality, day)
        lying = drafts.remind(tx, day, quiet)
        old = partner_reviews.remind(tx, day, staffing.world(municipality), quiet)
        waited = lying.keys() | old.keys()
        for account in sorted((busy | _stand_ins(municipality, busy, day) | waited) - quiet):
            payload = {"account": account, "day": row.payload["day"]}
            if account in old:
                payload["partners"] = old[account]
            if account in lying:
                payload["drafts"] = lying[account]
            fresh = outbox.emit(tx, DIGEST, f"{DIGEST}:{account}:{row.payload['day']}", payload)
            made += [] if fresh is None else [fresh]
    return tuple(made)


def _not_today(tx: Transaction, municipality: str, day: date) -> set[str]:
    """Whoever wants no mail on that weekday: what waits stands in the next one."""
    wishes, nothing = comfort_rows.wishes(tx), Wish()
    workers = staffing.world(municipality).staffing.workers.values()
    return {item.id for item in workers if not mail_wishes.comes(wishes.get(item.id, nothing), item, day)}


def _away(municipality: str, day: date) -> set[str]:
    """Whoever gets no mail on ``day``."""
    people = staffing.world(municipality).staffing
    return {account for account in people.workers if staff.absent(people, account, day)}


def _stand_ins(municipality: str, busy: set[str], day: date) -> set[str]:
    """Whoever may stand in for somebody busy who is away on ``day``."""
    people = staffing.world(municipality).staffing
    away = {account for account in busy if staff.absent(people, account, day)}
    found = {item.replacement for item in people.absences if item.account in away and item.replacement}
    for holding in people.holdings:
        if holding.holder in away:
            found.update(holding.substitutes)
    return found


def next_morning(cal: Calendar, now: datetime) -> date:
    """The first working day whose 8.30 is still to come."""
    day = calendar.on_or_after(cal, now.astimezone(cal.zone).date())
    return day if morning_of(cal, day) > now else calendar.move(cal, day, 1)


def morning_of(cal: Calendar, day: date) -> datetime:
    """When the mail of ``day`` goes out."""
    return calendar.instant(cal, day, calendar.DIGEST) + AFTER_TIMERS
