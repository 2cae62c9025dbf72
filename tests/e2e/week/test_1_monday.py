"""Monday 9 November: a worry is added, a card and an intake come in, and one on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_broad_intake import agreement, agreements, begin, first_part, number_of, second_part
from tests.e2e.test_card import agree, draw, fill_card
from tests.e2e.test_editor import is_told, open_editor, saved, write, written
from tests.e2e.weeks import LIST, PRIVATE, Week
from tests.support.pages import PHONE

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
CARD = re.compile(r"DVK-2026-\d{5}")


def test_monday_0905_tom_adds_a_worry_and_is_kept_from_asking_too_much(week: Week) -> None:
    early = week.enter(size=PHONE)
    early.go("/kaart/doorverwijskaart")
    fill_card(early, first="Jozef", name="Daelemans", born="1938")
    agree(early)
    draw(early)
    early.press("Verstuur")
    week.told["old card"] = CARD.findall(early.main.inner_text())[0]

    tom = week.enter("tom.aerts")
    open_editor(tom, "formdefs/doorverwijskaart.yaml")
    text = written(tom)
    write(tom, text.replace("- field: toelichting\n", "- field: toelichting\n        required: true\n"))
    is_told(tom, re.compile("fout"))
    write(tom, text)
    is_told(tom, "Geen problemen gevonden.")
    open_editor(tom, LIST)
    write(tom, f"{written(tom).rstrip()}\n  - {{id: energie, label: Energie en water}}\n")
    saved(tom)
    tom.go("/beheer/publiceren")
    tom.fill("Waarom verander je dit?", "Veel vragen over de energiefactuur.")
    tom.press("Publiceer")
    tom.sees("Gepubliceerd.")

    joris = week.enter("joris.maes")
    week.task(joris, week.told["old card"])
    joris.sees("Jozef Daelemans")


def test_monday_0930_karin_closes_the_figures_month_by_month(week: Week) -> None:
    week.at("2026-11-09 09:30")
    karin = week.enter("karin.thijs")
    karin.go("/cijfers/")
    karin.open("Hoelang is een periode?")
    karin.pick("Lengte van de volgende periodes", "Een maand")
    karin.press("Bewaar")
    karin.sees("Bewaard.")


def test_monday_0940_wim_fills_in_a_card_at_marias_table(week: Week) -> None:
    week.at("2026-11-09 09:40")
    wim = week.enter(size=PHONE)
    wim.go("/kaart/doorverwijskaart")
    expect(wim.question("Kruis samen aan").get_by_label("Energie en water")).to_be_visible()
    fill_card(wim, first="Maria", name="Vandenbulcke", born="1941", told="Ze is alleen sinds de zomer.")
    agree(wim)
    draw(wim)
    wim.press("Verstuur")
    wim.sees("DVK-2026-")
    week.told["card"] = CARD.findall(wim.main.inner_text())[0]
    week.told["code"], week.told["own code"] = wim.fact("Code om op te volgen"), wim.fact("Code")
    assert wim.fact("Contactpersoon").startswith("Joris Maes")
    assert "13 november 2026" in wim.fact("Probeert een eerste keer tegen")
    assert "24 november 2026" in wim.fact("Belt ten laatste op")
    wim.does_not_see(*PRIVATE)

    joris = week.enter("joris.maes")
    week.task(joris, week.told["card"])
    joris.press("Hou bij als nieuwe persoon")
    joris.sees("Maria Vandenbulcke")


def test_monday_1015_els_asks_about_a_bill(week: Week) -> None:
    week.at("2026-11-09 10:15")
    hilde = week.enter("hilde.claes")
    begin(hilde)
    first_part(hilde, "Els")
    second_part(hilde)
    agreement(hilde, 1, "Factuur samen bekijken", "Sofie Wouters", "16/11/2026")
    agreements(hilde).get_by_role("button", name="Voeg een rij toe").click()
    agreement(hilde, 2, "Ontvangstbewijs bewaren", "De bewoner zelf")
    hilde.press("Verstuur")
    week.told["intake"] = number_of(hilde)
    assert hilde.fact("Contactpersoon").startswith("Sofie Wouters")
    hilde.follow("Ontvangstbewijs OCMW-2026-")
    hilde.sees("Els", "woensdag 9 december 2026")

    dries = week.enter("dries.vermeulen")
    dries.go("/werk?toon=all")
    dries.sees("overleg met Sofie Wouters")
    sofie = week.enter("sofie.wouters")
    week.task(sofie, week.told["intake"])
    sofie.sees("Huis van het Kind", "Factuur samen bekijken")


def test_monday_1400_a_card_on_paper_is_of_somebody_who_may_be_known(week: Week) -> None:
    week.at("2026-11-09 14:00")
    hilde = week.enter("hilde.claes")
    hilde.go("/onthaal")
    card = hilde.main.get_by_role("listitem").filter(has_text="Doorverwijskaart").first
    card.get_by_role("button", name="Begin").click()
    fill_card(hilde, first="Maria", name="Van den Bulke", born="1941")
    hilde.sees("Misschien", "Maria Vandenbulcke", "naam klinkt")
    hilde.page.get_by_label(re.compile("^Maria Vandenbulcke, geboren")).check()
    agree(hilde)
    hilde.choose("Handtekening van de bewoner", "Op papier getekend")
    hilde.fill("Getypte naam, waar het papier ligt", "Map 3 aan het onthaal")
    hilde.press("Verstuur")
    hilde.sees("DVK-2026-")
    week.told["paper"] = CARD.findall(hilde.main.inner_text())[0]
    assert hilde.fact("Contactpersoon").startswith("Joris Maes")
