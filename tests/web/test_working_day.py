"""Does a contact person find what is asked now, what may be done, and why not; and a coordinator who has too much?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.cases import case_page
from app.services.tasks import queue
from app.storage.database import transaction
from app.storage.repositories import definition_rows
from app.texts import say
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, asked, holder_of, press, send_card
from tests.web.conftest import SignIn, token_of


@pytest.fixture
def card(app: Flask) -> str:
    """A card of Joris, just in; its case id."""
    with app.app_context():
        return send_card().case


def _part(html: str, start: str, end: str) -> str:
    return html[html.index(start) :].partition(end)[0]


def test_what_to_do_now_stands_first_with_its_date_and_its_own_buttons(
    client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{card}").text
    now = _part(page, 'class="ask"', "</section>")
    usual, _, rare = now.partition('<details class="fold rare"')
    assert "Leg contact met de bewoner" in usual
    assert re.search(r"tegen \w+dag \d+ \w+ 20\d\d", usual)
    assert usual.index("Gesproken") < usual.index("Niet bereikt")
    assert usual.count("btn--main") == 1
    assert "Toestemming ingetrokken" not in usual
    assert "Toestemming ingetrokken" in rare
    assert 'href="tel:090000001"' in usual


def test_an_attempt_takes_two_presses(app: Flask, client: FlaskClient, sign_in: SignIn, card: str) -> None:
    sign_in(client, "joris_maes")
    form = client.get(f"/dossiers/{card}/doe/niet_bereikt").text
    hidden = {name: token_of(form, name) for name in ("_csrf", "_token", "_version")}
    picked = dict(re.findall(r'name="(kanaal|resultaat)" value="(\w+)" checked', form))
    answer = client.post(f"/dossiers/{card}/doe/niet_bereikt", data=hidden | picked)
    assert answer.status_code == 302
    with app.app_context():
        assert len(case_page.show(holder_of(card), card).attempts) == 1


def test_what_cannot_be_done_yet_says_why_and_is_no_button(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    with app.app_context():
        case = send_card(verwijzer__email=None).case
        press(case, "bereikt", asked(case, "bereikt"))
    sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{case}").text
    refused = _part(page, 'class="not-yet"', "</ul>")
    assert "De verwijzer heeft geen e-mail" in refused
    assert '/doe/afronden"' not in page


def test_what_stops_everything_asks_once_more(client: FlaskClient, sign_in: SignIn, card: str) -> None:
    sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{card}").text
    assert f'href="/dossiers/{card}/doe/overleden"' in page
    assert f'action="/dossiers/{card}/doe/overleden"' not in page
    assert say("queue.action.sure") in client.get(f"/dossiers/{card}/doe/overleden").text


def test_a_merge_asks_for_the_other_number_and_goes_on_there(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    with app.app_context():
        other = send_card()
    sign_in(client, "joris_maes")
    path = f"/dossiers/{card}/doe/zelfde_persoon"
    form = client.get(path).text
    hidden = {name: token_of(form, name) for name in ("_csrf", "_token", "_version")}
    assert client.post(path, data=hidden | {"_into": ""}).status_code == 422
    assert client.post(path, data=hidden | {"_into": other.number.lower()}).status_code == 302
    with app.app_context():
        page = case_page.show(actor("joris_maes"), card)
    assert page.ended
    assert [line.number for line in page.linked if line.relation == "merged"] == [other.number]


def test_private_answers_carry_a_lock_that_is_read_out(
    client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{card}").text
    worries = _part(page, "Kruis samen aan", "</dt>")
    village = _part(page, "In welk dorp of welke wijk?", "</dt>")
    assert "vertrouwelijk" in worries
    assert "vertrouwelijk" not in village


def test_a_hand_over_without_a_reason_keeps_who_was_chosen(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    token = sign_in(client, "joris_maes")
    with app.app_context():
        nele = actor("nele_lambrecht").account
    page = client.post(f"/dossiers/{card}/overdragen", data={"_csrf": token, "to": nele, "version": "1"})
    assert page.status_code == 422
    assert say("queue.hand_over.missing_reason") in page.text
    assert re.search(rf'value="{nele}" checked', page.text)


def test_a_shared_case_opens_for_the_colleague(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    token = sign_in(client, "joris_maes")
    with app.app_context():
        sofie = actor("sofie_wouters").account
    assert "Deel" in client.get(f"/dossiers/{card}").text
    form = {"_csrf": token, "to": sofie, "reason": "Ze kent het gezin", "basis": "toestemming"}
    assert client.post(f"/dossiers/{card}/delen", data=form).status_code == 302
    with app.app_context():
        assert case_page.show(actor("sofie_wouters"), card).content == "full"


def test_who_leads_may_take_over_and_becomes_the_contact_person(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    token = sign_in(client, "karin_thijs")
    assert f"/dossiers/{card}/overnemen" in client.get(f"/dossiers/{card}").text
    page = client.get(f"/dossiers/{card}/overnemen").text
    form = {"_csrf": token, "version": token_of(page, "version"), "reason": "Joris valt uit"}
    assert client.post(f"/dossiers/{card}/overnemen", data=form).status_code == 302
    with app.app_context():
        assert holder_of(card).account == actor("karin_thijs").account


def test_only_who_may_see_it_is_offered_the_list_of_readers(
    client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    sign_in(client, "joris_maes")
    assert "/lezers" not in client.get(f"/dossiers/{card}").text
    assert client.get(f"/dossiers/{card}/lezers").status_code == 403


def test_a_row_of_the_queue_is_two_lines_with_the_reason_folded(
    client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    sign_in(client, "joris_maes")
    row = _part(client.get("/werk").text, "<li data-row", '<div class="do')
    shown, _, folded = row.partition("<details")
    assert "Aanspreekpunt 65+" not in shown
    assert "Aanspreekpunt 65+" in folded


def test_the_coordinator_sees_the_work_of_one_person_and_gives_it_to_another(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    token = sign_in(client, "karin_thijs")
    with app.app_context():
        joris, nele = actor("joris_maes").account, actor("nele_lambrecht").account
        task = queue.page(actor("joris_maes")).rows[0].task
    assert f"wie={joris}" in client.get("/overzicht").text
    listed = client.get(f"/werk?van=team&wie={joris}").text
    assert listed.count("data-row") == 1
    nothing = client.post("/overzicht/verdeel", data={"_csrf": token, "to": nele, "reason": "Verlof"})
    assert nothing.status_code == 422
    assert say("queue.overview.missing_task") in nothing.text
    form = {"_csrf": token, "task": task, "to": nele, "reason": "Verlof"}
    done = client.post("/overzicht/verdeel", data=form, follow_redirects=True)
    assert "1 dossier is nu van Nele Lambrecht." in done.text
    with app.app_context():
        assert holder_of(card).account == nele


def test_somebody_without_the_overview_cannot_look_at_anothers_queue(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    with app.app_context():
        joris = actor("joris_maes").account
    sign_in(client, "sofie_wouters")
    assert client.get(f"/werk?van=team&wie={joris}").status_code == 403
    assert "data-row" not in client.get(f"/werk?wie={joris}").text


def test_a_session_tells_how_long_it_lasts_and_a_press_makes_it_longer(
    client: FlaskClient, sign_in: SignIn
) -> None:
    assert "data-stay" not in client.get("/").text
    sign_in(client, "joris_maes")
    found = re.search(r'data-ends="(\d+)" data-longest="\d+" data-stay="([^"]+)"', client.get("/werk").text)
    assert found
    assert 1700 < int(found[1]) <= 1800
    longer = client.get(found[2], headers={"X-Requested-With": "meernet"})
    assert 1700 < longer.get_json()["ends_in"] <= 1800


def test_every_page_names_the_municipality(client: FlaskClient, sign_in: SignIn) -> None:
    assert "· Zandlede" in client.get("/").text
    sign_in(client, "tom_aerts")
    assert "· Zandlede" in client.get("/beheer/formulieren").text


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("hilde_claes", "Brede intake aan het onthaal"),
        ("joris_maes", "Jouw werk"),
        ("karin_thijs", "Taken te laat"),
        ("tom_aerts", "formulieren en processen zijn in orde"),
        ("pieter_bogaert", "Cijfers"),
    ],
)
def test_home_leads_each_role_to_its_work(
    client: FlaskClient, sign_in: SignIn, who: str, expected: str
) -> None:
    sign_in(client, who)
    assert expected in _part(client.get("/").text, "<main", "</main>")


def test_a_process_reads_as_steps_with_terms_and_buttons(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "tom_aerts")
    page = client.get("/beheer/processen/warme_doorverwijzing").text
    first = _part(page, 'id="stap-toegewezen"', "</li>\n<li class")
    assert "Klaar binnen: 3 werkdagen." in first
    assert "2 werkdagen te laat: de vervanger kijkt mee." in first
    assert "Hoogstens 3 keer." in first
    assert "Eerste contact: 10 werkdagen na ontvangst" in page
    assert client.get("/beheer/processen/bestaat_niet").status_code == 404


def test_every_live_process_can_be_read(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "tom_aerts")
    listed = re.findall(r'href="(/beheer/processen/\w+)"', client.get("/beheer/formulieren").text)
    assert (
        len(listed) == len(list((Path("workflows")).glob("*.yaml"))) - 1
    )  # one file names the contact points
    for path in listed:
        page = client.get(path)
        assert page.status_code == 200
        assert " None" not in page.text


def test_a_text_that_waits_shows_what_is_wrong_with_it(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    path = "workflows/warme_doorverwijzing.yaml"
    with app.app_context(), transaction(MUNICIPALITY) as tx:
        running = definition_rows.files(tx)[path]
        text = definition_rows.texts(tx, {path: running.current})[path]
        broken = text.replace("start: toegewezen", "start: nergens")
        definition_rows.keep_draft(tx, path, broken, base=running.current, origin="studio")
    sign_in(client, "tom_aerts")
    page = client.get("/beheer/formulieren").text
    waiting = _part(page, "notice--warn", "</div>")
    assert path in waiting
    assert "nergens" in waiting
    assert "1 tekst wacht op een beslissing." in client.get("/").text
