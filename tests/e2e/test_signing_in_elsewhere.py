"""Does an administrator connect a provider in the browser, and do people come in through its page?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.product import PASSWORD, Product
from tests.support.accessibility import faults
from tests.support.elsewhere import ORG, person
from tests.support.pages import PHONE, Screen, watched
from tests.support.provider import House, place_of, providing
from tests.support.tls_server import Papers, papers

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[House, Papers]]:
    """A provider that knows Hilde and Mira."""
    made = papers(tmp_path, "localhost")
    with providing(made) as found:
        found.people["u-1"] = person("Hilde Claes", "MeernetOnthaal")
        found.people["u-2"] = person("Vreemde Bezoeker", "MeernetOnthaal")
        yield found, made


@pytest.fixture
def town(tmp_path: Path, house: tuple[House, Papers]) -> Iterator[Product]:
    """Zandlede on a machine that may reach this provider."""
    found, made = house
    running = Product(
        tmp_path / "data", MEERNET_INSIDE_HOSTS=place_of(found.issuer), MEERNET_CA_FILE=str(made.authority)
    )
    running.folder.mkdir()
    running.prepare()
    running.start()
    running.url = running.url.replace("127.0.0.1", "localhost")
    found.redirects.append(f"{running.url}/aanmelden/terug")
    yield running
    running.stop()


def connect(mira: Screen, house: House) -> None:
    """What the administrator does, once."""
    mira.go("/beheer/aanmelden")
    mira.tick("Toon de knop op de pagina Aanmelden")
    mira.fill("Adres van de aanbieder (issuer)", house.issuer)
    mira.fill("Client ID", house.client_id)
    mira.fill("Geheim of privésleutel", house.secret)
    mira.fill("Sleutel van de eigen organisatie", ORG)
    mira.fill("Welke rol daar is welke rol hier?", "MeernetOnthaal = reception")
    mira.press("Bewaar")
    mira.sees("Bewaard", "Er is er een bewaard")
    mira.pick("Koppel een medewerker", "Hilde Claes")
    mira.fill("Waarde van vo_id", "vo-hilde-claes")
    mira.main.get_by_role("button", name="Koppel", exact=True).click()
    expect(mira.main.get_by_role("row", name="Hilde Claes")).to_be_visible()
    assert faults(mira.page) == []


def test_people_come_in_through_the_page_of_their_provider(
    browser: Browser, town: Product, house: tuple[House, Papers]
) -> None:
    found, _ = house
    with watched(browser, town.url) as mira:
        mira.sign_in("mira.lauwers@zandlede.example", PASSWORD)
        connect(mira, found)
    with watched(browser, town.url, size=PHONE, trusting=True) as hilde:
        hilde.troubles.expected.add(403)
        hilde.go("/onthaal")
        hilde.press("Aanmelden met ACM/IDM")
        hilde.page.get_by_role("button", name="Vreemde Bezoeker").click()
        hilde.sees("hier heb je nog geen account", "Vraag aan de systeembeheerder")
        assert faults(hilde.page) == []
        hilde.follow("Terug naar aanmelden")
        hilde.press("Aanmelden met ACM/IDM")
        hilde.page.get_by_role("button", name="Hilde Claes").click()
        expect(hilde.page.locator(".whoami")).to_contain_text("Hilde Claes")
        hilde.go("/")
        hilde.page.get_by_role("button", name="Afmelden").click()
        hilde.sees("Je bent hier afgemeld")
        hilde.follow("Meld je ook af bij ACM/IDM")
        expect(hilde.page.get_by_role("heading", name="Aanmelden", exact=True)).to_be_visible()
        assert found.ended[0]["client_id"] == found.client_id

    with watched(browser, town.url, scripts=False, trusting=True) as plain:
        plain.go("/aanmelden")
        plain.press("Aanmelden met ACM/IDM")
        plain.page.get_by_role("button", name="Hilde Claes").click()
        expect(plain.page.locator(".whoami")).to_contain_text("Hilde Claes")
