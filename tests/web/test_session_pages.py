"""Can a session be filled, tapped and printed with a browser that knows no script, and by nobody else?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.intake.submit_form import Receipt
from app.storage import clock
from tests.services.test_sessions import BEFORE, ON_THE_DAY, register, session, state
from tests.support.town import press, settle
from tests.web.conftest import SignIn, token_of

DIET = {"maaltijd": "ja", "dieet": ["suikerarm"]}


@pytest.fixture
def here(app: Flask) -> Receipt:
    """A session with two places."""
    with app.app_context(), clock.stopped_at(BEFORE):
        return session()


def line_of(html: str, case: str) -> str:
    """The line of somebody on the list."""
    found = re.search(rf'<li id="r-{case}".*?</li>', html, re.DOTALL)
    return found[0] if found else ""


def test_a_visitor_chooses_a_day_and_is_told_of_the_waiting_list(
    app: Flask, here: Receipt, client: FlaskClient
) -> None:
    with clock.stopped_at(BEFORE):
        with app.app_context():
            register(here.number, "Peeters")
        listed = client.get("/kalender").text
        page = client.get(f"/kaart/mdc_inschrijving?sessie={here.number}").text
        form = {name: token_of(page, name) for name in ("_csrf", "_token")}
        chosen = re.search(rf'<option value="({here.number} [^"]+)" selected', page)
        assert chosen is not None
        told = {
            "sessie": chosen[1],
            "persoon.naam": "Vanhoutte",
            "contact.tel": "0400 00 00 36",
            "_do": "submit",
        }
        with app.app_context():
            register(here.number, "Kovalenko")  # the last place goes while they type
        answer = client.post("/kaart/mdc_inschrijving", data=form | told, follow_redirects=True)
    assert "nog 1 plaats" in listed
    assert "Dorpshuis" in listed
    assert answer.status_code == 200
    assert "Je staat op de wachtlijst" in answer.text


def test_a_day_that_closed_meanwhile_is_said_beside_the_field_and_nothing_is_lost(
    here: Receipt, client: FlaskClient
) -> None:
    with clock.stopped_at(BEFORE):
        page = client.get(f"/kaart/mdc_inschrijving?sessie={here.number}").text
        form = {name: token_of(page, name) for name in ("_csrf", "_token")}
    told = {
        "sessie": f"{here.number} vr 13/11/2026",
        "persoon.naam": "Vanhoutte",
        "contact.tel": "0400 00 00 36",
    }
    with clock.stopped_at(ON_THE_DAY):
        answer = client.post("/kaart/mdc_inschrijving", data=form | told | {"_do": "submit"})
    assert answer.status_code == 422
    assert "Voor deze keer kan je niet meer inschrijven" in answer.text
    assert 'value="Vanhoutte"' in answer.text


def test_one_tap_one_post_and_who_walks_in_is_there(
    app: Flask, here: Receipt, client: FlaskClient, sign_in: SignIn
) -> None:
    with app.app_context(), clock.stopped_at(BEFORE):
        els = register(here.number, "Peeters")
    sign_in(client, "griet_cools")
    with clock.stopped_at(ON_THE_DAY):
        page = client.get(f"/sessies/{here.case}").text
        line = line_of(page, els.case)
        tap = {name: token_of(line, name) for name in ("_csrf", "_token", "_version", "case")}
        answer = client.post(f"/sessies/{here.case}/tik", data=tap | {"action": "aanwezig"})
        twice = client.post(f"/sessies/{here.case}/tik", data=tap | {"action": "aanwezig"})
        came = {"_csrf": tap["_csrf"], "_token": "binnen-1", "persoon.naam": "Rahimi"}
        new = client.post(f"/sessies/{here.case}/nieuw", data=came)
        nameless = client.post(
            f"/sessies/{here.case}/nieuw", data={**came, "_token": "b-2", "persoon.naam": ""}
        )
        after = client.get(f"/sessies/{here.case}").text
        with app.app_context():
            assert state(els) == "aanwezig"
    assert answer.status_code == twice.status_code == new.status_code == 302
    assert answer.headers["Location"].endswith(f"/sessies/{here.case}#r-{els.case}")
    assert nameless.status_code == 422
    assert "2 aanwezig" in after
    assert "Rahimi" in after
    assert "person--present" in line_of(after, els.case)


def test_a_question_heard_is_one_tap_to_a_card_that_knows_who_asked(
    app: Flask, here: Receipt, client: FlaskClient, sign_in: SignIn
) -> None:
    with app.app_context(), clock.stopped_at(ON_THE_DAY):
        els = register(here.number, "Peeters", walks_in=True)
    sign_in(client, "griet_cools")
    with clock.stopped_at(ON_THE_DAY):
        line = line_of(client.get(f"/sessies/{here.case}").text, els.case)
        tap = {name: token_of(line, name) for name in ("_csrf", "_token", "_version", "case")}
        card = client.post(f"/sessies/{here.case}/tik", data=tap | {"action": "vraag"}, follow_redirects=True)
    assert card.status_code == 200
    assert 'value="Peeters"' in card.text


def test_lists_are_printed_for_who_may_read_them(
    app: Flask, here: Receipt, client: FlaskClient, sign_in: SignIn
) -> None:
    lift = {
        "vervoer": "ja",
        "ophalen": {"street": "Kerkweg", "number": "3", "postcode": "9995", "town": "Zandlede"},
    }
    with app.app_context(), clock.stopped_at(BEFORE):
        register(here.number, "Peeters", **DIET, **lift, hulpmiddel="rollator")
        register(here.number, "Vanhoutte", **DIET)
    sign_in(client, "griet_cools")
    kitchen = client.get(f"/sessies/{here.case}/lijsten/keuken").text
    lifts = client.get(f"/sessies/{here.case}/lijsten/vervoer").text
    paper = client.get(f"/sessies/{here.case}/lijsten/vervoer.pdf")
    assert re.search(r"Suikerarm</th>\s*<td[^>]*>2<", kitchen)
    assert "Peeters" not in kitchen
    assert "Kerkweg 3" in lifts
    assert "Rollator" in lifts
    assert "Vanhoutte" not in lifts
    assert paper.data.startswith(b"%PDF")
    policy, colleague = app.test_client(), app.test_client()
    sign_in(policy, "pieter_bogaert")
    sign_in(colleague, "sofie_wouters")
    assert policy.get(f"/sessies/{here.case}/lijsten/vervoer").status_code == 403
    assert colleague.get(f"/sessies/{here.case}/lijsten/vervoer").status_code == 404
    assert colleague.get(f"/sessies/{here.case}").status_code == 404
    assert "Dorpshuis" in colleague.get("/sessies?maand=2026-11").text


def test_a_series_in_changing_places_is_looked_at_and_made_once(
    app: Flask, here: Receipt, client: FlaskClient, sign_in: SignIn
) -> None:
    sign_in(client, "griet_cools")
    with clock.stopped_at(BEFORE):
        page = client.get(f"/sessies/{here.case}/reeks").text
        asked = {"first": "04/12/2026", "last": "25/12/2026", "every": "week", "places": "Refter\nBuurthuis"}
        csrf = {"_csrf": token_of(page, "_csrf")}
        looked = client.post(f"/sessies/{here.case}/reeks", data=csrf | asked | {"_do": "look"}).text
        days = {
            name: token_of(looked, name)
            for number in range(4)
            for name in (f"day.{number}", f"place.{number}")
        }
        wanted = csrf | days | {"_token": token_of(looked, "_token"), "_do": "make"}
        wanted |= {f"take.{number}": "ja" for number in range(3)}
        for _ in range(2):
            made = client.post(f"/sessies/{here.case}/reeks", data=wanted)
            assert made.status_code == 302
        listed = client.get("/sessies?maand=2026-12").text
    assert "Die dag is de gemeente gesloten" in looked  # Christmas
    assert listed.count("Refter") >= 2
    assert len(re.findall(r'class="session-when"', listed)) == 3


def test_who_has_no_mail_stands_on_the_list_to_call_when_it_is_called_off(
    app: Flask, here: Receipt, client: FlaskClient, sign_in: SignIn
) -> None:
    with app.app_context(), clock.stopped_at(BEFORE):
        register(here.number, "Peeters", **{"contact.email": "els@thuis.example"})
        register(here.number, "Vanhoutte")
        press(here.case, "geannuleerd")
        settle()
    sign_in(client, "griet_cools")
    page = client.get(f"/sessies/{here.case}").text
    called = page[page.index("Nog te bellen") : page.index("tellers")]
    assert "Vanhoutte" in called
    assert "Peeters" not in called
