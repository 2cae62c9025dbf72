"""What does a municipality publish, who reads the register, and is what somebody was told kept with what they sent?"""

from __future__ import annotations

import csv
import io
import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from app.services.people import partners
from app.services.people.partner_record import Partner, Protocol
from app.storage.database import transaction
from app.storage.models import NoticeShown, PrivacyTold, Submission
from app.storage.repositories import notice_rows
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, settle
from tests.web.conftest import SignIn, filled_card, seen_on, token_of

BASE = "/beheer/gemeente/publiek"
PRIVACY = {
    "dpo_contact": "Ilse Verbeke\n0400 00 00 17",
    "authority": "VTC",
    "authority_contact": "contact@toezicht.example",
}
CARD = "/kaart/doorverwijskaart"


def _save(client: FlaskClient, token: str, group: str, told: dict[str, str]) -> int:
    form = {"_csrf": token, "seen": seen_on(client, f"{BASE}/{group}"), **told}
    return client.post(f"{BASE}/{group}", data=form).status_code


def test_every_page_leads_to_what_is_published_and_each_opens_for_everybody(client: FlaskClient) -> None:
    for page in ("/", "/aanmelden", CARD):
        text = client.get(page).text
        for path in ("/privacy", "/toegankelijkheid", "/protocollen", "/klachten"):
            assert f'href="{path}"' in text, (page, path)
            assert client.get(path).status_code == 200
    assert "doorverwijskaart" in client.get("/privacy").text
    assert client.get("/privacy/contactverslag").status_code == 404


def test_what_is_missing_is_told_to_who_may_fill_it_in_and_to_nobody_else(
    app: Flask, client: FlaskClient, as_tom: str
) -> None:
    stranger = app.test_client()
    for path in ("/privacy", "/toegankelijkheid", "/klachten"):
        assert "Nog in te vullen" in client.get(path).text, path
        assert "Nog in te vullen" not in stranger.get(path).text, path
    assert "De toegankelijkheidsverklaring is niet af" in client.get("/beheer/gemeente").text
    told = {
        "access_status": "partial",
        "access_parts": "Een kaart\nzonder tekst",
        "access_contact": "Bel ons",
        "access_enforcement": "De dienst",
        "access_day": "2026-11-01",
    }
    assert _save(client, as_tom, "accessibility", told) == 302
    page = stranger.get("/toegankelijkheid").text
    assert "voldoet gedeeltelijk" in page
    assert "zonder tekst" in page
    assert "1 november 2026" in page
    assert "De toegankelijkheidsverklaring is niet af" not in client.get("/beheer/gemeente").text
    assert _save(client, as_tom, "accessibility", told | {"access_day": "gisteren"}) == 422
    assert _save(client, as_tom, "accessibility", told | {"access_status": "prima"}) == 422
    assert client.post(f"{BASE}/nergens", data={"_csrf": as_tom}).status_code == 404


