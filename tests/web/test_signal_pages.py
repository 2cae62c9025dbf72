"""Is a signal sent with few presses, and is nobody named who does not know of it?"""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from app.services.tasks import queue
from app.storage import clock
from tests.support.markers import everything
from tests.support.town import actor
from tests.web.conftest import SignIn, token_of

SIGNAL = "/kaart/buurtsignaal"
NAME = "Merkwaardigaert"
WORRY = {"soort": "persoon", "persoon_akkoord": "nee", "buurt": "oosthoek", "melder_tel": "0400 00 00 08"}


def _send(client: FlaskClient, **told: str) -> int:
    page = client.get(SIGNAL).text
    tokens = {"_csrf": token_of(page), "_token": token_of(page, "_token"), "_do": "submit"}
    return client.post(SIGNAL, data={**tokens, **told}).status_code


def test_a_worry_without_consent_leaves_no_name_anywhere_and_a_task_to_call(
    app: Flask, client: FlaskClient
) -> None:
    """Somebody types the name all the same, in the fields that a worry about a person does not have."""
    assert _send(client, **WORRY, tekst=f"{NAME} eet niet meer", plek=NAME) == 302
    with app.app_context():
        kept = "\n".join(everything().values())
        assert NAME not in kept
        assert "0400000008" in kept.replace(" ", "").replace("+32", "0")
        rows = queue.page(actor("nele_lambrecht")).rows
    assert [row.label for row in rows] == ["Bel de melder. Overleg zonder naam, of vul samen een kaart in."]


def test_a_poster_says_where_it_hangs_and_no_more(client: FlaskClient) -> None:
    """The neighbourhood of the link is chosen already; a word that is none of ours does nothing."""
    assert '<option value="oosthoek" selected>' in client.get(f"{SIGNAL}?buurt=oosthoek").text
    page = client.get(f"{SIGNAL}?buurt=%3Cscript%3E").text
    assert " selected>" not in page
    assert "script%3E" not in page
    assert "<script>" not in page.split("<main")[1].split("</main>")[0].replace('<script type="', "")


def test_a_quick_form_is_one_page_of_big_choices(client: FlaskClient) -> None:
    assert "form-layout--quick" in client.get(SIGNAL).text
    assert "form-layout--quick" not in client.get("/kaart/buurtactiviteit").text


LATE = {
    "persoon.voornaam": "Els", "persoon.naam": "Peeters", "contact.gsm": "0400 00 00 06", "tweede_naam": "Rik",
    "tweede_tel": "0400 00 00 07", "groep": "buren", "activiteit": "Soep", "plaats": "plein",
    "plaats_naam": "Dorpsplein", "buurt": "oosthoek", "aantal": "30",
}  # fmt: skip
WARNING = "Dat is binnen 30 dagen."


def test_a_date_that_is_late_warns_at_the_field_and_on_the_receipt_and_for_who_reads_it(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    """It never stops anybody: the page only comes back because something else is lacking."""
    url = "/kaart/buurtactiviteit"
    page = client.get(url).text
    tokens = {"_csrf": token_of(page), "_token": token_of(page, "_token"), "_do": "submit"}
    with app.app_context():
        soon = (clock.now().date() + timedelta(days=9)).isoformat()
    again = client.post(url, data={**tokens, **LATE, "aantal": "", "datum": soon})
    assert again.status_code == 422
    assert re.search(rf'data-warn="0">[^<]*<strong>[^<]*</strong> {WARNING}', again.text)
    sent = client.post(url, data={**tokens, **LATE, "datum": soon})
    assert sent.status_code == 302
    assert WARNING in client.get(sent.headers["Location"]).text
    with app.app_context():
        case = queue.page(actor("griet_cools")).rows[0].case
    sign_in(client, "griet_cools")
    assert WARNING in client.get(f"/dossiers/{case}").text


def test_after_a_talk_a_card_of_its_own_lies_ready_that_leads_nowhere_back(
    client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "hilde_claes")
    where = client.post("/onthaal/nieuw/buurtgesprek", data={"_csrf": token}).headers["Location"]
    page = client.get(where).text
    told = {"type_gesprek": "straat", "buurt": "oosthoek", "_version": token_of(page, "_version")}
    tokens = {"_csrf": token_of(page), "_token": token_of(page, "_token"), "_do": "submit"}
    receipt = client.get(client.post(where, data={**tokens, **told}).headers["Location"]).text
    assert 'href="/kaart/ik_doe_mee"' in receipt
    number = re.search(r'class="receipt-number">([^<]+)<', receipt)
    assert number
    card = client.get("/kaart/ik_doe_mee").text
    assert number[1] not in card
    assert "selected>" not in card
