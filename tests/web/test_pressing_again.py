"""Is somebody whose answer was lost told that it was done, and somebody who was too late that a colleague was first?"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.town import actor, press, send_card
from tests.web.conftest import SignIn, token_of

SPOKEN = {"wijze": "bellen", "privacy_info": "mondeling", "_do": "submit"}


@pytest.fixture
def case(app: Flask) -> str:
    """A card of Joris."""
    with app.app_context():
        return send_card().case


def _form(client: FlaskClient, case: str) -> dict[str, str]:
    page = client.get(f"/dossiers/{case}/doe/bereikt").text
    return {**SPOKEN, **{name: token_of(page, name) for name in ("_csrf", "_token", "_version")}}


def test_a_press_that_took_its_own_button_away_may_be_sent_again(
    client: FlaskClient, sign_in: SignIn, case: str
) -> None:
    sign_in(client, "joris_maes")
    form = _form(client, case)
    first = client.post(f"/dossiers/{case}/doe/bereikt", data=form)
    again = client.post(f"/dossiers/{case}/doe/bereikt", data=form)
    assert first.status_code == again.status_code == 302
    assert first.location == again.location
    assert client.get(f"/dossiers/{case}").text.count("Gekozen: Gesproken") == 1


def test_who_presses_a_button_that_a_colleague_took_away_hears_so(
    client: FlaskClient, sign_in: SignIn, app: Flask, case: str
) -> None:
    sign_in(client, "joris_maes")
    form = _form(client, case)
    with app.app_context():
        press(case, "wenst_geen_hulp", actor=actor("joris_maes"), reason="wenst_geen_hulp")
    late = client.post(f"/dossiers/{case}/doe/bereikt", data=form)
    assert late.status_code == 409
    assert "Een collega was je voor" in late.text


def test_a_button_that_this_kind_of_case_never_has_is_not_found(
    client: FlaskClient, sign_in: SignIn, case: str
) -> None:
    sign_in(client, "joris_maes")
    form = _form(client, case)
    assert client.post(f"/dossiers/{case}/doe/bestaat_niet", data=form).status_code == 404
