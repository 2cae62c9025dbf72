"""Monday 14.00: a paper card lies in the letterbox. Is it about somebody we know?"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_card import NUMBER, agree, fill_card
from tests.e2e.test_for_everybody import check_with_axe
from tests.support.by_keyboard import ByKeyboard
from tests.support.pages import PHONE, Screen

QUESTION = "Misschien dezelfde persoon?"
MAYBE = "Misschien kennen we deze persoon al."


def _sign(screen: Screen, name: str) -> None:
    screen.choose("Handtekening van de bewoner", "Naam typen")
    screen.fill("Getypte naam", name)


def test_a_paper_card_of_somebody_known_is_laid_to_them_by_who_enters_it(visit: Visit) -> None:
    phone = visit(size=PHONE)
    phone.go("/kaart/doorverwijskaart")
    fill_card(phone, first="Odette", name="Daelemans", born="1938")
    agree(phone)
    _sign(phone, "Odette Daelemans")
    phone.press("Verstuur")
    number = NUMBER.search(phone.page.url)
    assert number

    joris = visit("joris.maes")
    joris.go("/werk")
    mine = joris.main.get_by_role("listitem").filter(has_text="Odette Daelemans")
    mine.get_by_role("link").first.click()
    joris.sees("We kennen nog niemand die hierop lijkt.")
    joris.press("Hou bij als nieuwe persoon")
    joris.sees("Over wie gaat het?", "geboren in 1938")

    hilde = visit("hilde.claes")
    hilde.go("/onthaal")
    hilde.main.get_by_role("listitem").filter(has_text="Doorverwijskaart").get_by_role("button").click()
    fill_card(hilde, first="Odette", name="Dalemans", born="1938", told="Op papier")
    hilde.follow(MAYBE)
    question = hilde.question(QUESTION)
    expect(question).to_be_in_viewport()
    question.get_by_label(re.compile("^Odette Daelemans, geboren in 1938")).check()
    check_with_axe(hilde, hilde.page.url)
    expect(hilde.page.get_by_text("Bewaard om")).to_be_visible()
    hilde.page.reload()
    expect(question.get_by_label(re.compile("^Odette Daelemans"))).to_be_checked()
    agree(hilde)
    _sign(hilde, "Odette Daelemans")
    hilde.press("Verstuur")
    expect(hilde.page).to_have_url(re.compile("/ontvangst/"))
    hilde.sees("Joris Maes")


def test_a_name_as_heard_leads_with_the_keyboard_to_a_form_that_is_filled_in(visit: Visit) -> None:
    hilde = visit("hilde.claes", hands=ByKeyboard)
    hilde.go("/onthaal/zoeken")
    keyboard = hilde.page.keyboard
    expect(hilde.page.get_by_label("Naam, zoals je hem hoort")).to_be_focused()
    keyboard.type("dalemans odet")
    keyboard.press("Tab")
    keyboard.type("1938")
    keyboard.press("Enter")
    hilde.sees("1 persoon gevonden", "naam klinkt hetzelfde, zelfde geboortejaar")
    hilde.does_not_see("0400 00 00 71", "Eenzaam")
    check_with_axe(hilde, hilde.page.url)
    hilde.follow("Odette Daelemans")
    hilde.sees("Joris Maes", "2 open dossiers")
    check_with_axe(hilde, hilde.page.url)
    hilde.press("Brede intake aan het onthaal")
    hilde.sees("overgenomen uit wat we van deze persoon bijhouden")
    expect(hilde.page.get_by_label("Familienaam").first).to_have_value("Daelemans")
    check_with_axe(hilde, hilde.page.url)
