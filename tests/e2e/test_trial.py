"""An administrator sees a process as a picture, plays a case through a weekend and keeps it as an example."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_for_everybody import check
from tests.support.pages import DESK, PHONE, Screen

PROCESS = "/beheer/processen/warme_doorverwijzing"
TRIAL = "/beheer/uitproberen/doorverwijskaart"


def fill_in(tom: Screen) -> None:
    tom.fill("Geboortedatum of geboortejaar", "1941")
    tom.pick("In welk dorp of welke wijk?", "Oosthoek")
    tom.choose("Kruis samen aan", "Eenzaam, mensen ontmoeten")
    tom.choose("Kan dit wachten tot volgende week?", "Ja")
    tom.tick("Ik vind het goed dat deze kaart")
    tom.page.locator("#i-_day").fill("2026-11-13")
    tom.page.locator("#i-_time").fill("10:00")


def test_the_picture_leads_to_the_words_and_fits_on_a_sheet(visit: Visit) -> None:
    tom = visit("tom.aerts")
    tom.go(PROCESS)
    expect(tom.main.get_by_role("img", name="Schema van het proces Warme doorverwijzing")).to_be_visible()
    state = tom.main.get_by_role("link", name="Kaart in de bus")
    state.focus()
    tom.page.keyboard.press("Enter")
    expect(tom.page.locator("#stap-kaart_in_bus")).to_be_in_viewport()
    check(tom)
    tom.page.emulate_media(media="print")
    tom.page.set_viewport_size({"width": 703, "height": 1032})  # what remains of A4 between its margins
    drawn = tom.page.locator(".diagram").bounding_box()
    assert drawn is not None
    assert drawn["width"] <= 703
    assert drawn["height"] <= 1032


def test_a_case_is_played_over_a_weekend_and_kept_as_an_example(visit: Visit) -> None:
    tom = visit("tom.aerts", size=DESK)
    tom.go("/beheer/uitproberen")
    card = tom.main.get_by_role("listitem").filter(has_text="Doorverwijskaart").first
    card.get_by_role("link", name="Vul in en speel").click()
    fill_in(tom)
    tom.press("Begin te spelen")
    expect(tom.main.get_by_role("alert", name="Kijk dit nog even na")).to_be_visible()
    tom.press("Speel toch, met deze fouten")
    tom.sees("Toegewezen", "Joris Maes", "vrijdag 13 november 2026, 10.00 uur", "wo 18 nov")
    check(tom)
    tom.press("Volgende werkdag")
    tom.sees("maandag 16 november 2026, 10.00 uur")
    tom.press("Gesproken")
    tom.choose("Hoe sprak je de persoon?", "Telefoon")
    tom.choose("Hoe gaf je de privacy-informatie?", "Mondeling")
    check(tom)
    tom.press("Gesproken")
    tom.sees("In opvolging")
    tom.press("Eén stap terug")
    tom.sees("Leg contact met de bewoner")
    tom.press("Wenst geen hulp")
    tom.pick("Waarom sluit je dit af?", "Persoon wenst geen (verdere) hulp")
    tom.press("Wenst geen hulp")
    tom.sees("Afgesloten")
    tom.fill("Hoe heet dit geval?", "Vrijdag gekomen, maandag geen hulp gewenst")
    tom.press("Bewaar")
    tom.sees("Bewaard in de werkversie", "De voorbeelden raken alle")
    check(tom)


def test_it_works_on_a_phone_and_without_scripts(visit: Visit) -> None:
    tom = visit("tom.aerts", size=PHONE, scripts=False)
    tom.go(TRIAL)
    fill_in(tom)
    tom.press("Begin te spelen")
    tom.press("Speel toch, met deze fouten")
    tom.sees("Toegewezen")
    check(tom)
    tom.press("Een week later")
    tom.sees("vrijdag 20 november 2026, 10.00 uur")
    tom.go(PROCESS)
    check(tom)


def test_on_a_phone_the_picture_opens_where_the_process_begins(visit: Visit) -> None:
    tom = visit("tom.aerts", size=PHONE)
    tom.go(PROCESS)
    tom.sees("Schuif de tekening opzij")
    start = tom.page.locator("[data-start]")
    tom.page.wait_for_function("() => document.querySelector('.diagram-frame').scrollLeft > 0")
    box = start.bounding_box()
    assert box is not None
    assert 0 < box["x"] < PHONE[0]
