"""Can each other journey be made with the keyboard alone: a card, one's own page, a partner, a volunteer?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_paper_card import printed
from tests.e2e.test_partner import NUMBER, newest_link, register, talk
from tests.e2e.test_resident import send
from tests.e2e.test_volunteer import ask_for_help, fill_in, open_case, suggestion
from tests.support.by_keyboard import ByKeyboard

pytestmark = pytest.mark.timeout(300)
SEWING = "Meehelpen in de naaikamer"


def test_a_card_and_the_page_of_who_it_is_about(visit: Visit) -> None:
    wim = visit(hands=ByKeyboard)
    number, code = send(wim, "Paula", "Van Damme")
    paula = visit(hands=ByKeyboard)
    paula.go(f"/mijn/{number}#{code}")
    paula.press("Bekijk mijn vraag")
    paula.sees("Dag Paula")
    paula.click(paula.main.get_by_text("Trek deze toestemming in").first)
    paula.press("Ja, trek in")
    paula.sees("Je toestemming is ingetrokken.")
    paula.open("Iets toevoegen of vragen")
    paula.fill("Wat wil je zeggen?", "Mijn zus komt mee.")
    paula.press("Verstuur")
    paula.sees("Dank je. We hebben het goed ontvangen.")


def test_a_card_on_paper_is_printed_and_comes_in(visit: Visit) -> None:
    hilde = visit("hilde.claes", hands=ByKeyboard)
    (number, _), _ = printed(hilde, 2)
    hilde.go("/onthaal")
    hilde.fill("Kaartnummer", number)
    hilde.page.keyboard.press("Enter")
    expect(hilde.page.get_by_label("Kaartnummer")).to_have_value(number)


def test_a_referral_goes_to_a_partner_who_answers(visit: Visit) -> None:
    tom = visit("tom.aerts", hands=ByKeyboard)
    hilde, dries = (visit(who, hands=ByKeyboard) for who in ("hilde.claes", "dries.vermeulen"))
    register(tom, "Huis van het Kind Zandlede")
    talk(hilde, "Huis van het Kind Zandlede")
    dries.go("/werk")
    row = dries.main.get_by_role("listitem").filter(has_text=NUMBER).first
    number = NUMBER.search(row.inner_text())
    assert number
    dries.click(row.get_by_role("link").first)
    for _ in range(2):  # see what leaves, then send it
        dries.press("Verstuur naar de partner")
    told = dries.main.get_by_role("region", name="Verwijzing naar")
    expect(told).to_contain_text("Verstuurd")
    code = re.search(r"\b\d{6}\b", told.inner_text())
    assert code
    partner = visit(hands=ByKeyboard)
    partner.go(newest_link(tom, f"Verwijzing {number[0]}", set()))
    partner.fill("Code van zes cijfers", code[0])
    partner.press("Open de verwijzing")
    for answer in ("Aanvaarden", "Gestart", "Afgerond"):
        partner.press(answer)
    partner.sees("Deze verwijzing is afgesloten")


def test_a_volunteer_is_heard_and_something_is_proposed(visit: Visit) -> None:
    task = ask_for_help(visit(hands=ByKeyboard), SEWING)
    number = fill_in(visit(hands=ByKeyboard))
    marleen = visit("marleen.baert", hands=ByKeyboard)
    open_case(marleen, task)
    marleen.press("In orde")
    open_case(marleen, number)
    marleen.press("Gesprek gehad")
    marleen.choose("Hoe sprak je de persoon?", "Op kantoor")
    marleen.choose("Hoe gaf je de privacy-informatie?", "Blad meegegeven")
    marleen.press("Gesprek gehad")
    marleen.click(suggestion(marleen, SEWING).get_by_role("link", name="Stel voor"))
    marleen.press("Voorstel gedaan")
    marleen.sees("Hoor of het voorstel past", task)
