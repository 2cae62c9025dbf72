"""Do people come in through the page of their provider, with and without scripts, and leave there too?

The application answers in this process, on a database of its own: nothing here needs a worker.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect
from werkzeug.serving import make_server

from app.channels.fetch import configure as reach_as
from app.channels.fetch import reach
from app.factory import create_app
from app.services.access import accounts
from app.services.staff import staffing
from app.storage.database import db, transaction
from app.storage.repositories import municipality_rows
from tests.support.accessibility import faults
from tests.support.bound import MUNICIPALITY
from tests.support.elsewhere import known_as, person, set_up
from tests.support.pages import PHONE, watched
from tests.support.provider import House, place_of, providing
from tests.support.tls_server import papers
from tests.support.town import peopled
from tests.web.conftest import PASSWORD, settings_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.e2e


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A provider that knows Hilde, and somebody we do not know."""
    with providing(papers(tmp_path, "localhost")) as found:
        found.people["u-1"] = person("Hilde Claes", "MeernetOnthaal")
        found.people["u-2"] = person("Vreemde Bezoeker", "MeernetOnthaal")
        yield found


@pytest.fixture
def town(browser: Browser, tmp_path: Path, house: House) -> Iterator[str]:
    """Zandlede, with people, at an address; connected with the provider."""
    url, before = f"sqlite:///{tmp_path / 'town.sqlite'}", reach()
    peopled(url)
    settings = replace(
        settings_for(url, tmp_path),
        port=_free_port(),
        inside=(place_of(house.issuer),),
        authorities=str(tmp_path / "authority.pem"),
    )
    app = create_app(settings)
    with app.app_context(), transaction(MUNICIPALITY) as tx:
        municipality_rows.put_settings(tx, {"hosts": ["localhost"]})
    set_up(app, house)
    known_as(app, "hilde_claes", "vo-hilde-claes")
    with app.app_context():
        mira = staffing.account_id(MUNICIPALITY, "mira_lauwers")
        accounts.set_password(accounts.operator(MUNICIPALITY), mira, PASSWORD, must_change=False)
    yield from _answering(app, settings.port)
    with app.app_context():
        db.engine.dispose()
    reach_as(before)


def test_people_come_in_through_the_page_of_their_provider(browser: Browser, town: str, house: House) -> None:
    with watched(browser, town, size=PHONE, trusting=True) as hilde:
        hilde.troubles.expected.add(403)
        hilde.go("/onthaal")
        hilde.press("Aanmelden met ACM/IDM")
        hilde.page.get_by_role("button", name="Vreemde Bezoeker").click()
        hilde.sees("hier heb je nog geen account", "Vraag aan de systeembeheerder")
        assert faults(hilde.page) == []
        hilde.page.get_by_role("link", name="Terug naar aanmelden").click()
        hilde.press("Aanmelden met ACM/IDM")
        hilde.page.get_by_role("button", name="Hilde Claes").click()
        expect(hilde.page.locator(".whoami")).to_contain_text("Hilde Claes")
        hilde.page.get_by_role("button", name="Afmelden").click()
        hilde.sees("Je bent hier afgemeld")
        assert faults(hilde.page) == []
        hilde.page.get_by_role("link", name="Meld je ook af bij ACM/IDM").click()
        expect(hilde.page.get_by_role("heading", name="Aanmelden", exact=True)).to_be_visible()
        assert house.ended[0]["client_id"] == house.client_id
    with watched(browser, town) as mira:
        mira.go("/aanmelden")
        mira.page.locator("#email").fill("mira.lauwers@zandlede.example")
        mira.page.locator("#password").fill(PASSWORD)
        mira.page.get_by_role("button", name="Aanmelden", exact=True).click()
        expect(mira.page.locator(".whoami")).to_contain_text("Mira Lauwers")
        for path in ("/beheer/aanmelden", "/beheer/aanmelden/integratiedossier", "/beheer/meldingen"):
            mira.go(path)
            assert faults(mira.page) == [], path
    with watched(browser, town, scripts=False, trusting=True) as plain:
        plain.page.goto(f"{town}/aanmelden")
        plain.page.get_by_role("button", name="Aanmelden met ACM/IDM").click()
        plain.page.get_by_role("button", name="Hilde Claes").click()
        expect(plain.page.locator(".whoami")).to_contain_text("Hilde Claes")


def _answering(app: Flask, port: int) -> Iterator[str]:
    server = make_server("localhost", port, app, threaded=True)
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://localhost:{port}"
    server.shutdown()
    server.server_close()
    thread.join(5)


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("localhost", 0))
        port: int = found.getsockname()[1]
        return port
