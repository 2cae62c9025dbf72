"""Can an administrator carry definitions out and in, without losing any?"""

from __future__ import annotations

import io
import json
import re
import zipfile

from flask import Flask

from tests.support.workbooks import workbook
from tests.web.conftest import SignIn

MINE = "formdefs/contactpoging.yaml"


def test_a_package_goes_out_and_comes_back_as_work(app: Flask, sign_in: SignIn) -> None:
    client = app.test_client()
    token = sign_in(client, "tom_aerts")
    data = client.get("/beheer/uitwisselen/pakket.zip").data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = {name: package.read(name).decode() for name in package.namelist()}
    assert MINE in texts
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as package:
        package.writestr(MINE, texts[MINE].replace("Niet bereikt", "Nog niet bereikt"))
        package.writestr("formdefs/pakket_nieuw.yaml", texts[MINE].replace("contactpoging", "pakket_nieuw"))
    shown = client.post(
        "/beheer/uitwisselen/pakket",
        data={"_csrf": token, "file": (io.BytesIO(changed.getvalue()), "pakket.zip")},
    )
    assert "Staat hier met een andere tekst" in shown.text
    assert re.search(r'value="formdefs/pakket_nieuw.yaml" checked', shown.text)
    assert not re.search(rf'value="{MINE}" checked', shown.text)
    hidden = dict(re.findall(r'name="((?:package|seen:)[^"]*)" value="([^"]*)"', shown.text))
    taken = client.post(
        "/beheer/uitwisselen/overnemen",
        data={"_csrf": token, "take": ["formdefs/pakket_nieuw.yaml"], **hidden},
    )
    assert "formdefs/pakket_nieuw.yaml" in taken.text
    assert MINE not in taken.text


def test_a_file_that_is_no_package_is_refused_in_words(app: Flask, sign_in: SignIn) -> None:
    client = app.test_client()
    token = sign_in(client, "tom_aerts")
    for path, name in (("pakket", "x.zip"), ("rekenblad", "x.xlsx")):
        answer = client.post(
            f"/beheer/uitwisselen/{path}", data={"_csrf": token, "file": (io.BytesIO(b"niets"), name)}
        )
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text


def test_a_spreadsheet_form_is_kept_and_what_fell_away_is_told(app: Flask, sign_in: SignIn) -> None:
    client = app.test_client()
    token = sign_in(client, "tom_aerts")
    rows = [["type", "name", "label"], ["text", "naam", "Naam"], ["geopoint", "plaats", "Waar?"]]
    file = (io.BytesIO(workbook({"survey": rows})), "Mijn buurt.xlsx")
    answer = client.post("/beheer/uitwisselen/rekenblad", data={"_csrf": token, "file": file, "privacy": "1"})
    assert "blad survey, rij 3" in answer.text
    assert "/beheer/bewerken/formdefs/mijn_buurt.yaml" in answer.text


def test_an_editor_outside_gets_a_schema(app: Flask, sign_in: SignIn) -> None:
    client = app.test_client()
    sign_in(client, "tom_aerts")
    assert json.loads(client.get("/beheer/uitwisselen/schema/form.json").text)["$ref"] == "#/$defs/form"
    assert client.get("/beheer/uitwisselen/schema/niets.json").status_code == 404
