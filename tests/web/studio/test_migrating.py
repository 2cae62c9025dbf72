"""Does an administrator move running cases in a few presses, without seeing what is in them?"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.engine.policy import Actor
from app.services.access import accounts
from app.services.definitions import definition_drafts
from tests.support.bound import MUNICIPALITY
from tests.support.studio import edit, publish
from tests.support.town import asked, press, send_card, settle
from tests.web.conftest import SignIn

START = "/beheer/overzetten"
FLOW = "workflows/warme_doorverwijzing.yaml"
CARD = "formdefs/doorverwijskaart.yaml"
CHOOSE = f"{START}/proces/warme_doorverwijzing"
Post = Callable[..., TestResponse]


@pytest.fixture
def post(client: FlaskClient, sign_in: SignIn) -> Post:
    """Post as the administrator."""
    token = sign_in(client, "tom_aerts")
    return lambda path, data=None: client.post(path, data={"_csrf": token, **(data or {})})


@pytest.fixture
def cases(app: Flask) -> list[str]:
    """Two cards on version 1; what they are called, and a version 2 without the step of the second."""
    with app.app_context():
        admin: Actor = accounts.operator(MUNICIPALITY)
        first, later = send_card(), send_card(persoon__voornaam="Ann")
        press(later.case, "bereikt", asked(later.case, "bereikt"))
        settle()
        opened = definition_drafts.open_text(admin, FLOW)
        text = opened.text.replace("in_opvolging", "loopt").replace("label: In opvolging", "label: Loopt")
        definition_drafts.save(admin, FLOW, text, opened.seen)
        edit(admin, CARD, "field: toelichting", "field: uitleg")
        opened = definition_drafts.open_text(admin, CARD)
        definition_drafts.save(admin, CARD, opened.text.partition("\nexamples:")[0] + "\n", opened.seen)
        publish(admin)
        return [first.number, later.number]


def _shown(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


def _rows(page: str) -> dict[str, str]:
    found = re.finditer(r'<tr><th scope="row" class="nowrap">([^<]+)</th>(.*?)</tr>', page, re.DOTALL)
    return {row[1]: re.sub(r"<[^>]+>|\s+", " ", row[2]) for row in found}


def _done(app: Flask) -> None:
    with app.app_context():
        settle()


def test_cases_are_chosen_looked_at_moved_and_taken_back(
    app: Flask, client: FlaskClient, cases: list[str], post: Post
) -> None:
    assert CHOOSE in _shown(client, START)
    assert "2 dossiers op een oudere versie" in _shown(client, START)
    page = _shown(client, CHOOSE)
    group = re.search(r'name="groep" value="([^"]+)"', page)
    assert group is not None
    assert "Van “In opvolging” naar" in page
    answer = post(CHOOSE, {"groep": group[1], "stap:in_opvolging": "loopt"})
    assert answer.status_code == 303
    batch = answer.headers["Location"]
    waiting = _shown(client, batch)
    assert "We kijken elk dossier na" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert client.get(f"{batch}/stand").json == {"done": 0, "total": 2, "busy": True}
    assert post(f"{batch}/zet_over").status_code == 409
    _done(app)
    page = _shown(client, batch)
    assert "2 dossiers kunnen over, 0 niet" in page
    assert "Toegewezen" in _rows(page)[cases[0]]
    assert "In opvolging → Loopt" in _rows(page)[cases[1]]
    assert "Wil je er iets over zeggen?" in _rows(page)[cases[0]]
    assert "Zet 2 dossiers over" in page
    assert post(f"{batch}/zet_over", {"nota": "Andere woorden"}).status_code == 303
    _done(app)
    assert "2 dossiers zijn overgezet" in _shown(client, batch)
    assert "Er is niets om over te zetten" in _shown(client, START)
    assert post(f"{batch}/terug").status_code == 303
    _done(app)
    assert "2 dossiers zijn teruggezet" in _shown(client, batch)
    assert "2 dossiers op een oudere versie" in _shown(client, START)


def test_nothing_of_a_resident_stands_on_these_pages(
    app: Flask, client: FlaskClient, cases: list[str], post: Post
) -> None:
    group = re.search(r'name="groep" value="([^"]+)"', _shown(client, CHOOSE))
    assert group is not None
    batch = post(CHOOSE, {"groep": group[1]}).headers["Location"]
    _done(app)
    page = _shown(client, batch)
    assert cases[0] in page
    for told in ("Canariebos", "Maria", "Ann", "Geheimpje", "/dossiers/"):
        assert told not in page
    assert "er is geen andere gekozen" in page


def test_a_choice_that_cannot_be_is_explained(client: FlaskClient, cases: list[str], post: Post) -> None:
    answer = post(CHOOSE, {})
    assert answer.status_code == 422
    assert "Kies minstens één groep dossiers" in html.unescape(answer.text)
    group = re.search(r'name="groep" value="([^"]+)"', _shown(client, CHOOSE))
    assert group is not None
    answer = post(CHOOSE, {"groep": group[1], "stap:in_opvolging": "afgesloten"})
    assert answer.status_code == 422
    assert client.get(f"{START}/proces/onbekend").status_code == 404
    assert client.get(f"{START}/0000000000000").status_code == 404


def test_after_a_publication_and_beside_the_versions_there_is_a_way_to_it(
    client: FlaskClient, cases: list[str], post: Post
) -> None:
    for path in ("/beheer/publiceren?klaar=2", "/beheer/versies/proces/warme_doorverwijzing"):
        assert f'href="{START}"' in _shown(client, path)


@pytest.mark.parametrize("who", ["joris_maes", "hilde_claes", "pieter_bogaert"])
def test_who_does_not_publish_moves_nothing(client: FlaskClient, sign_in: SignIn, who: str) -> None:
    token = sign_in(client, who)
    assert client.get(START).status_code == 403
    assert client.post(CHOOSE, data={"_csrf": token}).status_code == 403
