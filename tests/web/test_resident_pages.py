"""Does the resident's page open with number and code only, and does the post of the day get out and back?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.services.intake.submit_form import Receipt
from tests.documents import reading_pdf
from tests.services.test_letters import HOME, told
from tests.support.town import send_card
from tests.web.conftest import SignIn, token_of

LONG = "x" * 2001


@pytest.fixture
def receipt(app: Flask) -> Receipt:
    """A card that somebody sent."""
    with app.app_context():
        return send_card()


@pytest.fixture
def inside(client: FlaskClient, receipt: Receipt) -> FlaskClient:
    """The browser of the resident, with the page open."""
    assert _enter(client, receipt).headers["Location"] == "/mijn/vraag"
    return client


def _enter(client: FlaskClient, receipt: Receipt, code: str = "") -> TestResponse:
    form = {
        "_csrf": token_of(client.get("/mijn").text),
        "number": receipt.number,
        "code": code or receipt.resident_code,
    }
    return client.post("/mijn", data=form)


def _send(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    page = client.get("/mijn/vraag").text
    own = {"_csrf": token_of(page), "_token": token_of(page, "_token")}
    return client.post(f"/mijn/vraag/{path}", data=own | fields)


def test_a_link_fills_in_the_number_and_the_code_is_typed(client: FlaskClient, receipt: Receipt) -> None:
    page = client.get(f"/mijn/{receipt.number}").text
    assert f'value="{receipt.number}"' in page
    assert receipt.resident_code not in page


def test_every_miss_is_the_same_page(client: FlaskClient, receipt: Receipt) -> None:
    wrong = _enter(client, receipt, "zzzzzzzz")
    unknown = client.post(
        "/mijn",
        data={"_csrf": token_of(client.get("/mijn").text), "number": "DVK-2026-99999", "code": "zzzzzzzz"},
    )
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.text.replace(receipt.number, "") == unknown.text.replace("DVK-2026-99999", "")


def test_without_the_cookie_there_is_no_page(client: FlaskClient, receipt: Receipt) -> None:
    assert client.get("/mijn/vraag").headers["Location"] == "/mijn"
    client.set_cookie("meernet-mijn", "iets", path="/mijn")
    assert client.get("/mijn/vraag").headers["Location"] == "/mijn"


def test_the_cookie_is_for_this_page_only_and_nothing_private_stands_in_it(
    client: FlaskClient, receipt: Receipt
) -> None:
    cookie = _enter(client, receipt).headers["Set-Cookie"]
    for part in ("Path=/mijn", "HttpOnly", "SameSite=Strict"):
        assert part in cookie
    assert receipt.resident_code not in cookie
    assert "Maria" not in cookie


def test_the_page_says_who_helps_and_what_was_agreed_and_hides_what_is_private(inside: FlaskClient) -> None:
    page = inside.get("/mijn/vraag").text
    for shown in ("Dag Maria", "Joris Maes", "0400 00 00 11", "De doorverwijzer mag weten"):
        assert shown in page
    for hidden in ("kat", "Eenzaam", "Peeters", "1941"):
        assert hidden not in page


def test_what_is_added_is_told_and_what_is_too_long_comes_back_with_its_words(inside: FlaskClient) -> None:
    sent = _send(inside, "toevoegen", text="Mijn zus is verhuisd")
    assert sent.headers["Location"] == "/mijn/vraag?gedaan=1#gedaan"
    told_page = inside.get(sent.headers["Location"]).text
    assert "Dank je. We hebben het goed ontvangen." in told_page
    assert "Joris Maes kijkt dit na" in told_page
    refused = _send(inside, "toevoegen", text=LONG)
    assert refused.status_code == 422
    assert LONG in refused.text
    assert "hoogstens 2000 tekens" in refused.text


def test_a_consent_taken_back_is_no_longer_there(inside: FlaskClient) -> None:
    sent = _send(inside, "intrekken", consent="akkoord_terug")
    page = inside.get(sent.headers["Location"]).text
    assert "Je toestemming is ingetrokken." in page
    assert "De doorverwijzer mag weten" not in page


def test_everything_stopped_ends_with_a_receipt_and_closes_the_page(
    inside: FlaskClient, receipt: Receipt
) -> None:
    stopped = _send(inside, "stoppen", action="intrekken")
    assert "We zetten alles stop." in stopped.text
    assert inside.get("/mijn/vraag").status_code == 302
    assert _enter(inside, receipt).status_code == 404


def test_leaving_closes_it_on_this_browser(inside: FlaskClient) -> None:
    inside.post("/mijn/weg", data={"_csrf": token_of(inside.get("/mijn").text)})
    assert inside.get("/mijn/vraag").headers["Location"] == "/mijn"


def test_a_new_code_closes_a_page_that_is_open(
    app: Flask, inside: FlaskClient, receipt: Receipt, sign_in: SignIn
) -> None:
    staff = app.test_client()
    token = sign_in(staff, "joris_maes")
    shown = staff.get(f"/dossiers/{receipt.case}/bewoner").text
    code = receipt.resident_code
    assert f"{code[:4]}-{code[4:]}" in shown
    staff.post(f"/dossiers/{receipt.case}/bewoner/code", data={"_csrf": token})
    assert f"{code[:4]}-{code[4:]}" not in staff.get(f"/dossiers/{receipt.case}/bewoner").text
    assert inside.get("/mijn/vraag").status_code == 404


def test_who_follows_another_case_gets_no_code(
    client: FlaskClient, receipt: Receipt, sign_in: SignIn
) -> None:
    token = sign_in(client, "sofie_wouters")
    assert client.get(f"/dossiers/{receipt.case}/bewoner").status_code == 404
    assert client.post(f"/dossiers/{receipt.case}/bewoner/code", data={"_csrf": token}).status_code == 403


def test_letters_are_printed_in_one_document_posted_and_come_back_by_their_number(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    with app.app_context():
        told(adres=HOME)
        told(adres=HOME, persoon__naam="Beverdam")
    token = sign_in(client, "hilde_claes")
    assert "De post van vandaag" in client.get("/onthaal").text
    page = client.get("/onthaal/post").text
    chosen = re.findall(r'name="letter" value="(\w+)"', page)
    assert len(chosen) == 2
    sent = client.post("/onthaal/post/druk-af", data={"_csrf": token, "letter": chosen})
    batch = re.search(r"afgedrukt=(\w+)", sent.headers["Location"])
    assert batch is not None
    text = " ".join(reading_pdf.words(client.get(f"/onthaal/post/{batch[1]}.pdf").data))
    assert all(name in text for name in ("Canariebos", "Beverdam", "Kerkstraat"))
    assert client.post("/onthaal/post/druk-af", data={"_csrf": token, "letter": chosen}).status_code == 409
    assert "Beste Maria," in client.get(f"/onthaal/post/{batch[1]}").text
    client.post(f"/onthaal/post/{batch[1]}/gepost", data={"_csrf": token})
    number = re.search(r"BR-20\d\d-\d{5}", client.get("/onthaal/post").text)
    assert number is not None
    back = client.post("/onthaal/post/teruggekeerd", data={"_csrf": token, "number": number[0]})
    assert "Joris Maes krijgt een taak" in back.text
    again = client.post("/onthaal/post/teruggekeerd", data={"_csrf": token, "number": number[0]})
    assert "kwam al eerder terug" in again.text
    assert client.post("/onthaal/post/druk-af", data={"_csrf": token}).status_code == 422


@pytest.mark.parametrize(("who", "status"), [("hilde_claes", 200), ("karin_thijs", 200), ("joris_maes", 403)])
def test_only_who_handles_the_post_opens_it(
    client: FlaskClient, sign_in: SignIn, who: str, status: int
) -> None:
    sign_in(client, who)
    assert client.get("/onthaal/post").status_code == status
