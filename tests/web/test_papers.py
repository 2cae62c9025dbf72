"""Does the resident go home with the right paper, and nobody else with theirs?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.cases import case_page, read_log
from app.services.errors import Forbidden
from app.services.intake import papers
from tests.documents import reading_pdf
from tests.support.town import actor
from tests.web.conftest import SignIn, token_of
from tests.web.test_filling_in import INTAKE

PRIVATE = ("Dreigende uithuiszetting", "Psychisch", "Bang in huis")
ASKED = INTAKE | {
    "persoon.naam": "Peeters",
    "geldvraag": "ja",
    "domeinen.psychisch": "zorgen",
    "domeinen.psychisch.nota": "Bang in huis",
    "afspraken.0.domein": "psychisch",
}


@pytest.fixture
def receipt(client: FlaskClient, sign_in: SignIn) -> str:
    """The page after Hilde handed in an intake with a question about money."""
    token = sign_in(client, "hilde_claes")
    where = client.post("/onthaal/nieuw/brede_intake", data={"_csrf": token}).headers["Location"]
    page = client.get(where).text
    own = {name: token_of(page, name) for name in ("_csrf", "_token", "_version", "_revision")}
    sent = client.post(where, data=own | ASKED | {"_do": "submit"})
    assert sent.status_code == 302, re.findall(r"field-error.*?</p>", sent.text)
    return client.get(sent.headers["Location"]).text


def _link(page: str, kind: str) -> str:
    found = re.search(rf'href="(/onthaal/{kind}/\w+)"', page)
    assert found, page
    return found[1]


def test_the_receipt_says_the_first_step_and_what_to_print(receipt: str) -> None:
    assert "Eerste stap tegen" in receipt
    assert "Geef de persoon nu een ontvangstbewijs mee" in receipt
    assert _link(receipt, "bewijs") != _link(receipt, "afspraken")


def test_the_statutory_receipt_says_when_what_and_until_when(client: FlaskClient, receipt: str) -> None:
    page = client.get(_link(receipt, "bewijs")).text
    assert re.search(r"OCMW-20\d\d-\d{5}", page)
    assert re.search(r"Ontvangen</dt><dd>\w+dag \d+ \w+ 20\d\d, \d+\.\d\d uur", page)
    assert re.search(r"Beslissing van het OCMW</dt><dd><strong>ten laatste op \w+dag", page)
    assert "Sofie Wouters" in page
    assert "Peeters" in page
    assert "ook als wij niet bevoegd zijn" in page
    assert not [word for word in PRIVATE if word in page]


def test_the_agreements_are_what_was_agreed_and_no_domain(client: FlaskClient, receipt: str) -> None:
    page = client.get(_link(receipt, "afspraken")).text
    assert "Factuur samen bekijken" in page
    assert "30 november" in page or "30/11" in page
    assert not [word for word in PRIVATE if word in page]


def test_both_papers_are_given_as_accessible_pdf_without_what_is_private(
    client: FlaskClient, receipt: str
) -> None:
    for kind, expected in (("bewijs", "Beslissing van het OCMW"), ("afspraken", "Factuur samen bekijken")):
        page = client.get(_link(receipt, kind)).text
        found = re.search(rf'href="(/onthaal/{kind}/\w+/pdf)"', page)
        assert found
        answer = client.get(found[1])
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        words = " ".join(reading_pdf.words(answer.data))
        assert expected in words
        assert "Sofie Wouters" in words
        assert not [word for word in PRIVATE if word in words]
        assert reading_pdf.is_accessible(answer.data)


def test_a_case_without_a_term_of_law_has_no_statutory_receipt(client: FlaskClient, receipt: str) -> None:
    main = _link(receipt, "afspraken").replace("afspraken", "bewijs")
    assert client.get(main).status_code == 403


def test_others_get_no_paper(app: Flask, client: FlaskClient, sign_in: SignIn, receipt: str) -> None:
    path = _link(receipt, "afspraken")
    client.post("/afmelden", data={"_csrf": token_of(client.get("/account").text)})
    assert client.get(path).status_code == 302
    for who in ("joris_maes", "pieter_bogaert", "tom_aerts"):
        sign_in(client, who)
        assert client.get(path).status_code == 403, who
        client.post("/afmelden", data={"_csrf": token_of(client.get("/account").text)})
    sign_in(client, "sofie_wouters")
    assert client.get(path).status_code == 200


def test_printing_is_reading(app: Flask, client: FlaskClient, receipt: str) -> None:
    path = _link(receipt, "afspraken")
    client.get(path)
    with app.app_context():
        readings = read_log.of_case(actor("ilse_verbeke"), path.rpartition("/")[2])
    assert [item.who for item in readings] == ["Hilde Claes"]


def test_the_first_day_ends(
    app: Flask, client: FlaskClient, receipt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = _link(receipt, "afspraken").rpartition("/")[2]
    with app.app_context():
        hilde = actor("hilde_claes")
        holder = case_page.holder(hilde.municipality, case)
        assert holder != hilde.account
        assert papers.agreements(hilde, case).parts
        monkeypatch.setattr(papers, "FIRST_DAY", papers.FIRST_DAY * 0)
        with pytest.raises(Forbidden):
            papers.agreements(hilde, case)
