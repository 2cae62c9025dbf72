"""How are the staff, what they hold and when they are away read and written?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from app.engine.model.people import Absence as Away
from app.engine.model.people import ClosingDay, Duty, Holding
from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import Absence, Account, Municipality, Neighbourhood, Substitute
from app.storage.models import ClosingDay as ClosingDayRow
from app.storage.models import Duty as DutyRow
from app.storage.models import Holding as HoldingRow


def municipality(tx: Transaction) -> Mapping[str, Any]:
    """The row of the municipality itself."""
    query = sa.select(table_of(Municipality)).where(Municipality.id == tx.municipality)
    return dict(tx.execute(query).mappings().one())


def accounts(tx: Transaction) -> list[dict[str, Any]]:
    """Everybody, closed accounts too; without passwords."""
    query = sa.select(
        Account.id,
        Account.key,
        Account.name,
        Account.phone,
        Account.email,
        Account.roles,
        Account.active,
        Account.controller,
        Account.weekdays,
        Account.hours,
    ).where(Account.municipality == tx.municipality)
    return [dict(row) for row in tx.execute(query).mappings()]


def account_keys(tx: Transaction) -> dict[str, str]:
    """The name in staffing files -> account id."""
    query = sa.select(Account.key, Account.id).where(Account.municipality == tx.municipality)
    return {row.key: row.id for row in tx.execute(query)}


def holdings(tx: Transaction) -> list[Holding]:
    """Who holds what, with substitutes in order."""
    substitutes: dict[int, list[str]] = {}
    query = (
        sa.select(Substitute.holding, Substitute.account)
        .where(Substitute.municipality == tx.municipality)
        .order_by(Substitute.holding, Substitute.position)
    )
    for row in tx.execute(query):
        substitutes.setdefault(row.holding, []).append(row.account)
    all_holdings = (
        sa.select(
            HoldingRow.id,
            HoldingRow.contact_point,
            HoldingRow.neighbourhood,
            HoldingRow.holder,
            HoldingRow.owner,
        )
        .where(HoldingRow.municipality == tx.municipality)
        .order_by(HoldingRow.contact_point, HoldingRow.neighbourhood)
    )
    return [
        Holding(row[1], row[2], row[3], tuple(substitutes.get(row[0], ())), row[4] or "")
        for row in tx.execute(all_holdings)
    ]


def put_holding(tx: Transaction, holding: Holding) -> None:
    """Set the holding of a contact point and neighbourhood, whoever held it before."""
    mine = sa.and_(
        HoldingRow.municipality == tx.municipality,
        HoldingRow.contact_point == holding.contact_point,
        HoldingRow.neighbourhood == holding.neighbourhood,
    )
    tx.execute(sa.delete(HoldingRow).where(mine))
    fresh = new_id()
    names = {"contact_point": holding.contact_point, "neighbourhood": holding.neighbourhood}
    who = {"holder": holding.holder, "owner": holding.owner or None}
    tx.execute(sa.insert(HoldingRow), {"municipality": tx.municipality, "id": fresh} | names | who)
    for position, account in enumerate(holding.substitutes):
        place = {"municipality": tx.municipality, "holding": fresh, "position": position}
        tx.execute(sa.insert(Substitute), place | {"account": account})


def drop_holding(tx: Transaction, point: str, neighbourhood: str) -> None:
    """Nobody of its own any more; the substitutes go with it."""
    tx.execute(
        sa.delete(HoldingRow).where(
            HoldingRow.municipality == tx.municipality,
            HoldingRow.contact_point == point,
            HoldingRow.neighbourhood == neighbourhood,
        )
    )


def clear_holdings(tx: Transaction) -> None:
    """Nobody holds anything; substitutes go with it."""
    tx.execute(sa.delete(HoldingRow).where(HoldingRow.municipality == tx.municipality))


def duties(tx: Transaction) -> list[tuple[str, str, datetime, datetime]]:
    """Contact point, account, start, end."""
    query = (
        sa.select(DutyRow.contact_point, DutyRow.account, DutyRow.start_at, DutyRow.end_at)
        .where(DutyRow.municipality == tx.municipality)
        .order_by(DutyRow.start_at, DutyRow.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in tx.execute(query)]


def put_duties(tx: Transaction, roster: Iterable[Duty]) -> None:
    """Replace all rosters."""
    tx.execute(sa.delete(DutyRow).where(DutyRow.municipality == tx.municipality))
    for duty in roster:
        names = {"municipality": tx.municipality, "id": new_id(), "contact_point": duty.contact_point}
        when = {"account": duty.account, "start_at": duty.start, "end_at": duty.end}
        tx.execute(sa.insert(DutyRow), names | when)


def absences(tx: Transaction) -> list[tuple[str, date, date, str]]:
    """Account, first day, last day, replacement."""
    query = (
        sa.select(
            Absence.account, Absence.start_on, Absence.end_on, sa.func.coalesce(Absence.replacement, "")
        )
        .where(Absence.municipality == tx.municipality)
        .order_by(Absence.start_on, Absence.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in tx.execute(query)]


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence and the name of who is away."""

    id: int
    account: str
    name: str
    start: date
    end: date
    replacement: str


