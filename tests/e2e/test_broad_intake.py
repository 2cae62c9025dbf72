"""Does a broad intake survive the conversation, and does everybody it concerns get their part?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.conftest import Visit
from tests.support.pages import Screen

WORRY = "Ik krijg de energiefactuur niet betaald."
NOTE = "Een factuur van 640 euro, afsluiting aangekondigd."
KEPT = re.compile("^Bewaard om")
NUMBER = re.compile(r"BI-2026-\d{5}")


def begin(screen: Screen) -> None:
    """Open an empty broad intake."""
    screen.go("/onthaal")
    choice = screen.main.get_by_role("listitem").filter(has_text="Brede intake aan het onthaal").first
    screen.click(choice.get_by_role("button", name="Begin"))
    expect(screen.page).to_have_url(re.compile("/onthaal/ontwerp/"))


def resume(screen: Screen, called: str) -> None:
    """Go on with a draft from the list."""
    screen.go("/onthaal")
    draft = screen.main.get_by_role("listitem").filter(has_text=called)
    draft.get_by_role("link", name="Ga verder").click()


def first_part(screen: Screen, called: str) -> None:
    """Who is there, and why."""
    who = screen.section("Wie is er en waarom?")
    screen.choose("Hoe komt de persoon bij ons?", "Onthaal")
    screen.fill("Hoe word je graag genoemd?", called, within=who)
    screen.fill("Geboortedatum of geboortejaar", "1990", within=who)
    screen.pick("In welk dorp of welke wijk?", "Ter Heide", within=who)
    screen.fill("Gsm", "0400 00 00 05", within=who)
    screen.fill("Wat wil je graag bespreken of oplossen?", WORRY)


def second_part(screen: Screen) -> None:
    """How it goes, and whether it is about money."""
    screen.choose("Is er vandaag nog iemand nodig?", "Nee")
    screen.choose("Gaat het (ook) over geld of een uitkering van het OCMW?", "Ja")
    score(screen, "Wonen en energie", "Zorgen")
    score(screen, "Kinderen, opvang en school", "Zorgen")


def unfold(screen: Screen, domain: str) -> None:
    """Open the questions of a life domain."""
    screen.click(screen.page.locator("summary").filter(has_text=domain).first)


def score(screen: Screen, domain: str, answer: str) -> None:
    """Say how it goes there."""
    unfold(screen, domain)
    screen.choose(domain, answer)


def agreement(screen: Screen, number: int, what: str, who: str, by: str = "") -> None:
    """Fill in one row of what was agreed."""
    row = agreements(screen).get_by_role("group", name=f"Rij {number}", exact=True)
    screen.fill("Wat", what, within=row)
    screen.pick("Wie doet het", who, within=row)
    if by:
        screen.fill("Tegen wanneer", by, within=row)


def agreements(screen: Screen) -> Locator:
    """The group of rows with what was agreed."""
    return (
        screen.section("Wat spreken we af?").get_by_role("group", name=re.compile("^Wat spreken we af")).first
    )


def number_of(screen: Screen) -> str:
    """The number on the receipt."""
    expect(screen.page).to_have_url(re.compile("/ontvangst/BI-2026-"))
    found = NUMBER.search(screen.main.inner_text())
    assert found
    return found[0]


def of_case(screen: Screen, number: str) -> Locator:
    """The rows of the work list that belong to a case."""
    screen.go("/werk")
    return screen.main.get_by_role("listitem").filter(has_text=number)


def check_what_follows(visit: Visit, number: str) -> None:
    """Everybody has their part: Sofie the whole, Dries and Hilde a domain, and the law its term."""
    sofie = visit("sofie.wouters")
    mine = of_case(sofie, number)
    expect(mine.filter(has_text="Neem contact op")).to_contain_text("di 17 nov")
    statutory = sofie.main.get_by_role("listitem").filter(has_text="OCMW-2026-")
    expect(statutory.filter(has_text="ontvangstbewijs").first).to_be_visible()
    mine.filter(has_text="Neem contact op").get_by_role("link").first.click()
    sofie.sees(WORRY, "Dries Vermeulen", "Hilde Claes", "Factuur samen bekijken", "Ontvangstbewijs bewaren")
    sofie.follow("OCMW-2026-")
    sofie.sees("Beslissing van het OCMW", "wo 9 dec", "Wettelijke termijn")
    sofie.does_not_see(NOTE)

    dries = visit("dries.vermeulen")
    expect(of_case(dries, number)).to_contain_text("overleg met Sofie Wouters")
    hilde = visit("hilde.claes")
    expect(of_case(hilde, number).filter(has_text="overleg met Sofie Wouters")).to_be_visible()


def test_a_conversation_is_kept_while_it_goes_and_leads_to_one_main_contact(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    begin(hilde)
    first_part(hilde, "Els")
    note = hilde.page.get_by_label("Wat speelt er?").locator("visible=true")
    expect(note).to_have_count(0)
    second_part(hilde)
    unfold(hilde, "Wonen en energie")
    expect(note).to_have_count(1)
    note.fill(NOTE)
    expect(hilde.page.get_by_text(KEPT)).to_be_visible(timeout=15_000)

    # Somebody rings at the desk: Hilde leaves the page, and comes back to it from the list.
    resume(hilde, "Els")
    unfold(hilde, "Wonen en energie")
    expect(note).to_have_value(NOTE)
    expect(hilde.page.get_by_label("Wat wil je graag bespreken of oplossen?")).to_have_value(WORRY)
    unfold(hilde, "Kinderen, opvang en school")
    expect(hilde.question("Kinderen, opvang en school").get_by_label("Zorgen", exact=True)).to_be_checked()
    unfold(hilde, "Geld en rekeningen")
    expect(hilde.question("Geld en rekeningen").get_by_label("Niet besproken", exact=True)).to_be_checked()

    agreement(hilde, 1, "Factuur samen bekijken", "Sofie Wouters", "16/11/2026")
    agreements(hilde).get_by_role("button", name="Voeg een rij toe").click()
    agreement(hilde, 2, "Ontvangstbewijs bewaren", "De bewoner zelf")
    hilde.press("Verstuur")
    number = number_of(hilde)
    assert hilde.fact("Contactpersoon").startswith("Sofie Wouters")
    hilde.sees("Geef de persoon nu een ontvangstbewijs mee")
    hilde.follow("Ontvangstbewijs OCMW-2026-")
    hilde.sees("Els", "woensdag 9 december 2026")
    hilde.does_not_see(NOTE)
    expect(hilde.main.get_by_role("button", name="Druk af")).to_be_visible()
    check_what_follows(visit, number)
    hilde.go("/onthaal")
    hilde.does_not_see("Els")


def test_what_is_typed_before_the_script_arrives_is_kept_too(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    held: list[Route] = []
    hilde.page.route("**/form*.js*", lambda route: held.append(route))
    begin(hilde)
    hilde.fill("Hoe word je graag genoemd?", "Samir")
    hilde.pick("In welk dorp of welke wijk?", "Statie")
    for route in held:
        route.continue_()
    expect(hilde.page.get_by_text(KEPT)).to_be_visible(timeout=15_000)
    resume(hilde, "Samir")
    expect(hilde.page.get_by_label("In welk dorp of welke wijk?")).to_have_value("statie")


def test_the_same_conversation_without_a_script(visit: Visit) -> None:
    hilde = visit("hilde.claes", scripts=False)
    begin(hilde)
    first_part(hilde, "Grace")
    second_part(hilde)
    agreement(hilde, 1, "Factuur samen bekijken", "Sofie Wouters", "16/11/2026")
    agreements(hilde).get_by_role("button", name="Voeg een rij toe").click()
    expect(hilde.page.get_by_label("Wat wil je graag bespreken of oplossen?")).to_have_value(WORRY)
    agreement(hilde, 2, "Ontvangstbewijs bewaren", "De bewoner zelf")
    hilde.press("Bewaar voor later")
    resume(hilde, "Grace")
    hilde.press("Verstuur")
    number = number_of(hilde)
    assert hilde.fact("Contactpersoon").startswith("Sofie Wouters")
    check_what_follows(visit, number)


@pytest.mark.parametrize("answer", ["Nee", "Niet besproken"])
def test_without_a_question_of_money_nothing_is_printed(visit: Visit, answer: str) -> None:
    hilde = visit("hilde.claes")
    begin(hilde)
    first_part(hilde, "Rik")
    hilde.choose("Is er vandaag nog iemand nodig?", "Nee")
    hilde.choose("Gaat het (ook) over geld of een uitkering van het OCMW?", answer)
    agreement(hilde, 1, "Terugbellen", "Hilde Claes")
    hilde.press("Verstuur")
    number_of(hilde)
    hilde.does_not_see("ontvangstbewijs")
