"""Does who saves second hear so, with what they typed and what a colleague wrote on one page?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.engine.model.people import ClosingDay, Holding
from app.services.access import protection
from app.services.cases import case_page
from app.services.municipality import neighbourhoods, openings, settings, statements, streets
from app.services.people import referrer_links
from app.services.staff import staffing
from app.texts import say
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, send_card
from tests.web.conftest import SignIn, token_of

SETTINGS, OPENING = "/beheer/gemeente", "/beheer/openstellen/doorverwijskaart"
CARD, POINT = "doorverwijskaart", "aanspreekpunt_65plus"
SAID = say("meanwhile.page_changed")


@dataclass(frozen=True)
class Page:
    """A page, what is typed on it, what a colleague does meanwhile, and what must stand on the page after that:
    ``kept`` of what was typed, ``theirs`` of what the colleague wrote. ``part``: which of its ``forms``."""

    path: str
    typed: Mapping[str, str]
    meanwhile: Callable[[], object]
    kept: str
    theirs: str
    to: str = ""
    part: int = 0
    forms: int = 1


def _other() -> None:
    settings.save_identity(actor("tom_aerts"), "Zandlede", {"phone": "09 111 11 11"})


def _days() -> None:
    staffing.set_closing_days(actor("karin_thijs"), [ClosingDay(date(2027, 1, 4), "Brugdag")])


def _street() -> None:
    row = {"straat": "Kerkstraat", "kant": "even", "van": "2", "tot": "10", "dorp": "oosthoek"}
    streets.add(actor("tom_aerts"), row)


def _holder() -> None:
    nele, karin = actor("nele_lambrecht").account, actor("karin_thijs")
    staffing.set_holding(karin, Holding(POINT, "", nele, (), karin.account))


PAGES = {
    "identity": Page(
        f"{SETTINGS}/gegevens",
        {"name": "Zandlede", "phone": "09 222 22 22"},
        _other,
        'value="09 222 22 22"',
        "09 111 11 11",
    ),
    "places": Page(
        f"{SETTINGS}/dorpen",
        {"label:oosthoek": "Oosthoek en Broek", "fresh": "Nieuwdorp"},
        lambda: neighbourhoods.save(actor("tom_aerts"), {"oosthoek": "Groot Oosthoek"}),
        'value="Oosthoek en Broek"',
        "Groot Oosthoek",
    ),
    "sender": Page(
        f"{SETTINGS}/afzender",
        {"sender_name": "Loket Zandlede", "reply_to": ""},
        lambda: settings.save_sender(actor("tom_aerts"), "Welzijn Zandlede", ""),
        'value="Loket Zandlede"',
        "Welzijn Zandlede",
    ),
    "look": Page(
        f"{SETTINGS}/uitzicht",
        {"accent": "#104020"},
        lambda: settings.save_accent(actor("tom_aerts"), "#402010"),
        'value="#104020"',
        "#402010",
    ),
    "statement": Page(
        f"{SETTINGS}/publiek/complaints",
        {"complaint_whom": "Bel An Goethals"},
        lambda: statements.save(actor("tom_aerts"), "complaints", {"complaint_whom": "Schrijf naar Els"}),
        ">Bel An Goethals</textarea>",
        "Schrijf naar Els",
    ),
    "closing days": Page(
        f"{SETTINGS}/sluitingsdagen",
        {"days": "05/01/2027 Inventaris"},
        _days,
        "05/01/2027 Inventaris</textarea>",
        "04/01/2027 Brugdag",
    ),
    "signing in": Page(
        f"{SETTINGS}/aanmelden",
        {"role": "dpo", "minutes": "5"},
        lambda: protection.save(actor("tom_aerts"), ["reception"], "15"),
        'value="dpo" checked',
        say("signing_in.settings.minutes_one", n=15),
    ),
    "closed form": Page(
        OPENING,
        {"sentence": "Wij zijn er even niet.", "last": "31/12/2099"},
        lambda: openings.close(actor("tom_aerts"), CARD, None, date(2099, 6, 1), "Kom terug in juni."),
        "Wij zijn er even niet.</textarea>",
        "Kom terug in juni.",
        to=f"{OPENING}/sluiten",
        forms=3,
    ),
    "short address": Page(
        OPENING,
        {"word": "kaart"},
        lambda: openings.set_word(actor("tom_aerts"), CARD, "doorverwijzen"),
        'value="kaart"',
        "doorverwijzen",
        to=f"{OPENING}/kort",
        part=1,
        forms=3,
    ),
    "frames": Page(
        OPENING,
        {"origins": "https://www.een.example"},
        lambda: openings.set_origins(actor("tom_aerts"), CARD, ["https://www.twee.example"]),
        "https://www.een.example</textarea>",
        "https://www.twee.example",
        to=f"{OPENING}/kader",
        part=2,
        forms=3,
    ),
}


@pytest.mark.parametrize("name", list(PAGES))
def test_who_saves_second_sees_both_and_loses_nothing(
    app: Flask, client: FlaskClient, as_tom: str, name: str
) -> None:
    page = PAGES[name]
    form = {"_csrf": as_tom, "seen": _marks(client.get(page.path).text)[page.part], **page.typed}
    with app.app_context():
        page.meanwhile()
    late = client.post(page.to or page.path, data=form)
    assert late.status_code == 409
    assert SAID in late.text
    assert 'role="alert"' in late.text
    _, _, now = late.text.partition('id="nu-bewaard"')
    assert page.theirs in now.partition("</section>")[0]
    assert page.kept in late.text
    fresh = {**form, "seen": _marks(late.text)[page.part - page.forms]}
    assert client.post(page.to or page.path, data=fresh).status_code == 302
    assert client.post(page.to or page.path, data=fresh).status_code == 302, "the same press once more"
    assert page.kept in client.get(page.path).text


def _marks(html: str) -> list[str]:
    return re.findall(r'name="seen" value="([0-9a-f]{32})"', html)


def test_a_form_that_says_nothing_of_what_it_saw_overwrites_nothing(client: FlaskClient, as_tom: str) -> None:
    page = PAGES["identity"]
    assert client.post(page.path, data={"_csrf": as_tom, **page.typed}).status_code == 409
    assert client.post(f"{OPENING}/sluiten", data={"_csrf": as_tom, "sentence": "Dicht."}).status_code == 409


def test_a_register_that_changed_is_not_replaced_by_a_file(
    app: Flask, client: FlaskClient, as_tom: str
) -> None:
    seen = token_of(client.get(f"{SETTINGS}/straten").text, "seen")
    with app.app_context():
        _street()
    text = b"straat;kant;van;tot;dorp\nMolenweg;alle;1;9;oosthoek\n"

    def send(mark: str) -> tuple[int, str]:
        form = {"_csrf": as_tom, "seen": mark, "bestand": (BytesIO(text), "straten.csv")}
        answer = client.post(f"{SETTINGS}/straten/bestand", data=form)
        return answer.status_code, answer.text

    status, page = send(seen)
    assert status == 409
    assert SAID in page
    assert "Kerkstraat" in page
    assert send(token_of(page, "seen"))[0] == 302
    assert send(seen)[0] == 302, "the same file once more"
    assert "Kerkstraat" not in client.get(f"{SETTINGS}/straten.csv").text


def test_a_holder_that_somebody_else_chose_stays(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "karin_thijs")
    path = f"{SETTINGS}/aanspreekpunten"
    with app.app_context():
        bram = actor("bram_de_coster").account
    form = {"_csrf": token, "version": token_of(client.get(path).text, "version"), f"holder:{POINT}": bram}
    with app.app_context():
        _holder()
    late = client.post(path, data=form)
    assert late.status_code == 409
    assert SAID in late.text
    chosen = late.text.partition(f'name="holder:{POINT}"')[2].partition("</select>")[0]
    assert f'value="{bram}" selected' in chosen
    assert "Nele Lambrecht" in late.text.partition('id="nu-bewaard"')[2].partition("</section>")[0]
    with app.app_context():
        held = [
            item for item in staffing.world(MUNICIPALITY).staffing.holdings if item.contact_point == POINT
        ]
        assert [item.holder for item in held] == [actor("nele_lambrecht").account]


def test_a_link_that_somebody_else_renamed_keeps_that_name(
    app: Flask, client: FlaskClient, as_tom: str
) -> None:
    with app.app_context():
        link, _ = referrer_links.make(actor("tom_aerts"), "Praktijk")
    where = f"/beheer/doorverwijzers/{link}"
    seen = token_of(client.get(where).text, "seen")
    with app.app_context():
        referrer_links.change(actor("tom_aerts"), link, "Groepspraktijk", {})
    late = client.post(where, data={"_csrf": as_tom, "seen": seen, "name": "Huisartsen"})
    assert late.status_code == 409
    assert "Groepspraktijk" in late.text.partition('id="nu-bewaard"')[2]
    assert 'value="Huisartsen"' in late.text


# The same sent twice -----------------------------------------------------------------------------------------------


@pytest.fixture
def card(app: Flask) -> str:
    """A card of Joris."""
    with app.app_context():
        return send_card().case


def test_an_own_task_pressed_twice_stands_once(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    sign_in(client, "joris_maes")
    path = f"/dossiers/{card}/taak"
    page = client.get(path).text
    form = {name: token_of(page, name) for name in ("_csrf", "_token")}
    form |= {"what": "Bel de dokter", "due_on": "2099-01-05"}
    assert [client.post(path, data=form).status_code for _ in range(2)] == [302, 302]
    other = client.post(path, data=form | {"what": "Bel de apotheek"})
    assert other.status_code == 409
    assert say("meanwhile.sent_other") in other.text
    assert 'value="Bel de apotheek"' in other.text
    again = {**form, "what": "Bel de apotheek", "_token": token_of(other.text, "_token")}
    assert client.post(path, data=again).status_code == 302
    with app.app_context():
        labels = [task.label for task in case_page.show(actor("joris_maes"), card).tasks]
    assert sum("Bel de dokter" in label for label in labels) == 1
    assert sum("Bel de apotheek" in label for label in labels) == 1


def test_a_paper_pressed_twice_is_laid_once(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{card}").text.partition("/papieren")[2]
    form = {name: token_of(page, name) for name in ("_csrf", "_token")}

    def lay(name: str) -> int:
        file = (BytesIO(b"%PDF-1.7\nbrief\n%%EOF\n"), name)
        return client.post(f"/dossiers/{card}/papieren", data=form | {"file": file}).status_code

    assert [lay("brief.pdf"), lay("brief.pdf"), lay("ander.pdf")] == [302, 302, 409]
    with app.app_context():
        assert len(case_page.show(actor("joris_maes"), card).files) == 1
