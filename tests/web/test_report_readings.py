"""Does a report show the same to everybody for ever once its period is over, on the page and in every file?"""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from python_calamine import CalamineWorkbook

from app.services.reports import runs
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import Event
from tests.support.bound import MUNICIPALITY
from tests.support.town import local, send_card, settle
from tests.web.conftest import SignIn, token_of

REPORT = "/rapporten/page_doorverwijskaart"
HIDDEN = "< 5 of verborgen"
QUARTER = "?periode=2026-Q3"


def came(app: Flask, day: str, *counts: int) -> None:
    """Cards from three neighbourhoods."""
    with app.app_context(), clock.stopped_at(local(f"{day} 09:00")):
        for place, count in zip(("oosthoek", "statie", "ter_heide"), counts, strict=False):
            for _ in range(count):
                send_card(buurt=place)


def test_a_reading_of_a_closed_period_never_changes_and_hides_the_same_in_every_file(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    came(app, "2026-07-08", 8, 6, 3)
    sign_in(client, "pieter_bogaert")
    page = client.get(REPORT + QUARTER).text
    assert str(escape(HIDDEN)) in page
    assert "Waar komt dit cijfer vandaan?" in page
    came(app, "2026-08-12", 9, 9, 9)
    assert client.get(REPORT + QUARTER).text.count(">17</td>") == page.count(">17</td>") > 0
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{REPORT}/bestand.csv{QUARTER}").data))
    text = packed.read("neighbourhood.csv").decode().removeprefix("\ufeff")
    rows = {row[0]: row[1] for row in csv.reader(io.StringIO(text), delimiter=";")}
    assert (rows["Oosthoek"], rows["Ter Heide"], rows["Samen"]) == ("8", HIDDEN, "17")
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{REPORT}/bestand.xlsx{QUARTER}").data))
    assert "Toelichting" in book.sheet_names
    cells = [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert HIDDEN in cells
    assert client.get(f"{REPORT}/bestand.pdf{QUARTER}").data.startswith(b"%PDF")
    assert client.get(f"{REPORT}/bestand.exe{QUARTER}").status_code == 404
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        taken = [
            row.params["kind"] for row in tx.execute(Event.__table__.select()) if row.code == "report_taken"
        ]
    assert taken == ["csv", "xlsx", "pdf"]


def test_a_running_period_is_only_for_who_sees_all_cases(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    came(app, "2026-07-08", 6)
    sign_in(client, "karin_thijs")
    running = client.get(REPORT).text.split('<option value="')[1].split('"')[0]
    assert "loopt nog" in client.get(f"{REPORT}?periode={running}").text
    other = app.test_client()
    sign_in(other, "pieter_bogaert")
    assert other.get(f"{REPORT}?periode={running}").status_code == 403
    assert other.get(f"{REPORT}?periode=1999-Q1").status_code == 404
    assert "loopt nog)" not in other.get(REPORT).text


@pytest.mark.parametrize("who", ["pieter_bogaert", "hilde_claes"])
def test_who_fills_in_reads_of_their_form_and_what_the_council_did(
    app: Flask, client: FlaskClient, sign_in: SignIn, who: str
) -> None:
    came(app, "2026-07-08", 6)
    policy = app.test_client()
    csrf = {"_csrf": sign_in(policy, "pieter_bogaert")}
    shown = policy.get(REPORT + QUARTER).text
    answer = {"first": "2026-07-01", "periode": "2026-Q3", "body": "De raad", "answered_on": "2026-11-16"}
    sent = csrf | answer | {"text": "Een halftijdse erbij.", "_token": token_of(shown, "_token")}
    assert policy.post(f"{REPORT}/antwoord", data=sent).status_code == 302
    sign_in(client, who)
    assert REPORT in client.get("/rapporten").text
    page = client.get(REPORT + QUARTER).text
    assert "Een halftijdse erbij." in page
    assert ("Noteer een antwoord" in page) == (who == "pieter_bogaert")


def test_a_reading_that_takes_long_shows_how_far_it_is_until_it_is_there(
    app: Flask, client: FlaskClient, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "LONG", 0)
    came(app, "2026-07-08", 6)
    csrf = {"_csrf": sign_in(client, "pieter_bogaert")}
    page = client.get(REPORT + QUARTER).text
    assert "We maken dit rapport" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert client.get(f"{REPORT}/stand{QUARTER}").json == {"done": 0, "total": 0, "busy": True}
    file = client.get(f"{REPORT}/bestand.pdf{QUARTER}")
    assert (file.status_code, file.location) == (302, REPORT + QUARTER)
    assert client.post(f"{REPORT}/opnieuw{QUARTER}", data=csrf).location == REPORT + QUARTER
    with app.app_context():
        settle()
    assert client.get(f"{REPORT}/stand{QUARTER}").json == {"done": 0, "total": 0, "busy": False}
    assert "Alles samen" in client.get(REPORT + QUARTER).text
    assert client.get(f"{REPORT}/bestand.pdf{QUARTER}").data.startswith(b"%PDF")


def test_whose_role_no_report_names_is_refused(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "tom_aerts")
    assert client.get(REPORT).status_code == 403
    assert client.get("/rapporten/bestaat_niet").status_code == 404
