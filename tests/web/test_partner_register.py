"""Do the pages of the register find who helps, keep what was typed, and show what is missing?"""

from __future__ import annotations

import io
import re

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import SignIn

FILLED = {
    "name": "CAW Zandlede",
    "kind": "welzijn",
    "email": "onthaal@caw.example",
    "phone": "0400 00 00 90",
    "offer": "Praten over relaties en wonen",
    "theme": ["psychisch"],
    "place": ["statie"],
    "person": ["An Peeters", ""],
    "function": ["onthaal", ""],
    "person_phone": ["0400 00 00 91", ""],
    "person_email": ["", ""],
    "review_on": "2027-05-10",
}


def add(client: FlaskClient, token: str, **changes: object) -> str:
    answer = client.post("/partners/nieuw", data={"_csrf": token, **FILLED, **changes})
    assert answer.status_code == 302
    return str(answer.location).partition("?")[0]


def version_of(html: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found
    return found[1]


def test_staff_search_and_only_who_plans_edits(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "tom_aerts")
    page = add(client, token)
    add(client, token, name="Turnkring", theme=[], place=[], offer="Bewegen", person=["Bo", ""], email="")
    client = app.test_client()
    sign_in(client, "joris_maes")
    assert 'href="/partners"' in client.get("/werk").text
    for query, names in {
        "": {"CAW Zandlede", "Turnkring"},
        "?zoek=relaties": {"CAW Zandlede"},
        "?zoek=an+peeters": {"CAW Zandlede"},
        "?thema=psychisch": {"CAW Zandlede"},
        "?wijk=oosthoek": {"Turnkring"},
        "?zoek=niets+daarvan": set(),
    }.items():
        shown = client.get(f"/partners{query}").text
        assert {name for name in ("CAW Zandlede", "Turnkring") if name in shown} == names, query
    shown = client.get(page).text
    assert 'href="tel:0400000091"' in shown
    assert "/wijzig" not in shown
    for path in (f"{page}/wijzig", "/partners/nieuw", "/partners/lijst"):
        assert client.get(path).status_code == 403


def test_mistakes_come_back_beside_their_fields_with_all_that_was_typed(
    client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "tom_aerts")
    data = {"_csrf": token, **FILLED, "phone": "bel", "person_email": ["an", ""], "review_on": "gisteren"}
    answer = client.post("/partners/nieuw", data=data)
    assert answer.status_code == 422
    assert 'href="#i-review_on"' in answer.text
    answer = client.post("/partners/nieuw", data={**data, "review_on": ""})
    assert answer.status_code == 422
    for part in ('href="#i-phone"', 'href="#i-people-0-email"', "An Peeters", "Praten over relaties"):
        assert part in answer.text


def test_two_editors_at_once_meet_on_one_page(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "tom_aerts")
    page = add(client, token)
    seen = version_of(client.get(f"{page}/wijzig").text)
    changed = {"_csrf": token, **FILLED, "version": seen}
    assert client.post(f"{page}/wijzig", data={**changed, "phone": "0400 00 00 77"}).status_code == 302
    second = client.post(f"{page}/wijzig", data={**changed, "name": "CAW Groot"})
    assert second.status_code == 409
    assert "0400 00 00 77" in second.text
    assert 'value="CAW Groot"' in second.text
    again = client.post(
        f"{page}/wijzig", data={**changed, "name": "CAW Groot", "version": version_of(second.text)}
    )
    assert again.status_code == 302


def test_the_archive_and_what_was_looked_over(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "tom_aerts")
    page = add(client, token, review_on="2020-01-06")
    assert "nakijken=ja" in client.get("/partners").text
    seen = version_of(client.get(page).text)
    assert client.post(f"{page}/nagekeken", data={"_csrf": token, "version": seen}).status_code == 302
    assert "nakijken=ja" not in client.get("/partners").text
    seen = version_of(client.get(page).text)
    client.post(f"{page}/archief", data={"_csrf": token, "version": seen})
    assert "CAW Zandlede" not in client.get("/partners").text
    assert "CAW Zandlede" in client.get("/partners?archief=ja").text


def test_a_list_is_looked_at_before_it_is_taken_over(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "tom_aerts")
    data = {
        "_csrf": token,
        "file": (io.BytesIO("Wie;tel\nCAW;0400 00 00 90\n".encode("cp1252")), "lijst.csv"),
    }
    looked = client.post("/partners/lijst", data=data)
    assert looked.status_code == 200
    assert "CAW" not in client.get("/partners").text
    rows = re.search(r'<textarea name="rows" hidden>(.*?)</textarea>', looked.text, re.DOTALL)
    assert rows
    mapped = {"_csrf": token, "rows": rows[1], "column": ["name", "phone"]}
    assert "Neem 1 partner over" in client.post("/partners/lijst", data=mapped).text
    assert client.post("/partners/lijst", data={**mapped, "do": "apply"}).status_code == 302
    assert "CAW" in client.get("/partners").text
    assert "CAW;" in client.get("/partners/lijst.csv").text
    assert client.post("/partners/lijst", data={"_csrf": token, "rows": " "}).status_code == 422
