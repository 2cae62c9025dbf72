"""Does every route say what it is, refuse by default, and answer with the headers that protect people?"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.engine.policy import Act
from app.texts import has
from app.web.acts import act_of
from app.web.security import HEADERS, LASTING
from app.web.shell import MENU
from tests.web.conftest import SignIn, token_of

SAFE = {"GET", "HEAD", "OPTIONS"}
OPEN = {
    "/",
    "/aanmelden",
    "/aanmelden/terug",
    "/aanmelden/afgemeld",
    "/opvolgen",
    "/kalender",
    "/healthz",
    "/readyz",
    "/metrics",
    "/gemeente.css",
    "/gemeente/logo",
    "/vergrendeld/stand",
}
WITHOUT_ACCOUNT = (
    "/static",
    "/kaart",
    "/blad/",
    "/k/",
    "/f/",
    "/insluiten/",
    "/begin/",
    "/gevraagd/",
    "/welkom/",
    "/ontvangst",
    "/mijn",
    "/partner/",
    "/agenda/",
    "/privacy",
    "/toegankelijkheid",
    "/protocollen",
    "/klachten",
)


def _paths(app: Flask) -> list[tuple[str, str]]:
    """Every rule with made-up values, and one method of it."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            path = rule.rule
            for name in rule.arguments:
                path = path.replace(f"<{name}>", "x").replace(f"<path:{name}>", "x")
            found += [(path, method) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}]
    return found


def test_every_route_declares_its_act(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    undeclared = {endpoint for endpoint in endpoints if not isinstance(act_of(app, endpoint), Act)}
    assert not undeclared


def test_a_route_without_an_act_is_refused(app: Flask, client: FlaskClient) -> None:
    app.view_functions["home.index"] = lambda: "open"
    assert client.get("/").status_code == 403


def test_every_answer_carries_the_headers(app: Flask, client: FlaskClient) -> None:
    for path, method in [*_paths(app), ("/nergens", "GET")]:
        answer = client.open(path, method=method)
        for name, value in HEADERS.items():
            assert answer.headers.get(name) == value, (path, method, name)
        if not path.startswith("/static/"):
            assert answer.headers["Cache-Control"] == "no-store", path
        assert answer.status_code < 500, (path, method)
    assert LASTING.issubset(rule.endpoint for rule in app.url_map.iter_rules())


def test_nothing_changes_without_a_token(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "karin_thijs")
    for path, method in _paths(app):
        if method not in SAFE:
            assert client.open(path, method=method).status_code in {400, 403}, (path, method)


def test_without_an_account_only_public_pages_open(app: Flask, client: FlaskClient) -> None:
    for path, method in _paths(app):
        if method == "GET" and path not in OPEN and not path.startswith(WITHOUT_ACCOUNT):
            answer = client.get(path)
            assert answer.status_code == 302, path
            assert answer.headers["Location"].startswith("/aanmelden"), path


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("hilde_claes", "/onthaal", 200),
        ("hilde_claes", "/overzicht", 403),
        ("hilde_claes", "/cijfers/", 403),
        ("hilde_claes", "/beheer/formulieren", 403),
        ("joris_maes", "/werk", 200),
        ("joris_maes", "/postbak", 403),
        ("karin_thijs", "/overzicht", 200),
        ("karin_thijs", "/cijfers/", 200),
        ("tom_aerts", "/beheer/formulieren", 200),
        ("tom_aerts", "/beheer/formulieren/brede_intake", 200),
        ("tom_aerts", "/postbak", 200),
        ("tom_aerts", "/werk", 403),
        ("pieter_bogaert", "/cijfers/", 200),
        ("pieter_bogaert", "/werk", 403),
    ],
)
def test_each_role_opens_its_own_pages(
    client: FlaskClient, sign_in: SignIn, who: str, path: str, status: int
) -> None:
    sign_in(client, who)
    assert client.get(path).status_code == status


def test_what_is_not_there_and_what_is_anothers_look_alike(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "hilde_claes")
    mine = client.get("/onthaal/ontwerp/0000000000000")
    assert mine.status_code == 404
    assert client.get("/dossiers/geen-nummer").status_code == 404
    assert "vinden we niet" in mine.text


def test_a_host_that_is_not_ours_is_refused(app: Flask, client: FlaskClient) -> None:
    app.config["TRUSTED_HOSTS"] = ["meernet.example"]
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"Host": "meernet.example"}).status_code == 200


def test_a_host_of_no_municipality_is_not_found(client: FlaskClient) -> None:
    client.set_cookie("meernet", "iets", domain="niemand.example")
    for path in ("/", "/aanmelden", "/kaart/doorverwijskaart"):
        assert client.get(path, headers={"Host": "niemand.example"}).status_code == 404


def test_too_many_fields_and_too_large_bodies_are_refused(client: FlaskClient) -> None:
    token = token_of(client.get("/opvolgen").text)
    many = "&".join(f"a{number}=1" for number in range(2500))
    kind = "application/x-www-form-urlencoded"
    assert client.post("/opvolgen", data=f"_csrf={token}&{many}", content_type=kind).status_code == 400
    large = f"_csrf={token}&number={'x' * 1_100_000}"
    assert client.post("/opvolgen", data=large, content_type=kind).status_code == 413


def test_an_unexpected_error_shows_a_reference_and_nothing_else(app: Flask, client: FlaskClient) -> None:
    def broken() -> str:
        raise RuntimeError("geheim")

    broken.meernet_act = Act.PAGE_PUBLIC  # type: ignore[attr-defined]
    app.view_functions["home.index"] = broken
    answer = client.get("/")
    assert answer.status_code == 500
    assert "geheim" not in answer.text
    assert "Er ging iets mis bij ons" in answer.text


def test_every_page_of_the_menu_says_on_the_start_page_what_it_is_for() -> None:
    # these stand there with their numbers; a partner starts at its referrals
    beside = {"home", "queue", "reception", "overview", "partner_page"}
    parts = {endpoint.partition(".")[0] for _, endpoint, _ in MENU} - beside
    assert not [part for part in sorted(parts) if not has(f"pages.home.about.{part}")]
