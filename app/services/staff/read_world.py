"""What do the rows say about who works here, who holds what, and when the municipality is open?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from app.engine.model.people import Absence, Calendar, ClosingDay, Duty, Staffing, Worker, World
from app.storage.database import Transaction
from app.storage.repositories import opening_rows, partner_rows
from app.storage.repositories import staffing_rows as rows


def read_world(tx: Transaction) -> World:
    """The world as it stands in this transaction."""
    row = rows.municipality(tx)
    settings = {str(name): str(value) for name, value in row["settings"].items()}
    calendar = Calendar(
        zone=ZoneInfo(row["zone"]),
        opens=row["opens"],
        closes=row["closes"],
        closing_days=tuple(ClosingDay(*day) for day in rows.closing_days(tx)),
    )
    staffing = Staffing(
        workers={item["id"]: _worker(item) for item in rows.accounts(tx)},
        holdings=tuple(rows.holdings(tx)),
        duties=tuple(Duty(*duty) for duty in rows.duties(tx)),
        absences=tuple(Absence(*absence) for absence in rows.absences(tx)),
        neighbourhoods=rows.neighbourhoods(tx),
    )
    named = {"name": row["name"], "kind": row["kind"]}
    return World(
        tx.municipality,
        calendar,
        staffing,
        {**settings, **named},
        opening_rows.everything(tx),
        partner_rows.names(tx),
    )


def _worker(item: Mapping[str, Any]) -> Worker:
    return Worker(
        id=item["id"],
        name=item["name"],
        phone=item["phone"],
        email=item["email"],
        roles=frozenset(item["roles"]),
        active=item["active"],
        controller=item["controller"],
        weekdays=frozenset(item["weekdays"]),
        hours=_hours(item["hours"] or {}),
    )


def _hours(stored: Mapping[str, Any]) -> tuple[tuple[int, time, time], ...]:
    return tuple(
        (int(day), time.fromisoformat(since), time.fromisoformat(until))
        for day, (since, until) in sorted(stored.items())
    )
