"""A small Zandlede for engine tests: who works there and which contact points they hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.definitions.model.workflows import ContactPoint, Duration, Per, Unit
from app.engine.model.people import Absence, Calendar, Duty, Holding, Staffing, Worker, World

BRUSSELS = ZoneInfo("Europe/Brussels")
CONTACT = frozenset({"contact"})


def at(text: str) -> datetime:
    """A local time of Zandlede as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).astimezone(UTC)


def _worker(account: str, *roles: str, phone: str = "") -> Worker:
    return Worker(account, account.replace("_", " ").title(), phone, roles=frozenset(roles))


WORKERS = {
    worker.id: worker
    for worker in (
        _worker("joris_maes", "contact", phone="0400 00 00 11"),
        _worker("nele_lambrecht", "contact"),
        _worker("bram_de_coster", "contact"),
        _worker("sofie_wouters", "contact", "maatschappelijk_werker"),
        _worker("hilde_claes", "reception"),
        _worker("wout_wacht", "contact"),
        _worker("tess_teamlead", "team_lead"),
        _worker("karin_thijs", "head_of_service"),
        _worker("cara_coordinator", "coordinator"),
        _worker("ilse_verbeke", "dpo"),
    )
}

POINTS = {
    point.id: point
    for point in (
        ContactPoint("onthaal", "Onthaal", group=True, claim=Duration(1, Unit.WORKING_DAYS)),
        ContactPoint("wachtdienst", "Wachtdienst", per=Per.ROSTER),
        ContactPoint("aanspreekpunt_65plus", "Aanspreekpunt 65+"),
        ContactPoint("buurtzorgregisseur", "Buurtzorgregisseur", per=Per.NEIGHBOURHOOD),
        ContactPoint("maatschappelijk_werker", "Maatschappelijk werker"),
        ContactPoint("woonloket", "Woonloket"),
        ContactPoint("huis_van_het_kind", "Huis van het Kind", partner=True, owner="onthaal"),
    )
}


def _held(point: str, holder: str, *substitutes: str, place: str = "", owner: str = "karin_thijs") -> Holding:
    return Holding(point, place, holder, substitutes, owner)


HOLDINGS = (
    _held("onthaal", "hilde_claes"),
    _held("wachtdienst", "", "nele_lambrecht"),
    _held("aanspreekpunt_65plus", "joris_maes", "nele_lambrecht"),
    _held("buurtzorgregisseur", "bram_de_coster", "nele_lambrecht"),
    _held("buurtzorgregisseur", "nele_lambrecht", "bram_de_coster", place="oosthoek"),
    _held("maatschappelijk_werker", "sofie_wouters", "joris_maes"),
    _held("woonloket", "bram_de_coster"),
)


def away(account: str, start: str, end: str, replacement: str = "") -> Absence:
    """Somebody is absent, both days included."""
    return Absence(account, date.fromisoformat(start), date.fromisoformat(end), replacement)


def duty(account: str, start: str, end: str) -> Duty:
    """Somebody is on duty between two local times."""
    return Duty("wachtdienst", account, at(start), at(end))


def world(*absences: Absence, duties: tuple[Duty, ...] = (), calendar: Calendar | None = None) -> World:
    """Zandlede with these absences and duties."""
    staffing = Staffing(
        workers=WORKERS,
        holdings=HOLDINGS,
        duties=duties,
        absences=absences,
        neighbourhoods={"oosthoek": "Oosthoek", "centrum": "Zandlede-Centrum"},
    )
    return World("zandlede", calendar or Calendar(), staffing)
