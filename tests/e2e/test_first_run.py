"""Does an empty installation become a municipality whose first card arrives, with nothing of the demo in it?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import FilePayload, FrameLocator, expect

from tests.e2e.product import Product
from tests.e2e.test_card import agree, fill_card
from tests.support.pages import PHONE, Screen, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PASSWORD = "kalm water stroomt snel"
STREETS = "straat;kant;van;tot;dorp\nKerkstraat;oneven;1;99;Oosthoek\nKerkstraat;even;2;;Statie\n"
STAFF = (
    "naam;e-mail;telefoon;rollen\n"
    "Dirk Roels;dirk@proeflede.be;;diensthoofd\n"
    "An Peeters;an@proeflede.be;011 12 34 57;onthaal, contactpersoon\n"
)
Open = Callable[..., Screen]


@pytest.fixture(scope="module")
def empty(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product as it starts where nothing is yet, and no demo is asked for."""
    running = Product(tmp_path_factory.mktemp("empty"), MEERNET_ENV="test")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def open_screen(browser: Browser, empty: Product) -> Iterator[Open]:
    """Opens a browser for one person."""
    with ExitStack() as opened:

        def enter(size: tuple[int, int] = (1280, 900)) -> Screen:
            return opened.enter_context(watched(browser, empty.url, size=size))

        yield enter


def test_from_nothing_to_the_first_card_and_into_the_municipalitys_own_site(
    empty: Product, open_screen: Open
) -> None:
    boss = open_screen()
    _begin(empty, boss)
    _name_it(boss)
    _say_where(boss)
    invited = _bring_people(boss)
    _give_points(boss)
    _send_from(boss)
    _only_the_server_is_missing(boss)

    desk = open_screen()
    desk.page.goto(invited)
    desk.fill("Wachtwoord", PASSWORD)
    desk.press("Kies dit wachtwoord en ga verder")
    expect(desk.page.get_by_role("button", name="Afmelden")).to_be_visible()

    referrer = open_screen(PHONE)
    referrer.go("/")
    referrer.follow("Doorverwijskaart")
    _fill_in(referrer)
    expect(referrer.page).to_have_url(re.compile("/ontvangst/DVK-2026-00001"))
    assert "An Peeters" in referrer.fact("Contactpersoon")
    desk.go("/werk")
    desk.sees("DVK-2026-00001")

    boss.go("/beheer/gemeente/medewerkers")
    boss.does_not_see("zandlede.example", "Joris Maes")
    boss.does_not_see("Dit is een demo")

    form = f"{empty.url}/insluiten/doorverwijskaart"
    page = f'<title>Site</title><iframe src="{form}" width="900" height="3000"></iframe>'
    with _site(page) as allowed, _site(page) as other:
        _frame_it(boss, allowed)
        _fill_in_on_the_site(open_screen, allowed, other)


def _begin(empty: Product, boss: Screen) -> None:
    boss.troubles.expected.add(404)
    boss.go("/")
    boss.sees("Hier woont nog geen gemeente")
    link = empty.find(r"/begin/\S+")
    boss.go(link)
    boss.fill("Naam van de gemeente", "Proeflede")
    boss.fill("Je naam", "Wout Claes")
    boss.fill("E-mailadres", "wout@proeflede.be")
    boss.fill("Wachtwoord", PASSWORD)
    boss.press("Maak de gemeente")
    boss.sees("Er zijn nog geen dorpen of wijken.", "Niemand heeft de rol Onthaal.")
    boss.go(link)
    boss.sees("Deze pagina vinden we niet")


def _name_it(boss: Screen) -> None:
    boss.go("/beheer/gemeente/gegevens")
    boss.fill("Telefoon van het onthaal", "011 12 34 56")
    boss.fill("Gemeente", "Gemeente Proeflede")
    boss.fill("OCMW", "OCMW Proeflede")
    boss.press("Bewaar en ga verder")


def _say_where(boss: Screen) -> None:
    boss.fill("Voeg toe", "Oosthoek\nStatie")
    boss.press("Bewaar en ga verder")
    boss.page.get_by_label("Bestand (csv)").set_input_files(_file("straten.csv", STREETS))
    boss.press("Lees in")
    boss.sees("Er staan 2 stukken straat in.")


def _bring_people(boss: Screen) -> str:
    """Read the list in and invite the one at the desk; the link for her."""
    boss.go("/beheer/gemeente/medewerkers")
    boss.page.get_by_label("Bestand (csv)").set_input_files(_file("medewerkers.csv", STAFF))
    boss.press("Lees in")
    for name in ("Dirk Roels", "An Peeters"):
        boss.main.get_by_role("button", name=f"Nodig uit {name}").click()
        boss.sees(f"Geef deze link aan {name}.")
    return boss.page.get_by_label("Persoonlijke link").input_value().replace("localhost", "127.0.0.1")


