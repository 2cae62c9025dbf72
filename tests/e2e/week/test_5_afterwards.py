"""One, two and four weeks later: terms end, lists go, and policy reads what may be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e import building, calling
from tests.e2e.neighbours import (
    listed,
)
from tests.e2e.product import PASSWORD, Product
from tests.e2e.test_card import look_up
from tests.e2e.weeks import LIST, PRIVATE, Week
from tests.support.pages import DESK, PHONE, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser


pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_a_week_later_who_is_late_is_seen_and_maria_asks_for_her_data(week: Week) -> None:
    week.at("2026-11-19 10:00")
    karin = week.enter("karin.thijs")
    karin.go("/werk?van=team&toon=overdue")
    karin.sees(week.told["old card"])
    karin.go("/overzicht")
    karin.sees("Joris Maes")

    maria = week.enter(size=PHONE)
    maria.go(f"/mijn/{week.told['card']}#{week.told['own code']}")
    maria.press("Bekijk mijn vraag")
    maria.sees("Dag Maria", "Joris Maes is er tot 20/11/2026 niet")
    maria.open("Je gegevens opvragen of laten wissen")
    maria.press("Vraag dit aan")
    maria.sees("Je vroeg een kopie van je gegevens.")
    ilse = week.enter("ilse.verbeke")
    ilse.go("/werk?toon=all")
    row = ilse.main.locator("[data-row]").filter(has_text=week.told["card"])
    expect(row).to_contain_text("Geef de bewoner")
    expect(row).to_contain_text("vr 18 dec")


def test_two_weeks_later_the_term_of_the_card_ends_with_a_word_to_wim(week: Week) -> None:
    week.at("2026-11-24 10:00")
    joris = week.enter("joris.maes")
    week.task(joris, week.told["card"])
    joris.press("Rond af")
    joris.choose("Waarom sluit je dit af?", "Verbonden met buur, vrijwilliger of activiteit")
    joris.press("Rond af")
    joris.sees("Afgesloten")
    wim = week.enter(size=PHONE)
    look_up(wim, week.told["card"], week.told["code"])
    wim.sees("Klaar", "samen afgerond")
    wim.does_not_see(*PRIVATE, "Verbonden met")


def test_two_weeks_later_els_reads_what_became_of_her_street_party(week: Week) -> None:
    week.at("2026-11-24 11:00")
    griet = week.enter("griet.cools")
    week.task(griet, week.told["party"])
    griet.press("Alles is volledig")
    griet.sees("Wacht op advies", "Kan de straat dicht?")
    griet.press("Geweigerd")
    griet.fill("Wat kan niet?", "De straat afsluiten op 2 december.")
    griet.fill("Waarom niet?", "De aanvraag kwam minder dan 30 dagen vooraf.")
    griet.press("Geweigerd")
    griet.sees("Bezorg")


def test_a_month_later_the_college_looks_at_its_foundations(week: Week) -> None:
    week.at("2026-12-10 10:00")
    nele = week.enter("nele.lambrecht")
    number = building.self_assessment(nele, "A: fundamenten", "3: uitwerken en realiseren")
    bram = week.enter("bram.decoster")
    week.task(bram, number)
    building.invites(bram, "Pieter Bogaert", "Karin Thijs", "Veerle Naessens")
    bram.sees("Pieter Bogaert", "Nog niet")
    # the neighbours who walk together are asked how it goes, that same day
    expect(listed(nele, week.told["walk"]).first).to_contain_text("Vraag aan allebei hoe het loopt")


def test_a_month_later_the_list_of_the_callers_is_destroyed_by_two(week: Week) -> None:
    week.at("2026-12-10 15:00")
    karin = week.enter("karin.thijs")
    karin.go("/campagnes")
    karin.follow(calling.CAMPAIGN)
    calling.ends(karin)
    ilse = week.enter("ilse.verbeke")
    calling.agrees_to_destroy(ilse)
    calling.sees_it_destroyed(karin)


def test_a_month_later_a_neighbouring_municipality_takes_over_what_tom_made(
    week: Week, browser: Browser, tmp_path: Path
) -> None:
    week.at("2026-12-11 11:00")
    tom = week.enter("tom.aerts")
    tom.go("/beheer/uitwisselen")
    with tom.page.expect_download() as carried:
        tom.follow("Download wat nu in gebruik is")
    package = tmp_path / "pakket.zip"
    carried.value.save_as(package)

    neighbour = Product(tmp_path / "elders")
    neighbour.folder.mkdir()
    neighbour.prepare("2026-12-11 11:00")
    neighbour.start("2026-12-11 11:00")
    try:
        with watched(browser, neighbour.url, size=DESK) as mira:
            mira.sign_in("mira.lauwers@zandlede.example", PASSWORD)
            mira.go("/beheer/uitwisselen")
            mira.page.get_by_label(re.compile("^Het pakket")).set_input_files(package)
            mira.press("Bekijk het pakket")
            mira.sees("Staat hier met een andere tekst")
            mira.check(mira.page.get_by_role("checkbox", name=LIST))
            mira.press("Neem over wat aangevinkt is")
            mira.go("/beheer/publiceren")
            mira.fill("Waarom verander je dit?", "Overgenomen van onze buren.")
            mira.press("Publiceer")
            mira.sees("Gepubliceerd.")
            mira.go("/kaart/doorverwijskaart")
            mira.sees("Energie en water")
    finally:
        neighbour.stop()


def test_a_month_later_the_alderman_reads_november_and_nothing_small(week: Week) -> None:
    week.at("2026-12-11 16:00")
    pieter = week.enter("pieter.bogaert")
    pieter.go("/cijfers/")
    pieter.sees("november 2026", "< 5 of verborgen")
    expect(pieter.main.get_by_role("row").filter(has_text="Ter Heide")).to_contain_text("< 5 of verborgen")
