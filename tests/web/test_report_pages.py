"""Does every file of the figures say what the page says, to the same people, and hide the same?"""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from python_calamine import CalamineWorkbook

from app.services.reports import closing, nightly
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import local, send_card
from tests.web.conftest import SignIn

HIDDEN = "< 5 of verborgen"


NOW = "?periode=nu"


def _rows(client: FlaskClient) -> list[list[str]]:
    answer = client.get(f"/cijfers/cijfers.csv{NOW}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cijfers.csv"'
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))


def test_what_is_hidden_on_the_page_is_hidden_in_every_file(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    with app.app_context():
        for place, count in (("oosthoek", 8), ("statie", 6), ("ter_heide", 3)):
            for _ in range(count):
                send_card(buurt=place)
    sign_in(client, "karin_thijs")
    page = client.get(f"/cijfers/{NOW}").text
    assert escape(HIDDEN) in page
    rows = _rows(client)
    places = {row[1]: row[2] for row in rows if row[0] == "Per dorp of wijk"}
    assert (places["Oosthoek"], places["Ter Heide"], places["Samen"]) == ("8", HIDDEN, "17")
    assert list(places.values()).count(HIDDEN) == 2
    assert {len(row) for row in rows} == {5}
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/cijfers/cijfers.xlsx{NOW}").data))
    sheet = book.get_sheet_by_index(0).to_python()
    assert [[str(int(cell)) if isinstance(cell, float) else cell for cell in row] for row in sheet] == rows
    assert any(isinstance(row[2], float) for row in sheet)
    assert client.get(f"/cijfers/cijfers.pdf{NOW}").data.startswith(b"%PDF")


@pytest.mark.parametrize("path", ["", "cijfers.csv", "cijfers.xlsx", "cijfers.pdf"])
def test_who_handles_cases_gets_no_figures(client: FlaskClient, sign_in: SignIn, path: str) -> None:
    sign_in(client, "hilde_claes")
    assert client.get(f"/cijfers/{path}").status_code == 403


def test_who_reads_aggregates_only_gets_closed_periods_and_no_count_of_today(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    sign_in(client, "pieter_bogaert")
    assert "Er is nog geen periode afgesloten." in client.get("/cijfers/").text
    with app.app_context():
        with clock.stopped_at(local("2026-07-08 09:00")):
            for _ in range(7):
                send_card()
        with clock.stopped_at(local("2026-11-12 09:00")):
            closing.close(MUNICIPALITY, nightly.COUNTED)
    page = client.get("/cijfers/").text
    assert "Van woensdag 1 juli 2026 tot en met woensdag 30 september 2026" in page
    assert 'value="nu"' not in page
    assert client.get(f"/cijfers/{NOW}").status_code == 403
    assert client.get("/cijfers/?periode=2026-10-01").status_code == 404
    assert client.get("/cijfers/cijfers.pdf?periode=2026-07-01").data.startswith(b"%PDF")
