"""Can everybody read and use every main page, at a desk and on a phone?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_broad_intake import begin, score
from tests.e2e.test_card import agree, fill_card
from tests.support.pages import DESK, PHONE, Screen

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
GRAVE = {"serious", "critical"}
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
STUDIO = (
    "/beheer/formulieren",
    "/beheer/publiceren",
    "/beheer/uitproberen",
    "/beheer/uitproberen/doorverwijskaart",
    "/beheer/uitwisselen",
    "/beheer/processen/warme_doorverwijzing",
    "/beheer/versies/formulier/doorverwijskaart",
    "/beheer/openstellen/doorverwijskaart",
    "/beheer/nieuw/formulier",
    "/beheer/gemeente",
    "/beheer/gids/voorwaarden",
    "/beheer/gids/fields",
)
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def check(screen: Screen) -> None:
    """Nothing to scroll sideways for; and at a desk, where it takes no longer than it must, no grave violation."""
    here = screen.page.url.removeprefix(screen.url)
    assert screen.page.evaluate(TOO_WIDE) <= 0, f"{here} is wider than the window"
    if screen.page.viewport_size == {"width": DESK[0], "height": DESK[1]}:
        check_with_axe(screen, here)


def check_with_axe(screen: Screen, here: str) -> None:
    """No serious or critical violation."""
    found = Axe().run(screen.page, options=RULES)
    wrong = [
        f"{here}: {each['id']} at {[node['target'] for node in each['nodes']][:3]}"
        for each in found.response["violations"]
        if each["impact"] in GRAVE
    ]
    assert not wrong, "\n".join(wrong)


def pages(screen: Screen, *paths: str) -> Iterator[Screen]:
    """Open each page in turn."""
    for path in paths:
        screen.go(path)
        yield screen


@SIZES
def test_pages_without_an_account(visit: Visit, size: tuple[int, int]) -> None:
    visitor = visit(size=size)
    visitor.troubles.expected |= {404}
    paths = ("/", "/kaart/doorverwijskaart", "/kaart/vrijwilligersintake", "/opvolgen", "/aanmelden", "/weg")
    for screen in pages(visitor, *paths):
        check(screen)
    visitor.go("/kaart/doorverwijskaart")
    visitor.press("Verstuur")
    expect(visitor.main.get_by_role("alert", name="Kijk dit nog even na")).to_be_visible()
    check(visitor)
    fill_card(visitor, first="Frans", name="D'hondt", born="1952")
    agree(visitor)
    visitor.choose("Handtekening van de bewoner", "Tekenen op het scherm")
    check_with_axe(visitor, "the card, signed by hand")
    visitor.choose("Handtekening van de bewoner", "Mondeling akkoord")
    visitor.fill("Getypte naam", "Wim Segers")
    visitor.press("Verstuur")
    visitor.sees("DVK-2026-")
    check(visitor)


@SIZES
def test_the_pages_of_a_contact_person(visit: Visit, size: tuple[int, int]) -> None:
    wim = visit()
    wim.go("/kaart/doorverwijskaart")
    fill_card(wim, first="Godelieve", name="Toegankelijk", born="1947")
    agree(wim)
    wim.choose("Handtekening van de bewoner", "Mondeling akkoord")
    wim.fill("Getypte naam", "Wim Segers")
    wim.press("Verstuur")
    wim.sees("DVK-2026-")
    joris = visit("joris.maes", size=size)
    for screen in pages(joris, "/", "/account", "/werk"):
        check(screen)
    joris.follow("Leg contact met de bewoner")
    joris.sees("Wat nu")
    check(joris)
    case = joris.page.url
    for button in ("Gesproken", "Niet bereikt", "Wenst geen hulp", "Draag over"):
        joris.page.goto(case)
        joris.press(button)
        expect(joris.page.get_by_role("heading", name=button)).to_be_visible()
        check(joris)


@SIZES
def test_the_pages_of_the_desk(visit: Visit, size: tuple[int, int]) -> None:
    hilde = visit("hilde.claes", size=size)
    for screen in pages(hilde, "/", "/onthaal"):
        check(screen)
    begin(hilde)
    check(hilde)
    score(hilde, "Wonen en energie", "Zorgen")
    hilde.choose("Is er vandaag nog iemand nodig?", "Ja")
    hilde.open("Rechten nakijken")
    check(hilde)
    hilde.press("Verstuur")
    expect(hilde.main.get_by_role("alert", name="Kijk dit nog even na")).to_be_visible()
    check(hilde)
    hilde.press("Bewaar voor later")
    hilde.sees("Nog niet af")
    check(hilde)


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        ("karin.thijs", ("/", "/werk?van=team", "/overzicht")),
        ("tom.aerts", ("/", "/postbak", *STUDIO)),
        ("karin.thijs", ("/beheer/mensen", "/beheer/aanspreekpunten", "/beheer/kalender")),
        ("pieter.bogaert", ("/", "/cijfers")),
        ("ilse.verbeke", ("/", "/account")),
    ],
)
def test_the_pages_of_who_looks_after_the_whole(visit: Visit, who: str, paths: tuple[str, ...]) -> None:
    for size in (DESK, PHONE):
        for screen in pages(visit(who, size=size), *paths):
            check(screen)


def test_the_numbers_to_ring_come_when_they_are_needed_and_are_there_without_a_script(visit: Visit) -> None:
    phone = visit(size=PHONE)
    phone.go("/kaart/doorverwijskaart")
    alarm = phone.main.get_by_role("alert")
    expect(alarm).to_have_count(0)
    phone.choose("Kan dit wachten tot volgende week?", "Nee, vandaag bellen")
    expect(alarm).to_contain_text("112")
    phone.choose("Kan dit wachten tot volgende week?", "Ja")
    expect(alarm).to_have_count(0)
    plain = visit(size=PHONE, scripts=False)
    plain.go("/kaart/doorverwijskaart")
    expect(plain.main.get_by_role("alert")).to_have_count(0)
    expect(plain.main.locator(".urgent-note")).to_be_visible()


def test_what_is_folded_can_be_filled_in_without_a_script_and_comes_back_open(visit: Visit) -> None:
    plain = visit(size=PHONE, scripts=False)
    plain.go("/kaart/doorverwijskaart")
    day = plain.page.get_by_label("Maandag", exact=True)
    expect(day).to_be_hidden()
    plain.open("Wanneer en hoe het liefst")
    day.check()
    plain.press("Verstuur")
    plain.sees("Kijk dit nog even na")
    expect(day).to_be_visible()
    expect(plain.page.get_by_label("Straat")).to_be_hidden()
