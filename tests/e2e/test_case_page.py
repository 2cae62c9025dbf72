"""Is a case worked on in a few presses, and never alone: a try, a colleague beside it, a colleague who is away?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_card import agree, fill_card
from tests.e2e.test_keyboard import tab_to

PHONE = (360, 740)


@pytest.fixture
def path(visit: Visit) -> str:
    """A new case of Joris; where it is."""
    wim = visit()
    wim.go("/kaart/doorverwijskaart")
    fill_card(wim, first="Rachel", name="Desmedt", born="1944")
    agree(wim)
    wim.choose("Handtekening van de bewoner", "Mondeling akkoord")
    wim.fill("Getypte naam", "Wim Segers")
    wim.press("Verstuur")
    number = re.search(r"DVK-\d{4}-\d{5}", wim.main.inner_text())
    assert number
    joris = visit("joris.maes")
    joris.go("/werk")
    row = joris.main.locator("[data-row]").filter(has_text=number[0])
    return str(row.get_by_role("link").first.get_attribute("href")).partition("?")[0]


def test_a_try_is_written_down_with_four_keys_and_says_when_the_next_makes_sense(
    visit: Visit, path: str
) -> None:
    joris = visit("joris.maes")
    joris.go(path)
    page, keys = joris.page, joris.page.keyboard
    expect(page.get_by_text("Spreek geen bericht in en stuur geen sms.")).to_be_visible()
    tab_to(page, "Niet bereikt")
    keys.press("Enter")
    result = page.get_by_role("group", name="Wat gebeurde er?")
    expect(page.get_by_text("Dit is poging 1 van 3.")).to_be_visible()
    expect(result.get_by_label("Geen antwoord")).to_be_focused()
    keys.press("2")
    expect(result.get_by_label("Voicemail")).to_be_checked()
    keys.press("Enter")
    joris.sees("Bewaard.", "Volgende poging ten vroegste", "Al 1 keer geprobeerd")
    assert path in page.url

    phone = visit("joris.maes", size=PHONE)
    phone.go(path)
    ask = phone.page.get_by_role("region", name="Wat nu")
    expect(ask.get_by_role("link", name=re.compile(r"^0400"))).to_be_in_viewport()
    box = ask.bounding_box()
    assert box
    assert box["y"] + box["height"] < 2 * PHONE[1]  # what is asked, in two screens with its buttons
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_case_is_shared_on_a_ground_and_taken_back(visit: Visit, path: str) -> None:
    joris = visit("joris.maes")
    joris.go(path)
    joris.press("Deel")
    joris.choose("Met wie?", "An Goethals")
    joris.choose("Op welke grond?", "Casusoverleg")
    joris.fill("Waarom deel je dit?", "Samen op bezoek")
    joris.press("Deel")
    joris.sees("Leest mee", "Casusoverleg", "Samen op bezoek")
    an = visit("an.goethals")
    an.go(path)
    an.sees("Rachel Desmedt")
    joris.press("Stop met delen An Goethals")
    joris.sees("Je collega leest dit dossier niet meer.")
    an.go(path)
    an.sees("Je ziet dat dit dossier bestaat")
    an.does_not_see("Rachel")


def test_the_work_of_somebody_who_is_away_goes_over_in_one_go_and_back(visit: Visit, path: str) -> None:
    karin = visit("karin.thijs")
    karin.go("/overnemen")
    karin.press("Joris Maes")
    karin.fill("Waarom?", "Joris is ziek")
    karin.main.get_by_role("button", name=re.compile(r"^Neem \d+ dossiers? over$")).click()
    expect(karin.main.get_by_role("button", name="Geef terug wat nog open is")).to_be_visible()
    expect(karin.page.get_by_role("progressbar")).to_have_count(0)
    karin.go(path)
    expect(karin.page.get_by_role("region", name="Contactpersoon")).to_contain_text("Karin Thijs")
    karin.sees("Joris is ziek")
    joris = visit("joris.maes")
    joris.go("/overnemen")
    joris.follow("Van Joris Maes naar Karin Thijs")
    joris.press("Geef terug wat nog open is")
    expect(joris.main).to_contain_text(re.compile(r"gingen terug\.|ging terug\."))
    expect(joris.page.get_by_role("progressbar")).to_have_count(0)
    joris.go(path)
    expect(joris.page.get_by_role("region", name="Contactpersoon")).to_contain_text("Joris Maes")
