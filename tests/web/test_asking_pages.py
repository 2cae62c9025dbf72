"""Do the pages that ask others work: who is asked by link, whoever follows the case, and who looks at the results?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.access import accounts
from app.services.cases import ask_work
from app.services.staff import staffing
from tests.services.test_asks import ACTION, hand_in, round_with, the_ask, token_for
from tests.support.bound import MUNICIPALITY
from tests.support.referring import registered
from tests.support.town import holder_of, settle
from tests.web.conftest import PASSWORD, SignIn, token_of


@pytest.fixture(autouse=True)
def leads(app: Flask) -> None:
    """Who follows the neighbourhood can sign in."""
    with app.app_context():
        account = staffing.account_id(MUNICIPALITY, "nele_lambrecht")
        accounts.set_password(accounts.operator(MUNICIPALITY), account, PASSWORD, must_change=False)


@pytest.fixture
def asked(app: Flask) -> tuple[str, str]:
    """An action whose partners are asked: the case, and the token of one partner's link."""
    with app.app_context():
        registered()
        case = hand_in("actiefiche", {**ACTION, "buurt": "oosthoek"}).case
        settle()
        return case, token_for("an.peeters@caw.example")


def test_a_partner_answers_without_an_account(asked: tuple[str, str], client: FlaskClient) -> None:
    _, token = asked
    path = f"/gevraagd/{token}"
    page = client.get(path).text
    form = {name: token_of(page, name) for name in ("_csrf", "_token")}
    wrong = client.post(path, data=form | {"_do": "submit"})
    right = client.post(path, data=form | {"_do": "submit", "akkoord": "ja"})
    again = client.post(path, data=form | {"_do": "submit", "akkoord": "nee"})
    after = client.get(path).text
    assert "Doet jullie organisatie mee aan deze actie uit het buurtplan?" in page
    assert "Een bus met vrijwilligers op dinsdag." in page
    assert (wrong.status_code, right.status_code, again.status_code) == (422, 302, 302)
    assert "Bedankt, we hebben je antwoord." in after
    assert "Een bus met vrijwilligers" not in after
    assert client.get("/gevraagd/" + "0" * 40).status_code == 404


def test_whoever_follows_the_case_sees_who_answered_and_types_an_address(
    app: Flask, asked: tuple[str, str], client: FlaskClient, sign_in: SignIn
) -> None:
    case, _ = asked
    with app.app_context():
        council = the_ask(case).people[1].id
    sign_in(client, "nele_lambrecht")
    panel = client.get(f"/dossiers/{case}").text
    page = client.get(f"/dossiers/{case}/gevraagd").text
    form = {"_csrf": token_of(page, "_csrf")}
    path = f"/dossiers/{case}/gevraagd/adres/{council}"
    wrong = client.post(path, data=form | {"mail": "geen adres"})
    right = client.post(path, data=form | {"mail": "dorpsraad@x.example"}, follow_redirects=True)
    assert "0 van 2 antwoordden" in panel
    assert page.index("CAW Zandlede") < page.index("De dorpsraad")
    assert (wrong.status_code, right.status_code) == (422, 200)
    assert "Vul een geldig mailadres in." in wrong.text
    assert "dorpsraad@x.example" in right.text


def test_people_are_invited_by_pasting_lines_and_reminded(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    with app.app_context():
        case = hand_in("impactmeting", {"buurt": "ter_heide", "moment": "t0"}).case
        who, ask = holder_of(case), the_ask(case).id
    sign_in(client, "nele_lambrecht")
    page = client.get(f"/dossiers/{case}/gevraagd").text
    form, path = {"_csrf": token_of(page, "_csrf")}, f"/dossiers/{case}/gevraagd/{ask}"
    lines = "Rik; rik@x.example\nZonder adres\n"
    some = client.post(path, data=form | {"_do": "invite", "people": lines, "group": "bewoners"})
    reminded = client.post(path, data=form | {"_do": "remind"}, follow_redirects=True)
    empty = client.post(path, data=form | {"_do": "invite", "people": ""})
    with app.app_context():
        listed = [person.name for person in ask_work.of_case(who, case)[0].people]
    assert "Er staat geen geldig mailadres op deze regel." in some.text
    assert re.search(r"<textarea[^>]*>Zonder adres\s*</textarea>", some.text)
    assert "De herinneringen vertrekken." in reminded.text
    assert empty.status_code == 422
    assert listed == ["Rik"]


def test_results_stand_in_a_table_beside_the_picture_without_a_name(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    with app.app_context():
        case, ask = round_with(
            {"overleg": ["nog_niet", "begonnen", "begonnen", "loopt", "verankerd"]}, buurt="oosthoek"
        )
    sign_in(client, "nele_lambrecht")
    page = client.get(f"/dossiers/{case}/gevraagd/{ask}/resultaten").text
    table = re.search(r'<caption class="visually-hidden">Overleg</caption>.*?</table>', page, re.DOTALL)
    assert table is not None
    assert re.findall(r'class="num">(\d+)<', table[0]) == ["1", "2", "1", "1", "5"] * 2
    assert "Voorbeeld 3" in page
    assert "x.example" not in page
    assert "style=" not in page
