"""Does somebody come in who the provider vouches for, as what it says they are, and nobody else?"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.channels.fetch import Reach, configure
from app.services.access import accounts, outside_told
from app.storage.models import Account, OutsideIdentity, OutsideSignIn, SignInProvider
from tests.support.bound import MUNICIPALITY
from tests.support.elsewhere import (
    come_back,
    known_as,
    leave,
    looking,
    person,
    set_up,
    through,
    told,
)
from tests.support.provider import House, answer, place_of
from tests.support.tls_server import Papers
from tests.web.conftest import SignIn, token_of


def roles_of(app: Flask, key: str) -> set[str]:
    with looking(app) as tx:
        return set(tx.scalar(sa.select(Account.roles).where(Account.key == key)))


def test_there_is_no_button_before_it_is_set(client: FlaskClient, house: House) -> None:
    assert "Aanmelden met" not in client.get("/aanmelden").text
    assert client.get("/aanmelden/terug?state=x&code=y").status_code == 404
    with client.application.app_context():
        outside_told.save(accounts.operator(MUNICIPALITY), told(house), active=False, secret="s")
    assert "Aanmelden met" not in client.get("/aanmelden").text


def test_somebody_known_comes_in_and_goes_where_they_were_going(
    client: FlaskClient, house: House, made: Papers
) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    first = client.get("/onthaal")
    back = parse_qs(urlsplit(first.headers["Location"]).query)["back"][0]
    came = come_back(client, answer(leave(client, back=back), "u-1", made))
    assert (came.status_code, came.headers["Location"]) == (302, "/onthaal")
    assert "Hilde Claes" in client.get("/account").text
    sent = house.asked[-1]
    assert sent["scope"] == "openid profile vo mijntoepassing"
    assert {"state", "nonce", "code_challenge"} <= sent.keys()
    assert "Secure" not in came.headers["Set-Cookie"] or "HttpOnly" in came.headers["Set-Cookie"]


def test_what_was_typed_before_the_session_ended_is_not_lost(
    client: FlaskClient, house: House, made: Papers
) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    came = come_back(client, answer(leave(client, **{"r:nota": "Zij belt om tien"}), "u-1", made))
    assert 'value="Zij belt om tien"' in came.text
    with looking(client.application) as tx:
        assert tx.scalar(sa.select(sa.func.count()).select_from(OutsideSignIn)) == 0


def test_nothing_of_the_sign_in_is_kept_or_readable(client: FlaskClient, house: House, made: Papers) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    url = leave(client)
    state = parse_qs(urlsplit(url).query)["state"][0]
    with looking(client.application) as tx:
        rows = repr(
            list(tx.execute(sa.select(OutsideSignIn.id, OutsideSignIn.sealed, OutsideSignIn.browser)))
        )
        kept = repr(list(tx.execute(sa.select(SignInProvider.told, SignInProvider.secret))))
        marks = repr(list(tx.execute(sa.select(OutsideIdentity.subject))))
    assert state not in rows
    assert house.secret not in kept
    assert "hilde" not in marks
    come_back(client, answer(url, "u-1", made))
    page = client.get("/account").text
    assert "id_token" not in page


def test_somebody_unknown_is_told_whom_to_ask(client: FlaskClient, house: House, made: Papers) -> None:
    set_up(client.application, house)
    came = through(client, "u-1", made)
    assert came.status_code == 403
    assert "hier heb je nog geen account" in came.text
    assert "Vraag aan de systeembeheerder" in came.text
    assert client.get("/account").status_code == 302


def test_somebody_unknown_gets_an_account_where_the_municipality_wants_so(
    client: FlaskClient, house: House, made: Papers
) -> None:
    house.scopes.add("email")
    set_up(client.application, house, unknown="make", scopes="openid profile vo mijntoepassing email")
    house.people["u-2"] = person("Nele Nieuw", "MeernetContact", email="nele.nieuw@zandlede.example")
    house.people["u-3"] = person("Geen Rol", email="geen.rol@zandlede.example")
    house.people["u-4"] = person("Geen Adres", "MeernetOnthaal")
    assert through(client, "u-2", made).status_code == 302
    assert "Nele Nieuw" in client.get("/account").text
    with looking(client.application) as tx:
        found = tx.scalar(sa.select(Account.roles).where(Account.email == "nele.nieuw@zandlede.example"))
    assert found == ["contact", "reception"]
    for who, sentence in (("u-3", "geeft je geen rol"), ("u-4", "nieuw account is een e-mailadres")):
        other = client.application.test_client()
        came = through(other, who, made)
        assert came.status_code == 403
        assert sentence in came.text


def test_an_address_connects_only_when_the_provider_checked_it(
    client: FlaskClient, house: House, made: Papers
) -> None:
    set_up(client.application, house, by_email=True)
    house.people["u-1"]["email"] = "hilde.claes@zandlede.example"
    house.people["u-1"]["email_verified"] = "true"
    assert through(client, "u-1", made).status_code == 403
    house.people["u-1"]["email_verified"] = True
    assert through(client, "u-1", made).status_code == 302


def test_roles_follow_the_provider_at_the_next_sign_in(
    client: FlaskClient, house: House, made: Papers
) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    through(client, "u-1", made)
    assert "policy" not in roles_of(client.application, "hilde_claes")
    house.people["u-1"] = person("Hilde Claes", "MeernetLezer")
    assert client.get("/cijfers/").status_code == 403
    through(client.application.test_client(), "u-1", made)
    assert roles_of(client.application, "hilde_claes") == {"policy"}
    assert client.get("/cijfers/").status_code == 200, "the session that ran has the new roles too"
    assert client.get("/onthaal").status_code == 403
    house.people["u-1"] = person("Hilde Claes", "MeernetLezer", org="0888888888", vo_orgcode="0207000000")
    came = through(client.application.test_client(), "u-1", made)
    assert "geeft je geen rol" in came.text
    assert client.get("/account").status_code == 302, "without any role no session is left"


def test_a_role_of_another_organisation_or_without_one_is_none(
    client: FlaskClient, house: House, made: Papers
) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    for text in (
        "MeernetLezer",
        "MeernetLezer:",
        "MeernetLezer:0999999999",
        ":0207000000",
        "Lezer:0207000000",
    ):
        house.people["u-1"]["rol_3d"] = ["MeernetOnthaal: 0999999999 , 0207000000", text]
        assert through(client.application.test_client(), "u-1", made).status_code == 302
        assert roles_of(client.application, "hilde_claes") == {"reception"}, text
    house.people["u-1"]["rol_3d"] = "MeernetContact:0207000000"
    through(client, "u-1", made)
    assert roles_of(client.application, "hilde_claes") == {"contact", "reception"}


def test_who_comes_for_another_organisation_is_shown_the_right_door(
    client: FlaskClient, house: House, made: Papers
) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    house.people["u-1"] = person("Hilde Claes", "MeernetOnthaal", org="0888888888")
    came = through(client, "u-1", made)
    assert came.status_code == 403
    assert "voor een andere organisatie" in came.text
    assert "Hier kun je wel binnen" not in came.text
    set_up(client.application, house, "buurlede", org="0888888888")
    came = through(client.application.test_client(), "u-1", made)
    assert "Hier kun je wel binnen" in came.text
    assert ">Buurlede</a>" in came.text


@pytest.mark.parametrize(
    "beside", [{"nonce": "een ander"}, {"aud": "een-ander"}, {"iss": "https://elders.example"}, {"exp": 1}]
)
def test_an_answer_that_does_not_fit_opens_nothing(
    client: FlaskClient, house: House, made: Papers, beside: dict[str, object]
) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    house.tamper = lambda claims: {**claims, **beside}
    came = through(client, "u-1", made)
    assert came.status_code == 403
    assert "klopte niet" in came.text
    assert client.get("/account").status_code == 302


def test_a_state_is_good_once_in_the_browser_it_left_from_and_not_for_long(
    app: Flask, client: FlaskClient, house: House, made: Papers
) -> None:
    set_up(client.application, house)
    known_as(client.application, "hilde_claes", "vo-hilde-claes")
    for came in ("?code=x", "?state=&code=x", "?state=verzonnen&code=x"):
        assert client.get(f"/aanmelden/terug{came}").status_code == 403
    stolen = answer(leave(client), "u-1", made)
    other = app.test_client()
    other.get("/aanmelden")
    assert come_back(other, stolen).status_code == 403
    assert other.get("/account").status_code == 302
    assert come_back(client, stolen).status_code == 302
    again = app.test_client()
    again.set_cookie("meernet-form", client.get_cookie("meernet-form").value)  # type: ignore[union-attr]
    assert come_back(again, stolen).status_code == 403
    late = app.test_client()
    address = answer(leave(late), "u-1", made)
    with looking(client.application) as tx:
        tx.execute(sa.update(OutsideSignIn).values(begun_at=tx.instant - timedelta(minutes=11)))
    assert come_back(late, address).status_code == 403


def test_who_stops_at_the_provider_reads_so(client: FlaskClient, house: House, made: Papers) -> None:
    set_up(client.application, house)
    came = come_back(client, answer(leave(client), "", made))
    assert came.status_code == 403
    assert "heeft je aanmelding gestopt" in came.text


def test_a_provider_that_is_down_leaves_the_password(
    client: FlaskClient, house: House, sign_in: SignIn
) -> None:
    set_up(client.application, house)
    configure(Reach(frozenset({place_of(house.issuer)}), "", lambda _host, _port: ()))
    token = token_of(client.get("/aanmelden").text)
    page = client.post("/aanmelden/elders", data={"_csrf": token, "back": ""})
    assert page.status_code == 503
    assert "antwoordt nu niet" in page.text
    assert 'href="/aanmelden"' in page.text
    sign_in(client, "hilde_claes")
