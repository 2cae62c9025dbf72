"""Does a staffing file become the world that decisions are made on, and does a change reach it at once?"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.model.source import Source
from app.definitions.model.staffing_file import StaffingFile
from app.engine.model.people import Absence, ClosingDay, Holding
from app.engine.policy import Actor
from app.services.access import accounts
from app.services.errors import NotFound
from app.services.municipality import setup
from app.services.staff import staff_absences, staffing
from app.services.staff.import_staffing import import_staffing
from app.storage import clock
from tests.support.bound import MUNICIPALITY, NEIGHBOUR

FILE = Path("app/cli/demo/zandlede.yaml")
BRUSSELS = ZoneInfo("Europe/Brussels")


def zandlede() -> StaffingFile:
    catalog = compile_sources(setup.shipped()).catalog
    file, problems = compile_staffing(Source(str(FILE), FILE.read_text()), catalog)
    assert not problems
    return file


@pytest.fixture
def people(store: Flask) -> dict[str, str]:
    """Zandlede's staff: name in the file -> account id."""
    return import_staffing(accounts.operator(MUNICIPALITY), zandlede())


def _as(people: dict[str, str], key: str, *roles: str) -> Actor:
    return Actor(people[key], MUNICIPALITY, key, frozenset(roles))


def test_a_staffing_file_becomes_the_world(people: dict[str, str]) -> None:
    world = staffing.world(MUNICIPALITY)
    joris = world.staffing.workers[people["joris_maes"]]
    assert (joris.name, joris.phone) == ("Joris Maes", "0400 00 00 11")
    ours = {
        item.neighbourhood: item
        for item in world.staffing.holdings
        if item.contact_point == "buurtzorgregisseur"
    }
    assert ours["oosthoek"].holder == people["nele_lambrecht"]
    assert ours[""].substitutes == (people["nele_lambrecht"],)
    assert ours[""].owner == people["karin_thijs"]
    assert list(world.staffing.neighbourhoods)[:2] == ["zandlede_centrum", "oosthoek"]
    duty = next(item for item in world.staffing.duties if item.start.date() == date(2026, 11, 9))
    assert duty.start == datetime(2026, 11, 9, 8, 30, tzinfo=BRUSSELS)


def test_importing_twice_changes_people_and_doubles_nobody(people: dict[str, str]) -> None:
    before = staffing.world(MUNICIPALITY)
    again = import_staffing(accounts.operator(MUNICIPALITY), zandlede())
    assert again == people
    assert staffing.world(MUNICIPALITY).staffing == before.staffing


def test_another_municipality_knows_nobody_of_them(people: dict[str, str]) -> None:
    assert staffing.world(NEIGHBOUR).staffing.workers == {}
    with pytest.raises(NotFound):
        staffing.account_id(NEIGHBOUR, "joris_maes")
    assert staffing.account_id(MUNICIPALITY, "joris_maes") == people["joris_maes"]


def test_the_world_is_kept_until_the_staff_change(people: dict[str, str]) -> None:
    first = staffing.world(MUNICIPALITY)
    assert staffing.world(MUNICIPALITY) is first
    joris = _as(people, "joris_maes", "contact")
    with clock.stopped_at(datetime(2026, 11, 9, 9, 0, tzinfo=BRUSSELS)):
        leave = Absence(joris.account, date(2026, 11, 12), date(2026, 11, 13), people["nele_lambrecht"])
        staff_absences.save(joris, leave)
    away = staffing.world(MUNICIPALITY).staffing.absences
    assert [(item.account, item.replacement) for item in away if item.account == joris.account] == [
        (joris.account, people["nele_lambrecht"])
    ]


def test_a_holding_names_people_who_exist(people: dict[str, str]) -> None:
    karin = _as(people, "karin_thijs", "coordinator")
    with pytest.raises(NotFound):
        staffing.set_holding(karin, Holding("woonloket", "", "nobody"))
    staffing.set_holding(karin, Holding("woonloket", "", people["griet_cools"], (), people["karin_thijs"]))
    holders = [
        item.holder
        for item in staffing.world(MUNICIPALITY).staffing.holdings
        if item.contact_point == "woonloket"
    ]
    assert holders == [people["griet_cools"]]


def test_closing_days_are_those_of_the_municipality(people: dict[str, str]) -> None:
    karin = _as(people, "karin_thijs", "coordinator")
    staffing.set_closing_days(karin, [ClosingDay(date(2026, 7, 21), "Feestdag")])
    days = staffing.world(MUNICIPALITY).calendar.closing_days
    assert [(item.day, item.label) for item in days] == [(date(2026, 7, 21), "Feestdag")]
