"""Do the pages about people say what is missing, offer it, and overwrite nothing?"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
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


def person(**changes: object) -> dict[str, object]:
    return {
        "name": "Mia Peeters",
        "email": "mia.peeters@zandlede.example",
        "phone": "0400 00 00 40",
        "role": ["contact"],
        "controller": "",
        "weekday": ["0", "1", "2"],
        **changes,
    }


@pytest.mark.parametrize(
    "path",
    [
        "/beheer/mensen",
        "/beheer/mensen/nieuw",
        "/beheer/mensen/lijst",
        "/beheer/aanspreekpunten",
        "/beheer/aanspreekpunten/onthaal",
        "/beheer/aanspreekpunten/buurtzorgregisseur",
        "/beheer/aanspreekpunten/buurtzorgregisseur/overal",
        "/beheer/aanspreekpunten/buurtzorgregisseur/statie",
        "/beheer/aanspreekpunten/wachtdienst/beurten",
        "/beheer/afwezig",
        "/beheer/afwezig/nieuw?van=vandaag",
        "/beheer/kalender?jaar=2027",
    ],
)
def test_every_page_opens_for_who_plans_and_asks_others_to_sign_in(
    client: FlaskClient, sign_in: SignIn, path: str
) -> None:
    assert client.get(path).status_code == 302
    sign_in(client, "karin_thijs")
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("key", "path", "status"),
    [
        ("pieter_bogaert", "/beheer/mensen", 403),
        ("joris_maes", "/beheer/mensen", 200),
        ("joris_maes", "/beheer/aanspreekpunten/onthaal", 403),
        ("joris_maes", "/beheer/kalender", 403),
        ("tom_aerts", "/beheer/kalender", 200),
    ],
)
def test_colleagues_see_the_list_and_change_nothing(
    client: FlaskClient, sign_in: SignIn, key: str, path: str, status: int
) -> None:
    sign_in(client, key)
    assert client.get(path).status_code == status


def test_somebody_is_added_changed_and_found_in_the_list(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "karin_thijs")
    version = version_of(client.get("/beheer/mensen/nieuw").text)
    typed = person(_csrf=token, version=version, **{"since.2": "08:30", "until.2": "12:00"})
    answer = client.post("/beheer/mensen/nieuw", data=typed)
    assert answer.status_code == 302, answer.text
    page = client.get("/beheer/mensen").text
    assert "Mia Peeters" in page
    assert "wo 08.30–12.00" in page


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "karin_thijs")
    version = version_of(client.get("/beheer/mensen/nieuw").text)
    typed = person(_csrf=token, version=version, email="mia", **{"since.2": "12:00"})
    answer = client.post("/beheer/mensen/nieuw", data=typed)
    assert answer.status_code == 422
    assert 'href="#i-email"' in answer.text
    assert 'href="#i-hours"' in answer.text
    assert 'value="Mia Peeters"' in answer.text


def test_a_role_that_is_not_yours_to_give_is_refused_in_words(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "karin_thijs")
    version = version_of(client.get("/beheer/mensen/nieuw").text)
    answer = client.post(
        "/beheer/mensen/nieuw", data=person(_csrf=token, version=version, role=["system_admin"])
    )
    assert answer.status_code == 403
    assert "Systeembeheerder mag jij niet geven" in answer.text


def test_the_second_of_two_is_told_and_nothing_is_overwritten(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "karin_thijs")
    path = "/beheer/aanspreekpunten/woonloket/overal"
    version = version_of(client.get(path).text)
    karin, griet, an = (who(app, key) for key in ("karin_thijs", "griet_cools", "an_goethals"))
    typed = {"_csrf": token, "version": version, "owner": karin, "substitute": [an], "do": "save"}
    assert client.post(path, data={**typed, "holder": griet}).status_code == 302
    second = client.post(path, data={**typed, "holder": an, "substitute": []})
    assert second.status_code == 409
    assert "Iemand was je voor" in second.text
    assert "Griet Cools" in second.text
    fresh = version_of(second.text)
    again = client.post(path, data={**typed, "holder": an, "substitute": [], "version": fresh})
    assert again.status_code == 302


def test_the_order_of_substitutes_changes_with_buttons_and_is_saved_at_the_end(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "karin_thijs")
    path = "/beheer/aanspreekpunten/aanspreekpunt_65plus/overal"
    page = client.get(path).text
    joris, nele, bram, karin = (
        who(app, key) for key in ("joris_maes", "nele_lambrecht", "bram_de_coster", "karin_thijs")
    )
    typed = {"_csrf": token, "version": version_of(page), "holder": joris, "owner": karin}
    moved = client.post(path, data={**typed, "substitute": [nele, bram], "do": "down:0"}).text
    chosen = re.findall(r'name="substitute">.*?<option value="(\w+)" selected>', moved, flags=re.S)
    assert chosen == [bram, nele]
    assert client.post(path, data={**typed, "substitute": [*chosen, ""], "do": "save"}).status_code == 302
    with app.app_context():
        found = [
            item.substitutes
            for item in staffing.world(MUNICIPALITY).staffing.holdings
            if item.contact_point == "aanspreekpunt_65plus"
        ]
    assert found == [(bram, nele)]


def test_who_stops_is_arranged_on_one_page_and_closed_with_one_press(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "karin_thijs")
    dries, marleen = who(app, "dries_vermeulen"), who(app, "marleen_baert")
    path = f"/beheer/mensen/{dries}/stopt"
    page = client.get(path).text
    assert "Dries Vermeulen houdt “Woonloket”: kies een nieuwe houder." in page
    early = client.post(path, data={"_csrf": token, "version": version_of(page)})
    assert early.status_code == 409
    typed = {"_csrf": token, "version": version_of(early.text), "holder_gone.woonloket.": marleen}
    assert client.post(f"{path}/regel", data=typed).status_code == 302
    ready = client.get(path).text
    assert "Alles is geregeld" in ready
    done = client.post(path, data={"_csrf": token, "version": version_of(ready)})
    assert done.status_code == 302
    assert "niet meer actief" in client.get(done.headers["Location"]).text


def test_a_roster_is_filled_in_turns_and_saved_without_a_gap(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "karin_thijs")
    path = "/beheer/aanspreekpunten/wachtdienst/beurten"
    griet, jens = who(app, "griet_cools"), who(app, "jens_willems")
    with clock.stopped_at(NOON):
        page = client.get(path).text
        turns = {
            "_csrf": token,
            "version": version_of(page),
            "turn_day": "2026-12-14",
            "turn_time": "08:30",
            "turn_every": "7",
            "turn_times": "2",
            "turn_who": [griet, jens],
        }
        names = ("who", "start_day", "start_time", "end_day", "end_time")
        before = columns_of(page, names)
        filled = client.post(path, data={**turns, **before, "do": "turns"}).text
        after = columns_of(filled, names)
        assert [item for item in after["who"] if item][-2:] == [griet, jens]
        gap = {**turns, **after, "do": "save", "gone": [str(len(before["who"]) - 4)]}
        broken = client.post(path, data=gap)
        assert broken.status_code == 409
        assert "Er is niemand van dienst" in broken.text
        assert client.post(path, data={**turns, **after, "do": "save"}).status_code == 302


def columns_of(html: str, names: tuple[str, ...]) -> dict[str, list[str]]:
    """What stands in the rows of a roster."""
    found: dict[str, list[str]] = {name: [] for name in names}
    for row in re.findall(r"<tr><td[^>]*>.*?</tr>", html, flags=re.S):
        chosen = re.search(r'<option value="(\w+)" selected>', row)
        found["who"].append(chosen[1] if chosen else "")
        for name in names[1:]:
            value = re.search(rf'name="{name}" value="([^"]*)"', row)
            found[name].append(value[1] if value else "")
    return found


def test_a_list_is_looked_at_before_it_is_applied(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "karin_thijs")
    version = version_of(client.get("/beheer/mensen/lijst").text)
    rows = (
        "naam;e-mail;rollen;aanspreekpunten;wijken\n"
        "Mia Peeters;mia@zandlede.example;contactpersoon;buurtzorgregisseur;Statie\n"
        "Zonder adres;;contact;;\n"
        "Baas;baas@zandlede.example;systeembeheerder;;\n"
    )
    typed = {"_csrf": token, "version": version, "rows": rows}
    seen = client.post("/beheer/mensen/lijst", data=typed).text
    assert "Lijn 3:" in seen
    assert "Lijn 4:" in seen
    assert "Bewaar 1 persoon" in seen
    assert client.post("/beheer/mensen/lijst", data={**typed, "do": "apply"}).status_code == 302
    page = client.get("/beheer/mensen").text
    assert "Buurtzorgregisseur (Statie)" in page
    assert "baas@" not in page


def test_an_invitation_is_made_by_who_keeps_accounts(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "karin_thijs")
    jens = who(app, "jens_willems")
    assert client.post(f"/beheer/mensen/{jens}/uitnodiging", data={"_csrf": token}).status_code == 403
    assert "systeembeheerder kan een uitnodiging maken" in client.get(f"/beheer/mensen/{jens}").text
