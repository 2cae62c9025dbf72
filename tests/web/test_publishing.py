"""Does an administrator see what publishing changes, publish it, and bring it back, without losing anybody's work?"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.definitions.model.source import Source
from app.engine.policy import Actor
from app.services.access import accounts
from app.services.definitions import catalogs, definition_drafts, publish_definitions
from tests.services.test_upgrading import package as upgrade
from tests.support.bound import MUNICIPALITY
from tests.support.studio import edit, publish
from tests.support.town import send_card
from tests.web.conftest import SignIn, token_of

CARD = "formdefs/doorverwijskaart.yaml"
PERSON = "formdefs/blocks/persoon.yaml"
WORK = "/beheer/publiceren"
CARDS = "/beheer/versies/formulier/doorverwijskaart"
Post = Callable[..., TestResponse]


@pytest.fixture
def admin(app: Flask) -> Actor:
    """Who works beside the one at the screen."""
    with app.app_context():
        return accounts.operator(MUNICIPALITY)


@pytest.fixture
def post(client: FlaskClient, sign_in: SignIn) -> Post:
    """Post as the administrator, with the fields of the page at that address that are hidden."""
    token = sign_in(client, "tom_aerts")

    def send(path: str, data: dict[str, object] | None = None) -> TestResponse:
        return client.post(path, data={"_csrf": token, **(data or {})})

    return send


def _change(
    app: Flask, admin: Actor, path: str = CARD, old: str = "title: ", new: str = "title: Nieuwe "
) -> None:
    with app.app_context():
        edit(admin, path, old, new)


def _shown(client: FlaskClient, path: str = WORK) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_what_waits_is_shown_with_its_changes_and_published_in_one_press(
    app: Flask, client: FlaskClient, post: Post, admin: Actor
) -> None:
    with app.app_context():
        send_card()
    assert "Er staat niets klaar" in _shown(client)
    _change(app, admin)
    page = _shown(client)
    assert "de titel was “Doorverwijskaart” en is nu “Nieuwe Doorverwijskaart”" in page
    assert "Er lopen geen dossiers" in page
    answer = post(WORK, {"kies": CARD, "token": token_of(page, "token"), "nota": "Duidelijker"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{WORK}?klaar=2")
    assert "Gepubliceerd." in _shown(client, answer.headers["Location"])
    assert "Duidelijker" in _shown(client, CARDS)


def test_cases_that_run_are_counted_before_publishing(
    app: Flask, client: FlaskClient, post: Post, admin: Actor
) -> None:
    with app.app_context():
        send_card()
    _change(app, admin, "workflows/warme_doorverwijzing.yaml", "label: Toegewezen", "label: Bij jou")
    row = re.search(r"<td>Warme doorverwijzing.*?</tr>", _shown(client), re.DOTALL)
    assert row is not None
    assert "Toegewezen" in row[0]
    assert "<td>1</td>" in row[0]


def test_an_error_is_shown_with_a_way_to_it_and_nothing_can_be_published(
    app: Flask, client: FlaskClient, post: Post, admin: Actor
) -> None:
    _change(app, admin, new="titel: ")
    page = _shown(client)
    assert "Dit kan je nog niet publiceren" in page
    assert f'href="/beheer/bewerken/{CARD}"' in page
    answer = post(WORK, {"kies": CARD, "token": token_of(page, "token")})
    assert answer.status_code == 422
    with app.app_context():
        assert catalogs.live(MUNICIPALITY).form("doorverwijskaart").number == 1


def test_who_was_just_too_late_sees_both_and_loses_nothing(
    app: Flask, client: FlaskClient, post: Post, admin: Actor
) -> None:
    _change(app, admin)
    token = token_of(_shown(client), "token")
    _change(app, admin, old="title: Nieuwe", new="title: Heel nieuwe")
    answer = post(WORK, {"kies": CARD, "token": token, "nota": "Mijn nota"})
    page = html.unescape(answer.text)
    assert answer.status_code == 409
    assert "Kijk hieronder opnieuw en publiceer dan" in page
    assert "Heel nieuwe Doorverwijskaart" in page
    assert "Mijn nota" in page


def test_a_block_asks_which_forms_go_along(app: Flask, client: FlaskClient, post: Post, admin: Actor) -> None:
    _change(app, admin, PERSON, "label: ", "label: Uw ")
    page = _shown(client)
    forms = set(re.findall(r'name="volger" value="(\w+)"', page))
    assert {"doorverwijskaart", "brede_intake"} <= forms
    along = sorted(forms - {"doorverwijskaart"})
    again = _shown(client, f"{WORK}?gekozen=1&kies={PERSON}&volger=doorverwijskaart")
    assert not re.search(r'value="doorverwijskaart"[^>]* checked', again)
    data = {"kies": PERSON, "token": token_of(page, "token"), "volger": sorted(forms), "mee": along}
    assert post(WORK, data).status_code == 303
    with app.app_context():
        live = catalogs.live(MUNICIPALITY)
        assert (live.form("doorverwijskaart").number, live.form("brede_intake").number) == (1, 2)


def test_work_can_be_thrown_away(app: Flask, client: FlaskClient, post: Post, admin: Actor) -> None:
    _change(app, admin)
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', _shown(client))
    assert seen is not None
    assert post(f"{WORK}/weg", {"path": CARD, "seen": "iets anders"}).status_code == 409
    assert post(f"{WORK}/weg", {"path": CARD, "seen": seen[1]}).status_code == 303
    assert "Er staat niets klaar" in _shown(client)


def test_an_old_version_is_read_and_put_back_as_work(
    app: Flask, client: FlaskClient, post: Post, admin: Actor
) -> None:
    _change(app, admin)
    with app.app_context():
        publish(admin)
    page = _shown(client, f"{CARDS}/1")
    assert "de titel was “Doorverwijskaart” en is nu “Nieuwe Doorverwijskaart”" in page
    assert "title: Doorverwijskaart" in page
    seen = token_of(page, f"seen:{CARD}")
    assert post(f"{CARDS}/1/terugzetten", {"kies": CARD, f"seen:{CARD}": seen}).status_code == 303
    assert "de titel was “Nieuwe Doorverwijskaart” en is nu “Doorverwijskaart”" in _shown(client)


def test_restoring_over_somebodys_work_is_refused(
    app: Flask, client: FlaskClient, post: Post, admin: Actor
) -> None:
    _change(app, admin)
    with app.app_context():
        publish(admin)
    seen = token_of(_shown(client, f"{CARDS}/1"), f"seen:{CARD}")
    _change(app, admin, old="title: Nieuwe", new="title: Van een ander")
    answer = post(f"{CARDS}/1/terugzetten", {"kies": CARD, f"seen:{CARD}": seen})
    assert answer.status_code == 409
    assert "Een collega bewaarde intussen een andere tekst" in html.unescape(answer.text)


def test_a_form_and_its_process_are_archived_together(
    app: Flask, client: FlaskClient, post: Post, admin: Actor
) -> None:
    made = {"title": "Proef", "id": "proef", "use": "case"}
    assert post("/beheer/nieuw/formulier", made).headers["Location"] == "/beheer/bewerken/formdefs/proef.yaml"
    with app.app_context():
        publish(admin)
    for address in ("/beheer/versies/formulier/proef", "/beheer/versies/proces/proef"):
        seen = token_of(_shown(client, address), "seen")
        assert post(f"{address}/archiveren", {"seen": seen}).status_code == 303
    page = _shown(client)
    assert "nieuw werk kan er niet meer mee beginnen" in page
    files = ["formdefs/proef.yaml", "workflows/proef.yaml"]
    assert post(WORK, {"kies": files, "token": token_of(page, "token")}).status_code == 303
    assert "Gearchiveerd" in _shown(client, "/beheer/formulieren")
    assert "Dit is gearchiveerd" in _shown(client, "/beheer/versies/formulier/proef")


@pytest.mark.parametrize(
    ("address", "data", "said"),
    [
        ("formulier", {"title": "", "id": "goed"}, "Schrijf een titel."),
        ("formulier", {"title": "Goed", "id": "Niet Goed"}, "Schrijf een naam van hoogstens 40"),
        ("formulier", {"title": "Goed", "id": "doorverwijskaart"}, "Deze naam bestaat al."),
        ("proces", {"title": "Goed", "id": "goed", "of": "nergens"}, "Kies een formulier."),
    ],
)
def test_a_beginning_that_cannot_be_is_explained(
    post: Post, address: str, data: dict[str, object], said: str
) -> None:
    answer = post(f"/beheer/nieuw/{address}", data)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_new_process_begins_without_mistakes_of_its_own(app: Flask, post: Post, admin: Actor) -> None:
    data = {"title": "Nieuw: proces", "id": "nieuw_proces", "of": "doorverwijskaart"}
    assert post("/beheer/nieuw/proces", data).status_code == 303
    with app.app_context():
        found = definition_drafts.work_set(admin).problems
    assert [problem for problem in found if problem.span.path == "workflows/nieuw_proces.yaml"] == []


def test_the_list_says_where_everything_stands(
    app: Flask, client: FlaskClient, post: Post, admin: Actor
) -> None:
    post("/beheer/nieuw/formulier", {"title": "Proef", "id": "proef", "use": "action"})
    _change(app, admin)
    page = _shown(client, "/beheer/formulieren")
    rows = {
        row[1]: row[0] for row in re.finditer(r"<tr><th.*?<code[^>]*>([^<]+)</code>.*?</tr>", page, re.DOTALL)
    }
    assert "Nieuw</span>" in rows["formdefs/proef.yaml"]
    assert "Gewijzigd</span>" in rows[CARD]
    assert "In gebruik</span>" in rows[PERSON]
    assert "2 bestanden staan klaar" in page


def test_a_text_of_a_package_waits_to_be_taken_or_left(
    app: Flask, client: FlaskClient, post: Post, admin: Actor
) -> None:
    with app.app_context():
        old = definition_drafts.open_text(admin, CARD).text
        edit(admin, CARD, "title: ", "title: Hier ")
        publish(admin)
        publish_definitions.publish(MUNICIPALITY, [Source(CARD, old.replace("title: ", "title: Pakket ", 1))])
    link = re.search(r'href="(/beheer/publiceren/pakket/\w+)"', _shown(client))
    assert link is not None
    page = _shown(client, link[1])
    assert "title: Hier Doorverwijskaart" in page
    assert "title: Pakket Doorverwijskaart" in page
    assert post(link[1], {"_do": "take", "seen": token_of(page, "seen")}).status_code == 303
    assert "Pakket Doorverwijskaart" in _shown(client)
    assert client.get(link[1]).status_code == 404


def test_what_waits_says_whose_contact_point_is_missing(app: Flask, client: FlaskClient, post: Post) -> None:
    with app.app_context():
        result = publish_definitions.publish(MUNICIPALITY, upgrade(), park=True, wait=True)
        assert result.held
    page = _shown(client)
    assert page.count("Nog niemand is houder van: Loket bezwaar.") == 2
    assert "formulier per formulier" in page
    assert "Aan 4 formulieren" not in _shown(client, "/")


def test_who_has_no_business_here_neither_sees_nor_publishes(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "pieter_bogaert")
    assert [client.get(path).status_code for path in (WORK, CARDS, f"{CARDS}/1", "/beheer/nieuw/proces")] == [
        403
    ] * 4
    assert client.post(WORK, data={"_csrf": token}).status_code == 403
