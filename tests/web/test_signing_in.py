"""Does a session live on the server, and is nothing typed lost when it ends?"""

from __future__ import annotations

from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient

from app.services.access import sessions
from app.web import replay
from tests.support.bound import MUNICIPALITY
from tests.web.conftest import PASSWORD, SignIn, token_of

OURS = {"Origin": "http://localhost"}


class _Hidden(HTMLParser):
    """The hidden fields of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden":
            self.fields.append((found["name"] or "", found.get("value") or ""))


def _hidden(html: str) -> dict[str, str]:
    return dict(_Hidden(html).fields)


def test_the_cookie_is_only_a_key_and_dies_with_the_session(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "hilde_claes")
    cookie = client.get_cookie("meernet")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert client.post("/afmelden", data={"_csrf": token}).status_code == 302
    copied = app.test_client()
    copied.set_cookie("meernet", cookie.value)
    assert copied.get("/account").status_code == 302


def test_a_second_visitor_is_nobody(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "hilde_claes")
    assert client.get("/account").status_code == 200
    assert app.test_client().get("/account").status_code == 302


def test_a_wrong_password_says_so_and_keeps_the_address(client: FlaskClient) -> None:
    token = token_of(client.get("/aanmelden").text)
    form = {"_csrf": token, "email": "hilde.claes@zandlede.example", "password": "fout"}
    answer = client.post("/aanmelden", data=form)
    assert answer.status_code == 422
    assert "hilde.claes@zandlede.example" in answer.text
    assert "fout" not in answer.text


def test_signing_in_leads_back_to_where_one_was_and_nowhere_else(app: Flask, client: FlaskClient) -> None:
    back = client.get("/werk").headers["Location"].partition("back=")[2]
    token = token_of(client.get("/aanmelden").text)
    form = {"_csrf": token, "email": "joris.maes@zandlede.example", "password": PASSWORD}
    assert client.post("/aanmelden", data={**form, "back": back}).headers["Location"] == "/werk"
    with app.app_context():
        for evil in ("//evil.example", "https://evil.example", "/werk"):
            assert replay.path_of(evil) == "/"
        assert replay.path_of(replay.signed_path("//evil.example")) == "/"


def test_what_was_typed_survives_the_end_of_the_session(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "hilde_claes")
    draft = client.post("/onthaal/nieuw/brede_intake", data={"_csrf": token}).headers["Location"]
    page = client.get(draft).text
    cookie = client.get_cookie("meernet")
    assert cookie is not None
    with app.app_context():
        sessions.end(MUNICIPALITY, cookie.value)
    typed = {**_hidden(page), "persoon.roepnaam": 'Els "de kleine"', "_do": "save"}
    asked = client.post(draft, data=typed, headers=OURS)
    assert asked.status_code == 401
    form = {**_hidden(asked.text), "email": "hilde.claes@zandlede.example", "password": PASSWORD}
    carried = client.post("/aanmelden", data=form)
    assert carried.status_code == 200
    assert client.post(draft, data=_hidden(carried.text)).status_code == 302
    assert "Els &#34;de kleine&#34;" in client.get(draft).text


def test_a_form_of_another_site_is_never_carried_along(client: FlaskClient) -> None:
    answer = client.post(
        "/dossiers/x/notitie", data={"text": "vals"}, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 401
    assert "vals" not in answer.text


def test_a_script_is_told_that_the_session_ended(client: FlaskClient) -> None:
    answer = client.patch("/onthaal/ontwerp/x", json={}, headers={"X-Requested-With": "meernet"})
    assert (answer.status_code, answer.json) == (401, {"error": "signed_out"})


def test_another_password_ends_all_other_sessions(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    other = app.test_client()
    sign_in(other, "sofie_wouters")
    token = sign_in(client, "sofie_wouters")
    form = {"_csrf": token, "password": PASSWORD, "new_password": "een heel andere lange zin"}
    assert client.post("/account/wachtwoord", data=form).status_code == 302
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def test_a_token_of_one_session_is_worth_nothing_in_another(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    stolen = sign_in(client, "hilde_claes")
    other = app.test_client()
    sign_in(other, "joris_maes")
    assert other.post("/onthaal/nieuw/brede_intake", data={"_csrf": stolen}).status_code == 400
