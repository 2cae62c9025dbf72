"""Can an administrator set the municipality up in the browser, and does each page say what went wrong?"""

from __future__ import annotations

import io
import re
import struct

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import SignIn, filled_card, seen_on, token_of

BASE = "/beheer/gemeente"
STEPS = (
    "gegevens", "dorpen", "straten", "medewerkers", "aanspreekpunten", "sluitingsdagen", "uitzicht", "afzender",
    "formulieren", "oefenen",
)  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 300, 100) + b"\x08\x06\x00\x00\x00"


def test_every_step_opens_and_leads_on(client: FlaskClient, as_tom: str) -> None:
    first = client.get(BASE)
    assert first.status_code == 200
    assert "Wat ontbreekt er nog?" in first.text
    for step in STEPS:
        assert f'href="{BASE}/{step}"' in first.text
        assert client.get(f"{BASE}/{step}").status_code == 200, step


def test_it_is_for_who_may_set_things(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "hilde_claes")
    for path in (BASE, *(f"{BASE}/{step}" for step in STEPS), "/beheer/openstellen/doorverwijskaart"):
        assert client.get(path).status_code == 403, path


def test_a_step_saves_and_goes_on(client: FlaskClient, as_tom: str) -> None:
    told = {"_csrf": as_tom, "name": "Zandlede", "controller_ocmw": "OCMW Zandlede", "phone": "09 000 00 00"}
    told["seen"] = seen_on(client, f"{BASE}/gegevens")
    assert (
        client.post(f"{BASE}/gegevens", data=told | {"_verder": "1"}).headers["Location"] == f"{BASE}/dorpen"
    )
    assert "OCMW Zandlede" in client.get(f"{BASE}/gegevens").text
    wrong = client.post(f"{BASE}/gegevens", data=told | {"name": ""})
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.text
    assert "OCMW Zandlede" in wrong.text


def test_a_street_file_with_a_wrong_row_changes_nothing_until_that_is_asked(
    client: FlaskClient, as_tom: str
) -> None:
    text = "straat;kant;van;tot;dorp\nKerkstraat;oneven;1;99;Oosthoek\nMolenweg;;;;Nergens\n"

    def send(**extra: str) -> tuple[int, str]:
        file = (io.BytesIO(text.encode()), "straten.csv")
        form = {"_csrf": as_tom, "seen": seen_on(client, f"{BASE}/straten"), "bestand": file, **extra}
        answer = client.post(f"{BASE}/straten/bestand", data=form)
        return answer.status_code, answer.text

    status, page = send()
    assert status == 422
    assert "Nergens" in page
    assert "nog geen straten" in page
    status, page = send(toch="1")
    assert status == 200
    assert "Er staan 1 stukken straat in" in page or "Er staat 1 stuk straat in" in page
    export = client.get(f"{BASE}/straten.csv")
    assert "Kerkstraat;oneven;1;99;Oosthoek;" in export.text


def test_one_street_is_added_and_taken_out(client: FlaskClient, as_tom: str) -> None:
    row = {
        "straat": "Kerkstraat",
        "kant": "even",
        "van": "2",
        "tot": "10",
        "dorp": "oosthoek",
        "postcode": "",
    }
    assert client.post(f"{BASE}/straten", data=row | {"_csrf": as_tom}).status_code == 302
    overlap = client.post(f"{BASE}/straten", data=row | {"_csrf": as_tom, "dorp": "statie"})
    assert overlap.status_code == 422
    assert "ander dorp" in overlap.text
    page = client.get(f"{BASE}/straten?zoek=kerk").text
    drop = re.search(r'action="(/beheer/gemeente/straten/[0-9a-z]+/weg)"', page)
    assert drop
    assert client.post(drop[1], data={"_csrf": as_tom}).status_code == 302
    assert "Kerkstraat" not in client.get(f"{BASE}/straten").text.partition("<tbody>")[2]


def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(
    client: FlaskClient, as_tom: str
) -> None:
    form = {"_csrf": as_tom, "seen": seen_on(client, f"{BASE}/uitzicht")}
    page = client.post(f"{BASE}/uitzicht", data=form | {"accent": "#ffcc00"})
    assert page.status_code == 422
    nearest = re.search(r'id="accent" name="accent" value="(#[0-9a-f]{6})"', page.text)
    assert nearest
    assert client.post(f"{BASE}/uitzicht", data=form | {"accent": nearest[1]}).status_code == 302
    shown = client.get(BASE).text
    address = re.search(r'href="(/gemeente\.css\?v=[^"]+)"', shown)
    assert address
    style = client.get(address[1])
    assert f"--mn-accent:{nearest[1]}" in style.text
    assert "immutable" in style.headers["Cache-Control"]
    assert client.get("/gemeente.css?v=oud").headers["Cache-Control"] == "no-store"
    assert "style=" not in re.sub(r"&lt;.*?&gt;", "", shown)


def test_a_logo_is_shown_to_everybody_and_a_script_in_disguise_is_not(
    app: Flask, client: FlaskClient, as_tom: str
) -> None:
    def send(content: bytes) -> int:
        file = (io.BytesIO(content), "logo.png")
        page = client.get(f"{BASE}/uitzicht").text
        form = {name: token_of(page, name) for name in ("_csrf", "seen", "seen_logo")}
        return client.post(f"{BASE}/uitzicht", data=form | {"accent": "", "logo": file}).status_code

    assert send(b"<svg><script>alert(1)</script></svg>") == 422
    assert client.get("/gemeente/logo").status_code == 404
    assert send(PNG) == 302
    found = app.test_client().get("/gemeente/logo")
    assert (found.mimetype, found.data) == ("image/png", PNG)
    assert 'class="logo" src="/gemeente/logo?v=' in app.test_client().get("/").text


