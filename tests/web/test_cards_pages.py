"""Cards on paper, the links of referrers and a photo: from printing to the case, and no second one."""

from __future__ import annotations

import io
import re

from flask import Flask
from flask.testing import FlaskClient

from app.services.access.accounts import operator
from app.services.people import referrer_links
from tests.documents import reading_pdf
from tests.support.bound import MUNICIPALITY
from tests.support.pictures import png
from tests.support.town import actor
from tests.web.conftest import SignIn, filled_card, seen_on, token_of

CARDS = "/onthaal/kaarten"
LINKS = "/beheer/doorverwijzers"


def _printed(client: FlaskClient, token: str, count: int = 2) -> tuple[str, list[str]]:
    """A fresh batch: its page, and the addresses behind the QR codes of its PDF."""
    wanted = {
        "form": "doorverwijskaart",
        "point": "aanspreekpunt_65plus",
        "place": "oosthoek",
        "count": str(count),
    }
    where = client.post(CARDS, data={"_csrf": token, **wanted}).headers["Location"].partition("?")[0]
    answer = client.get(f"{where}/kaarten.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    links = [link.removeprefix("http://localhost") for link in reading_pdf.links(answer.data)]
    return where, links


def _numbers(client: FlaskClient, where: str) -> list[str]:
    return re.findall(r'<th scope="row">(DVK-[^<]+)</th>', client.get(where).text)


def test_a_card_that_is_scanned_on_a_telephone_becomes_a_case_with_its_number_once(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    where, (link, _) = _printed(client, sign_in(client, "hilde_claes"))
    number = _numbers(client, where)[0]
    phone = app.test_client()
    page = phone.get(link).text
    assert number in page
    sent = phone.post(link, data=filled_card(page))
    assert sent.status_code == 302
    assert sent.headers["Location"].endswith(f"/ontvangst/{number}")
    again = app.test_client().get(link)
    assert again.status_code == 410
    assert "al gebruikt" in again.text
    assert "Canariebos" not in again.text
    late = phone.post(link, data={**filled_card(page), "_token": "an-other-window"})
    assert late.status_code == 422
    assert "al gebruikt" in late.text
    desk = client.get(link)
    assert re.search(r'href="/dossiers/\w+"', desk.text)


def test_reception_enters_a_card_by_what_the_scanner_types(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    where, (link, _) = _printed(client, token)
    number = _numbers(client, where)[0]
    begun = client.post(f"{CARDS}/invoer", data={"_csrf": token, "number": f"http://localhost{link}\n"})
    assert begun.status_code == 302
    page = client.get(begun.headers["Location"]).text
    assert f'value="{number}"' in page
    own = {name: token_of(page, name) for name in ("_version", "_revision")}
    sent = client.post(begun.headers["Location"], data={**filled_card(page), **own, "kaartnr": number})
    assert sent.headers["Location"].endswith(f"/ontvangst/{number}")
    again = client.post(f"{CARDS}/invoer", data={"_csrf": token, "number": number.replace("-", "").lower()})
    assert "kwam al binnen" in again.text
    assert re.search(r'href="/dossiers/\w+"', again.text)
    assert "binnen op" in client.get(where).text


def test_a_telephone_of_staff_leads_to_the_desk(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    where, (link, _) = _printed(client, token)
    number = _numbers(client, where)[0]
    page = client.get(link).text
    assert f'action="{CARDS}/{number}/begin"' in page
    begun = client.post(f"{CARDS}/{number}/begin", data={"_csrf": token})
    assert number in client.get(begun.headers["Location"]).text


def test_a_wrong_number_says_which_digits_to_look_at(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    where, _ = _printed(client, token, 12)
    last = _numbers(client, where)[11]
    swapped = last.replace("P0012", "P0021")
    answer = client.post(f"{CARDS}/invoer", data={"_csrf": token, "number": swapped})
    assert answer.status_code == 422
    assert f"Is het {last}?" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_lost_card_is_marked_and_cannot_be_used(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    where, (link, _) = _printed(client, token)
    number = _numbers(client, where)[0]
    client.post(f"{where}/kaart", data={"_csrf": token, "number": number, "why": "lost"})
    assert "verloren" in client.get(where).text
    assert app.test_client().get(link).status_code == 410
    client.post(f"{where}/kaart", data={"_csrf": token, "number": number, "why": ""})
    assert app.test_client().get(link).status_code == 200


def test_what_is_wrong_with_an_order_stands_beside_it(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    wanted = {"form": "doorverwijskaart", "point": "onthaal", "place": "", "count": "veel"}
    answer = client.post(CARDS, data={"_csrf": token, **wanted})
    assert answer.status_code == 422
    assert "Kies een aantal van 1 tot 50." in answer.text


# Links -----------------------------------------------------------------------------------------------------


def test_a_link_is_made_shown_once_printed_and_fills_in_its_referrer(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "karin_thijs")
    told = {
        "name": "Praktijk Goossens",
        "referrer.name": "dr. Lien Goossens",
        "referrer.function": "huisarts",
    }
    made = client.post(
        f"{LINKS}/nieuw", data={"_csrf": token, **told, "referrer.wish": ["bij_afronding"]}
    ).text
    address = re.search(r'value="http://localhost(/k/[^"]+)"', made)
    assert address
    assert "<svg" in made
    secret = address[1].rpartition("/")[2]
    sheet = client.post(f"{LINKS}/blad", data={"_csrf": token, "token": secret})
    assert "Praktijk Goossens" in reading_pdf.words(sheet.data)[0]
    assert reading_pdf.links(sheet.data) == [f"http://localhost{address[1]}"]
    listed = client.get(LINKS).text
    assert "Praktijk Goossens" in listed
    assert secret not in listed
    phone = app.test_client()
    page = phone.get(address[1]).text
    assert 'value="dr. Lien Goossens"' in page
    assert re.search(r'<option value="huisarts"[^>]* selected', page)
    assert re.search(r'value="bij_afronding"[^>]* checked', page)
    sent = phone.post(address[1], data=filled_card(page))
    receipt = phone.get(sent.headers["Location"]).text
    assert f'href="{address[1]}"' in receipt
    assert "Nog een kaart" in receipt
    assert "Canariebos" not in receipt
    assert "nog geen kaart" not in client.get(LINKS).text


def test_a_link_is_changed_replaced_and_taken_back(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    with app.app_context():
        link, secret = referrer_links.make(operator(MUNICIPALITY), "Wim Segers")
    token = sign_in(client, "karin_thijs")
    seen = seen_on(client, f"{LINKS}/{link}")
    sent = {"_csrf": token, "seen": seen, "name": "Wim", "referrer.phone": "0400 00 00 31"}
    client.post(f"{LINKS}/{link}", data=sent)
    assert "0400 00 00 31" in app.test_client().get(f"/k/{secret}").text
    fresh = client.post(f"{LINKS}/{link}/vervang", data={"_csrf": token}).text
    found = re.search(r'value="http://localhost(/k/[^"]+)"', fresh)
    assert found
    assert app.test_client().get(f"/k/{secret}").status_code == 404
    assert app.test_client().get(found[1]).status_code == 200
    client.post(f"{LINKS}/{link}/intrekken", data={"_csrf": token})
    assert app.test_client().get(found[1]).status_code == 404
    assert "ingetrokken op" in client.get(LINKS).text
    wrong = client.post(f"{LINKS}/nieuw", data={"_csrf": token, "name": ""})
    assert wrong.status_code == 422


def test_reception_makes_no_links(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "hilde_claes")
    assert client.get(LINKS).status_code == 403


# Photos ----------------------------------------------------------------------------------------------------


def test_somebody_puts_their_photo_on_the_card_and_nobody_elses(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "joris_maes")
    with app.app_context():
        mine, hildes = actor("joris_maes").account, actor("hilde_claes").account
    sent = client.post(f"/foto/{mine}", data={"_csrf": token, "photo": (io.BytesIO(png(200, 200)), "ik.png")})
    assert sent.status_code == 302
    picture = client.get(f"/foto/{mine}/foto.svg")
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    assert f"/foto/{mine}/foto.svg" in client.get(f"/foto/{mine}").text
    assert client.get(f"/foto/{hildes}").status_code == 403
    wrong = client.post(f"/foto/{mine}", data={"_csrf": token, "photo": (io.BytesIO(b"GIF89a"), "ik.gif")})
    assert wrong.status_code == 422
    assert "Kies een jpg of een png" in wrong.text
    client.post(f"/foto/{mine}/weg", data={"_csrf": token})
    assert client.get(f"/foto/{mine}/foto.svg").status_code == 404
