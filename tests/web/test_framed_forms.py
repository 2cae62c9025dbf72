"""Does a form in somebody else's page, a look-up and a first link give away nothing?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.access import accounts
from app.services.municipality import municipalities, starting
from app.services.municipality.starting import Beginning
from app.web.public import begin
from tests.support.bound import MUNICIPALITY
from tests.web.conftest import SignIn, filled_card, seen_on, token_of

BASE = "/beheer/gemeente"
SITE = "https://www.zandlede.be"
FRAMED = "/insluiten/doorverwijskaart"
FROM_US = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def framed(client: FlaskClient, as_tom: str) -> FlaskClient:
    """The card may be framed by the municipality's site; the client is still signed in as Tom."""
    page = "/beheer/openstellen/doorverwijskaart"
    sent = {"_csrf": as_tom, "seen": seen_on(client, page, -1), "origins": SITE}
    assert client.post(f"{page}/kader", data=sent).status_code == 302
    return client


def test_only_the_page_of_that_form_may_be_framed_and_only_there(app: Flask, framed: FlaskClient) -> None:
    visitor = app.test_client()
    page = visitor.get(FRAMED)
    assert f"frame-ancestors {SITE};" in page.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in page.headers
    for path in (
        "/kaart/doorverwijskaart",
        "/",
        "/aanmelden",
        "/insluiten/vrijwilligersintake",
        "/insluiten/brede_intake",
    ):
        assert "frame-ancestors 'none'" in visitor.get(path).headers["Content-Security-Policy"], path
    assert visitor.get("/insluiten/vrijwilligersintake").status_code == 404


def test_a_framed_form_is_sent_without_any_cookie_and_answers_with_its_receipt(
    app: Flask, framed: FlaskClient
) -> None:
    page = app.test_client(use_cookies=False).get(FRAMED).text
    sender = app.test_client(use_cookies=False)
    answer = sender.post(FRAMED, data=filled_card(page), headers=FROM_US)
    assert answer.status_code == 200, answer.text
    assert re.search(r"DVK-\d{4}-\d{5}", answer.text)
    assert f"frame-ancestors {SITE};" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


def test_a_framed_form_is_refused_from_elsewhere_or_with_a_token_that_is_not_its_own(
    app: Flask, framed: FlaskClient
) -> None:
    sender = app.test_client(use_cookies=False)
    card = filled_card(sender.get(FRAMED).text)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        assert sender.post(FRAMED, data=card, headers=headers).status_code == 400, headers
    assert sender.post(FRAMED, data=card | {"_csrf": "x"}, headers=FROM_US).status_code == 400
    ordinary = app.test_client()
    other = token_of(ordinary.get("/kaart/doorverwijskaart").text)
    assert sender.post(FRAMED, data=card | {"_csrf": other}, headers=FROM_US).status_code == 400
    # and the token of a frame opens nothing else
    back = ordinary.post("/opvolgen", data={"_csrf": card["_csrf"], "number": "1"}, headers=FROM_US)
    assert back.status_code == 400


def test_who_is_signed_in_is_a_stranger_in_a_frame(framed: FlaskClient) -> None:
    page = framed.get(FRAMED).text
    assert "Tom Aerts" not in page
    assert "Afmelden" not in page
    assert framed.post(FRAMED, data=filled_card(page), headers=FROM_US).status_code == 200


# The street register in a form -----------------------------------------------------------------------------------


def test_a_village_left_open_follows_from_the_address_and_a_choice_stands(
    app: Flask, client: FlaskClient, as_tom: str
) -> None:
    row = {"straat": "Kerkstraat", "kant": "alle", "van": "", "tot": "", "dorp": "statie", "postcode": ""}
    client.post(f"{BASE}/straten", data=row | {"_csrf": as_tom})
    visitor = app.test_client()
    page = visitor.get("/kaart/doorverwijskaart").text
    address = {"adres:street": "Kerkstr.", "adres:number": "12"}
    wrong = visitor.post(
        "/kaart/doorverwijskaart",
        data=filled_card(page) | address | {"buurt": "", "persoon.naam": "", "zorgen": ""},
    )
    assert '<option value="statie" selected>' in wrong.text
    kept = visitor.post("/kaart/doorverwijskaart", data=filled_card(page) | address | {"zorgen": ""})
    assert '<option value="oosthoek" selected>' in kept.text


def test_the_look_up_tells_a_village_and_nothing_else(app: Flask, client: FlaskClient, as_tom: str) -> None:
    row = {"straat": "Kerkstraat", "kant": "alle", "van": "1", "tot": "9", "dorp": "statie", "postcode": ""}
    client.post(f"{BASE}/straten", data=row | {"_csrf": as_tom})
    visitor = app.test_client()
    ask = {"street": "kerkstraat", "number": "5", "postcode": ""}
    assert visitor.post("/buurt", json=ask, headers=FROM_US).json == {"neighbourhood": "statie"}
    others: tuple[object, ...] = (
        {**ask, "number": "11"},
        {**ask, "street": "Nergens"},
        {"street": ["x"]},
        [],
        None,
    )
    for other in others:
        assert visitor.post("/buurt", json=other, headers=FROM_US).json == {"neighbourhood": ""}
    assert visitor.post("/buurt", json=ask, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert visitor.get("/buurt").status_code == 405


# The first visit -------------------------------------------------------------------------------------------------


def test_somebody_who_was_invited_chooses_a_password_once(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    with app.app_context():
        mira = accounts.by_email(MUNICIPALITY, "mira.lauwers@zandlede.example")
        accounts.set_password(
            accounts.operator(MUNICIPALITY), mira, "een zin van vijf woorden", must_change=False
        )
    token = sign_in(client, "mira_lauwers")
    page = client.get(f"{BASE}/medewerkers").text
    invite = re.search(r'action="(/beheer/gemeente/medewerkers/\w+/uitnodigen)"', page)
    assert invite
    shown = client.post(invite[1], data={"_csrf": token}).text
    link = re.search(r'id="link" readonly value="http://localhost(/welkom/[^"]+)"', shown)
    assert link
    fresh = app.test_client()
    welcome = fresh.get(link[1])
    assert welcome.status_code == 200
    weak = fresh.post(link[1], data={"_csrf": token_of(welcome.text), "password": "kort"})
    assert weak.status_code == 422
    choice = {"_csrf": token_of(welcome.text), "password": "vier losse woorden hier"}
    assert fresh.post(link[1], data=choice).status_code == 302
    assert fresh.get("/account").status_code == 200
    assert app.test_client().get(link[1]).status_code == 404


def test_the_first_link_opens_nothing_where_somebody_lives(app: Flask, client: FlaskClient) -> None:
    path = begin.FIRST_PATH.format(token=begin.first_token(str(app.secret_key)))
    assert client.get(path).status_code == 404
    assert client.get("/begin/verzonnen").status_code == 404


def test_a_real_municipality_does_not_say_it_is_a_demo(app: Flask) -> None:
    app.config["IS_DEMO"] = True
    with app.app_context():
        starting.begin(
            Beginning("proeflede", "Proeflede", "Wout", "wout@proeflede.be", hosts=("proef.localhost",))
        )
        municipalities.forget()
    assert (
        "demo met verzonnen mensen"
        not in app.test_client().get("/", headers={"Host": "proef.localhost"}).text
    )
    assert "demo met verzonnen mensen" in app.test_client().get("/").text
