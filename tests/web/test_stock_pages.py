"""Does who asks to borrow too much read beside that row how much is left, with everything still there?"""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.conftest import token_of

URL = "/kaart/buurtactiviteit"
FEAST = {
    "persoon.voornaam": "Els", "persoon.naam": "Peeters", "contact.gsm": "0400 00 00 06", "tweede_naam": "Rik",
    "tweede_tel": "0400 00 00 07", "groep": "buren", "activiteit": "Soep", "plaats": "plein",
    "plaats_naam": "Dorpsplein", "buurt": "oosthoek", "aantal": "30", "datum": "2099-05-29",
}  # fmt: skip


def test_too_much_is_told_beside_its_row_and_less_goes_through(client: FlaskClient) -> None:
    page = client.get(URL).text
    tokens = {"_csrf": token_of(page), "_token": token_of(page, "_token"), "_do": "submit"}
    two = {"materiaal.0.wat": "tafels", "materiaal.0.hoeveel": "4", "materiaal.1.wat": "tent"}
    again = client.post(URL, data={**tokens, **FEAST, **two, "materiaal.1.hoeveel": "5"})
    assert again.status_code == 422
    assert again.text.count("Op die dag zijn er nog 4 van: Tent.") == 2  # beside the row, and above the page
    assert 'href="#i-materiaal.1.hoeveel"' in again.text
    assert 'value="Dorpsplein"' in again.text
    sent = client.post(URL, data={**tokens, **FEAST, **two, "materiaal.1.hoeveel": "4"})
    assert sent.status_code == 302
