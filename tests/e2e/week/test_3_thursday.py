"""Thursday: somebody is ill, a task made to measure, two who will walk, and a signal without a name."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.neighbours import (
    bring_together,
    listed,
    look_for_company,
    see_a_dark_path,
    worry_about,
)
from tests.e2e.test_card import look_up
from tests.e2e.test_staff import report
from tests.e2e.test_volunteer import MADE, fill_in, suggestion, the_gates_open_one_by_one
from tests.e2e.weeks import PRIVATE, Week
from tests.support.pages import PHONE

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_thursday_0900_joris_is_ill_and_nele_goes_on(week: Week) -> None:
    week.at("2026-11-12 09:00")
    karin = week.enter("karin.thijs")
    report(karin, "Joris Maes", "2026-11-12", "2026-11-20")
    karin.press("Bewaar de afwezigheid")
    karin.sees("De afwezigheid van Joris Maes is bewaard.")

    nele = week.enter("nele.lambrecht")
    nele.go("/werk?van=substitute&toon=all")
    row = nele.main.locator("[data-row]").filter(has_text=week.told["card"])
    expect(row).to_be_visible()
    row.get_by_role("link").first.click()
    nele.press("Gesproken")
    nele.choose("Hoe sprak je de persoon?", "Telefoon")
    nele.fill("Wat spraken jullie af?", "Samen koffie drinken.")
    nele.choose("Hoe gaf je de privacy-informatie?", "Mondeling")
    nele.press("Gesproken")
    nele.sees("In opvolging")
    nele.press("Start een brede intake")
    expect(nele.page).to_have_url(re.compile("/onthaal/ontwerp/"))
    expect(nele.page.get_by_label("Familienaam").first).to_have_value("Vandenbulcke")
    nele.sees(week.told["card"])

    wim = week.enter(size=PHONE)
    look_up(wim, week.told["card"], week.told["code"])
    wim.sees("Bezig", "We hebben de persoon van kaart")
    wim.does_not_see(*PRIVATE)


def test_thursday_1100_ahmad_gets_a_task_made_to_measure(week: Week) -> None:
    week.at("2026-11-12 11:00")
    number = fill_in(week.enter(size=PHONE))
    marleen = week.enter("marleen.baert")
    week.task(marleen, number)
    marleen.press("Gesprek gehad")
    marleen.choose("Hoe sprak je de persoon?", "Op kantoor")
    marleen.choose("Hoe gaf je de privacy-informatie?", "Blad meegegeven")
    marleen.press("Gesprek gehad")
    marleen.sees("Zoeken naar match")
    marleen.press("Maak een taak op maat")
    marleen.fill("Wat is de taak?", MADE)
    marleen.fill("Welke organisatie of dienst?", "Repaircafé Statie")
    marleen.fill("Telefoon", "0400 00 00 72")
    marleen.choose("Is deze taak nagekeken?", "Ja")
    marleen.press("Verstuur")
    marleen.sees("VT-2026-")
    week.task(marleen, number)
    suggestion(marleen, MADE).get_by_role("link", name="Stel voor").click()
    marleen.choose("Is het een taak op maat?", "Ja")
    marleen.press("Voorstel gedaan")
    marleen.press("De vrijwilliger wil dit")
    the_gates_open_one_by_one(marleen, "donderdag 24 december 2026")


def test_thursday_1400_godelieve_and_rik_will_walk_and_another_waits(week: Week) -> None:
    week.at("2026-11-12 14:00")
    look_for_company(week.enter(size=PHONE), ("Rik", "Vanhoutte"), offers=True, village="Oosthoek")
    walk = look_for_company(week.enter(size=PHONE), ("Godelieve", "'t Jolle"), village="Oosthoek")
    alone = look_for_company(week.enter(size=PHONE), ("Jozef", "Daelemans"), village="Ter Heide")
    nele = week.enter("nele.lambrecht")  # in the place of Joris
    week.task(nele, walk)
    bring_together(nele)
    nele.sees("Losgelaten", "10 december 2026")
    row = listed(nele, alone)
    expect(row).to_contain_text("do 3 dec")
    week.told["walk"] = walk


def test_thursday_1600_olena_sees_a_dark_path_and_worries_without_a_name(week: Week) -> None:
    week.at("2026-11-12 16:00")
    olena = week.enter(size=PHONE)
    path = see_a_dark_path(olena, "Oosthoek")
    worry = worry_about(olena, "Oosthoek")
    nele = week.enter("nele.lambrecht")
    expect(listed(nele, worry)).to_contain_text("Bel")
    expect(listed(nele, path)).to_be_visible()
    week.told["path"], week.told["worry"] = path, worry
