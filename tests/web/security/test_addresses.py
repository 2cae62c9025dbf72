"""Can an address, a host or a header of somebody else's making lead a visitor astray?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app.engine.policy import Act
from app.factory import create_app
from app.services.access.passwords import looks_like_email
from app.storage.database import db
from app.web import returning
from tests.web.conftest import PASSWORD, filled_card, settings_for, token_of

ASTRAY = (
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "/\\/evil.example", "//\\evil.example", "https://evil.example", "https:evil.example", "https:/evil.example",
    "http:///evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x",
    "/\tevil", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r/evil.example", "//evil.example%2f..",
    "//localhost@evil.example", "https://localhost@evil.example", "%2f%2fevil.example", "/%09/evil.example",
    ".evil.example", "@evil.example", " //evil.example", "\x00//evil.example",
)  # fmt: skip


def _as_a_browser(location: str) -> str:
    """The host that a browser would go to: tabs and line ends fall out, ``\\`` is ``/``."""
    bare = "".join(sign for sign in location.strip("\x00\x20") if sign not in "\t\r\n").replace("\\", "/")
    while bare.startswith("///"):
        bare = bare[1:]
    return urlsplit(urljoin("http://localhost/x", bare)).netloc


@pytest.mark.parametrize("payload", ASTRAY, ids=ascii)
def test_after_a_small_job_nobody_is_sent_elsewhere(app: Flask, payload: str) -> None:
    """ASVS 3.7.2: where a page sends somebody back to is one of ours, whatever it was asked."""
    with app.test_request_context("/", query_string={returning.BACK: payload}):
        found = returning.path()
    assert not found or _as_a_browser(found) == "localhost"


def test_after_signing_in_nobody_is_sent_elsewhere(client: FlaskClient) -> None:
    """ASVS 3.7.2: the way back is signed; what we did not sign leads home."""
    page = client.get("/aanmelden").text
    for payload in ASTRAY[:8]:
        form = {
            "_csrf": token_of(page),
            "email": "hilde.claes@zandlede.example",
            "password": PASSWORD,
            "back": payload,
        }
        answer = client.post("/aanmelden", data=form)
        assert answer.status_code == 302
        assert _as_a_browser(answer.headers["Location"]) == "localhost"
        client.delete_cookie("meernet")
        page = client.get("/aanmelden").text


FORGED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Port": "666",
    "Forwarded": "for=203.0.113.9;host=evil.example;proto=https",
    "X-Real-IP": "203.0.113.9",
    "X-Original-URL": "/beheer",
    "X-Rewrite-URL": "/beheer",
}


def _seen(made: Flask, headers: dict[str, str]) -> tuple[str, str, str, str]:
    def view() -> str:
        return f"{request.remote_addr}|{request.host}|{request.scheme}|{request.path}"

    view.meernet_act = Act.PAGE_PUBLIC  # type: ignore[attr-defined]
    made.view_functions["home.index"] = view
    first, second, third, fourth = made.test_client().get("/", headers=headers).text.split("|")
    return first, second, third, fourth


def test_without_a_proxy_before_us_nothing_forwarded_is_believed(app: Flask) -> None:
    """ASVS 4.1.3, 15.3.4: a client cannot say that it is somebody else, or that we are."""
    assert _seen(app, FORGED) == ("127.0.0.1", "localhost", "http", "/")


def test_of_one_proxy_only_its_own_word_is_believed(app: Flask, tmp_path: Path) -> None:
    """ASVS 4.1.3, 15.3.4: with one proxy trusted, the last word counts, not what the client put before it."""
    behind = create_app(replace(settings_for(_url_of(app), tmp_path), proxies=1))
    told = {
        "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
        "X-Forwarded-Host": "evil.example, localhost",
        "X-Forwarded-Proto": "http, https",
    }
    seen = _seen(behind, told)
    with behind.app_context():
        db.engine.dispose()
    assert seen == ("198.51.100.7", "localhost", "https", "/")


def _url_of(app: Flask) -> str:
    with app.app_context():
        return db.engine.url.render_as_string(hide_password=False)


def test_a_page_that_was_open_for_a_working_day_can_still_be_sent(client: FlaskClient) -> None:
    """ASVS 3.5.1: the token of a form holds no hour, so that a long intake is never lost to it; nine hours later its
    page posts as before (nothing in a token tells when it was made, which is what makes this certain)."""
    page = client.get("/kaart/doorverwijskaart").text
    token = token_of(page)
    assert token == token_of(client.get("/kaart/doorverwijskaart").text)
    assert client.post("/kaart/doorverwijskaart", data=filled_card(page)).status_code == 302


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "evil.example:80"]
)
def test_a_host_that_is_not_ours_gets_no_link_to_itself(app: Flask, host: str) -> None:
    """ASVS 4.1.2, 13.1: what a client calls us stands in no link and in no mail."""
    app.config["TRUSTED_HOSTS"] = ["localhost"]
    answer = app.test_client().get("/", headers={"Host": host})
    assert answer.status_code in {400, 404}
    assert "evil" not in answer.text
    assert "evil" not in answer.headers.get("Location", "")


def test_an_address_with_a_second_recipient_is_no_address() -> None:
    """ASVS 1.3.11: what would make two recipients of one is refused where it is typed."""
    for typed in (
        "a@b.example, c@d.example",
        "a@b.example\nBcc: c@d.example",
        "a@b.example;c@d.example",
        "<a@b.example>",
    ):
        assert not looks_like_email(typed), typed
