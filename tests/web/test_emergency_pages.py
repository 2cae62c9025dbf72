"""Reading in an emergency as people see it: asking, answering, the red bar, the end, and who read what."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.access import accounts
from app.services.cases import case_page
from app.services.staff import staffing
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local, send_card
from tests.web.conftest import PASSWORD, SignIn

MONDAY = local("2026-11-09 09:40")
WHY = "Familie aan de deur, Joris is niet te bereiken"
TOLD = "Geheimpje over de kat"
BAR = "emergency-bar"


@pytest.fixture
def case(app: Flask) -> tuple[str, str]:
    """A card of Joris: id and number. Mira and Veerle can sign in too."""
    with app.app_context():
        for key in ("mira_lauwers", "veerle_naessens"):
            account = staffing.account_id(MUNICIPALITY, key)
            accounts.set_password(accounts.operator(MUNICIPALITY), account, PASSWORD, must_change=False)
        with clock.stopped_at(MONDAY):
            sent = send_card().case
            return sent, case_page.show(actor("joris_maes"), sent).number


def browser(app: Flask, sign_in: SignIn, who: str) -> tuple[FlaskClient, str]:
    client = app.test_client()
    return client, sign_in(client, who)


def test_from_asking_to_the_review(app: Flask, sign_in: SignIn, case: tuple[str, str]) -> None:
    with clock.stopped_at(MONDAY):
        mira, hers = browser(app, sign_in, "mira_lauwers")
        form = {"_csrf": hers, "number": case[1], "ground": "noodtoestand", "reason": WHY}
        where = mira.post("/noodinzage", data=form).headers["Location"].partition("?")[0]
        assert "Wacht op akkoord" in mira.get(where).text
        assert mira.get(f"{where}/dossier").status_code == 404
        for who in ("karin_thijs", "ilse_verbeke"):
            client, token = browser(app, sign_in, who)
            assert where in client.get("/noodinzage").text
            page = client.get(where).text
            assert WHY in page
            assert TOLD not in page
            assert client.post(f"{where}/antwoord", data={"_csrf": token, "_do": "agree"}).status_code == 302
            again = client.post(f"{where}/antwoord", data={"_csrf": token, "_do": "agree"})
            assert again.status_code == 409
        assert BAR not in mira.get("/account").text
        page = mira.get(f"{where}/dossier").text
        assert TOLD in page
        assert "nog 60 minuten" in page
        assert not re.search(r'action="/dossiers/', page)
        for path in ("/account", "/beheer/gemeente"):
            assert BAR in mira.get(path).text, path
        assert mira.get(f"/dossiers/{case[0]}").status_code == 403
        assert mira.post(f"{where}/stop", data={"_csrf": hers}).status_code == 302
        assert BAR not in mira.get("/account").text
        assert mira.get(f"{where}/dossier").status_code == 404
    with clock.stopped_at(MONDAY + timedelta(minutes=5)):
        ilse, token = browser(app, sign_in, "ilse_verbeke")
        assert "nog na te kijken" in ilse.get("/noodinzage").text
        assert ilse.post(f"{where}/nagekeken", data={"_csrf": token, "note": ""}).status_code == 422
        assert ilse.post(f"{where}/nagekeken", data={"_csrf": token, "note": "Nodig."}).status_code == 302
        readers = ilse.get(f"/dossiers/{case[0]}/lezers").text
        assert "Noodinzage met twee akkoorden" in readers
        listed = ilse.get(f"/dossiers/{case[0]}/lezers.csv")
        assert listed.mimetype == "text/csv"
        assert "Mira Lauwers" in listed.get_data(as_text=True)


def test_what_is_missing_comes_back_with_what_was_typed(
    app: Flask, sign_in: SignIn, case: tuple[str, str]
) -> None:
    mira, token = browser(app, sign_in, "mira_lauwers")
    answer = mira.post("/noodinzage", data={"_csrf": token, "number": "DVK-2026-99999", "reason": WHY})
    assert answer.status_code == 422
    assert WHY in answer.text
    answer = mira.post(
        "/noodinzage",
        data={"_csrf": token, "number": "DVK-2026-99999", "ground": "noodtoestand", "reason": WHY},
    )
    assert "Dit nummer vinden we niet" in answer.text
    assert f'value="{case[1]}"' in mira.get(f"/noodinzage?nummer={case[1]}").text


def test_the_account_page_says_what_somebody_may_see(app: Flask, sign_in: SignIn) -> None:
    page = browser(app, sign_in, "joris_maes")[0].get("/account").text
    assert "Als contactpersoon" in page
    assert "Lezen wat de bewoner vertelde: " in page
    assert "/noodinzage" in page
    page = browser(app, sign_in, "pieter_bogaert")[0].get("/account").text
    assert "geeft geen toegang tot gegevens van bewoners" in page
    assert "/noodinzage" not in page
