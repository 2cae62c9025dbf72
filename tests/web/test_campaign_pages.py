"""The pages of a campaign: a list is brought and divided, somebody calls, and nobody else looks in."""

from __future__ import annotations

import io
import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.follow_up import sweep
from app.storage import clock
from tests.support.calling import listed, person, row
from tests.support.town import local
from tests.web.conftest import SignIn

TUESDAY = local("2026-11-10T10:00")
RUNS, MINE = "/campagnes", "/mijn-reeksen"


def _begun(client: FlaskClient, token: str) -> str:
    """The address of a fresh run."""
    page = client.get(f"{RUNS}/nieuw/winter_75plus").text
    assert "decreet lokaal sociaal beleid" in page
    told = {
        "naam": "Winter",
        "doelgroep": "75+",
        "bron": "Burgerzaken",
        "van": "2026-11-10",
        "tot": "2026-12-18",
    }
    minted = re.search(r'name="_token" value="([^"]+)"', page)
    assert minted
    sent = {"_csrf": token, "_token": minted[1], **told}
    where = client.post(f"{RUNS}/nieuw/winter_75plus", data=sent).headers["Location"]
    assert client.post(f"{RUNS}/nieuw/winter_75plus", data=sent).headers["Location"] == where
    return str(where)


def _brought(client: FlaskClient, token: str, run: str, rows: list[str]) -> str:
    """The address of a list that was brought."""
    file = (io.BytesIO(listed(rows)), "lijst.csv")
    answer = client.post(f"{run}/lijst", data={"_csrf": token, "_token": "l", "lijst": file})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def _columns(page: str) -> dict[str, str]:
    """What the page proposes: column -> place in the list."""
    found = re.findall(r'<select[^>]*name="(kolom:\w+)">(.*?)</select>', page, re.DOTALL)
    chosen = {name: re.search(r'value="(\d+)" selected', options) for name, options in found}
    return {name: place[1] for name, place in chosen.items() if place}


def _running(client: FlaskClient, token: str, rows: list[str]) -> str:
    """A run with these rows in it."""
    run = _begun(client, token)
    brought = _brought(client, token, run, rows)
    client.post(brought, data={"_csrf": token, **_columns(client.get(brought).text)})
    client.post(f"{brought}/inlezen", data={"_csrf": token})
    _swept(client.application)
    return run


def _swept(app: Flask) -> None:
    """Do all that is due."""
    with app.app_context():
        while sweep.sweep(None).more:
            pass


def _typed(page: str) -> dict[str, str]:
    """The hidden inputs of the sheet, as a browser sends them back."""
    found = re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)"', page)
    return {**dict(found), "_do": "submit"}


def _given(client: FlaskClient, token: str, run: str, who: str, size: int = 2) -> None:
    with client.application.app_context():
        account = person(who).account
    wanted = {"_csrf": token, "_token": f"g{who}", "wie": account, "aantal": str(size)}
    answer = client.post(f"{run}/verdeel", data=wanted)
    assert answer.status_code == 303, answer.text


