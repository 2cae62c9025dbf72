"""Does the list keep its address, say what it shows, and let work be done from it without losing one's place?"""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.cases import case_page
from app.services.tasks import queue
from app.texts import say
from tests.support.town import actor, send_card
from tests.web.conftest import SignIn, token_of

START = "/werk?van=mine"


@pytest.fixture
def cards(app: Flask) -> list[str]:
    """Three cards of Joris; their case ids, in the order of his list."""
    with app.app_context():
        for name in ("Zana", "Anna", "Mia"):
            send_card(persoon__voornaam=name, persoon__naam="Vandenbulcke", toelichting="De kat Felix")
        return [row.case for row in queue.page(actor("joris_maes")).rows]


def _links(html: str, attribute: str) -> list[str]:
    return [unescape(href) for href in re.findall(rf'<a[^>]*href="([^"]+)"[^>]* {attribute}', html)]


def test_every_view_has_an_address_without_anything_empty_in_it(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "joris_maes")
    typed = "van=mine&toon=today&dossier=&punt=&buurt=oosthoek&soort=&tegen=&volgorde=&dringend=1"
    answer = client.get(f"/werk?{typed}")
    assert answer.headers["Location"] == "/werk?van=mine&toon=today&buurt=oosthoek&dringend=1"
    page = client.get(answer.headers["Location"]).text
    told = page[page.index('class="told-now"') :].partition("</p>")[0]
    assert "in Oosthoek" in told
    assert "dringend" in told
    assert 'href="/werk?van=mine&amp;toon=today" data-clear' in told
    assert client.get("/werk?toon=x&van=y&volgorde=z&tegen=31-31-2026").status_code == 200


def test_the_list_says_how_many_and_goes_to_the_view_kept_first(
    client: FlaskClient, sign_in: SignIn, cards: list[str]
) -> None:
    token = sign_in(client, "joris_maes")
    page = client.get("/werk").text
    assert re.search(r'data-scope="mine"[^>]*aria-current="page">Van mij <span class="count">3</span>', page)
    kept = {"_csrf": token, "van": "mine", "buurt": "statie", "naam": "Statie", "eerst": "1"}
    assert client.post("/werk/weergaven", data=kept).status_code == 302
    assert client.get("/werk").headers["Location"] == "/werk?van=mine&buurt=statie"
    again = client.post("/werk/weergaven", data=kept)
    assert again.status_code == 422
    assert "Je hebt al een weergave die zo heet: Statie." in again.text
    assert "Statie" in client.get(START).text


@pytest.mark.parametrize(("who", "offered"), [("joris_maes", False), ("karin_thijs", True)])
def test_only_who_leads_is_offered_to_share(
    client: FlaskClient, sign_in: SignIn, who: str, offered: bool
) -> None:
    sign_in(client, who)
    assert (say("queue_list.view.share") in client.get("/werk/weergaven?van=mine").text) is offered


def test_what_is_looked_for_stands_in_no_address(
    app: Flask, client: FlaskClient, sign_in: SignIn, cards: list[str]
) -> None:
    token = sign_in(client, "joris_maes")
    answer = client.post("/werk/zoeken", data={"_csrf": token, "zoek": "felix"})
    assert "felix" not in answer.headers["Location"].casefold()
    found = client.get(answer.headers["Location"]).text
    assert "3 dossiers gevonden." in found
    assert "staat bij" in found
    assert "De kat" not in found
    other = app.test_client()
    sign_in(other, "hilde_claes")
    assert other.get(answer.headers["Location"]).status_code == 404


def test_a_task_is_done_from_the_list_and_the_next_one_waits(
    app: Flask, client: FlaskClient, sign_in: SignIn, cards: list[str]
) -> None:
    sign_in(client, "joris_maes")
    page = client.get(START).text
    first = _links(page, "data-act data-panel")[0]
    part = client.get(f"{first}&deel=1").text
    assert "<html" not in part
    assert 'href="tel:' in part
    (form,) = [href for href in _links(part, "data-form") if "/doe/niet_bereikt" in href]
    small = client.get(form).text
    inside = small.partition("<main")[2]
    hidden = {name: token_of(inside, name) for name in ("_csrf", "_token", "_version", "terug")}
    picked = dict(re.findall(r'name="(kanaal|resultaat)" value="(\w+)" checked', small))
    answer = client.post(form.partition("?")[0], data=hidden | picked)
    with app.app_context():
        second = queue.page(actor("joris_maes")).rows
    place = re.findall(r'data-row id="(t-\w+)"', page)[1]
    assert answer.headers["Location"] == f"{START}#{place}"
    assert cards[1] in {row.case for row in second}


def test_nobody_acts_from_the_list_on_a_case_of_a_colleague(
    app: Flask, client: FlaskClient, sign_in: SignIn, cards: list[str]
) -> None:
    sign_in(client, "karin_thijs")
    page = client.get("/werk?van=team").text
    assert "data-panel" not in page.partition("<dialog")[0]
    assert "Vandenbulcke" not in page
    other = app.test_client()
    sign_in(other, "hilde_claes")
    assert other.get(f"/dossiers/{cards[0]}/snel").status_code == 404


def test_many_are_handed_over_after_one_look(
    app: Flask, client: FlaskClient, sign_in: SignIn, cards: list[str]
) -> None:
    token = sign_in(client, "joris_maes")
    with app.app_context():
        tasks = [row.task for row in queue.page(actor("joris_maes")).rows]
        nele = actor("nele_lambrecht").account
    chosen = {"_csrf": token, "wat": "hand_over", "taak": tasks[:2], "terug": START}
    assert "Deze 2 dossiers gaan naar een collega" in client.post("/werk/samen", data=chosen).text
    missing = client.post("/werk/samen/doe", data={**chosen, "to": nele})
    assert missing.status_code == 422
    assert 'href="#i-reason"' in missing.text
    done = client.post("/werk/samen/doe", data={**chosen, "to": nele, "reason": "verlof"})
    assert "2 overgedragen." in done.text
    with app.app_context():
        assert [case_page.holder("zandlede", case) == nele for case in cards] == [True, True, False]


def test_a_list_on_paper_names_nobody(client: FlaskClient, sign_in: SignIn, cards: list[str]) -> None:
    token = sign_in(client, "joris_maes")
    tasks = re.findall(r'name="taak" value="(\w+)"', client.get(START).text)
    paper = client.post("/werk/samen", data={"_csrf": token, "wat": "print", "taak": tasks}).text
    assert paper.count("DVK-2026-") == 3
    assert "Vandenbulcke" not in paper


def test_nothing_chosen_says_so(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "joris_maes")
    answer = client.post("/werk/samen", data={"_csrf": token, "wat": "finish"})
    assert say("queue_together.nothing") in answer.text
