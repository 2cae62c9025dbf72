"""Is an absence, and a closing day, shown before it is saved?"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient

from app.services.staff import staffing
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.web.conftest import SignIn

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)


def who(app: Flask, key: str) -> str:
    with app.app_context():
        return staffing.account_id(MUNICIPALITY, key)


def version_of(html: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found
    return found[1]


def test_an_absence_is_shown_before_it_is_saved(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "joris_maes")
    typed = {"_csrf": token, "start": "2026-11-12", "end": "2026-11-13", "replacement": "", "do": "save"}
    with clock.stopped_at(NOON):
        seen = client.post("/beheer/afwezig/nieuw", data=typed)
        assert seen.status_code == 200
        assert "Nele Lambrecht" in seen.text
        shown = re.search(r'name="shown" value="([^"]+)"', seen.text)
        assert shown
        changed = {**typed, "end": "2026-11-16", "shown": shown[1]}
        assert (
            client.post("/beheer/afwezig/nieuw", data=changed).status_code == 200
        )  # another period: shown first
        assert client.post("/beheer/afwezig/nieuw", data={**typed, "shown": shown[1]}).status_code == 302
        page = client.get("/beheer/afwezig").text
        assert "12 november" in page
        key = re.search(r"/beheer/afwezig/(\d+)/terug", page)
        assert key
        assert client.post(key[0], data={"_csrf": token}).status_code == 302
        assert "Iedereen is er" in client.get("/beheer/afwezig").text


def test_nobody_plans_somebody_elses_absence_without_the_right(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "joris_maes")
    typed = {
        "_csrf": token,
        "account": who(app, "nele_lambrecht"),
        "start": "2026-11-12",
        "end": "2026-11-12",
    }
    assert client.post("/beheer/afwezig/nieuw", data=typed).status_code == 403
    assert client.get("/beheer/mensen/nieuw").status_code == 403


def test_closing_days_are_pasted_shown_and_saved(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "karin_thijs")
    version = version_of(client.get("/beheer/kalender?jaar=2027").text)
    typed = {"_csrf": token, "version": version, "year": "2027", "opens": "08:30", "closes": "17:00"}
    pasted = "02/01 Nieuwjaar\niets\n24/12 12.00 Kerstavond"
    page = client.post("/beheer/kalender", data={**typed, "do": "paste", "pasted": pasted}).text
    assert "Lijn 2:" in page
    rows = re.findall(
        r'name="day" value="([^"]*)".*?name="label" value="([^"]*)".*?name="since" value="([^"]*)"',
        page,
        re.S,
    )
    columns = {name: [row[at] for row in rows] for at, name in enumerate(("day", "label", "since"))}
    seen = client.post("/beheer/kalender", data={**typed, **columns, "do": "look"}).text
    shown = re.search(r'name="shown" value="([^"]+)"', seen)
    assert shown
    saved = client.post("/beheer/kalender", data={**typed, **columns, "do": "save", "shown": shown[1]})
    assert saved.status_code == 302
    with app.app_context():
        days = staffing.world(MUNICIPALITY).calendar.closing_days
    assert [(item.day.isoformat(), item.label) for item in days] == [
        ("2027-01-02", "Nieuwjaar"),
        ("2027-12-24", "Kerstavond"),
    ]
