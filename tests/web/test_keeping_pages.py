"""Do the DPO and the head see what is past its term, keep what must stay, and give somebody a copy of their data?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.cases import add_note
from app.services.errors import NotFound
from app.services.people import link_case, resident_codes
from app.services.privacy import own_copy, proposals
from app.storage import clock, ids
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import holder_of, local, press, send_card, settle
from tests.web.conftest import SignIn, token_of

LATER = local("2027-11-22 10:00")


@pytest.fixture
def closed(app: Flask) -> Iterator[str]:
    """A card whose resident wanted no help, a year and two days later."""
    with app.app_context():
        with clock.stopped_at(local("2026-11-09 09:40")):
            via = {
                "contact__via": "Nonkel Jef",
                "contact__via_tel": "09 000 00 77",
                "contact__via_band": "Peetoom",
            }
            case = send_card(**via).case
            add_note.add(holder_of(case), case, "Zus Katrien belde hierover")
            link_case.make(holder_of(case), case)
        with clock.stopped_at(local("2026-11-20 10:00")):
            press(case, "wenst_geen_hulp", reason="wenst_geen_hulp")
            settle()
        with clock.stopped_at(LATER):
            proposals.plan(MUNICIPALITY)
            settle()
    with clock.stopped_at(LATER):
        yield case


def proposal_of(page: str) -> str:
    """Where the form of the proposal leads."""
    found = re.search(r'action="(/bewaren/[0-9a-z]{13})"', page)
    assert found, page
    return found[1]


def test_the_head_keeps_one_and_approves(client: FlaskClient, sign_in: SignIn, closed: str) -> None:
    token = sign_in(client, "karin_thijs")
    page = client.get("/bewaren").text
    assert "1 dossier gaat weg" in page
    assert "12 maanden, want" in page
    there = proposal_of(page)
    stale = client.post(there, data={"_csrf": token, "seen": "7"})
    assert stale.status_code == 409
    kept = client.post(there, data={"_csrf": token, "seen": "1", f"blijft.{closed}": "Er loopt een klacht."})
    assert kept.status_code == 302
    assert "Er is vandaag niets voorbij" in client.get("/bewaren?klaar=done").text


def test_a_hold_stands_on_the_page_of_the_case_and_in_the_next_proposal(
    app: Flask, client: FlaskClient, sign_in: SignIn, closed: str
) -> None:
    token = sign_in(client, "karin_thijs")
    client.post(f"/bewaren/plicht/{closed}", data={"_csrf": token, "reason": "Er loopt een beroep"})
    assert "Op dit dossier: Er loopt een beroep" in client.get(f"/dossiers/{closed}").text
    with app.app_context(), clock.stopped_at(local("2027-11-23 03:00")):
        proposals.plan(MUNICIPALITY)
        settle()
    assert "Iemand zette er een bewaarplicht op" in client.get("/bewaren").text
    hold = re.search(
        rf'action="(/bewaren/plicht/{closed}/[0-9a-z]+)"', client.get(f"/dossiers/{closed}").text
    )
    assert hold
    client.post(hold[1], data={"_csrf": token, "reason": "Het beroep is voorbij"})
    assert "Opgeheven door Karin Thijs" in client.get(f"/dossiers/{closed}").text


def test_a_copy_is_looked_over_frozen_and_handed_over(
    app: Flask, client: FlaskClient, sign_in: SignIn, closed: str
) -> None:
    token = sign_in(client, "karin_thijs")
    missed = client.post("/rechten", data={"_csrf": token, "number": "DVK-2026-99999"})
    assert missed.status_code == 422
    found = client.post("/rechten", data={"_csrf": token, "number": "dvk-2026-00001"})
    begun = client.post(f"{found.location}/kopie", data={"_csrf": token})
    page = client.get(begun.location).text
    assert "Zus Katrien belde hierover" in page
    assert "woensdag 22 december" in page  # one month
    note = re.search(r'Zus Katrien.*?name="woorden\.(event:[0-9a-z]+)"', page, re.DOTALL)
    name = re.search(r'value="(record:[0-9a-z]+:phone)"', page)
    tie = re.search(
        r'Peetoom.*?name="vrij" value="(answer:[0-9a-z]+:contact.via_band)"(?! checked)', page, re.DOTALL
    )
    assert note
    assert name
    assert tie
    form = {
        "_csrf": token,
        "version": token_of(page, "version"),
        "seen": token_of(page, "seen"),
        "_do": "approve",
        "zwart": name[1],
        "vrij": tie[1],
        f"woorden.{note[1]}": "Zus Katrien",
    }
    assert client.post(begun.location, data=form).status_code == 302
    told = client.get(f"{begun.location}/kopie.json").text
    assert "█████ belde hierover" in told
    assert "Zus Katrien" not in told
    assert "Nonkel Jef" not in told
    assert told.count("(gaat over iemand anders)") == 2
    assert "Peetoom" in told
    data = json.loads(told)
    assert data["cases"][0]["kept"].startswith("12 maanden")
    assert {line["label"]: line["text"] for line in data["record"]}["Telefoon"] == "█████"
    assert client.get(f"{begun.location}/kopie.pdf").data.startswith(b"%PDF")
    page = client.get(begun.location).text
    hand = {"_csrf": token, "version": token_of(page, "version"), "_do": "hand", "how": "page"}
    client.post(begun.location, data=hand)
    assert "Gegeven op" in client.get(begun.location).text
    with app.app_context():
        with transaction(MUNICIPALITY, readonly=True) as tx:
            code = resident_codes.code_of(tx, ids.from_text(closed))
        key = resident_codes.enter(MUNICIPALITY, "DVK-2026-00001", code)
        assert not own_copy.ready(key)
        with pytest.raises(NotFound):
            own_copy.fetch(key)
        proven = replace(key, proven=True)
        assert "Zus Katrien" not in str(own_copy.fetch(proven))
    with app.app_context(), clock.stopped_at(LATER + timedelta(days=31)):
        assert not own_copy.ready(proven)


def test_one_proposes_to_erase_and_another_approves(
    app: Flask, client: FlaskClient, sign_in: SignIn, closed: str
) -> None:
    token = sign_in(client, "karin_thijs")
    found = client.post("/rechten", data={"_csrf": token, "number": "DVK-2026-00001"}).location
    client.post(f"{found}/wissen", data={"_csrf": token})
    page = client.get(found).text
    assert "Een collega keurt goed" in page
    erasure = re.search(r'action="(/rechten/[0-9a-z]+/wissen/[0-9a-z]+)"', page)
    assert erasure
    assert client.post(erasure[1], data={"_csrf": token, "_do": "approve"}).status_code == 422
    other = app.test_client()
    token = sign_in(other, "ilse_verbeke")
    assert other.post(erasure[1], data={"_csrf": token, "_do": "approve"}).status_code == 302
    with app.app_context():
        settle()
    assert other.get(found).status_code == 404
    assert "Gevraagd door de persoon" in other.get("/bewaren/register").text
    assert "DVK-2026-00001" in other.get("/bewaren/register.csv").text


def test_nobody_else_sees_any_of_it(client: FlaskClient, sign_in: SignIn, closed: str) -> None:
    token = sign_in(client, "joris_maes")
    assert client.get("/bewaren").status_code == 403
    assert client.get("/rechten").status_code == 403
    assert client.post(f"/bewaren/plicht/{closed}", data={"_csrf": token, "reason": "x"}).status_code == 403
    assert "Bewaarplicht" not in client.get(f"/dossiers/{closed}").text
