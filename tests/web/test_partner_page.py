"""Do the pages of a partner open with link and code alone, and do ours say what leaves and ask before they close?"""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from app.services.access import accounts
from app.services.cases import case_page
from app.services.staff import staffing
from tests.support.bound import MUNICIPALITY
from tests.support.referring import code_of, link_in, mails_to, referrals_of, registered, talk
from tests.support.town import holder_of, press, settle
from tests.web.conftest import PASSWORD, SignIn, token_of


def _with_password(account: str) -> str:
    """Somebody can sign in from now on: their key."""
    accounts.set_password(accounts.operator(MUNICIPALITY), account, PASSWORD, must_change=False)
    worker = staffing.world(MUNICIPALITY).staffing.workers[account]
    return worker.email.partition("@")[0].replace(".", "_")


def referred(app: Flask) -> tuple[str, str]:
    """A case with a referral that was not sent yet: the ids of both."""
    with app.app_context():
        registered()
        receipt = talk()
        (referral,) = referrals_of(receipt.case)
        return receipt.case, referral


def posted(app: Flask, referral: str) -> tuple[str, str]:
    """Send it: the token of the link and the code."""
    with app.app_context():
        press(referral, "versturen")
        settle()
        return link_in(mails_to("onthaal@caw.example")[0]), code_of(referral)


def inside(client: FlaskClient, token: str, code: str) -> str:
    """The page of a partner who gave the code."""
    path = f"/partner/{token}"
    given = client.post(path, data={"_csrf": token_of(client.get(path).text), "code": code})
    assert given.status_code == 302
    return client.get(path).text


def answers(client: FlaskClient, page: str, token: str, action: str) -> None:
    """Press a button of the page that has no form."""
    data = {name: token_of(page, name) for name in ("_csrf", "_version")}
    (fresh,) = re.findall(rf'name="_token" value="([^"]+-{action})"', page)
    answer = client.post(f"/partner/{token}/doe/{action}", data={**data, "_token": fresh})
    assert answer.status_code == 302


def test_the_contact_person_sees_what_leaves_before_it_leaves(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    _, referral = referred(app)
    with app.app_context():
        key = _with_password(holder_of(referral).account)
    sign_in(client, key)
    page = client.get(f"/dossiers/{referral}/doe/versturen").text
    preview = page[page.index("Dit krijgt CAW Zandlede te zien") :]
    assert "Ik wil eens met iemand praten" in preview
    assert "onthaal@caw.example" in preview
    token, code = posted(app, referral)
    shown = client.get(f"/dossiers/{referral}").text
    assert code in shown
    assert token not in shown


def test_only_link_and_code_together_open_the_page(app: Flask, client: FlaskClient) -> None:
    _, referral = referred(app)
    token, code = posted(app, referral)
    door = client.get(f"/partner/{token}")
    assert "Fatima" not in door.text
    assert 'href="tel:' in door.text
    wrong = client.post(f"/partner/{token}", data={"_csrf": token_of(door.text), "code": "x1"})
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.text
    page = inside(client, token, f"{code[:3]} {code[3:]}")
    assert "Fatima" in page
    assert "Slaapt al weken" not in page
    assert "Fatima" not in app.test_client().get(f"/partner/{token}").text
    assert client.get("/partner/0000").status_code == 404


def test_a_partner_refuses_with_a_reason_and_the_mistake_comes_back_beside_its_field(
    app: Flask, client: FlaskClient
) -> None:
    _, referral = referred(app)
    token, code = posted(app, referral)
    inside(client, token, code)
    path = f"/partner/{token}/doe/weigeren"
    asked = client.get(path).text
    data = {name: token_of(asked, name) for name in ("_csrf", "_token", "_version")}
    assert client.post(path, data=data).status_code == 422
    told = client.post(path, data={**data, "waarom": "geen_plaats", "voorstel": "Probeer Tele-Onthaal"})
    assert told.status_code == 302
    with app.app_context():
        page = case_page.show(holder_of(referral), referral)
    assert page.state == "geweigerd"
    assert "Probeer Tele-Onthaal" in str(page.submissions)
    assert "Bedankt" in client.get(f"/partner/{token}").text


def test_a_partner_answers_until_it_is_done_and_then_sees_nothing(app: Flask, client: FlaskClient) -> None:
    _, referral = referred(app)
    token, code = posted(app, referral)
    page = inside(client, token, code)
    for action in ("aanvaarden", "starten", "afronden"):
        answers(client, page, token, action)
        page = client.get(f"/partner/{token}").text
    assert "Deze verwijzing is afgesloten" in page
    assert "Fatima" not in page
    with app.app_context():
        assert case_page.show(holder_of(referral), referral).state == "afgerond"
