"""The register of consents and the case page: what holds until when, and a colleague who writes down what was heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.storage import clock
from tests.engine.test_consenting import STORY
from tests.support.town import local, press, send
from tests.web.conftest import SignIn

LATER = local("2026-11-20 10:00")


@pytest.fixture
def story(app: Flask) -> Iterator[str]:
    with app.app_context(), clock.stopped_at(local("2026-11-13 14:00")):
        case = send("verhaal", STORY).case
        press(case, "bedankt")
    with clock.stopped_at(LATER):
        yield case


def test_who_looks_after_privacy_finds_what_was_agreed_and_no_names(
    client: FlaskClient, sign_in: SignIn, story: str
) -> None:
    sign_in(client, "ilse_verbeke")
    page = client.get("/akkoorden").text
    assert "Website" in page
    assert "Affiche" in page
    assert "31 dec 2026" in page
    assert "Rik" not in page
    assert "Affiche" not in re.sub(
        r"<option.*?</option>", "", client.get("/akkoorden?akkoord=verhaal/kanaal_website").text
    )
    assert "Hier staat niets" in client.get("/akkoorden?stand=expired").text
    told = client.get("/akkoorden/akkoorden.csv")
    assert told.mimetype == "text/csv"
    assert "2026-12-31" in told.text


def test_who_answers_for_no_case_of_it_does_not_see_the_register(
    client: FlaskClient, sign_in: SignIn, story: str
) -> None:
    sign_in(client, "joris_maes")
    assert client.get("/akkoorden").status_code == 403
