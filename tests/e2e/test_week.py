"""One week of November in Zandlede, told as it goes: does everybody find their part, and does nobody fall through?

The referral card, the broad intake and the volunteer talk on a clock that moves, from Monday the 9th over a holiday on
Wednesday and an illness on Thursday to the end of the card's term on the 24th. Each person has a browser of their own.
The parts follow each other and build on what came before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.product import PASSWORD, Product
from tests.e2e.test_broad_intake import agreement, agreements, begin, first_part, number_of, second_part
from tests.e2e.test_card import agree, draw, fill_card, look_up
from tests.e2e.test_editor import is_told, open_editor, saved, write, written
from tests.e2e.test_staff import report
from tests.e2e.test_volunteer import MADE, fill_in, suggestion, the_gates_open_one_by_one
from tests.support.pages import DESK, PHONE, Screen, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
CARD = re.compile(r"DVK-2026-\d{5}")
LIST = "formdefs/lists/zorgen.yaml"
PRIVATE = ("alleen sinds de zomer", "koffie", "Eenzaam")


@dataclass
class Week:
    """Zandlede that week: who sits where, and the numbers and codes that go from hand to hand."""

    product: Product
    browser: Browser
    desks: ExitStack = field(default_factory=ExitStack)
    told: dict[str, str] = field(default_factory=dict)

    def at(self, moment: str) -> None:
        """Everybody closes their browser, and it is later."""
        self.desks.close()
        self.product.at(moment)

    def enter(self, who: str = "", *, size: tuple[int, int] = DESK, scripts: bool = True) -> Screen:
        """Somebody sits down, and signs in."""
        opened: AbstractContextManager[Screen] = watched(
            self.browser, self.product.url, size=size, scripts=scripts
        )
        screen = self.desks.enter_context(opened)
        if who:
            screen.sign_in(f"{who}@zandlede.example", PASSWORD)
        return screen

    def task(self, screen: Screen, number: str) -> None:
        """Open the first task about a number in one's own list."""
        screen.go("/werk?toon=all")
        screen.main.locator("[data-row]").filter(has_text=number).get_by_role("link").first.click()
        screen.sees(number)


@pytest.fixture(scope="module")
def week(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    """Monday morning, five past nine."""
    product = Product(tmp_path_factory.mktemp("week"))
    product.prepare("2026-11-09 09:05")
    product.start("2026-11-09 09:05")
    found = Week(product, browser)
    yield found
    found.desks.close()
    product.stop()


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
    hilde.page.get_by_label(re.compile("^Maria Vandenbulcke")).check()
    agree(hilde)
    hilde.choose("Handtekening van de bewoner", "Op papier getekend")
    hilde.fill("Getypte naam, waar het papier ligt", "Map 3 aan het onthaal")
    hilde.press("Verstuur")
    hilde.sees("DVK-2026-")
    week.told["paper"] = CARD.findall(hilde.main.inner_text())[0]
    assert hilde.fact("Contactpersoon").startswith("Joris Maes")


def test_wednesday_nothing_rings_on_a_holiday(week: Week) -> None:
    week.at("2026-11-11 10:00")
    tom = week.enter("tom.aerts")
    tom.go("/postbak")
    tom.does_not_see("wo 11 nov")
    joris = week.enter("joris.maes")
    joris.go("/werk?toon=all")
    row = joris.main.locator("[data-row]").filter(has_text=week.told["card"])
    expect(row).to_contain_text("vr 13 nov")


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


def test_friday_1600_the_alderman_reads_figures_and_no_file(week: Week) -> None:
    week.at("2026-11-13 16:00")
    pieter = week.enter("pieter.bogaert")
    pieter.troubles.expected.add(403)
    pieter.go("/cijfers/")
    pieter.sees("Doorverwijskaart")
    joris = week.enter("joris.maes")
    joris.go("/werk?toon=all")
    week.task(joris, week.told["old card"])
    case = joris.page.url.removeprefix(joris.url)
    pieter.go(case)
    pieter.sees("mag")
    pieter.does_not_see("Jozef")


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
