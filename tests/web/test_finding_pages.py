"""Does reception find somebody, begin a form for them, and is the question asked whether two are one?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.people import persons
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import case_rows
from tests.support.bound import MUNICIPALITY
from tests.support.town import send_card
from tests.web.conftest import SignIn, token_of
from tests.web.test_around_forms import _begin
from tests.web.test_filling_in import FILLED

SEARCH = "/onthaal/zoeken"


@pytest.fixture
def known(client: FlaskClient, sign_in: SignIn) -> str:
    """The address of somebody who came in on a card that reception entered; reception is signed in."""
    token = sign_in(client, "hilde_claes")
    where, form = _begin(client, token)
    sent = client.post(where, data={**form, **FILLED})
    assert sent.status_code == 302
    found = client.post(SEARCH, data={"_csrf": token, "naam": "Kanariebos Maria", "geboorte": "1941"})
    link = re.search(r'href="(/onthaal/personen/\w+)"', found.text)
    assert link, found.text
    return link[1]


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def _case_of(number: str) -> str:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        row = case_rows.by_number(tx, number)
    assert row is not None
    return ids.to_text(row["id"])


def test_a_name_as_heard_leads_to_a_page_without_what_was_told(client: FlaskClient, known: str) -> None:
    token = token_of(client.get(SEARCH).text)
    answer = client.post(SEARCH, data={"_csrf": token, "naam": "maria kanariebos", "geboorte": "1941"})
    told = _text(answer.text)
    assert "1 persoon gevonden" in told
    assert "naam klinkt hetzelfde, zelfde geboortejaar" in told
    page = client.get(known).text
    assert "Joris Maes" in page
    assert "DVK-" in page
    for secret in ("09 000 00 01", "Eenzaam", "Geheim", "Peeters"):
        assert secret not in answer.text + page, secret


def test_the_search_says_what_it_cannot_read_and_when_it_is_too_much(
    client: FlaskClient, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(client.get(SEARCH).text)
    nameless = client.post(SEARCH, data={"_csrf": token, "naam": " "})
    assert (nameless.status_code, 'id="e-naam"' in nameless.text) == (422, True)
    unread = client.post(SEARCH, data={"_csrf": token, "naam": "Maria", "geboorte": "vorig jaar"})
    assert (unread.status_code, 'id="e-geboorte"' in unread.text) == (422, True)
    assert 'value="vorig jaar"' in unread.text
    part = client.post(SEARCH, data={"_csrf": token, "naam": "Canariebos"})
    assert "Vul dan ook een geboortejaar of een dorp in" in part.text
    monkeypatch.setitem(persons.MOST, persons.PAGE, 0)
    assert client.post(SEARCH, data={"_csrf": token, "naam": "Maria Canariebos"}).status_code == 429


def test_a_national_number_is_asked_of_nobody_without_the_right(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    assert "ijksregister" not in client.get(SEARCH).text
    asked = {"_csrf": token, "nummer": "48.03.07-999.14", "reden": "Sociaal onderzoek"}
    assert client.post(f"{SEARCH}/rijksregister", data=asked).status_code == 403
    client.delete_cookie("meernet")
    token = sign_in(client, "sofie_wouters")
    assert "ijksregister" in client.get(SEARCH).text
    answer = client.post(f"{SEARCH}/rijksregister", data=asked | {"_csrf": token})
    assert answer.status_code == 200
    assert "48.03.07" not in answer.text
    refused = client.post(f"{SEARCH}/rijksregister", data=asked | {"_csrf": token, "reden": ""})
    assert (refused.status_code, 'id="e-reden"' in refused.text) == (422, True)


def test_a_form_for_somebody_known_begins_filled_in_and_says_where_that_comes_from(
    client: FlaskClient, known: str
) -> None:
    token = token_of(client.get(known).text)
    begun = client.post(f"{known}/nieuw/brede_intake", data={"_csrf": token})
    where = begun.headers["Location"]
    page = client.get(where).text
    assert 'value="Canariebos"' in page
    assert "overgenomen uit wat we van deze persoon bijhouden" in page
    assert re.search(rf'name="_person" value="{known.rpartition("/")[2]}" checked', page)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', page))
    assert client.post(where, data={**hidden, "_do": "find"}).status_code == 200
    assert client.post(known + "/nieuw/contactverslag", data={"_csrf": token}).status_code in {400, 404}


def test_while_somebody_types_the_page_asks_quietly_who_it_could_be(client: FlaskClient, known: str) -> None:
    token = token_of(client.get(SEARCH).text)
    where, _ = _begin(client, token)
    page = client.get(where).text
    watched = re.search(r'data-watch="([^"]+)"', page)
    assert watched
    assert "persoon.naam" in watched[1].split()
    ask = {"_csrf": token, "persoon.voornaam": "Maria", "persoon.naam": "Kanariebosch"}
    quiet = client.post(f"{where}/gelijkenis", data=ask)
    assert "data-line" not in quiet.text
    found = client.post(f"{where}/gelijkenis", data={**ask, "persoon.geboorte": "1941"})
    assert "Misschien kennen we deze persoon al." in found.text
    assert "naam klinkt hetzelfde, zelfde geboortejaar" in _text(found.text)
    assert "<html" not in found.text
    other = client.post("/onthaal/ontwerp/0000000000000/gelijkenis", data=ask)
    assert other.status_code == 404


def test_two_records_are_shown_before_they_become_one_and_come_apart_again(
    client: FlaskClient, known: str
) -> None:
    token = token_of(client.get(SEARCH).text)
    where, form = _begin(client, token)
    twice = {**FILLED, "persoon.naam": "Kanariebosch"}
    assert client.post(where, data={**form, **twice}).status_code == 302
    page = client.get(known).text
    same = re.search(r'href="(/onthaal/personen/\w+/zelfde/\w+)"', page)
    assert same, page
    shown = client.get(same[1]).text
    assert "1 dossier komt bij Maria Canariebos" in _text(shown)
    asked = client.post(same[1], data={"_csrf": token, "reden": " "})
    assert (asked.status_code, 'id="e-reden"' in asked.text) == (422, True)
    done = client.post(same[1], data={"_csrf": token, "reden": "Nagevraagd"}, follow_redirects=True)
    assert "Samengevoegd" in done.text
    assert len(re.findall(r"<strong>DVK-|>DVK-[\d-]+</a>", done.text)) == 2
    apart = re.search(r'action="(/onthaal/personen/uiteen/\w+)"', done.text)
    assert apart
    loose = client.post(apart[1], data={"_csrf": token}, follow_redirects=True)
    assert "Weer twee personen" in loose.text
    assert "Maria Kanariebosch" in loose.text


def test_who_follows_an_online_card_lays_it_to_somebody_known(
    app: Flask, client: FlaskClient, known: str, sign_in: SignIn
) -> None:
    with app.app_context():
        sent = send_card(persoon__naam="Kanariebos")
        case = _case_of(sent.number)
    client.delete_cookie("meernet")
    token = sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{case}").text
    assert "Misschien dezelfde persoon?" in page
    link = re.search(r'name="_do" value="(link:\w+)"', page)
    assert link
    laid = client.post(
        f"/onthaal/personen/dossier/{case}", data={"_csrf": token, "_do": link[1]}, follow_redirects=True
    )
    assert "Over wie gaat het?" in laid.text
    assert known in laid.text
    assert "Gekoppeld aan een persoon die we kennen" in laid.text
    nonsense = client.post(f"/onthaal/personen/dossier/{case}", data={"_csrf": token, "_do": "x"})
    assert nonsense.status_code == 400


def test_who_looked_for_whom_is_told_to_the_data_protection_officer(
    client: FlaskClient, known: str, sign_in: SignIn
) -> None:
    assert client.get("/onthaal/zoekopdrachten").status_code == 403
    client.delete_cookie("meernet")
    sign_in(client, "ilse_verbeke")
    told = _text(client.get("/onthaal/zoekopdrachten").text)
    assert "Hilde Claes op de zoekpagina Kanariebos Maria, 1941" in told
