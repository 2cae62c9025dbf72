"""Who was second hears who was first, when and what they did, and what was typed still stands on the page."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.cases import case_page, hand_over
from app.services.tasks import claim_task, queue
from tests.support.town import actor, press, send_card
from tests.web.conftest import SignIn, token_of

TYPED = "Hij kent de familie en woont om de hoek"


@pytest.fixture
def case(app: Flask) -> str:
    """A card of Joris."""
    with app.app_context():
        return send_card().case


def test_who_hands_over_what_a_colleague_just_closed_hears_who_and_keeps_the_words(
    app: Flask, client: FlaskClient, sign_in: SignIn, case: str
) -> None:
    token = sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{case}/overdragen").text
    with app.app_context():
        press(case, "niet_bereikt", {"kanaal": "bellen", "resultaat": "geen_antwoord"})
        nele = actor("nele_lambrecht").account
    form = {"_csrf": token, "to": nele, "reason": TYPED, "version": token_of(page, "version")}
    late = client.post(f"/dossiers/{case}/overdragen", data=form)
    assert late.status_code == 409
    assert "Een collega was je voor" in late.text
    assert ", Joris Maes: " in late.text
    assert TYPED in late.text
    again = client.post(
        f"/dossiers/{case}/overdragen", data=form | {"version": token_of(late.text, "version")}
    )
    assert again.status_code == 302


def test_a_hand_over_sent_twice_is_one_and_its_loser_keeps_the_words(
    app: Flask, client: FlaskClient, sign_in: SignIn, case: str
) -> None:
    token = sign_in(client, "joris_maes")
    with app.app_context():
        nele, an = actor("nele_lambrecht").account, actor("an_goethals").account
    form = {"_csrf": token, "to": nele, "reason": TYPED, "version": "1"}
    for _ in range(2):
        assert client.post(f"/dossiers/{case}/overdragen", data=form).status_code == 302
    other = client.post(f"/dossiers/{case}/overdragen", data=form | {"to": an})
    assert other.status_code == 409
    assert TYPED in other.text
    with app.app_context():
        assert case_page.holder("zandlede", case) == nele


def test_a_button_pressed_on_a_case_that_was_taken_away_tells_who_has_it(
    app: Flask, client: FlaskClient, sign_in: SignIn, case: str
) -> None:
    sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{case}/doe/bereikt").text
    hidden = {name: token_of(page, name) for name in ("_csrf", "_token", "_version")}
    with app.app_context():
        joris, nele = actor("joris_maes"), actor("nele_lambrecht")
        hand_over.hand_over(joris, case, to=nele.account, reason="weg", version=1)
    form = {**hidden, "wijze": "bellen", "privacy_info": "mondeling", "nota": TYPED, "_do": "submit"}
    ours = {"Origin": "http://localhost"}
    late = client.post(f"/dossiers/{case}/doe/bereikt", data=form, headers=ours)
    assert late.status_code == 409
    assert "Nele Lambrecht volgt dit dossier nu op" in late.text
    assert TYPED in late.text


def test_a_task_of_the_group_is_taken_once_and_the_other_hears_by_whom(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "hilde_claes")
    with app.app_context():
        send_card(zorgen=["andere"], persoon__geboorte=1990)
        task = queue.page(actor("hilde_claes"), scope="group").rows[0].task
    for _ in range(2):
        taken = client.post(f"/taken/{task}/neem", data={"_csrf": token})
        assert taken.status_code == 302
    with app.app_context():
        send_card(zorgen=["andere"], persoon__geboorte=1990)
        task = queue.page(actor("hilde_claes"), scope="group").rows[0].task
        claim_task.claim(actor("karin_thijs"), task)
    late = client.post(f"/taken/{task}/neem", data={"_csrf": token})
    assert late.status_code == 410
    assert "Karin Thijs nam dit dossier al op" in late.text


def test_a_note_that_is_sent_twice_is_one_note_and_a_refused_one_is_shown_again(
    app: Flask, client: FlaskClient, sign_in: SignIn, case: str
) -> None:
    token = sign_in(client, "joris_maes")
    for _ in range(2):
        client.post(f"/dossiers/{case}/notitie", data={"_csrf": token, "text": TYPED})
    with app.app_context():
        timeline = case_page.show(actor("joris_maes"), case).timeline
        assert [line.text for line in timeline].count(TYPED) == 1
    stranger = client.application.test_client()
    token = sign_in(stranger, "marleen_baert")
    form = {"_csrf": token, "text": TYPED + "!"}
    refused = stranger.post(f"/dossiers/{case}/notitie", data=form, headers={"Origin": "http://localhost"})
    assert refused.status_code == 403
    assert TYPED + "!" in refused.text
