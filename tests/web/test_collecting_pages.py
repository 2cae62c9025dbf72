"""Do pages show how far a round of talks is, and may somebody with an account answer without a link?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.access import accounts
from app.services.staff import staffing
from app.storage import clock
from tests.services.test_asks import hand_in, invite
from tests.services.test_collecting import MONDAY, read, started, talk
from tests.support.bound import MUNICIPALITY
from tests.support.town import press
from tests.web.conftest import PASSWORD, SignIn, token_of


@pytest.fixture(autouse=True)
def _nele_may_enter(app: Flask) -> None:
    with app.app_context():
        for key in ("nele_lambrecht", "paul_desmet"):
            account = staffing.account_id(MUNICIPALITY, key)
            accounts.set_password(accounts.operator(MUNICIPALITY), account, PASSWORD, must_change=False)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def round_of(app: Flask) -> str:
    """A round with six talks that were read and one that was not."""
    with app.app_context(), clock.stopped_at(MONDAY):
        case = started()
        talks = [talk(missen=f"Geheim {n}") for n in range(6)]
        for one in talks:
            read(one)
        return case


def test_numbers_are_seen_while_collecting_and_what_was_said_only_once_it_is_released(
    app: Flask, round_of: str, client: FlaskClient, sign_in: SignIn
) -> None:
    sign_in(client, "nele_lambrecht")
    page = plain(client.get(f"/dossiers/{round_of}").text)
    assert "6 binnengekomen · 6 klaar voor de resultaten" in page
    assert client.get(f"/dossiers/{round_of}/verzameld/resultaten").status_code == 302
    assert client.get(f"/dossiers/{round_of}/verzameld/resultaten.pdf").status_code == 409
    with app.app_context():
        press(round_of, "stop_verzamelen")
        press(round_of, "vrijgeven")
    shown = client.get(f"/dossiers/{round_of}/verzameld/resultaten")
    assert "Woon je hier graag?" in shown.text
    assert "Geheim" not in shown.text
    assert "Bewaar als PDF" in shown.text
    pdf = client.get(f"/dossiers/{round_of}/verzameld/resultaten.pdf")
    book = client.get(f"/dossiers/{round_of}/verzameld/resultaten.xlsx")
    assert (pdf.data[:4], book.data[:2]) == (b"%PDF", b"PK")
    assert client.get(f"/dossiers/{round_of}/verzameld/resultaten.doc").status_code == 404


def test_a_volunteer_sees_where_talks_are_lacking_and_begins_one(
    round_of: str, client: FlaskClient, sign_in: SignIn
) -> None:
    sign_in(client, "paul_desmet")
    page = client.get("/verzamelen").text
    assert "65 tot 79 genoeg 6 6 6" in plain(page)
    assert re.search(r'action="([^"]*buurtgesprek[^"]*)"', page)
    assert client.get(f"/dossiers/{round_of}/verzameld").status_code in (403, 404)


def test_a_colleague_answers_from_the_own_list(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    with app.app_context():
        case = hand_in("zelfevaluatie", {"kader": "c_visie", "fase": "planning"}).case
        invite(case, "Griet; griet.cools@zandlede.example", group="kernpartners")
    sign_in(client, "griet_cools")
    address = re.search(r'href="(/werk/gevraagd/[^"]+)"', client.get("/werk").text)
    assert address is not None
    page = client.get(address[1]).text
    sent = {name: token_of(page, name) for name in ("_csrf", "_token")}
    done = client.post(address[1], data={**sent, "visie.overleg": "loopt"}, follow_redirects=True)
    assert "Bedankt, we hebben je antwoord." in done.text
    assert "/werk/gevraagd/" not in client.get("/werk").text
