"""Does the data protection officer find who asks for their data by name, with the request written down?"""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.services.cases import read_log
from app.services.people import link_case, search_log
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import Case
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, send_card
from tests.web.conftest import SignIn

WHY = "Vraagt een kopie, brief van 9 november"
ASKED = {"naam": "Kanariebos Maria", "geboorte": "1941", "buurt": "", "reden": WHY}


@pytest.fixture
def maria(app: Flask) -> str:
    """The record of a resident whose consent was withdrawn since: reception does not find her."""
    with app.app_context(), clock.stopped_at(local("2026-11-09 09:40")):
        case = send_card().case
        person = link_case.make(holder_of(case), case)
        with transaction(MUNICIPALITY) as tx:
            tx.execute(sa.update(Case).where(Case.municipality == MUNICIPALITY).values(blocked=True))
    return person


def test_somebody_is_found_by_the_sound_of_a_name_and_opened_for_a_reason(
    app: Flask, client: FlaskClient, sign_in: SignIn, maria: str
) -> None:
    token = sign_in(client, "ilse_verbeke")
    page = client.post("/rechten/zoeken", data={"_csrf": token, **ASKED})
    assert page.status_code == 200
    assert re.findall(r'name="persoon" value="([0-9a-z]+)"', page.text) == [maria]
    opened = client.post("/rechten/kies", data={"_csrf": token, "persoon": maria, "reden": WHY})
    assert opened.location == f"/rechten/{maria}"
    assert "Maria Canariebos" in client.get(opened.location).text
    with app.app_context():
        (search,) = search_log.listed(actor("ilse_verbeke"))
        assert (search.where, search.reason, search.found) == ("rights", WHY, 1)
        readings = read_log.of_person(actor("ilse_verbeke"), maria)
    assert ("Ilse Verbeke", WHY) in {(item.who, item.reason) for item in readings}
    assert WHY in client.get("/onthaal/zoekopdrachten").text


def test_without_a_request_nobody_is_looked_for_or_opened(
    app: Flask, client: FlaskClient, sign_in: SignIn, maria: str
) -> None:
    token = sign_in(client, "ilse_verbeke")
    for change, wrong in (
        ({"reden": " "}, "e-reden"),
        ({"naam": ""}, "e-naam"),
        ({"geboorte": "ooit"}, "e-geboorte"),
    ):
        page = client.post("/rechten/zoeken", data={"_csrf": token, **ASKED, **change})
        assert page.status_code == 422
        assert f'id="{wrong}"' in page.text
        assert maria not in page.text
    assert (
        client.post("/rechten/kies", data={"_csrf": token, "persoon": maria, "reden": ""}).status_code == 422
    )
    assert (
        client.post("/rechten/kies", data={"_csrf": token, "persoon": "0" * 13, "reden": WHY}).status_code
        == 404
    )
    with app.app_context():
        assert search_log.listed(actor("ilse_verbeke")) == []


def test_who_looks_far_too_often_waits(client: FlaskClient, sign_in: SignIn, maria: str) -> None:
    token = sign_in(client, "ilse_verbeke")
    answers = [client.post("/rechten/zoeken", data={"_csrf": token, **ASKED}).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


@pytest.mark.parametrize("key", ["hilde_claes", "joris_maes", "tom_aerts"])
def test_only_who_looks_after_rights_looks_here(
    client: FlaskClient, sign_in: SignIn, maria: str, key: str
) -> None:
    token = sign_in(client, key)
    assert client.post("/rechten/zoeken", data={"_csrf": token, **ASKED}).status_code in (403, 404)
    assert client.post(
        "/rechten/kies", data={"_csrf": token, "persoon": maria, "reden": WHY}
    ).status_code in (403, 404)
    if key == "hilde_claes":
        assert maria not in client.post("/onthaal/zoeken", data={"_csrf": token, **ASKED}).text
