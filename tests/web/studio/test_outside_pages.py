"""Can an administrator set the provider and the receivers, is nothing secret shown again, and who may not?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.channels.fetch import Reach, configure, reach
from app.services.access import accounts, outside_told
from app.services.follow_up import outgoing
from app.services.follow_up.outgoing import Outgoing
from app.services.staff import staffing
from app.storage.database import transaction
from app.storage.repositories import proof_rows
from tests.support.bound import MUNICIPALITY
from tests.web.conftest import PASSWORD, SignIn, seen_on, token_of

BASE, HOOKS = "/beheer/aanmelden", "/beheer/meldingen"
FORM = {
    "active": "1",
    "label": "ACM/IDM",
    "issuer": "https://authenticatie.vlaanderen.be/op",
    "client_id": "meernet-zandlede",
    "method": "client_secret_basic",
    "secret": "zeer geheim woord",
    "scopes": "openid profile vo mijntoepassing",
    "subject": "vo_id",
    "role_claim": "rol_3d",
    "org_claim": "vo_orgcode",
    "org": "0207000000",
    "roles": "MeernetOnthaal = reception\nMeernetBeheer = form_admin, policy\n",
    "unknown": "refuse",
    "local": "all",
    "strong": "mfa",
    "max_age": "60",
    "entity": "Lokaal bestuur Zandlede",
    "contact": "Mira Lauwers",
    "contact_mail": "mira.lauwers@zandlede.example",
    "environment": "testomgeving",
}


@pytest.fixture
def as_mira(app: Flask, client: FlaskClient, sign_in: SignIn) -> str:
    """Mira, who keeps the accounts, is signed in; the token for what she posts."""
    with app.app_context():
        operator = accounts.operator(MUNICIPALITY)
        account = staffing.account_id(MUNICIPALITY, "mira_lauwers")
        accounts.set_password(operator, account, PASSWORD, must_change=False)
    return sign_in(client, "mira_lauwers")


@pytest.fixture
def listed() -> Iterator[None]:
    """The operator listed one host."""
    before, said = reach(), outgoing.current()
    configure(Reach(resolve=lambda _host, _port: ("10.0.0.1",)))
    outgoing.configure(Outgoing(webhook_hosts=("haak.zandlede.be",)))
    yield
    configure(before)
    outgoing.configure(said)


def _seen(client: FlaskClient, token: str) -> dict[str, str]:
    return {"_csrf": token, "seen": seen_on(client, BASE)}


def test_the_provider_is_set_and_its_secret_never_shown_again(client: FlaskClient, as_mira: str) -> None:
    assert client.get(BASE).status_code == 200
    assert client.post(BASE, data={**_seen(client, as_mira), **FORM}).status_code == 302
    page = client.get(BASE).text
    assert "zeer geheim woord" not in page
    assert "Er is er een bewaard" in page
    assert "MeernetBeheer = form_admin, policy" in page
    assert (
        client.post(
            BASE, data={**_seen(client, as_mira), **FORM, "secret": "", "label": "Aanmeldpunt"}
        ).status_code
        == 302
    )
    assert "Aanmelden met Aanmeldpunt" in client.application.test_client().get("/aanmelden").text
    with client.application.app_context():
        known = outside_told.show(accounts.operator(MUNICIPALITY))
    assert known.secret == "zeer geheim woord"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"scopes": "openid rrn"}, "rijksregisternummer is hier niet nodig"),
        ({"scopes": "profile"}, "openid hoort er altijd bij"),
        ({"subject": "rrn"}, "Kies vo_id of sub"),
        ({"issuer": "http://aanmelden.be"}, "geen webadres"),
        ({"issuer": "https://10.0.0.1"}, "geen webadres"),
        ({"issuer": "https://localhost:8443"}, "geen webadres"),
        ({"roles": "Baas = koning"}, "rol die hier niet bestaat"),
        ({"roles": "Baas"}, "rol die hier niet bestaat"),
        ({"unknown": "make", "roles": ""}, "Zonder lijst van rollen"),
        ({"method": "private_key_jwt"}, "geen privésleutel"),
        ({"local": "named"}, "Zo kan niemand nog binnen"),
        ({"max_age": "-5"}, "aantal minuten"),
        ({"role_claim": "rrn"}, "rrn kan hier niet"),
        ({"unknown": "iets"}, "Kies een van"),
        ({"client_id": ""}, "Vul dit nog in"),
    ],
)
def test_a_setting_that_cannot_be_is_said_beside_it(
    client: FlaskClient, as_mira: str, change: dict[str, str], sentence: str
) -> None:
    page = client.post(BASE, data={**_seen(client, as_mira), **FORM, **change})
    assert page.status_code == 422
    assert sentence in page.text
    assert 'id="samenvatting"' in page.text
    assert "zeer geheim woord" not in page.text


def test_a_password_opens_only_for_who_is_named_once_others_may_not(
    app: Flask, client: FlaskClient, as_mira: str
) -> None:
    with app.app_context():
        mira = staffing.account_id(MUNICIPALITY, "mira_lauwers")
        known = outside_told.show(accounts.operator(MUNICIPALITY))
    refused = client.post(BASE, data={**_seen(client, as_mira), **FORM, "local": "named", "named": mira})
    assert refused.status_code == 422, "she has no second step yet"
    assert not known.active
    _gets_an_app(app, mira)
    assert (
        client.post(
            BASE, data={**_seen(client, as_mira), **FORM, "local": "named", "named": mira}
        ).status_code
        == 302
    )
    other = app.test_client()
    form = {"_csrf": token_of(other.get("/aanmelden").text), "email": "hilde.claes@zandlede.example"}
    page = other.post("/aanmelden", data={**form, "password": PASSWORD, "back": ""})
    assert page.status_code == 422
    assert "Aanmelden gaat hier met ACM/IDM." in page.text
    wrong = other.post("/aanmelden", data={**form, "password": "iets helemaal anders", "back": ""})
    assert "Aanmelden gaat hier met ACM/IDM." not in wrong.text, "only who knows the password hears it"
    form["email"] = "mira.lauwers@zandlede.example"
    assert other.post("/aanmelden", data={**form, "password": PASSWORD, "back": ""}).status_code == 302


def test_the_integration_file_says_what_was_set_and_invents_nothing(
    client: FlaskClient, as_mira: str
) -> None:
    empty = client.get(f"{BASE}/integratiedossier").text
    assert "nog niet ingevuld" in empty
    assert "0207000000" not in empty
    client.post(BASE, data={**_seen(client, as_mira), **FORM})
    page = client.get(f"{BASE}/integratiedossier").text
    for said in (
        "http://localhost:8000/aanmelden/terug", "0207000000", "Mira Lauwers", "testomgeving", "client_secret_basic",
        "vo_id, vo_doelgroepcode, vo_orgcode, vo_orgnaam", "rol_3d", "MeernetOnthaal", "PKCE", "meernet-zandlede",
    ):  # fmt: skip
        assert said in page, said
    assert "zeer geheim woord" not in page
    assert "nog niet ingevuld" not in page


def test_a_receiver_is_named_its_secret_shown_once_and_a_private_address_not_called(
    client: FlaskClient, as_mira: str, listed: None
) -> None:
    assert "haak.zandlede.be" in client.get(HOOKS).text
    form = {"_csrf": as_mira, "url": "https://haak.zandlede.be/geheim-pad", "events": ["case.received"]}
    page = client.post(HOOKS, data=form)
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", page.text)
    assert secret
    again = client.get(HOOKS).text
    assert secret[0] not in again
    assert "geheim-pad" not in again
    test = re.search(r'action="(/beheer/meldingen/[0-9a-z]+)/proef"', again)
    assert test
    tried = client.post(f"{test[1]}/proef", data={"_csrf": as_mira}).text
    assert "het adres ligt niet op het open internet" in tried
    other = re.search(
        r"whsec_[A-Za-z0-9+/=]+", client.post(f"{test[1]}/geheim", data={"_csrf": as_mira}).text
    )
    assert other
    assert other[0] != secret[0]
    wrong = client.post(HOOKS, data={"_csrf": as_mira, "url": "https://elders.be/"})
    assert wrong.status_code == 422
    assert "staat niet op de lijst" in wrong.text
    assert "Kies minstens één gebeurtenis" in wrong.text
    assert client.post(f"{test[1]}/weg", data={"_csrf": as_mira}).status_code == 302
    assert "haak.zandlede.be</h2>" not in client.get(HOOKS).text
    assert client.post(f"{test[1]}/proef", data={"_csrf": as_mira}).status_code == 404


def test_nobody_is_told_anything_until_the_operator_lists_a_host(client: FlaskClient, as_mira: str) -> None:
    page = client.get(HOOKS).text
    assert "MEERNET_WEBHOOK_HOSTS" in page
    assert '<input class="input input--full" type="url"' not in page


@pytest.mark.parametrize("key", ["tom_aerts", "karin_thijs", "joris_maes", "pieter_bogaert", "hilde_claes"])
def test_it_is_for_who_keeps_the_accounts_only(client: FlaskClient, sign_in: SignIn, key: str) -> None:
    token = sign_in(client, key)
    for path in (BASE, f"{BASE}/integratiedossier", HOOKS):
        assert client.get(path).status_code == 403, path
    for path in (BASE, f"{BASE}/koppelen", f"{BASE}/ontkoppelen", HOOKS, f"{HOOKS}/0000000000000/weg"):
        assert client.post(path, data={"_csrf": token}).status_code == 403, path


def _gets_an_app(app: Flask, account: str) -> None:
    """Her app with codes counts."""
    with app.app_context(), transaction(MUNICIPALITY) as tx:
        proof_rows.put_app(tx, account, "JBSWY3DPEHPK3PXP")
        proof_rows.use_step(tx, account, 1, confirm=True)
