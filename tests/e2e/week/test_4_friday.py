"""Friday: the mobile service centre, what a village builds, and an alderman who may read no file."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import building, meeting
from tests.e2e.neighbours import listed, tell_a_story
from tests.e2e.weeks import Week
from tests.support.pages import PHONE

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_friday_1030_ter_heide_eats_together_and_rosa_is_missed(week: Week) -> None:
    week.at("2026-11-13 10:30")
    griet = week.enter("griet.cools", size=PHONE)
    meeting.the_friday(griet)
    griet.sees("24 van 24 plaatsen")
    meeting.closes(griet)
    meeting.tap(griet, "Rosa Wittevrongel", "Afwezig")
    for name in ("Gilbert Desmedt", "Yvonne Callewaert", "Rik Vanhoutte", "Maria Vandenbulcke"):
        meeting.tap(griet, name, "Aanwezig")
    for first, name in (("Olena", "Kovalenko"), ("Ahmad", "Rahimi"), ("Els", "Peeters")):
        meeting.walks_in(griet, first, name)
    griet.sees("7 aanwezig")
    meeting.reads_list(griet, "Keuken", "Vegetarisch")
    meeting.reads_list(griet, "Vervoer", "Kerkweg")
    meeting.tap(griet, "Rik Vanhoutte", "Stelde een vraag")
    expect(griet.page.get_by_label("Familienaam").first).to_have_value("Vanhoutte")
    expect(listed(griet, "Eens bellen?").first).to_be_visible()


def test_friday_1400_a_story_appears_and_the_photo_is_taken_back(week: Week) -> None:
    week.at("2026-11-13 14:00")
    rik = week.enter(size=PHONE)
    story, code = tell_a_story(rik)
    jens = week.enter("jens.willems")
    week.task(jens, story)
    for button in ("Bedankt", "Niets veranderd"):
        jens.press(button)
    jens.press("Verschenen")
    jens.choose("Op welke plaatsen verscheen het?", "Website")
    jens.fill("Titel", "Soep op donderdag")
    jens.press("Verschenen")
    jens.sees("Gepubliceerd")

    rik.go(f"/mijn/{story}#{code}")
    rik.press("Bekijk mijn vraag")
    agreed = rik.main.get_by_role("listitem").filter(has_text="Akkoord van wie op de foto staat")
    rik.click(agreed.get_by_text("Trek deze toestemming in"))
    rik.click(agreed.get_by_role("button", name="Ja, trek in"))
    expect(listed(jens, story)).to_contain_text("Haal de foto overal weg")
    ilse = week.enter("ilse.verbeke")
    ilse.go("/akkoorden")
    expect(ilse.main.get_by_role("row").filter(has_text=story).filter(has_text="ngetrokken")).to_be_visible()


def test_friday_1500_three_needs_become_a_bus(week: Week) -> None:
    week.at("2026-11-13 15:00")
    griet = week.enter("griet.cools")
    wanted = ("Boodschappen doen", "Naar de dokter", "Naar het containerpark")
    needs = tuple(building.need(griet, title, "Sint-Amand-Lede") for title in wanted)
    project = building.small_project(griet, "De boodschappenbus", "Sint-Amand-Lede", needs)
    week.task(griet, project)
    griet.press("Haalbaar")
    griet.sees(*needs, "Gebundeld")
    week.told["action"] = building.action_sheet(griet, "Bram De Coster", "Sint-Amand-Lede")
    bram = week.enter("bram.decoster")
    expect(listed(bram, week.told["action"]).first).to_be_visible()


def test_friday_1600_the_alderman_reads_figures_and_no_file(week: Week) -> None:
    week.at("2026-11-13 16:00")
    pieter = week.enter("pieter.bogaert")
    pieter.troubles.expected.add(403)
    pieter.go("/cijfers/")
    pieter.sees("Er is nog geen periode afgesloten.", "maandag 7 december 2026")
    joris = week.enter("joris.maes")
    joris.go("/werk?toon=all")
    week.task(joris, week.told["old card"])
    case = joris.page.url.removeprefix(joris.url)
    pieter.go(case)
    pieter.sees("mag")
    pieter.does_not_see("Jozef")
