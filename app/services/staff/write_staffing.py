"""How do the rows come to say what a changed world says? By their difference, and nothing else is touched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.engine.model.people import Absence, Calendar, Staffing, Worker, World
from app.services.access import sessions
from app.services.cases import stray_news
from app.services.errors import Conflict
from app.services.staff import calendar_news, real_people
from app.storage.database import Transaction
from app.storage.repositories import account_rows
from app.storage.repositories import staffing_rows as rows


@dataclass(frozen=True, slots=True)
class Written:
    """``wake`` are outbox ids to hint to the relay, ``absences`` the ids of the new ones."""

    wake: tuple[int, ...] = ()
    absences: tuple[int, ...] = ()


def write(tx: Transaction, before: World, after: World, *, by: str) -> Written:
    """Write what is different. Raises ``Conflict`` (``account_exists``) when an address is somebody else's."""
    _workers(tx, before.staffing, after.staffing)
    _holdings(tx, before.staffing, after.staffing)
    if Counter(before.staffing.duties) != Counter(after.staffing.duties):
        rows.put_duties(tx, after.staffing.duties)
    fresh = _absences(tx, before.staffing, after.staffing)
    if dict(before.staffing.neighbourhoods) != dict(after.staffing.neighbourhoods):
        rows.put_neighbourhoods(tx, after.staffing.neighbourhoods)
    return Written(_calendar(tx, before.calendar, after.calendar, by), fresh)


def _workers(tx: Transaction, before: Staffing, after: Staffing) -> None:
    for account, worker in after.workers.items():
        old = before.workers.get(account)
        if old == worker:
            continue
        if old is None or old.email != worker.email:
            real_people.demand_fitting(tx, worker.email)
            owner = account_rows.by_email(tx, worker.email)
            if owner is not None and owner[0] != account:
                raise Conflict("account_exists")
        if old is None:
            _insert(tx, worker)
        else:
            account_rows.update(tx, account, **_told(worker))
        if old is not None and old.active and not worker.active:
            sessions.end_all(tx, account)
            stray_news.promise(tx, account)


def _told(worker: Worker) -> dict[str, object]:
    return {
        "name": worker.name,
        "email": worker.email,
        "phone": worker.phone,
        "roles": sorted(worker.roles),
        "controller": worker.controller,
        "weekdays": sorted(worker.weekdays),
        "hours": {
            str(day): [since.isoformat("minutes"), until.isoformat("minutes")]
            for day, since, until in worker.hours
        }
        or None,
        "active": worker.active,
    }


def _insert(tx: Transaction, worker: Worker) -> None:
    """With the name that staffing files may use: the address's, or the id where somebody has that one."""
    key = worker.email.partition("@")[0].replace(".", "_")[:80]
    key = worker.id if account_rows.by_key(tx, key) else key
    if not account_rows.insert(tx, {"id": worker.id, "key": key, **_told(worker)}):
        raise Conflict("account_exists")


def _holdings(tx: Transaction, before: Staffing, after: Staffing) -> None:
    old = {(item.contact_point, item.neighbourhood): item for item in before.holdings}
    new = {(item.contact_point, item.neighbourhood): item for item in after.holdings}
    for place in old.keys() - new.keys():
        rows.drop_holding(tx, *place)
    for place, holding in new.items():
        if old.get(place) != holding:
            rows.put_holding(tx, holding)


def _absences(tx: Transaction, before: Staffing, after: Staffing) -> tuple[int, ...]:
    old, new = Counter(before.absences), Counter(after.absences)
    for item, n in (old - new).items():
        for key in rows.absence_keys(tx, item)[:n]:
            rows.delete_absence(tx, key)
    fresh: list[Absence] = list((new - old).elements())
    return tuple(
        rows.insert_absence(tx, item.account, item.start, item.end, item.replacement) for item in fresh
    )


def _calendar(tx: Transaction, before: Calendar, after: Calendar, by: str) -> tuple[int, ...]:
    if (before.opens, before.closes) != (after.opens, after.closes):
        rows.put_opening_hours(tx, after.opens, after.closes)
    if before.closing_days == after.closing_days:
        return ()
    rows.put_closing_days(tx, after.closing_days)
    return calendar_news.promise(tx, before.closing_days, after.closing_days, by=by)
