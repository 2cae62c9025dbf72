"""Tuesday: callers and visitors. Wednesday is a holiday, on which nothing ticks."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import calling, visiting
from tests.e2e.neighbours import (
    ask_for_a_party,
)
from tests.e2e.weeks import Week
from tests.support.pages import PHONE

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_tuesday_1000_paul_calls_who_is_over_75(week: Week) -> None:
    week.at("2026-11-10 10:00")
    karin = week.enter("karin.thijs")
    calling.start_campaign(karin)
    calling.give_names(karin, "Paul Desmet", 20)

    paul = week.enter("paul.desmet", size=PHONE)
    calling.open_batch(paul)
    for _ in range(5):
        calling.not_reached(paul)
    calling.deceased(paul)
    for _ in range(5):
        calling.talk(paul)
    for need in ("Iemand die meegaat naar de winkel.", "Iemand voor de zware boodschappen."):
        calling.talk(paul, "Moeilijk", need=need)
    calling.talk(paul, "Gaat wel", again="Elke week")
    calling.talk(paul, "Moeilijk", worried="Veel")
    paul.sees("Nu: 5 · later: 6 · klaar: 9")
    # who did not answer is called at another part of another day; who is dead is in no list
    later = paul.main.get_by_role("listitem").filter(has_text="niet in de voormiddag")
    expect(later).to_have_count(5)
    expect(later.first).to_contain_text("vanaf do 12 nov")

    joris = week.enter("joris.maes")
    joris.go("/werk?toon=all")
    rows = joris.main.locator("[data-row]").filter(has_text="Bel over de vraag")
    expect(rows).to_have_count(2)


def test_tuesday_1130_who_is_on_duty_answers_an_alarming_call(week: Week) -> None:
    week.at("2026-11-10 11:30")
    stijn = week.enter("stijn.haerinck")
    stijn.go("/werk?toon=all")
    row = stijn.main.locator("[data-row]").filter(has_text="Bel vandaag nog")
    expect(row).to_be_visible()
    stijn.click(row.get_by_role("link").first)
    stijn.press("Gebeld")
    stijn.sees("Op te volgen")


def test_tuesday_1330_what_was_found_at_jozefs_is_nobodys_and_his_question_has_a_name(week: Week) -> None:
    week.at("2026-11-10 13:30")
    hilde = week.enter("hilde.claes")
    visiting.findings(hilde, "Ter Heide")
    hilde.sees("We bewaren niet van wie het kwam of over wie het gaat.")
    asked = visiting.asks_for_contact(hilde, "Jozef", "Daelemans", "Ter Heide")
    assert hilde.fact("Contactpersoon").startswith("Joris Maes")
    joris = week.enter("joris.maes")
    week.task(joris, asked)
    joris.sees("Jozef Daelemans")
    joris.does_not_see("85 of ouder", "Te weinig")


def test_wednesday_nothing_rings_on_a_holiday(week: Week) -> None:
    week.at("2026-11-11 10:00")
    tom = week.enter("tom.aerts")
    tom.go("/postbak")
    tom.does_not_see("wo 11 nov")
    joris = week.enter("joris.maes")
    joris.go("/werk?toon=all")
    row = joris.main.locator("[data-row]").filter(has_text=week.told["card"])
    expect(row).to_contain_text("vr 13 nov")


def test_wednesday_evening_els_asks_for_a_street_party_and_nothing_ticks(week: Week) -> None:
    week.at("2026-11-11 20:00")
    els = week.enter(size=PHONE)
    week.told["party"] = ask_for_a_party(els, "02/12/2026")
    els.sees("We lezen dit op donderdag 12 november 2026.")
    griet = week.enter("griet.cools")
    griet.go("/werk?toon=all")
    rows = griet.main.locator("[data-row]").filter(has_text=week.told["party"])
    expect(rows.filter(has_text="Kijk na of alles volledig is")).to_contain_text("do 19 nov")