def insert_absence(tx: Transaction, account: str, start: date, end: date, replacement: str) -> int:
    """A new absence; its id."""
    fresh = new_id()
    who = {"municipality": tx.municipality, "id": fresh, "account": account}
    when = {"start_on": start, "end_on": end, "replacement": replacement or None}
    tx.execute(sa.insert(Absence), who | when)
    return fresh


def absence_keys(tx: Transaction, away: Away) -> list[int]:
    """The ids of the absences that say exactly this."""
    query = sa.select(Absence.id).where(
        Absence.municipality == tx.municipality,
        Absence.account == away.account,
        Absence.start_on == away.start,
        Absence.end_on == away.end,
        sa.func.coalesce(Absence.replacement, "") == away.replacement,
    )
    return [row.id for row in tx.execute(query.order_by(Absence.id))]


def delete_absence(tx: Transaction, absence: int) -> None:
    """Take an absence back."""
    tx.execute(sa.delete(Absence).where(Absence.municipality == tx.municipality, Absence.id == absence))


def absence_rows(tx: Transaction, *, since: date) -> list[AbsenceRow]:
    """Absences that are not over before ``since``, the first first."""
    query = (
        sa.select(
            Absence.id,
            Absence.account,
            Account.name,
            Absence.start_on,
            Absence.end_on,
            sa.func.coalesce(Absence.replacement, ""),
        )
        .join(Account, sa.and_(Account.municipality == Absence.municipality, Account.id == Absence.account))
        .where(Absence.municipality == tx.municipality, Absence.end_on >= since)
        .order_by(Absence.start_on, Account.name)
    )
    return [AbsenceRow(*row) for row in tx.execute(query)]


def closing_days(tx: Transaction) -> list[tuple[date, str, time | None]]:
    """Day, label, from when."""
    query = (
        sa.select(ClosingDayRow.day, ClosingDayRow.label, ClosingDayRow.from_time)
        .where(ClosingDayRow.municipality == tx.municipality)
        .order_by(ClosingDayRow.day)
    )
    return [(row[0], row[1], row[2]) for row in tx.execute(query)]


def put_closing_days(tx: Transaction, days: Iterable[ClosingDay]) -> None:
    """Replace all closing days."""
    tx.execute(sa.delete(ClosingDayRow).where(ClosingDayRow.municipality == tx.municipality))
    for item in days:
        values = {"municipality": tx.municipality, "day": item.day, "label": item.label}
        tx.execute(sa.insert(ClosingDayRow), values | {"from_time": item.from_time})


def put_opening_hours(tx: Transaction, opens: time, closes: time) -> None:
    """When the counter opens and closes on a working day."""
    mine = sa.update(Municipality).where(Municipality.id == tx.municipality)
    tx.execute(mine.values(opens=opens, closes=closes))


def neighbourhoods(tx: Transaction) -> dict[str, str]:
    """Id -> label, in their order."""
    query = (
        sa.select(Neighbourhood.id, Neighbourhood.label)
        .where(Neighbourhood.municipality == tx.municipality)
        .order_by(Neighbourhood.position, Neighbourhood.label)
    )
    return {row.id: row.label for row in tx.execute(query)}


def put_neighbourhoods(tx: Transaction, labels: Mapping[str, str]) -> None:
    """Replace all neighbourhoods."""
    tx.execute(sa.delete(Neighbourhood).where(Neighbourhood.municipality == tx.municipality))
    for position, (name, label) in enumerate(labels.items()):
        values = {"municipality": tx.municipality, "id": name, "label": label, "position": position}
        tx.execute(sa.insert(Neighbourhood), values)