def test_before_the_first_field_stands_what_happens_with_the_data_and_it_is_kept(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    page = client.get(CARD).text
    notice = page.index("Wat doen we met je gegevens?")
    assert notice < page.index('name="persoon.voornaam"')
    assert "tot 5 jaar na het einde" in page
    form = filled_card(page) | {"_notice": token_of(page, "_notice")}
    assert client.post(CARD, data=form).status_code == 302
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        key = tx.scalar(sa.select(Submission.id))
        kept = notice_rows.text_of(tx, key)
    assert kept
    shown = re.sub(r"<[^>]+>", " ", page)
    for line in kept.split("\n"):
        assert " ".join(line.partition(": ")[2].split()) in " ".join(shown.replace("&#39;", "'").split())


def test_words_that_we_did_not_sign_are_not_kept_as_what_was_told(app: Flask, client: FlaskClient) -> None:
    page = client.get(CARD).text
    form = filled_card(page) | {"_notice": '["doorverwijskaart","Alles mag"].verzonnen'}
    assert client.post(CARD, data=form).status_code == 302
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        assert tx.scalar(sa.select(sa.func.count()).select_from(NoticeShown)) == 0


def test_what_was_told_before_stays_as_it_was_when_the_municipality_changes_it(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    stranger = app.test_client()
    page = stranger.get(CARD).text
    token = sign_in(client, "tom_aerts")
    assert _save(client, token, "privacy", PRIVACY) == 302
    assert "contact@toezicht.example" in stranger.get(CARD).text
    form = filled_card(page) | {"_notice": token_of(page, "_notice")}
    assert stranger.post(CARD, data=form).status_code == 302
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        key = tx.scalar(sa.select(Submission.id))
        assert "toezicht.example" not in (notice_rows.text_of(tx, key) or "")


def _card_of(client: FlaskClient) -> None:
    page = client.get(CARD).text
    form = filled_card(page) | {"_notice": token_of(page, "_notice")}
    assert client.post(CARD, data=form).status_code == 302


def _open(app: Flask, client: FlaskClient) -> str:
    with app.app_context():
        settle()
    found = re.search(r'href="(/dossiers/[^"?#]+)"', client.get("/werk").text)
    assert found
    return found[1]


def test_the_person_is_told_at_first_contact_and_it_stays_due_until_then(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    _card_of(app.test_client())
    token = sign_in(client, "joris_maes")
    case = _open(app, client)
    before = client.get(case).text
    assert "Bij het eerste contact, en ten laatste op" in before
    assert client.post(f"{case}/privacy-info", data={"_csrf": token, "way": "zo maar"}).status_code == 422
    done = client.post(f"{case}/privacy-info", data={"_csrf": token, "way": "pictures"})
    assert done.status_code == 302
    after = client.get(case).text
    assert "Privacy-info gegeven: Blad in beeld overlopen" in after
    assert "Blad in beeld overlopen: privacy-info gegeven." in after
    assert client.post(f"{case}/privacy-info", data={"_csrf": token, "way": "letter"}).status_code == 302
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        assert [row[0] for row in tx.execute(sa.select(PrivacyTold.how))] == ["Blad in beeld overlopen"]


@pytest.mark.parametrize(("answer", "told"), [("mondeling", True), ("nog_niet", False)])
def test_the_form_of_the_first_talk_says_it_too(
    app: Flask, client: FlaskClient, sign_in: SignIn, answer: str, told: bool
) -> None:
    _card_of(app.test_client())
    sign_in(client, "joris_maes")
    case = _open(app, client)
    press = f"{case}/doe/bereikt"
    page = client.get(press).text
    names = ("_csrf", "_token", "_version", "_revision")
    form = {name: token_of(page, name) for name in names}
    talk = {"_do": "submit", "wijze": "bellen", "privacy_info": answer}
    assert client.post(press, data=form | talk).status_code == 302
    assert ("Privacy-info gegeven: Mondeling" in client.get(case).text) is told


def test_the_register_is_for_who_looks_after_forms_and_privacy(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "hilde_claes")
    for path in ("", "/register.xlsx", "/register.csv", "/register.pdf", "/doorverwijskaart/dpia"):
        assert client.get(f"/beheer/verwerkingen{path}").status_code == 403, path


@pytest.mark.parametrize("who", ["tom_aerts", "ilse_verbeke"])
def test_the_register_says_the_same_on_the_page_and_in_every_file(
    client: FlaskClient, sign_in: SignIn, who: str
) -> None:
    sign_in(client, who)
    page = client.get("/beheer/verwerkingen").text
    assert "Doorverwijskaart, versie 1" in page
    assert "Nog in te vullen" in page
    csv_file = client.get("/beheer/verwerkingen/register.csv")
    assert csv_file.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(csv_file.text.removeprefix("\ufeff")), delimiter=";"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/beheer/verwerkingen/register.xlsx").data))
    sheet = book.get_sheet_by_index(0).to_python()
    assert [[str(cell) for cell in row] for row in sheet] == rows
    assert {len(row) for row in rows} == {15}
    for path in ("register.pdf", "brede_intake/dpia.pdf"):
        assert client.get(f"/beheer/verwerkingen/{path}").data.startswith(b"%PDF")


def test_the_assessment_names_who_reads_health_data_and_what_is_left_to_judge(
    client: FlaskClient, sign_in: SignIn
) -> None:
    sign_in(client, "ilse_verbeke")
    page = client.get("/beheer/verwerkingen/brede_intake/dpia").text
    part = page[page.index("Wie heeft toegang tot gezondheidsgegevens?") :]
    assert "<td>Onthaal</td>" in part
    assert "Beleid" not in part[: part.index("</table>")]
    assert "Grootschalig: ja" in page
    assert page.count('class="question"') == 7
    assert client.get("/beheer/verwerkingen/contactverslag/dpia").status_code == 404


def test_the_privacy_sheet_is_a_file_for_everybody(client: FlaskClient) -> None:
    answer = client.get("/privacy/doorverwijskaart/blad.pdf")
    assert answer.data.startswith(b"%PDF")
    assert client.get("/privacy/contactverslag/blad.pdf").status_code == 404


def test_protocols_are_public_with_their_end_and_the_advice(app: Flask, client: FlaskClient) -> None:
    protocol = Protocol("P-2026-1", "https://protocollen.example/p1", None, "Gunstig, 12/10/2026")
    with app.app_context():
        for partner in (
            Partner("", "Agentschap Voorbeeld", kind="overheid", protocol=protocol),
            Partner("", "Bureau Zonder", kind="overheid"),
            Partner("", "Vereniging", kind="vereniging"),
        ):
            partners.add(actor("karin_thijs"), partner)
    page = client.get("/protocollen").text
    assert "P-2026-1" in page
    assert "Gunstig, 12/10/2026" in page
    assert "Bureau Zonder" not in page
    assert "Vereniging" not in page
    with app.app_context():
        assert partners.one(actor("karin_thijs"), "agentschap_voorbeeld").protocol == protocol
