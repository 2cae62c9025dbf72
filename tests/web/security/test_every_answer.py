"""What holds for every answer of every route, for nobody and for everybody who can sign in?

Each test names the requirement of OWASP ASVS 5.0 it answers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.storage import ids
from app.storage.database import transaction
from app.storage.models import METADATA, Case
from app.web.security import HEADERS, LASTING
from tests.support.bound import MUNICIPALITY
from tests.support.town import settle
from tests.web.conftest import SignIn, filled_card, token_of

NOBODY = ""
PEOPLE = (NOBODY, "hilde_claes", "joris_maes", "karin_thijs", "tom_aerts", "ilse_verbeke", "pieter_bogaert")
"""Nobody, reception, contact person, head of service, keeper of forms, data protection officer, policy."""
MAY_CHANGE = frozenset({"session", "read_log"})
"""What a GET may write: when a session was last seen, and that somebody read something."""
FORM = "doorverwijskaart"


def _known(app: Flask, client: FlaskClient) -> dict[str, str]:
    """Something real for each name in a rule, as far as it is easily had; the others get an ``x``."""
    page = client.get(f"/kaart/{FORM}").text
    assert client.post(f"/kaart/{FORM}", data=filled_card(page)).status_code == 302
    with app.app_context():
        settle()
        with transaction(MUNICIPALITY, readonly=True) as tx:
            case = tx.execute(sa.select(Case.id, Case.number)).one()
    return {
        "form_id": FORM,
        "case_id": ids.to_text(case[0]),
        "number": case[1],
        "workflow_id": "warme_doorverwijzing",
        "group": "privacy",
        "kind": "formulier",
    }


def _paths(app: Flask, known: dict[str, str]) -> list[tuple[str, str, str]]:
    """Path, method and endpoint of every rule."""
    found = []
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name in rule.arguments:
            path = re.sub(rf"<(?:\w+:)?{name}>", known.get(name, "x"), path)
        found += [
            (path, method, rule.endpoint) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]
    return found


def _rows(app: Flask) -> dict[str, str]:
    """A mark of everything each table holds."""
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        marks = {}
        for table in METADATA.sorted_tables:
            rows = sorted(map(repr, tx.execute(sa.select(table))))
            marks[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return marks


def _changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name, mark in after.items() if before[name] != mark}


def _each(app: Flask, sign_in: SignIn, people: tuple[str, ...] = PEOPLE) -> Iterator[tuple[str, FlaskClient]]:
    for who in people:
        client = app.test_client()
        if who:
            sign_in(client, who)
        yield who, client


def test_no_get_changes_anything_and_every_answer_is_guarded(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    """ASVS 3.4.1-3.4.8, 3.2.1, 3.5.3, 14.3.2: headers on every answer; GET changes no row but those listed."""
    known = _known(app, client)
    walked = [item for item in _paths(app, known) if item[1] == "GET"]
    assert len(walked) > 150
    for who, browser in _each(app, sign_in):
        before = _rows(app)
        for path, _, endpoint in walked:
            answer = browser.get(path)
            assert answer.status_code < 500, (who, path)
            policy = answer.headers["Content-Security-Policy"]
            for name, value in HEADERS.items():
                assert answer.headers.getlist(name) == [value], (who, path, name)
            assert "unsafe" not in policy
            assert "default-src 'none'" in policy
            if (
                endpoint not in LASTING
                and answer.status_code == 200
                and "max-age" not in answer.headers["Cache-Control"]
            ):
                assert answer.headers["Cache-Control"] == "no-store", (who, path)
            assert "Server" not in answer.headers
        assert _changed(before, _rows(app)) <= MAY_CHANGE, who


def test_nothing_is_done_without_a_token(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    """ASVS 3.5.1: a request that changes something without our token is refused and changes no row."""
    known = _known(app, client)
    walked = [item for item in _paths(app, known) if item[1] != "GET"]
    assert len(walked) > 100
    for who, browser in _each(app, sign_in, (NOBODY, "karin_thijs", "tom_aerts")):
        before = _rows(app)
        for path, method, endpoint in walked:
            answer = browser.open(path, method=method, headers={"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code in {302, 400, 401, 403, 404, 405, 423}, (who, path, method)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/aanmelden"), (who, path)
            assert answer.headers["X-Content-Type-Options"] == "nosniff", (endpoint, method)
        assert _changed(before, _rows(app)) <= MAY_CHANGE, who


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "X"])
def test_other_methods_are_not_known(client: FlaskClient, method: str) -> None:
    """ASVS 13.4.4, 4.1.4: TRACE and methods of our own making are refused."""
    for path in ("/", "/aanmelden", "/kaart/doorverwijskaart", "/healthz"):
        assert client.open(path, method=method).status_code == 405, path


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/.ci/run",
        "/static/../app/config.py",
        "/static/%2e%2e/config.py",
    ],
)
def test_nothing_of_the_installation_is_served(client: FlaskClient, path: str) -> None:
    """ASVS 13.4.1, 13.4.5: no source control, settings or source is reachable."""
    assert client.get(path).status_code == 404


def test_an_error_tells_a_reference_and_nothing_else(app: Flask, client: FlaskClient) -> None:
    """ASVS 13.4.2, 16.5.1: no debugger, no trace, no path, no version in what an error shows."""
    assert not app.debug
    for path in ("/nergens/<script>", "/dossiers/'--"):
        text = client.get(path).text
        assert "Traceback" not in text
        assert "<script>" not in text.replace('<script type="module"', "")
        assert "Werkzeug" not in text


def test_every_cookie_is_bound_to_this_host_and_hidden_from_scripts(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    """ASVS 3.3.1-3.3.4: __Host-, Secure, HttpOnly and SameSite on every cookie that is set over https."""
    app.config["SECURE_COOKIES"] = True
    https = "https://localhost"
    page = client.get("/aanmelden", base_url=https)
    set_cookies = page.headers.getlist("Set-Cookie")
    form = {
        "_csrf": token_of(page.text),
        "email": "hilde.claes@zandlede.example",
        "password": "een zin van vijf woorden",
        "back": "",
    }
    entered = client.post("/aanmelden", data=form, base_url=https)
    assert entered.status_code == 302
    set_cookies += entered.headers.getlist("Set-Cookie")
    assert len(set_cookies) >= 2
    for line in set_cookies:
        name, _, rest = line.partition("=")
        assert name.startswith("__Host-"), line
        parts = {part.strip().lower().partition("=")[0] for part in rest.split(";")[1:]}
        assert {"secure", "httponly", "samesite", "path"} <= parts, line
        assert "domain" not in parts
    assert "max-age=63072000" in entered.headers["Strict-Transport-Security"]
