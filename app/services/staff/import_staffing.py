"""How does a staffing file become the staff of a municipality?

People are known by their name in the file: who is there already is changed, not doubled, and keeps their password. What
is held, rosters, closing days and neighbourhoods are replaced; absences are added once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from app.definitions.model.staffing_file import StaffingFile
from app.engine.model.people import AccountId, ClosingDay, Duty, Holding, Staffing, Worker
from app.engine.policy import Act, Actor, may
from app.engine.staffing_file import to_calendar, to_staffing
from app.services.errors import Conflict, Forbidden
from app.services.staff import calendar_news, real_people
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.ids import new_account_id
from app.storage.repositories import account_rows
from app.storage.repositories import staffing_rows as rows

Find = Callable[[str], AccountId]


def import_staffing(actor: Actor, file: StaffingFile) -> dict[str, AccountId]:
    """Make ``file`` (checked, without errors) the staff; the account id of everybody in it by their name there.

    New people get no password: nobody can sign in as them until they are given one. Raises ``Forbidden``, ``Conflict``
    when an address is somebody else's, and ``Invalid`` for invented people in a real municipality.
    """
    if not may(actor, Act.STAFFING_EDIT) and not may(actor, Act.ACCOUNTS_EDIT):
        raise Forbidden
    with transaction(actor.municipality) as tx:
        zone = ZoneInfo(rows.municipality(tx)["zone"])
        staffing = to_staffing(file, zone)
        known = _put_people(tx, staffing.workers)
        _put_holdings(tx, staffing, known.__getitem__)
        _put_absences(tx, staffing, known.__getitem__)
        rows.put_neighbourhoods(tx, staffing.neighbourhoods)
        before = [ClosingDay(*day) for day in rows.closing_days(tx)]
        closing_days = to_calendar(file, zone).closing_days
        rows.put_closing_days(tx, closing_days)
        calendar_news.promise(tx, before, closing_days, by=actor.account)
        account_rows.staff_changed(tx)
        history.append(tx, None, "staffing_imported", {"staffing": file.id}, by=actor.account)
    return {key: known[key] for key in staffing.workers}


def _put_people(tx: Transaction, workers: Mapping[str, Worker]) -> dict[str, AccountId]:
    known = rows.account_keys(tx)
    for key, worker in workers.items():
        told = {
            "name": worker.name,
            "email": (worker.email or f"{key}@{tx.municipality}.example").lower(),
            "phone": worker.phone,
            "roles": sorted(worker.roles),
            "controller": worker.controller,
            "weekdays": sorted(worker.weekdays),
            "active": worker.active,
        }
        real_people.demand_fitting(tx, str(told["email"]))
        if key in known:
            account_rows.update(tx, known[key], **told)
            continue
        known[key] = new_account_id()
        if not account_rows.insert(tx, {"id": known[key], "key": key, **told}):
            raise Conflict("account_exists", key=key)
    return known


def _put_holdings(tx: Transaction, staffing: Staffing, find: Find) -> None:
    rows.clear_holdings(tx)
    for item in staffing.holdings:
        owner = find(item.owner) if item.owner else ""
        substitutes = tuple(find(key) for key in item.substitutes)
        rows.put_holding(
            tx, Holding(item.contact_point, item.neighbourhood, find(item.holder), substitutes, owner)
        )
    rows.put_duties(
        tx, [Duty(duty.contact_point, find(duty.account), duty.start, duty.end) for duty in staffing.duties]
    )


def _put_absences(tx: Transaction, staffing: Staffing, find: Find) -> None:
    standing = set(rows.absences(tx))
    for away in staffing.absences:
        replacement = find(away.replacement) if away.replacement else ""
        if (find(away.account), away.start, away.end, replacement) not in standing:
            rows.insert_absence(tx, find(away.account), away.start, away.end, replacement)