def test_a_list_is_brought_looked_at_and_put_in(
    app: Flask, client: FlaskClient, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    token = sign_in(client, "karin_thijs")
    with caplog.at_level(logging.DEBUG), clock.stopped_at(TUESDAY):
        run = _begun(client, token)
        nothing = client.post(f"{run}/lijst", data={"_csrf": token, "_token": "n"})
        assert (nothing.status_code, "Kies eerst een bestand" in nothing.text) == (422, True)
        brought = _brought(client, token, run, [row(1), row(2, tel="nee"), row(3)])
        columns = _columns(client.get(brought).text)
        assert columns["kolom:tel"] == "1"
        missing = client.post(brought, data={"_csrf": token, **columns, "kolom:tel": ""})
        assert (missing.status_code, "Telefoon" in missing.text) == (422, True)
        client.post(brought, data={"_csrf": token, **columns})
        seen = client.get(brought).text
        assert "2 rijen zijn goed. 1 rijen kunnen niet mee." in seen
        assert '<th scope="row">3</th>' in seen
        report = client.get(f"{brought}/verslag.csv")
        assert "attachment" in report.headers["Content-Disposition"]
        assert "3;Telefoon;" in report.text
        client.post(f"{brought}/inlezen", data={"_csrf": token})
        busy = client.get(brought).text
        assert "<progress" in busy
        assert 'http-equiv="refresh"' in busy
        assert client.get(f"{brought}/stand").json == {"done": 0, "total": 2, "busy": True}
        _swept(app)
        assert "2 namen staan op de lijst" in client.get(brought).text
    assert "Nummer" not in caplog.text
    assert "Kerkstraat" not in caplog.text


def test_a_caller_rings_notes_and_fills_in_the_sheet(app: Flask, sign_in: SignIn) -> None:
    karin, paul, annemie = app.test_client(), app.test_client(), app.test_client()
    with clock.stopped_at(TUESDAY):
        token = sign_in(karin, "karin_thijs")
        run = _running(karin, token, [row(n) for n in range(4)])
        _given(karin, token, run, "paul_desmet")
        _given(karin, token, run, "annemie_claeys")
        mine = sign_in(paul, "paul_desmet")
        assert f"{MINE}/" in paul.get("/").text
        batch = re.search(rf'href="({MINE}/[^"]+)"', paul.get(MINE).text)
        assert batch
        page = paul.get(batch[1]).text
        assert 'href="tel:+32400010000"' in page
        assert "Kerkstraat" not in page
        press = re.search(r'action="([^"]+)">(?:(?!</form>).)*?value="geen_antwoord"', page, re.DOTALL)
        assert press
        sent = {"_csrf": mine, "_token": "p", "_gezien": "1", "uitkomst": "geen_antwoord"}
        assert paul.post(press[1], data=sent).status_code == 303
        talk = re.search(r'href="(/mijn-reeksen/gesprek/[^"]+)"', paul.get(batch[1]).text)
        assert talk
        sheet = paul.get(talk[1].replace("&amp;", "&")).text
        assert "Inwoner Nummeraab" in sheet
        answers = {**_typed(sheet), "resultaat": "gesprek", "hoe_gaat": "goed", "vervolg": "nee"}
        wrong = paul.post(talk[1].partition("?")[0], data={**answers, "hoe_gaat": ""})
        assert wrong.status_code == 422
        done = paul.post(talk[1].partition("?")[0], data=answers)
        assert done.status_code == 303, re.findall(r"<li>(.*?)</li>", done.text)
        assert "Op dit moment is er niemand aan de beurt" in paul.get(batch[1]).text
        sign_in(annemie, "annemie_claeys")
        assert annemie.get(batch[1]).status_code == 404
        assert annemie.get(talk[1].partition("?")[0]).status_code == 404
        for client in (paul, annemie):
            assert client.get(run).status_code == 403
            assert client.get(RUNS).status_code == 403


def test_letters_are_printed_and_the_list_goes_when_somebody_else_agrees(app: Flask, sign_in: SignIn) -> None:
    karin, ilse = app.test_client(), app.test_client()
    with clock.stopped_at(TUESDAY):
        token = sign_in(karin, "karin_thijs")
        run = _running(karin, token, [row(n) for n in range(2)])
        assert karin.post(f"{run}/brieven/after", data={"_csrf": token}).status_code == 422
        assert karin.post(f"{run}/stop", data={"_csrf": token}).status_code == 303
        assert karin.post(f"{run}/vernietig", data={"_csrf": token}).status_code == 303
        assert "Vernietig de lijst" not in karin.get(run).text
        theirs = sign_in(ilse, "ilse_verbeke")
        link = re.search(r'href="([^"]+/goedkeuren)"', ilse.get("/bewaren").text)
        assert link
        assert "2 namen" in ilse.get(link[1]).text
        assert ilse.post(link[1], data={"_csrf": theirs}).status_code == 303
        _swept(app)
        assert "2 namen is vernietigd" in karin.get(run).text
