"""How does a checked staffing file become the staffing and calendar that decisions are made on?"""

from __future__ import annotations

from datetime import UTC, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app.definitions.model.staffing_file import StaffDuty, StaffingFile
from app.engine.model.people import Absence, Calendar, ClosingDay, Duty, Holding, Staffing, Worker

BRUSSELS = ZoneInfo("Europe/Brussels")


def to_staffing(file: StaffingFile, zone: ZoneInfo = BRUSSELS) -> Staffing:
    """Who holds what. Local instants become UTC: one that does not exist moves on by the gap, of two the first."""
    workers = {
        member.id: Worker(
            member.id,
            member.name,
            member.phone,
            member.email,
            member.roles,
            member.active,
            member.controller,
            member.weekdays,
        )
        for member in file.people.values()
    }
    holdings = tuple(
        Holding(held.contact_point, held.neighbourhood, held.holder, held.substitutes, held.owner)
        for held in file.holdings
    )
    absences = tuple(Absence(away.account, away.start, away.end, away.replacement) for away in file.absences)
    duties = tuple(_duty(duty, zone) for duty in file.duties)
    return Staffing(MappingProxyType(workers), holdings, duties, absences, file.neighbourhoods)


def to_calendar(file: StaffingFile, zone: ZoneInfo = BRUSSELS) -> Calendar:
    """The municipality's calendar with its own closing days."""
    days = tuple(ClosingDay(closed.day, closed.label, closed.from_time) for closed in file.closing_days)
    return Calendar(zone, closing_days=days)


def _duty(duty: StaffDuty, zone: ZoneInfo) -> Duty:
    return Duty(duty.contact_point, duty.account, _utc(duty.start, zone), _utc(duty.end, zone))


def _utc(local: datetime, zone: ZoneInfo) -> datetime:
    """``fold=0`` takes the first of two and, in a gap, the offset before it: that is the same instant moved on."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
