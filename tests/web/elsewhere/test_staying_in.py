"""What does a sign-in elsewhere count for: as a second step, at a locked screen, for an account that is there?"""

from __future__ import annotations

import re
import time

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.services.access import protection, sessions, signing_in
from app.storage.models import Account, Session
from app.storage.repositories import municipality_rows
from tests.support.elsewhere import (
    address_in,
    come_back,
    known_as,
    leave,
    looking,
    set_up,
    through,
)
from tests.support.provider import House, answer
from tests.support.tls_server import Papers
from tests.web.conftest import SignIn, token_of

CODES = "/account/beveiliging/codes"


def test_the_provider_may_be_the_second_step(client: FlaskClient, house: House, made: Papers) -> None:
    set_up(client.application, house, strong=("mfa", "urn:be:hoog"))
    account = known_as(client.application, "hilde_claes", "vo-hilde-claes")
    with looking(client.application) as tx:
        municipality_rows.put_settings(tx, {protection.SECOND_STEP: "reception"})
    assert through(client, "u-1", made).headers["Location"].startswith("/aanmelden/instellen")
    for beside in ({"amr": ["pwd", "mfa"]}, {"acr": "urn:be:hoog"}):
        house.beside = beside
        came = through(client.application.test_client(), "u-1", made)
        assert came.headers["Location"] == "/"
    with looking(client.application) as tx:
        stages = list(tx.execute(sa.select(Session.stage).where(Session.account == account)).scalars())
    assert sorted(stages) == ["open", "open", "set_up"]


def test_a_locked_screen_opens_only_for_who_signs_in_anew_there(
    client: FlaskClient, house: House, made: Papers
) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    through(client, "u-1", made)
    token = token_of(client.get("/account").text)
    client.post("/vergrendel", data={"_csrf": token})
    assert client.get("/account").headers["Location"].startswith("/vergrendeld")
    page = client.get("/vergrendeld").text
    assert "Aanmelden met ACM/IDM" in page
    token = token_of(page)

    def go() -> str:
        return address_in(client.post("/aanmelden/elders", data={"_csrf": token, "back": ""}).text)

    came = come_back(client, answer(go(), "u-1", made))
    assert came.status_code == 403, "a sign-in of who knows when does not open a screen"
    assert house.asked[-1]["prompt"] == "login"
    house.beside = {"auth_time": int(time.time())}
    assert come_back(client, answer(go(), "u-1", made)).status_code == 302
    assert client.get("/account").status_code == 200


def test_what_is_grave_goes_on_after_signing_in_anew_there(
    client: FlaskClient, house: House, made: Papers
) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    through(client, "u-1", made)
    token = token_of(client.get("/account").text)
    with looking(client.application) as tx:
        tx.execute(sa.update(Session).values(fresh_at=tx.instant - sessions.FRESH))
    ours = {"Origin": "http://localhost"}
    asked = client.post(CODES, data={"_csrf": token}, headers=ours)
    assert asked.status_code == 403
    assert "Meld je opnieuw aan bij ACM/IDM" in asked.text
    button = re.search(r'<form method="post" action="/aanmelden/elders".*?</form>', asked.text, re.DOTALL)
    assert button
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', button[0]))

    def go() -> str:
        return address_in(client.post("/aanmelden/elders", data=fields).text)

    for long_ago in ({}, {"auth_time": int(time.time()) - 600}):
        house.beside = long_ago
        assert come_back(client, answer(go(), "u-1", made)).status_code == 403
        assert client.post(CODES, data={"_csrf": token}, headers=ours).status_code == 403
    assert (house.asked[-1]["prompt"], house.asked[-1]["max_age"]) == ("login", "60")
    house.beside = {"auth_time": int(time.time())}
    came = come_back(client, answer(go(), "u-1", made))
    assert came.status_code == 200
    assert f'action="{CODES}"' in came.text
    assert client.post(CODES, data={"_csrf": token_of(came.text)}, headers=ours).status_code != 403


def test_who_is_not_known_there_is_not_sent_there_to_confirm(
    client: FlaskClient, house: House, sign_in: SignIn
) -> None:
    set_up(client.application, house)
    sign_in(client, "hilde_claes")
    page = client.get("/bevestig")
    assert page.status_code == 200
    assert "ACM/IDM" not in page.text


def test_nobody_sets_out_for_the_provider_without_end(
    client: FlaskClient, house: House, made: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "OF_A_PLACE", 3)
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    for _ in range(2):
        leave(client)
    through(client, "u-1", made)  # somebody came in from here: it is an office, not an attack
    other = client.application.test_client()
    last = ""
    for _ in range(3):
        last = leave(other)
    assert len(house.asked) == 1
    token = token_of(other.get("/aanmelden").text)
    refused = other.post("/aanmelden/elders", data={"_csrf": token, "back": ""})
    assert refused.status_code == 429
    assert "Wacht nog 1 min." in refused.text
    elsewhere = other.post(
        "/aanmelden/elders", data={"_csrf": token, "back": ""}, environ_base={"REMOTE_ADDR": "203.0.113.9"}
    )
    assert elsewhere.status_code == 200
    assert (
        come_back(other, answer(last, "u-1", made)).status_code == 302
    )  # who was under way comes in, and it is over
    leave(client.application.test_client())


def test_an_account_is_connected_by_its_owner(
    app: Flask, client: FlaskClient, house: House, made: Papers, sign_in: SignIn
) -> None:
    set_up(client.application, house)
    token = sign_in(client, "hilde_claes")
    house.beside = {"auth_time": int(time.time())}
    url = address_in(client.post("/account/koppelen", data={"_csrf": token}).text)
    assert come_back(client, answer(url, "u-1", made)).status_code == 302
    assert "Je account is gekoppeld" in client.get("/account").text
    assert through(app.test_client(), "u-1", made).status_code == 302
    other = app.test_client()
    token = sign_in(other, "joris_maes")
    url = address_in(other.post("/account/koppelen", data={"_csrf": token}).text)
    came = come_back(other, answer(url, "u-1", made))
    assert came.status_code == 403
    assert "hoort al bij een ander account" in came.text


def test_signing_out_offers_to_sign_out_there_too(client: FlaskClient, house: House, made: Papers) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    through(client, "u-1", made)
    token = token_of(client.get("/account").text)
    left = client.post("/afmelden", data={"_csrf": token})
    page = client.get(left.headers["Location"]).text
    assert f'href="{house.issuer}/end?client_id={house.client_id}&amp;post_logout_redirect_uri=' in page


def test_a_closed_account_stays_closed(client: FlaskClient, house: House, made: Papers) -> None:
    set_up(client.application, house)
    account = known_as(client.application, "hilde_claes", "vo-hilde-claes")
    with looking(client.application) as tx:
        tx.execute(sa.update(Account).where(Account.id == account).values(active=False))
    came = through(client, "u-1", made)
    assert came.status_code == 403
    assert "is afgesloten" in came.text
