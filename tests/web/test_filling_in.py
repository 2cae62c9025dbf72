"""Does a form travel from a page to a case, with nothing lost and nothing smuggled in?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.services.access.accounts import operator
from app.services.cases import case_page
from app.services.intake import drafts
from app.services.people import referrer_links
from app.services.tasks import queue
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.models import Case, File
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, settle
from tests.web.conftest import SignIn, token_of

CARD = "/kaart/doorverwijskaart"
FILLED: dict[str, str | Sequence[str]] = {
    "persoon.voornaam": "Maria",
    "persoon.naam": "Canariebos",
    "persoon.geboorte": "1941",
    "contact.tel": "09 000 00 01",
    "buurt": "oosthoek",
    "zorgen": ["", "eenzaam"],
    "dringend": "ja",
    "akkoord_contact": ["", "ja"],
    "akkoord_terug": ["", "ja"],
    "handtekening:way": "spoken",
    "handtekening:data": "dokter Peeters",
    "verwijzer.naam": "Dokter Peeters",
    "verwijzer.functie": "huisarts",
    "verwijzer.tel": "09 000 00 02",
    "verwijzer.email": "peeters@praktijk.example",
}
INTAKE = {
    "kanaal": "onthaal",
    "persoon.roepnaam": "Els",
    "contact.gsm": "0400 00 00 55",
    "vraag_eigen_woorden": "Ik kan de factuur niet betalen",
    "dringend": "nee",
    "geldvraag": "nee",
    "domeinen.wonen": "zorgen",
    "domeinen.wonen.nota": "Dreigende uithuiszetting",
    "afspraken.0.wat": "Factuur samen bekijken",
    "afspraken.0.wie": "resident",
    "afspraken.0.tegen": "30/11/2026",
}


def _blank(client: FlaskClient, path: str = CARD) -> dict[str, str]:
    page = client.get(path).text
    return {"_csrf": token_of(page), "_token": token_of(page, "_token"), "_do": "submit"}


def _begin(client: FlaskClient, token: str, form: str = "brede_intake") -> tuple[str, dict[str, str]]:
    where = client.post(f"/onthaal/nieuw/{form}", data={"_csrf": token}).headers["Location"]
    page = client.get(where).text
    names = ("_csrf", "_token", "_version", "_revision")
    return where, {name: token_of(page, name) for name in names} | {"_do": "submit"}


def _number(client: FlaskClient, answer_location: str) -> str:
    shown = client.get(answer_location)
    assert shown.status_code == 200
    found = re.search(r'class="receipt-number">([^<]+)<', shown.text)
    assert found
    return found[1]


def test_the_card_goes_to_one_person_and_the_referrer_can_follow_it(app: Flask, client: FlaskClient) -> None:
    sent = client.post(CARD, data=_blank(client) | FILLED)
    assert sent.status_code == 302, sent.text
    receipt = client.get(sent.headers["Location"]).text
    assert "Joris Maes" in receipt
    code = re.search(r"volgen</dt><dd><strong>(\w{4}-\w{4}-\w{5})</strong>", receipt)
    assert code
    number = _number(client, sent.headers["Location"])
    ask = {"_csrf": token_of(client.get("/opvolgen").text), "number": number, "code": code[1]}
    found = client.post("/opvolgen", data=ask)
    assert found.status_code == 200
    assert "Canariebos" not in found.text
    assert client.post("/opvolgen", data=ask | {"code": "anders"}).status_code == 404
    stranger = app.test_client()
    assert "Joris" not in stranger.get(sent.headers["Location"]).text


@pytest.mark.parametrize(
    ("moment", "told"), [("2026-11-11 20:00", True), ("2026-11-12 10:00", False)], ids=["holiday", "open"]
)
def test_what_comes_in_while_the_house_is_closed_says_when_it_is_read(
    client: FlaskClient, moment: str, told: bool
) -> None:
    with clock.stopped_at(local(moment)):
        sent = client.post(CARD, data={**FILLED, **_blank(client)})
        shown = client.get(sent.headers["Location"]).text
    assert ("We lezen dit op donderdag 12 november 2026." in shown) == told


def test_pressed_twice_is_sent_once(app: Flask, client: FlaskClient) -> None:
    form = _blank(client) | FILLED
    first, second = (client.post(CARD, data=form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    with app.app_context():
        assert queue.page(actor("joris_maes"), "all").counts.all == 1


def test_a_token_that_was_used_for_another_card_sends_nothing(client: FlaskClient) -> None:
    form = _blank(client) | FILLED
    assert client.post(CARD, data=form).status_code == 302
    assert client.post(CARD, data=form | {"persoon.naam": "Iemand anders"}).status_code == 409


def test_what_is_wrong_stands_beside_its_field_and_in_a_summary_that_leads_there(client: FlaskClient) -> None:
    wrong = FILLED | {"persoon.geboorte": "gisteren ofzo", "persoon.naam": "", "contact.email": "geen adres"}
    answer = client.post(CARD, data=_blank(client) | wrong)
    assert answer.status_code == 422
    for field in ("persoon.geboorte", "persoon.naam", "contact.email"):
        assert f'href="#i-{field}"' in answer.text, field
        assert f'id="e-{field}"' in answer.text, field
        assert f'id="i-{field}"' in answer.text, field
    assert 'value="gisteren ofzo"' in answer.text
    assert 'value="Maria"' in answer.text
    assert "<title>Fout:" in answer.text


@pytest.mark.parametrize(
    ("name", "value"), [("zorgen", "goudvissen"), ("dringend", "nooit"), ("buurt", "atlantis")]
)
def test_an_option_that_does_not_exist_is_refused(client: FlaskClient, name: str, value: str) -> None:
    answer = client.post(CARD, data=_blank(client) | FILLED | {name: value})
    assert answer.status_code == 422
    assert f'id="e-{name}"' in answer.text


def test_a_hidden_field_posted_by_hand_is_dropped(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    where, form = _begin(client, sign_in(client, "hilde_claes"))
    smuggled = {"rrn": "41051799981", "domeinen.werk": "gaat_goed", "domeinen.werk.nota": "verborgen nota"}
    sent = client.post(where, data=form | INTAKE | smuggled)
    assert sent.status_code == 302, re.findall(r"field-error.*?</p>", sent.text)
    number = _number(client, sent.headers["Location"])
    with app.app_context():
        case = _case_of(number)
        page = case_page.show(holder_of(case), case)
    told = repr(page.submissions)
    assert "Dreigende uithuiszetting" in told
    assert "verborgen nota" not in told
    assert "99981" not in told


def test_a_draft_keeps_what_is_typed_and_is_gone_when_sent(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "hilde_claes")
    where, form = _begin(client, token)
    said = client.patch(
        where,
        json={"revision": 1, "changes": {"persoon.roepnaam": ["Els"]}},
        headers={"X-Requested-With": "meernet", "X-CSRF-Token": token},
    )
    assert said.status_code == 200
    assert said.json is not None
    assert said.json["revision"] == 2
    assert 'value="Els"' in client.get(where).text
    assert "Els" in client.get("/onthaal").text
    assert client.post(where, data=form | INTAKE).status_code == 302
    assert client.get(where).status_code == 404
    again = client.post(where, data=form | INTAKE)
    assert again.status_code == 302
    with app.app_context():
        assert drafts.list_mine(actor("hilde_claes")) == []


def test_a_window_that_did_not_see_the_last_save_is_told(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    where, _ = _begin(client, token)
    headers = {"X-Requested-With": "meernet", "X-CSRF-Token": token}
    change = {"revision": 1, "changes": {"persoon.roepnaam": ["Els"]}}
    assert client.patch(where, json=change, headers=headers).status_code == 200
    late = client.patch(
        where, json={"revision": 1, "changes": {"persoon.roepnaam": ["Rik"]}}, headers=headers
    )
    assert (late.status_code, late.json) == (409, {"error": "conflict", "revision": 2})


@pytest.mark.parametrize(
    "body",
    [
        {},
        [1],
        {"revision": "1", "changes": {}},
        {"revision": 1, "changes": {"a": "b"}},
        {"revision": 1, "changes": {"a": [1]}},
    ],
)
def test_a_save_of_the_wrong_shape_is_refused(client: FlaskClient, sign_in: SignIn, body: object) -> None:
    token = sign_in(client, "hilde_claes")
    where, _ = _begin(client, token)
    headers = {"X-Requested-With": "meernet", "X-CSRF-Token": token}
    assert client.patch(where, json=body, headers=headers).status_code == 400


def test_somebody_elses_draft_does_not_exist(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    where, _ = _begin(client, sign_in(client, "hilde_claes"))
    other = app.test_client()
    sign_in(other, "joris_maes")
    assert other.get(where).status_code == 404


def test_rows_come_and_go_without_a_script(client: FlaskClient, sign_in: SignIn) -> None:
    where, form = _begin(client, sign_in(client, "hilde_claes"))
    del form["_do"]
    more = client.post(where, data=form | INTAKE | {"_add": "afspraken"})
    assert more.status_code == 200
    assert 'name="afspraken.1.wat"' in more.text
    assert "Factuur samen bekijken" in more.text
    less = client.post(where, data=form | INTAKE | {"_remove": "afspraken.0"})
    assert "Factuur samen bekijken" not in less.text


def test_a_personal_link_opens_the_card_until_it_is_taken_back(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        link, secret = referrer_links.make(operator(MUNICIPALITY), "Dokter Peeters")
    path = f"/k/{secret}"
    assert client.post(path, data=_blank(client, path) | FILLED).status_code == 302
    with app.app_context():
        referrer_links.revoke(operator(MUNICIPALITY), link)
    assert client.get(path).status_code == 404


def test_a_form_for_staff_is_not_there_for_others(client: FlaskClient) -> None:
    assert client.get("/kaart/brede_intake").status_code == 404
    assert client.get("/kaart/bestaat_niet").status_code == 404


def test_the_contact_person_sees_the_card_acts_and_hears_of_a_colleague_who_was_first(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    client.post(CARD, data=_blank(client) | FILLED)
    with app.app_context():
        settle()
    sign_in(client, "joris_maes")
    listed = client.get("/werk").text
    found = re.search(r'href="(/dossiers/[^"?#]+)"', listed)
    assert found
    case = client.get(found[1]).text
    assert "Wat nu" in case
    assert "Canariebos" in case
    press = f"{found[1]}/doe/bereikt"
    page = client.get(press).text
    names = ("_csrf", "_token", "_version", "_revision")
    form = {name: token_of(page, name) for name in names} | {"_do": "submit"}
    empty = client.post(press, data=form)
    assert empty.status_code == 422
    assert 'id="samenvatting"' in empty.text
    stale = client.post(press, data=form | {"_version": "0", **_talk(page)})
    assert stale.status_code == 409
    assert "Een collega was je voor" in stale.text
    assert "koffie gedronken" in stale.text
    done = client.post(press, data=form | _talk(page))
    assert done.status_code == 302, re.findall(r"field-error.*?</p>", done.text)
    assert "In opvolging" in client.get(found[1]).text


def test_a_file_of_the_wrong_kind_is_refused_beside_its_field_and_a_good_one_stays(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    where, form = _begin(client, sign_in(client, "hilde_claes"), "doorverwijskaart")
    field = re.findall(r'type="file" id="i-([^"]+)"', client.get(where).text)[0]
    wrong = _multipart({**form, **FILLED}, field, b"MZ" * 5_242_000)
    answer = client.post(where, **wrong)
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text
    assert 'value="Maria"' in answer.text
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        assert tx.scalar(sa.select(sa.func.count()).select_from(File)) == 0
    right = _multipart({**form, **FILLED, "persoon.naam": ""}, field, b"%PDF-1.4\n%%EOF\n")
    kept = client.post(where, **right)
    assert kept.status_code == 422
    assert re.search(rf'name="{field}" value="[^"]+/pdf/[^"]+"', kept.text)


def _multipart(fields: Mapping[str, str | Sequence[str]], field: str, content: bytes) -> dict[str, Any]:
    """A post with a file, as a browser makes it (the test client leaves large ones open on disk)."""
    pairs = [
        (name, text)
        for name, given in fields.items()
        for text in ([given] if isinstance(given, str) else given)
    ]
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}'.encode() for name, text in pairs]
    parts.append(
        f'Content-Disposition: form-data; name="{field}:upload"; filename="strook.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n".encode()
        + content
    )
    body = b"".join(b"--grens\r\n" + part + b"\r\n" for part in parts) + b"--grens--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=grens"}


def _talk(page: str) -> dict[str, str]:
    """Any first option of each question, and some words in each text."""
    chosen: dict[str, str] = {}
    for name, value in re.findall(r'type="radio" id="[^"]+" name="([^"]+)" value="([^"]+)"', page):
        chosen.setdefault(name, value)
    for name in re.findall(r'<textarea[^>]* name="([^"]+)"', page):
        chosen[name] = "koffie gedronken"
    return chosen


def _case_of(number: str) -> str:
    """The id of the case with that number."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        key = tx.scalar(sa.select(Case.id).where(Case.municipality == MUNICIPALITY, Case.number == number))
    return ids.to_text(key)
