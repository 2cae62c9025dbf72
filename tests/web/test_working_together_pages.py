"""Is a case worked on without detours: a try in two presses, a colleague beside it, an absent one replaced?"""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.cases import case_page
from app.texts import say
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, send_card
from tests.web.conftest import SignIn, token_of


@pytest.fixture
def card(app: Flask) -> str:
    """A card of Joris, just in; its case id."""
    with app.app_context():
        return send_card().case


def test_the_small_form_opens_in_its_place_and_brings_back_to_where_it_was_pressed(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{card}").text
    assert f"/dossiers/{card}?doe=niet_bereikt" in page
    opened = client.get(f"/dossiers/{card}?doe=niet_bereikt").text
    assert "poging 1 van 3" in opened
    assert opened.count("data-form") == 1
    assert "Verloop" in opened
    back = "/werk?van=mine&toon=today"
    alone = client.get(f"/dossiers/{card}/doe/niet_bereikt", query_string={"terug": back}).text
    hidden = {name: token_of(alone, name) for name in ("_csrf", "_token", "_version", "terug")}
    picked = dict(re.findall(r'name="(kanaal|resultaat)" value="(\w+)" checked', alone))
    answer = client.post(f"/dossiers/{card}/doe/niet_bereikt", data={**hidden, **picked, "terug": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, back)
    said = client.get(f"/dossiers/{card}?klaar=gedaan").text
    assert "Volgende poging ten vroegste" in said


@pytest.mark.parametrize(
    "back", ["//elders.example/", "https://elders.example/", "/\\elders.example", "javascript:1"]
)
def test_nobody_is_sent_out_of_the_house(client: FlaskClient, sign_in: SignIn, card: str, back: str) -> None:
    sign_in(client, "joris_maes")
    path = f"/dossiers/{card}/doe/niet_bereikt"
    page = client.get(path, query_string={"terug": back}).text
    led = re.findall(r'(?:href|action|name="terug" value)="([^"]*)"', page.partition("<main")[2])
    assert led
    assert [where for where in led if "elders" in where or where.startswith("javascript")] == []
    hidden = {name: token_of(page, name) for name in ("_csrf", "_token", "_version")}
    picked = dict(re.findall(r'name="(kanaal|resultaat)" value="(\w+)" checked', page))
    answer = client.post(path, data={**hidden, **picked, "terug": back})
    assert answer.headers["Location"].startswith(f"/dossiers/{card}")


def test_no_message_may_be_left_unless_the_resident_said_so(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    with app.app_context():
        willing = send_card(persoon__voornaam="Jef", contact__bericht_ok="ja").case
    sign_in(client, "joris_maes")
    assert say("working.no_message") in client.get(f"/dossiers/{card}").text
    page = client.get(f"/dossiers/{willing}").text
    assert say("working.leave_message") in page
    assert say("working.no_message") not in page


def test_a_sharing_needs_a_ground_and_ends_with_one_press(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    token = sign_in(client, "joris_maes")
    with app.app_context():
        an = actor("an_goethals").account
    form = {"_csrf": token, "to": an, "reason": "samen op bezoek", "until": ""}
    without = client.post(f"/dossiers/{card}/delen", data=form)
    assert without.status_code == 422
    assert say("working.missing_basis") in without.text
    assert client.post(f"/dossiers/{card}/delen", data={**form, "basis": "casusoverleg"}).status_code == 302
    page = client.get(f"/dossiers/{card}").text
    assert say("working.basis.casusoverleg") in page
    client.post(f"/dossiers/{card}/delen/stop", data={"_csrf": token, "to": an})
    assert say("working.basis.casusoverleg") not in client.get(f"/dossiers/{card}").text


def test_a_paper_an_own_task_a_note_on_top_and_somebody_who_never_gets_it(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    token = sign_in(client, "joris_maes")
    with app.app_context():
        nele = actor("nele_lambrecht").account
    path = f"/dossiers/{card}"
    paper = {"_csrf": token, "file": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "attest.pdf")}
    assert client.post(f"{path}/papieren", data=paper).status_code == 302
    wrong = {"_csrf": token, "file": (BytesIO(b"MZ"), "attest.exe")}
    assert client.post(f"{path}/papieren", data=wrong).status_code == 422
    assert client.post(f"{path}/papieren", data={"_csrf": token}).status_code == 422
    href = re.search(rf"{path}/papieren/\w+", client.get(path).text)
    assert href
    found = client.get(href[0])
    assert "attachment" in found.headers["Content-Disposition"]
    late = client.post(f"{path}/taak", data={"_csrf": token, "what": "Bel de school", "due_on": "2020-01-01"})
    assert late.status_code == 422
    assert 'value="Bel de school"' in late.text
    task = {"_csrf": token, "what": "Bel de school", "due_on": "2199-01-01"}
    assert client.post(f"{path}/taak", data=task).status_code == 302
    client.post(f"{path}/notitie", data={"_csrf": token, "text": "Hond in de tuin"})
    note = re.search(r'name="note" value="(\w+)"', client.get(path).text)
    assert note
    client.post(f"{path}/bovenaan", data={"_csrf": token, "note": note[1]})
    page = client.get(path).text
    assert page.index(say("working.pinned")) < page.index(say("queue.case.now"))
    assert "Bel de school" in page
    kept = {"_csrf": token, "account": nele, "reason": "buurvrouw", "_do": "keep_from"}
    assert client.post(f"{path}/nooit", data={**kept, "reason": ""}).status_code == 422
    assert client.post(f"{path}/nooit", data=kept).status_code == 302
    assert "Nele Lambrecht" in client.get(path).text.partition(say("working.kept"))[2][:200]


def test_the_history_can_be_narrowed_to_talks(client: FlaskClient, sign_in: SignIn, card: str) -> None:
    token = sign_in(client, "joris_maes")
    client.post(f"/dossiers/{card}/notitie", data={"_csrf": token, "text": "Hond in de tuin"})
    talks = client.get(f"/dossiers/{card}?toon=talk").text.partition('id="verloop"')[2]
    assert "Hond in de tuin" in talks
    assert "Toegewezen aan" not in talks
    changes = client.get(f"/dossiers/{card}?toon=change").text.partition('id="verloop"')[2]
    assert "Hond in de tuin" not in changes
    assert "Toegewezen aan" in changes


def test_an_absent_colleagues_work_is_counted_taken_and_given_back(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    token = sign_in(client, "karin_thijs")
    with app.app_context():
        joris, nele = actor("joris_maes").account, actor("nele_lambrecht").account
        other = send_card(persoon__voornaam="Jef").case
    assert f"/overnemen/van/{joris}" in client.get("/overnemen").text
    assert "Neem 2 dossiers over" in client.get(f"/overnemen/van/{joris}").text
    none = client.get(f"/overnemen/van/{joris}?which=before&before=2020-01-01").text
    assert "Neem 2 dossiers over" not in none
    assert client.post(f"/overnemen/van/{joris}", data={"_csrf": token, "to": nele}).status_code == 422
    form = {"_csrf": token, "to": nele, "reason": "Joris is ziek"}
    begun = client.post(f"/overnemen/van/{joris}", data=form)
    assert begun.status_code == 302
    assert "2 van 2" in client.get(begun.headers["Location"]).text
    with app.app_context():
        assert {holder_of(case).account for case in (card, other)} == {nele}
    client.post(begun.headers["Location"], data={"_csrf": token, "_do": "back"})
    with app.app_context():
        assert {holder_of(case).account for case in (card, other)} == {joris}
    stranger = app.test_client()
    sign_in(stranger, "sofie_wouters")
    assert stranger.get(begun.headers["Location"]).status_code == 404


def test_a_batch_with_one_that_may_not_go_gives_the_others_and_names_it(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    with app.app_context():
        joris, nele = actor("joris_maes"), actor("nele_lambrecht")
        other = send_card(persoon__voornaam="Jef").case
        tasks = [case_page.show(joris, case).tasks[0].id for case in (card, other)]
    token = sign_in(client, "joris_maes")
    kept = {"_csrf": token, "account": nele.account, "reason": "buurvrouw"}
    client.post(f"/dossiers/{card}/nooit", data=kept)
    lead = app.test_client()
    token = sign_in(lead, "karin_thijs")
    form = {"_csrf": token, "task": tasks, "to": nele.account, "reason": "verlof"}
    page = lead.post("/overzicht/verdeel", data=form)
    assert say("working.overview.stays") in page.text
    assert "1 dossier is nu van Nele Lambrecht." in page.text
    with app.app_context():
        assert case_page.holder(MUNICIPALITY, card) == joris.account
        assert case_page.holder(MUNICIPALITY, other) == nele.account


def test_the_overview_leads_from_each_number_to_its_list(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    sign_in(client, "karin_thijs")
    with app.app_context():
        joris = actor("joris_maes").account
    page = client.get("/overzicht").text
    assert f"wie={joris}&amp;toon=all" in page
    assert "punt=aanspreekpunt_65plus" in page
    assert client.get(f"/werk?van=team&wie={joris}&toon=all").text.count("data-row") == 1
    assert client.get("/werk?van=team&punt=aanspreekpunt_65plus").text.count("data-row") == 1


def test_mail_and_calendar_are_ones_own_to_choose(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    token = sign_in(client, "joris_maes")
    assert client.post("/account/post", data={"_csrf": token, "daily": "no"}).status_code == 422
    form = {"_csrf": token, "daily": "no", "day": ["0", "3"], "only_working": "yes"}
    assert client.post("/account/post", data=form).status_code == 302
    page = client.get("/account").text
    assert re.search(r'id="daily-no"[^>]* checked', page)
    assert len(re.findall(r'name="day" value="\d" checked', page)) == 2
    made = client.post("/account/agenda", data={"_csrf": token}).text
    link = re.search(r"/agenda/[\w-]+\.ics", made)
    assert link
    assert link[0] not in client.get("/account").text
    stranger = app.test_client()
    read = stranger.get(link[0])
    assert read.headers["Content-Type"].startswith("text/calendar")
    assert read.headers["Cache-Control"] == "no-store"
    assert "BEGIN:VEVENT" in read.text
    client.post("/account/agenda/weg", data={"_csrf": token})
    assert stranger.get(link[0]).status_code == 404
    assert stranger.get("/agenda/zomaar.ics").status_code == 404