def test_a_test_mail_says_that_it_stays_here_and_what_is_missing(client: FlaskClient, as_tom: str) -> None:
    page = client.post(f"{BASE}/afzender/proef", data={"_csrf": as_tom, "to": "tom@zandlede.be"}).text
    assert "blijven in de postbak" in page
    assert "MEERNET_MAIL_URL" in page
    assert "Proefbericht van Zandlede" in client.get("/postbak").text
    assert (
        client.post(f"{BASE}/afzender/proef", data={"_csrf": as_tom, "to": "geen adres"}).status_code == 422
    )


def test_closing_days_are_typed_as_people_write_them(client: FlaskClient, as_tom: str) -> None:
    days = "24/12/2026 vanaf 12.00 Kerstavond\n2-1-2027 Brugdag\n"
    form = {"_csrf": as_tom, "seen": seen_on(client, f"{BASE}/sluitingsdagen")}
    assert client.post(f"{BASE}/sluitingsdagen", data=form | {"days": days}).status_code == 302
    assert (
        "24/12/2026 vanaf 12.00 Kerstavond\n02/01/2027 Brugdag" in client.get(f"{BASE}/sluitingsdagen").text
    )
    wrong = client.post(f"{BASE}/sluitingsdagen", data={"_csrf": as_tom, "days": "31/02/2027 Nooit"})
    assert wrong.status_code == 422
    assert "Lijn 1" in wrong.text


def test_an_exercise_is_made_shown_in_its_colour_and_marked_on_every_page(
    client: FlaskClient, as_tom: str
) -> None:
    made = client.post(f"{BASE}/oefenen", data={"_csrf": as_tom})
    assert made.status_code == 200
    password = re.search(r"<strong><code>([0-9a-f-]+)</code>", made.text)
    email = re.search(r"<td>(\S+@zandlede-oefen\.example)</td>", made.text)
    assert password
    assert email
    host = {"Host": "oefen.localhost"}
    page = client.get("/", headers=host).text
    assert "Oefenomgeving" in page
    assert "/gemeente.css?v=e" in page
    assert "Oefenomgeving" not in client.get("/").text.replace("Oefenomgeving</a>", "")
    form = {"_csrf": token_of(client.get("/aanmelden", headers=host).text)}
    form |= {"email": email[1], "password": password[1], "back": ""}
    assert client.post("/aanmelden", data=form, headers=host).status_code == 302


# How a form is opened --------------------------------------------------------------------------------------------


def test_a_closed_form_shows_its_sentence_and_its_short_address_still_leads_there(
    app: Flask, client: FlaskClient, as_tom: str
) -> None:
    where = "/beheer/openstellen/doorverwijskaart"
    assert (
        client.post(
            f"{where}/kort", data={"_csrf": as_tom, "seen": seen_on(client, where, 1), "word": "kaart"}
        ).status_code
        == 302
    )
    visitor = app.test_client()
    assert visitor.get("/f/kaart").headers["Location"] == "/kaart/doorverwijskaart"
    assert visitor.get("/f/anders").status_code == 404
    opened = visitor.get("/kaart/doorverwijskaart").text
    assert client.post(f"{where}/sluiten", data={"_csrf": as_tom, "sentence": ""}).status_code == 422
    told = {"_csrf": as_tom, "seen": seen_on(client, where)}
    told |= {"sentence": "Even <b>dicht</b>.", "last": "31/12/2099"}
    assert client.post(f"{where}/sluiten", data=told).status_code == 302
    shut = visitor.get("/kaart/doorverwijskaart")
    assert shut.status_code == 200
    assert "Even &lt;b&gt;dicht&lt;/b&gt;." in shut.text
    assert "1 januari 2100" in shut.text
    assert "<form" not in shut.text
    assert "Nu gesloten" in visitor.get("/").text
    late = visitor.post("/kaart/doorverwijskaart", data=filled_card(opened))
    assert late.status_code == 302, late.text
    made_up = filled_card(opened) | {"_since": "vals", "_token": "anders"}
    refused = visitor.post("/kaart/doorverwijskaart", data=made_up)
    assert refused.status_code == 422
    assert "Wat je invulde, staat er nog" in refused.text
    assert 'value="Canariebos"' in refused.text
    assert (
        client.post(f"{where}/openen", data={"_csrf": as_tom, "seen": seen_on(client, where)}).status_code
        == 302
    )
    assert "<form" in visitor.get("/kaart/doorverwijskaart").text


def test_reception_cannot_begin_a_closed_form_but_can_enter_a_card_of_before(
    app: Flask, client: FlaskClient, as_tom: str, sign_in: SignIn
) -> None:
    where = "/beheer/openstellen/doorverwijskaart"
    told = {"_csrf": as_tom, "seen": seen_on(client, where), "sentence": "Even dicht."}
    client.post(f"{where}/sluiten", data=told)
    desk = app.test_client()
    hers = sign_in(desk, "hilde_claes")
    refused = desk.post("/onthaal/nieuw/doorverwijskaart", data={"_csrf": hers})
    assert refused.status_code == 409
    assert "Even dicht." in refused.text
    begun = desk.post("/onthaal/nieuw/doorverwijskaart", data={"_csrf": hers, "_paper": "1"})
    assert begun.status_code == 302
    assert "Even dicht." in desk.get(begun.headers["Location"]).text


# In a frame ------------------------------------------------------------------------------------------------------
