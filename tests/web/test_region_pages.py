"""Can a head agree to share and take it back, and does the answer of those who govern stand with the figures?"""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app.services.definitions import catalogs
from app.services.reports import closing, frozen, nightly
from app.storage import clock
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.town import local, send_card
from tests.web.conftest import SignIn, token_of

QUARTER = "/cijfers/?periode=2026-07-01"


def released(app: Flask) -> None:
    """The third quarter of 2026, with seven people."""
    with app.app_context():
        with clock.stopped_at(local("2026-07-08 09:00")):
            for _ in range(7):
                send_card()
        with clock.stopped_at(local("2026-11-12 09:00")):
            closing.close(MUNICIPALITY, nightly.COUNTED)


def test_a_head_founds_asks_agrees_and_takes_back(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    released(app)
    csrf = {"_csrf": sign_in(client, "karin_thijs")}
    base = "/cijfers/vergelijken"
    assert client.post(base, data=csrf | {"name": " "}).status_code == 422
    sent = csrf | {"name": "Zorgraad Leie", "_token": token_of(client.get(base).text, "_token")}
    assert [client.post(base, data=sent).status_code for _ in range(2)] == [302, 302]
    page = client.get(base).text
    assert page.count('<h2 id="g-') == 1
    group = page.split('id="g-')[1].split('"')[0]
    assert client.get(f"{base}/{group}").status_code == 404
    assert client.post(f"{base}/{group}/vragen", data=csrf | {"guest": NEIGHBOUR}).status_code == 302
    assert client.post(f"{base}/{group}/delen", data=csrf).status_code == 302
    assert "Gevraagd: Buurlede." in client.get(base).text
    shown = client.get(f"{base}/{group}?periode=2026-07-01").text
    assert "Dossiers die binnenkwamen" in shown
    assert ">7</td>" in shown
    assert client.post(f"{base}/{group}/stoppen", data=csrf).status_code == 302
    assert client.post(f"{base}/{group}/stoppen", data=csrf).status_code == 409
    assert client.get(f"{base}/{group}").status_code == 404


def test_what_the_council_did_stands_with_the_period(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    released(app)
    csrf = {"_csrf": sign_in(client, "pieter_bogaert")}
    assert "Het bestuur antwoordde nog niet" in client.get(QUARTER).text
    answer = csrf | {"first": "2026-07-01", "body": "Het college", "answered_on": "2026-11-16"}
    wrong = client.post("/cijfers/antwoord", data=answer)
    assert wrong.status_code == 422
    assert 'value="Het college"' in wrong.text
    sent = answer | {
        "text": "Meer uren voor Oosthoek.\n\nVanaf januari.",
        "_token": token_of(wrong.text, "_token"),
    }
    assert [client.post("/cijfers/antwoord", data=sent).status_code for _ in range(2)] == [302, 302]
    page = client.get(QUARTER).text
    assert page.count("Meer uren voor Oosthoek.") == 1
    assert client.post("/cijfers/antwoord", data=sent | {"first": "2026-10-01"}).status_code == 404


def test_the_length_of_a_period_is_for_who_decides_on_sharing(client: FlaskClient, sign_in: SignIn) -> None:
    csrf = {"_csrf": sign_in(client, "pieter_bogaert")}
    assert client.post("/cijfers/indeling", data=csrf | {"unit": "month"}).status_code == 403
    client.post("/afmelden", data=csrf)
    other = client.application.test_client()
    csrf = {"_csrf": sign_in(other, "ilse_verbeke")}
    seen = token_of(other.get("/cijfers/").text, "seen")
    assert other.post("/cijfers/indeling", data=csrf | {"unit": "month", "seen": seen}).status_code == 302
    assert '<option value="month" selected>' in other.get("/cijfers/").text


def test_totals_of_reports_stand_below_the_figures(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    released(app)
    with app.app_context(), clock.stopped_at(local("2026-11-12 09:00")):
        for period in frozen.periods_as_kept(MUNICIPALITY, "eerste_contact"):
            if not period.running:
                frozen.keep(MUNICIPALITY, "eerste_contact", period)
    csrf = {"_csrf": sign_in(client, "karin_thijs")}
    base = "/cijfers/vergelijken"
    client.post(base, data=csrf | {"name": "Leie", "_token": token_of(client.get(base).text, "_token")})
    group = client.get(base).text.split('id="g-')[1].split('"')[0]
    client.post(f"{base}/{group}/delen", data=csrf)
    page = client.get(f"{base}/{group}").text
    assert "<h2>Rapporten</h2>" in page
    with app.app_context():
        report = catalogs.live(MUNICIPALITY).catalog.reports["eerste_contact"]
    table = page.split(f">{report.title}</caption>")[1].split("</table>")[0]
    assert report.measures[0].label in table
    assert "<td" in table
    assert "Oosthoek" not in table
