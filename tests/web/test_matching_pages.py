"""Does the page of a case put tasks forward in words, fill the small form in, and say it when somebody was first?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.intake.submit_form import Receipt
from tests.services.test_matches import looking, propose, task
from tests.support.town import press
from tests.web.conftest import SignIn, token_of

KEPT = ("_csrf", "_token", "_version", "_match")


@pytest.fixture
def pair(app: Flask) -> tuple[Receipt, Receipt]:
    """The repair café, and Ahmad who looks for something to do."""
    with app.app_context():
        return task(), looking()


def text_of(html: str) -> str:
    """The words of the part of a page that puts tasks forward."""
    found = re.search(r'<section class="matching".*?</section>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_a_task_is_put_forward_in_words_and_proposed_with_its_own_form(
    pair: tuple[Receipt, Receipt], client: FlaskClient, sign_in: SignIn
) -> None:
    repair, ahmad = pair
    sign_in(client, "marleen_baert")
    page = client.get(f"/dossiers/{ahmad.case}").text
    opened = client.get(f"/dossiers/{ahmad.case}?doe=voorstel&met={repair.case}").text
    form = {name: token_of(opened, name) for name in KEPT}
    answer = client.post(
        f"/dossiers/{ahmad.case}/doe/voorstel",
        data=form | {"_do": "submit", "taak": "Meehelpen in het repaircafé"},
    )
    after, theirs = (client.get(f"/dossiers/{one.case}").text for one in (ahmad, repair))
    assert "Talent: herstellen." in text_of(page)
    assert "Niet voorzien: vervoer." in text_of(page)
    assert f"met={repair.case}" in page
    assert 'value="Repaircafé Statie"' in opened
    assert form["_match"] == repair.case
    assert answer.status_code == 302
    assert repair.number in text_of(after)
    assert "1 van 1 plaatsen ingenomen" in text_of(theirs)
    assert "Ahmad" not in theirs


def test_who_comes_second_hears_it_and_loses_nothing(
    app: Flask, pair: tuple[Receipt, Receipt], client: FlaskClient, sign_in: SignIn
) -> None:
    repair, ahmad = pair
    with app.app_context():
        rik = looking(**{"persoon.roepnaam": "Rik"})
    sign_in(client, "marleen_baert")
    opened = client.get(f"/dossiers/{rik.case}?doe=voorstel&met={repair.case}").text
    with app.app_context():
        propose(ahmad.case, repair.case)
    form = {name: token_of(opened, name) for name in KEPT}
    answer = client.post(
        f"/dossiers/{rik.case}/doe/voorstel", data=form | {"_do": "submit", "taak": "Wat ik zelf typte"}
    )
    assert answer.status_code == 422
    assert "Iemand was je net voor: alle plaatsen zijn ingenomen." in answer.text
    assert 'value="Wat ik zelf typte"' in answer.text


def test_what_is_put_forward_is_for_who_reads_the_case(
    pair: tuple[Receipt, Receipt], client: FlaskClient, sign_in: SignIn
) -> None:
    repair, ahmad = pair
    sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{ahmad.case}?doe=voorstel&met={repair.case}")
    assert page.status_code == 200
    assert text_of(page.text) == ""
    assert "vervoer" not in page.text
    assert repair.number not in page.text


def test_what_is_no_task_is_not_proposed(
    pair: tuple[Receipt, Receipt], client: FlaskClient, sign_in: SignIn
) -> None:
    _, ahmad = pair
    sign_in(client, "marleen_baert")
    for other in ("onzin", "zzzzzzzzzzzzz", ahmad.case, "' or 1=1"):
        page = client.get(f"/dossiers/{ahmad.case}", query_string={"doe": "voorstel", "met": other})
        assert page.status_code in {200, 404}, other


def test_what_has_to_be_read_goes_along_on_paper(
    app: Flask, pair: tuple[Receipt, Receipt], client: FlaskClient, sign_in: SignIn
) -> None:
    repair, ahmad = pair
    with app.app_context():
        propose(ahmad.case, repair.case)
        press(ahmad.case, "akkoord")
    sign_in(client, "marleen_baert")
    opened = client.get(f"/dossiers/{ahmad.case}?doe=nota_gelezen").text
    paper = client.get(f"/dossiers/{ahmad.case}/doe/nota_gelezen/papier")
    nothing = client.get(f"/dossiers/{ahmad.case}/doe/gemeld/papier")
    assert f"/dossiers/{ahmad.case}/doe/nota_gelezen/papier" in opened
    assert "versie 2026-1" in opened
    assert paper.mimetype == "application/pdf"
    assert paper.data.startswith(b"%PDF")
    assert nothing.status_code == 404