def _give_points(boss: Screen) -> None:
    boss.go("/beheer/gemeente/aanspreekpunten")
    boss.pick("Overal waar nog niemand staat: Houder", "An Peeters")
    boss.pick("Overal waar nog niemand staat: Eindverantwoordelijke", "Dirk Roels")
    boss.press("Bewaar en ga verder")
    boss.fill("Eigen sluitingsdagen", "24/12/2026 vanaf 12.00 Kerstavond")
    boss.press("Bewaar en ga verder")


def _send_from(boss: Screen) -> None:
    boss.go("/beheer/gemeente/afzender")
    boss.fill("Adres voor antwoorden", "onthaal@proeflede.be")
    boss.press("Bewaar")
    boss.fill("Naar welk adres?", "wout@proeflede.be")
    boss.press("Stuur nu")
    boss.sees("ze blijven in de postbak van Meernet")


def _only_the_server_is_missing(boss: Screen) -> None:
    boss.go("/beheer/gemeente")
    needed = boss.main.locator(".notice--warn li")
    texts = [
        text for text in needed.all_inner_texts() if "MEERNET_MAIL" not in text and "aanmelden" not in text
    ]
    assert texts == []


def _fill_in(screen: Screen) -> None:
    """The card, its village by its street alone."""
    who = screen.section("Over wie gaat het?")
    who.locator("summary").filter(has_text=re.compile("^Adres$")).click()
    screen.fill("Straat", "Kerkstraat", within=who)
    screen.fill("Huisnummer", "7", within=who)
    screen.page.keyboard.press("Tab")
    village = screen.page.get_by_label("In welk dorp of welke wijk?").first
    expect(village).to_have_value("oosthoek")
    fill_card(screen, first="Maria", name="Vandenbulcke", born="1941")
    agree(screen)
    screen.choose("Handtekening van de bewoner", "Naam typen")
    screen.fill("Getypte naam", "Maria Vandenbulcke")
    screen.press("Verstuur")


# On the municipality's own site ------------------------------------------------------------------------------------


def _frame_it(boss: Screen, site: str) -> None:
    boss.go("/beheer/openstellen/doorverwijskaart")
    boss.fill("Sites die het mogen tonen", site)
    boss.press("Bewaar de sites")
    boss.sees("Plak dit op je site")


def _fill_in_on_the_site(open_screen: Open, allowed: str, other: str) -> None:
    """One site that may show it and one that may not; both are another site than ours, so no cookie comes along."""
    stranger = open_screen()
    stranger.page.goto(other)
    stranger.page.wait_for_load_state("networkidle")
    expect(stranger.page.frame_locator("iframe").get_by_label("Voornaam")).to_have_count(0)
    assert any("frame-ancestors" in text for text in stranger.troubles.found)
    stranger.troubles.found.clear()

    visitor = open_screen()
    visitor.page.goto(allowed)
    inside = visitor.page.frame_locator("iframe")
    _fill_in_frame(inside)
    expect(inside.get_by_text(re.compile("DVK-2026-00002")).first).to_be_visible()
    assert visitor.context.cookies() == []


def _fill_in_frame(inside: FrameLocator) -> None:
    def starts(text: str) -> re.Pattern[str]:
        return re.compile(rf"^{re.escape(text)}")

    inside.get_by_label("Voornaam").first.fill("Godelieve")
    inside.get_by_label("Familienaam").first.fill("Vandamme")
    inside.get_by_label(starts("In welk dorp")).first.select_option(label="Statie")
    inside.get_by_role("group", name=starts("Kruis samen aan")).get_by_label(
        "Eenzaam, mensen ontmoeten"
    ).check()
    inside.get_by_role("group", name=starts("Kan dit wachten")).get_by_label("Ja", exact=True).check()
    inside.get_by_label(starts("Telefoon")).first.fill("011 12 34 59")
    referrer = inside.get_by_role("region", name=re.compile(r"Wie vult dit mee in\?$")).first
    referrer.get_by_label(starts("Naam")).first.fill("Wim Segers")
    referrer.get_by_label(starts("Functie")).first.select_option(label="Thuisverpleegkundige")
    referrer.get_by_label(starts("Telefoon")).first.fill("011 12 34 60")
    inside.get_by_label(starts("Ik vind het goed dat deze kaart naar")).check()
    sign = inside.get_by_role("group", name=starts("Handtekening van de bewoner")).first
    sign.get_by_label("Naam typen", exact=True).check()
    inside.get_by_label(starts("Getypte naam")).first.fill("Godelieve Vandamme")
    inside.get_by_role("button", name="Verstuur", exact=True).last.click()


@contextmanager
def _site(html: str) -> Iterator[str]:
    """A site of somebody else, of one page; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _file(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
